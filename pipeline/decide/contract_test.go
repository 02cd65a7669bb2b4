package decide

import (
	"math/rand/v2"
	"testing"

	"github.com/dusach/dusach/matchers"
	"github.com/dusach/dusach/matchers/model"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/stagetest"
)

// evidence invents n pairs; three in four have levels of a match.
func evidence(m *model.Model, n int, seed uint64) *record.Evidence {
	rng := rand.New(rand.NewPCG(seed, 1))
	e := new(record.Evidence)
	for i := range n {
		var l matchers.Levels
		for c := range m.Comparisons {
			l[c] = 1
			if i%4 == 0 {
				l[c] = matchers.Level(rng.IntN(len(m.Comparisons[c].Levels)))
			}
		}
		e.Pairs = append(e.Pairs, record.Pair{A: uint32(i), B: uint32(n + rng.IntN(n)), Rule: uint8(rng.IntN(2))})
		e.Levels = append(e.Levels, l)
		e.Rarity = append(e.Rarity, rng.Float32()*30)
		e.Filtered = append(e.Filtered, i%7 == 0)
	}
	return e
}

func TestContract(t *testing.T) {
	m := model.Default()
	scorer := m.NewScorer(model.Province)
	batch := func(n int, seed uint64) func() *record.Evidence {
		return func() *record.Evidence { return evidence(m, n, seed) }
	}
	stagetest.Run(t, stagetest.Case[*record.Evidence, *record.Links]{
		Stage: func() stagetest.Stage[*record.Evidence, *record.Links] {
			return New(scorer, []string{"cccd", "phone"})
		},
		Empty:   func() *record.Evidence { return new(record.Evidence) },
		Batches: []func() *record.Evidence{batch(4096, 1), batch(17, 2), batch(1000, 3)},
		Out:     func() *record.Links { return new(record.Links) },
		Reset:   func(out *record.Links) { out.Links = out.Links[:0] },
	})
}
