package merge_test

import (
	"math/rand/v2"
	"testing"

	"github.com/dusach/dusach/pipeline/merge"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/stagetest"
)

// families groups cleaned forms into citizens of one to four forms each.
func families(t *testing.T, n int, seed uint64) func() *record.Grouped {
	f := stagetest.Forms(t, n, seed)
	return func() *record.Grouped {
		rows := &stagetest.Records(t, f).FormRows
		rng := rand.New(rand.NewPCG(seed, 1))
		g := &record.Grouped{Rows: rows, Start: []uint32{0}}
		for at := 0; at < rows.N; {
			person := record.AppendPerson(nil, record.PersonKey{byte(at >> 16), byte(at >> 8), byte(at)})
			size := 1
			if rng.IntN(3) == 0 {
				size += rng.IntN(4)
			}
			for range min(size, rows.N-at) {
				rows.Person.Append(person)
				at++
			}
			g.Start = append(g.Start, uint32(at))
		}
		return g
	}
}

func TestContract(t *testing.T) {
	stagetest.Run(t, stagetest.Case[*record.Grouped, *record.CitizenRows]{
		Stage: func() stagetest.Stage[*record.Grouped, *record.CitizenRows] {
			return merge.New(merge.Config{Trust: map[string]int{"DC01": 1}})
		},
		Empty: func() *record.Grouped {
			g := &record.Grouped{Rows: new(record.FormRows)}
			g.Rows.Reset(record.FormSchema)
			return g
		},
		Batches: []func() *record.Grouped{families(t, 1500, 1), families(t, 30, 2), families(t, 1000, 3)},
		Out:     func() *record.CitizenRows { return new(record.CitizenRows) },
	})
}
