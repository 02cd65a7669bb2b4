package compare

import (
	"context"
	"math/rand/v2"
	"testing"

	"github.com/dusach/dusach/matchers/model"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/stagetest"
)

// The filter spares work and changes no link: a pair that it lets go weighs less
// than the link floor, and the others come out as without it.
func TestFilterLosesNoLink(t *testing.T) {
	records := stagetest.Records(t, stagetest.Forms(t, 2000, 5))
	known := stagetest.Known(records, nil)
	m := model.Default()
	set, err := NewSet(FormComparisons, known.Packing, m.Terms.Rarity)
	if err != nil {
		t.Fatal(err)
	}
	scorer := m.NewScorer(model.Province)
	rng := rand.New(rand.NewPCG(3, 4))
	var pairs record.Pairs
	for a := range uint32(records.N) {
		for range 8 {
			pairs.Pairs = append(pairs.Pairs, record.Pair{A: a, B: uint32(rng.IntN(records.N))})
		}
	}
	var all, some record.Evidence
	if err := New(set, known, nil).Do(context.Background(), &pairs, &all); err != nil {
		t.Fatal(err)
	}
	if err := New(set, known, set.NewFilter(scorer)).Do(context.Background(), &pairs, &some); err != nil {
		t.Fatal(err)
	}
	filtered := 0
	for i := range pairs.Pairs {
		if some.Filtered[i] {
			filtered++
			if w := scorer.Weight(&all.Levels[i], all.Rarity[i]); scorer.Linked(w) {
				t.Fatalf("pair %d weighs %v and was let go", i, w)
			}
		} else if some.Levels[i] != all.Levels[i] || some.Rarity[i] != all.Rarity[i] {
			t.Fatalf("pair %d has other levels under the filter", i)
		}
	}
	if filtered == 0 {
		t.Error("nothing was filtered: the test shows nothing")
	}
	t.Logf("%d of %d random pairs were let go early", filtered, len(pairs.Pairs))
}
