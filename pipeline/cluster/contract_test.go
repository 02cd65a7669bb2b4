package cluster

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/stagetest"
)

// numbered returns n known records with ids in the order of their numbers and
// no dates.
func numbered(n int) *record.Known {
	k := &record.Known{Key: make([]record.PersonKey, n), Collected: make([]normalize.Date, n)}
	for i := range n {
		k.Packed.Add(0)
		k.FormID.AppendString(fmt.Sprintf("f%06d", i))
	}
	return k
}

// judgeFunc is a Judge without memory.
type judgeFunc func(a, b uint32) (float32, bool)

func (f judgeFunc) Judge(a, b uint32) (float32, record.Constraint) {
	w, cannot := f(a, b)
	if cannot {
		return w, record.ApartByNumbers
	}
	return w, record.MayJoin
}

// component links n records from first on in a chain, in an order of its own.
func component(first uint32, n int) *record.Component {
	c := new(record.Component)
	for i := range n {
		c.Records = append(c.Records, first+uint32(i))
		if i > 0 {
			c.Links = append(c.Links, record.Link{A: first + uint32(i) - 1, B: first + uint32(i), Weight: float32(i%13) + 1})
		}
	}
	rng := rand.New(rand.NewPCG(1, uint64(n)))
	rng.Shuffle(len(c.Links), func(i, j int) { c.Links[i], c.Links[j] = c.Links[j], c.Links[i] })
	return c
}

func TestContract(t *testing.T) {
	known := numbered(2000)
	judge := judgeFunc(func(a, b uint32) (float32, bool) {
		return 20 - float32(max(a, b)-min(a, b))*3, (a+b)%11 == 0
	})
	batch := func(first uint32, n int) func() *record.Component {
		return func() *record.Component { return component(first, n) }
	}
	stagetest.Run(t, stagetest.Case[*record.Component, *record.Clusters]{
		Stage:   func() stagetest.Stage[*record.Component, *record.Clusters] { return New(known, judge, 5) },
		Empty:   func() *record.Component { return new(record.Component) },
		Batches: []func() *record.Component{batch(0, 150), batch(300, 2), batch(500, MaxDense+300), batch(1200, MaxDense)},
		Out:     func() *record.Clusters { return &record.Clusters{Founder: make([]uint32, known.Len())} },
		Reset:   func(out *record.Clusters) { clear(out.Founder); out.Splits = out.Splits[:0] },
	})
}
