package model

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/dusach/dusach/matchers"
)

// drawModel gives the default model random weights and interactions.
func drawModel(t *rapid.T, m *Model) {
	weight := rapid.Float64Range(-20, 20)
	for c := range m.Comparisons {
		for l := range m.Comparisons[c].Levels {
			if l > 0 {
				m.Comparisons[c].Levels[l].Bits = weight.Draw(t, "bits")
			}
		}
	}
	m.Interactions = nil
	n := len(m.Comparisons)
	for range rapid.IntRange(0, 6).Draw(t, "interactions") {
		a, b := rapid.IntRange(0, n-1).Draw(t, "a"), rapid.IntRange(0, n-1).Draw(t, "b")
		if a == b {
			continue
		}
		in := Interaction{A: m.Comparisons[a].Name, B: m.Comparisons[b].Name}
		for _, la := range m.Comparisons[a].Levels[1:] {
			for _, lb := range m.Comparisons[b].Levels[1:] {
				in.Cells = append(in.Cells, Cell{la.Name, lb.Name, weight.Draw(t, "cell")})
			}
		}
		m.Interactions = append(m.Interactions, in)
	}
}

// drawDerivation makes comparison at follow from up to three others and from
// whether the rarity is 20 bits or more.
func drawDerivation(t *rapid.T, at, n, levels int) Derivation {
	var from []int
	for _, c := range rapid.SliceOfNDistinct(rapid.IntRange(0, n-1), 0, 3, rapid.ID).Draw(t, "from") {
		if c < at {
			from = append(from, c)
		}
	}
	salt := rapid.IntRange(1, 1000).Draw(t, "salt")
	return Derivation{At: at, From: from, Rarities: []float32{10, 20}, Judge: func(l *matchers.Levels, rarity float32) matchers.Level {
		h := salt
		for _, c := range from {
			h = h*31 + int(l[c])
		}
		if rarity >= 20 {
			h = h*31 + 7
		}
		return matchers.Level(h % levels)
	}}
}

// No pair weighs more than its bound, in whatever steps its comparisons become
// known and whatever is derived from what; when all are known, bound and weight
// differ by what rarity can bring alone.
func TestBoundIsNeverPassed(t *testing.T) {
	m := Default().Clone()
	m.Calibration = nil // bounds are of the sum of evidence; Floor is held against it
	rapid.Check(t, func(t *rapid.T) {
		drawModel(t, m)
		n := len(m.Comparisons)
		s := m.NewScorer(Province)
		var derived []Derivation
		for _, at := range rapid.SliceOfNDistinct(rapid.IntRange(n-4, n-1), 0, 2, rapid.ID).Draw(t, "derived") {
			derived = append(derived, drawDerivation(t, at, n-4, len(m.Comparisons[at].Levels)))
		}
		steps := make([][]int, rapid.IntRange(1, 5).Draw(t, "steps"))
		for c := range n {
			if !isDerived(derived, uint8(c)) {
				i := rapid.IntRange(0, len(steps)-1).Draw(t, "step")
				steps[i] = append(steps[i], c)
			}
		}
		var levels matchers.Levels
		for c := range n {
			levels[c] = matchers.Level(rapid.IntRange(0, len(m.Comparisons[c].Levels)-1).Draw(t, "level"))
		}
		rarity := float32(rapid.Float64Range(0, 60).Draw(t, "rarity"))
		for _, d := range derived {
			levels[d.At] = d.Judge(&levels, rarity)
		}
		w := s.Weight(&levels, rarity)
		b := s.NewBound(steps, derived)
		certain, most := float32(0), float32(0)
		var known matchers.Levels
		for i, step := range steps {
			for _, c := range step {
				known[c] = levels[c]
			}
			if certain, most = b.After(i, certain, &known); w > most+Slack {
				t.Fatalf("after step %d the pair weighs %v, its bound is %v", i, w, most)
			}
		}
		// With all known, nothing is left open but the rarity.
		name := levels[s.rarityAt]
		open := s.most(int(s.rarityAt), name) - s.weights[s.rarityAt][name]
		if least := s.Weight(&levels, s.reference); len(derived) == 0 && most > least+open+Slack {
			t.Fatalf("all is known, the pair weighs %v, and its bound is %v", least, most)
		}
	})
}
