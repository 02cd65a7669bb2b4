package compare

import (
	"testing"

	"github.com/dusach/dusach/matchers/model"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/stagetest"
)

func formSet(t testing.TB, packing *record.Packing) *Set {
	t.Helper()
	set, err := NewSet(FormComparisons, packing, model.Default().Terms.Rarity)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// pairs makes n pairs of known records, far and near.
func pairs(known *record.Known, n, step int) *record.Pairs {
	p := new(record.Pairs)
	for i := range n {
		a := uint32(i % known.Len())
		p.Pairs = append(p.Pairs, record.Pair{A: a, B: uint32((int(a) + 1 + i*step) % known.Len()), Rule: uint8(i % 7)})
	}
	return p
}

func TestContract(t *testing.T) {
	known := stagetest.Known(stagetest.Records(t, stagetest.Forms(t, 1500, 1)), nil)
	set := formSet(t, known.Packing)
	batch := func(n, step int) func() *record.Pairs {
		return func() *record.Pairs { return pairs(known, n, step) }
	}
	filter := set.NewFilter(model.Default().NewScorer(model.Province))
	for name, filter := range map[string]*Filter{"all pairs": nil, "pairs that may be links": filter} {
		t.Run(name, func(t *testing.T) {
			stagetest.Run(t, stagetest.Case[*record.Pairs, *record.Evidence]{
				Stage:   func() stagetest.Stage[*record.Pairs, *record.Evidence] { return New(set, known, filter) },
				Empty:   func() *record.Pairs { return new(record.Pairs) },
				Batches: []func() *record.Pairs{batch(4096, 1), batch(10, 3), batch(1000, 7)},
				Out:     func() *record.Evidence { return new(record.Evidence) },
			})
		})
	}
}
