package model

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/dusach/dusach/matchers"
)

// manyPatterns draws patterns of which most are of one pair.
func manyPatterns(seed uint64, n int) []Counted {
	r := rand.New(rand.NewPCG(seed, 3))
	t := NewTally()
	for range n {
		var l matchers.Levels
		for c := range 8 {
			l[c] = draw(r, [3]float64{0.2, 0.3, 0.5})
		}
		t.AddWeighted(&l, uint8(r.IntN(30)), float64(1+r.IntN(3)/2*r.IntN(40)), 0)
	}
	return t.Counts()
}

// A sample is as large as was asked for, the same each time, and sums as the whole does.
func TestThinStandsForAll(t *testing.T) {
	rows := manyPatterns(1, 60_000)
	kept := thin(rows, 10_000)
	if len(kept) > 10_500 || len(kept) < 4_500 {
		t.Fatalf("%d of %d rows were kept, 10,000 at most were asked for", len(kept), len(rows))
	}
	for c := range 8 {
		var all, some [4]float64
		for i := range rows {
			all[rows[i].Levels[c]] += rows[i].Pairs
		}
		for i := range kept {
			some[kept[i].Levels[c]] += kept[i].Pairs
		}
		for l := 1; l < 4; l++ {
			if math.Abs(some[l]/all[l]-1) > 0.05 {
				t.Errorf("comparison %d, level %d: %.0f pairs stand for %.0f", c, l, some[l], all[l])
			}
		}
	}
	if len(thin(rows, len(rows))) != len(rows) {
		t.Error("rows are left out where all have room")
	}
}

// EM on a sample learns what EM on all learns, and believes in all patterns.
func TestEMOnASampleOfPatterns(t *testing.T) {
	list := comparisons("a", "b", "c", "d", "e", "f", "g")
	counts := unlabelled(independentPairs(4, 120_000, len(list)))
	whole, err := EM(counts, list, EMOptions{})
	if err != nil {
		t.Fatal(err)
	}
	some, err := EM(counts, list, EMOptions{Patterns: len(counts) / 3})
	if err != nil {
		t.Fatal(err)
	}
	if a, b := whole.History[0], some.History[0]; math.Abs(a.Matches/b.Matches-1) > 0.02 || b.Patterns != a.Patterns {
		t.Errorf("%.0f matches in all of %d patterns, %.0f by a sample of %d", a.Matches, a.Patterns, b.Matches, b.Patterns)
	}
	for c := range list {
		for l := 1; l < 4; l++ {
			if a, b := whole.Comparisons[c].Levels[l], some.Comparisons[c].Levels[l]; math.Abs(a.Bits-b.Bits) > 0.1 {
				t.Errorf("%s %s: %.2f bits by all, %.2f by a sample", list[c].Name, a.Name, a.Bits, b.Bits)
			}
		}
	}
	again, err := EM(counts, list, EMOptions{Patterns: len(counts) / 3})
	if err != nil || again.Hash() != some.Hash() {
		t.Errorf("the same counts gave another model (%v)", err)
	}
}

// Surely different pairs are sampled, all others kept, and the sums stay.
func TestThinSureKeepsWhatTeaches(t *testing.T) {
	rows := manyPatterns(2, 40_000)
	for i := range rows {
		if rows[i].Matches = rows[i].Pairs * 1e-9; i%20 == 0 {
			rows[i].Matches = rows[i].Pairs * 0.4
		}
	}
	var all, some, matches, believed float64
	kept := thinSure(rows, 5_000)
	for i := range rows {
		all, matches = all+rows[i].Pairs, matches+rows[i].Matches
	}
	for i := range kept {
		some, believed = some+kept[i].Pairs, believed+kept[i].Matches
	}
	if len(kept) > 5_500 || math.Abs(some/all-1) > 0.03 || math.Abs(believed/matches-1) > 1e-6 {
		t.Errorf("%d rows stand for %.0f of %.0f pairs and %.3f of %.3f matches", len(kept), some, all, believed, matches)
	}
}
