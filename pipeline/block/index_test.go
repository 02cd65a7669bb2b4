package block

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/dusach/dusach/pipeline/record"
)

// grownPairs lets an index take the records of known in bites and asks it for
// the pairs of each record once its bite was taken.
func grownPairs(known *record.Known, rules []Rule, bite func(left int) int) (all []record.Pair) {
	index := NewIndex(known, Options{Rules: rules, Terms: uneven{}, People: people})
	p := NewProber(index)
	for from := 0; from < known.Len(); {
		to := from + bite(known.Len()-from)
		index.Take(to)
		for i := from; i < to; i++ {
			all = p.Pairs(uint32(i), all)
		}
		from = to
	}
	slices.SortFunc(all, func(x, y record.Pair) int {
		return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B), cmp.Compare(x.Rule, y.Rule))
	})
	return all
}

// Records that come bite by bite meet as they do in a batch: the same pairs,
// each under the same rule.
func TestIndexBringsThePairsOfABatch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOfN(rapid.Custom(drawPerson), 0, 60).Draw(t, "people")
		known := keep(all)
		_, rules := drawRules(t, known.Packing)
		want := allPairs(t, known, rules, 1, 1)
		got := grownPairs(known, rules, func(left int) int { return rapid.IntRange(1, left).Draw(t, "bite") })
		if !slices.Equal(got, want) {
			t.Fatalf("got %v\nwant %v", got, want)
		}
	})
}

// What an index holds is found from every later generation.
func TestIndexGrows(t *testing.T) {
	const n = 6 * firstGeneration
	all := make([]person, n)
	for i := range all {
		all[i] = person{cccd: 1_080_000_001 + uint64(i%(n/3))}
	}
	known := keep(all)
	rules := []Rule{mustRule(t, "cccd", known.Packing)}
	index := NewIndex(known, Options{Rules: rules, Terms: uneven{}, People: people})
	index.Take(n)
	if len(index.generations) < 3 || index.Len() != n {
		t.Fatalf("%d records in %d generations", index.Len(), len(index.generations))
	}
	p := NewProber(index)
	for i := range uint32(n) {
		if got := len(p.Pairs(i, nil)); got != int(i)/(n/3) {
			t.Fatalf("record %d has %d earlier ones, want %d", i, got, int(i)/(n/3))
		}
	}
}
