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
func grownPairs(known *record.Known, rules []Rule, age int, bite func(left int) int) (all []record.Pair) {
	index := newIndex(compile(known, Options{Rules: rules, Terms: uneven{}, People: people}), age)
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
		want := allPairs(t, known, rules, 1, 1, 0)
		age := rapid.SampledFrom([]int{1, 4, runRecords}).Draw(t, "age") // of many runs, few, none
		got := grownPairs(known, rules, age, func(left int) int { return rapid.IntRange(1, left).Draw(t, "bite") })
		if !slices.Equal(got, want) {
			t.Fatalf("got %v\nwant %v", got, want)
		}
	})
}

// What an index holds is found in every later run, whether it grew or was
// opened, and in runs that grow no more.
func TestIndexGrows(t *testing.T) {
	const age, n = 8, 8<<doublings*2 + 8*5 + 3
	all := make([]person, n)
	for i := range all {
		all[i] = person{cccd: 1_080_000_001 + uint64(i%(n/3))}
	}
	known := keep(all)
	rules := []Rule{mustRule(t, "cccd", known.Packing)}
	for _, bite := range []int{1, 7, n} {
		index := newIndex(compile(known, Options{Rules: rules, Terms: uneven{}, People: people}), age)
		for at := 0; at < n; at += bite {
			index.Take(min(at+bite, n))
		}
		// Two of the largest, 4 + 1 of what is left, and the young.
		if len(index.runs) != 4 || index.young.records != 3 || index.Len() != n {
			t.Fatalf("bites of %d: %d records in %d runs and %d", bite, index.Len(), len(index.runs), index.young.records)
		}
		p := NewProber(index)
		for i := range uint32(n) {
			if got := len(p.Pairs(i, nil)); got != int(i)/(n/3) {
				t.Fatalf("record %d has %d earlier ones, want %d", i, got, int(i)/(n/3))
			}
		}
	}
}

// A question allocates nothing once its buffers have grown.
func TestProberAllocatesNothing(t *testing.T) {
	all := make([]person, 500)
	for i := range all {
		all[i] = person{cccd: 1_080_000_001 + uint64(i%5)}
	}
	known := keep(all)
	index := newIndex(compile(known, Options{Rules: []Rule{mustRule(t, "cccd", known.Packing)}, Terms: uneven{}, People: people}), 64)
	index.Take(len(all))
	p, pairs := NewProber(index), []record.Pair(nil)
	if n := testing.AllocsPerRun(100, func() { pairs = p.Pairs(499, pairs[:0]) }); n != 0 || len(pairs) != 99 {
		t.Errorf("%v allocations for %d pairs", n, len(pairs))
	}
}
