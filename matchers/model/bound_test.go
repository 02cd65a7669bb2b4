package model

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/dusach/dusach/matchers"
)

// No pair weighs more than its bound, whatever comparisons are late.
func TestBoundIsNeverPassed(t *testing.T) {
	m := Default().Clone()
	rapid.Check(t, func(t *rapid.T) {
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
		for range rapid.IntRange(0, 4).Draw(t, "interactions") {
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
		s := m.NewScorer(Province)
		late := make([]bool, matchers.MaxComparisons)
		for c := range n {
			late[c] = rapid.Bool().Draw(t, "late")
		}
		b := s.NewBound(late)
		var levels matchers.Levels
		for c := range n {
			levels[c] = matchers.Level(rapid.IntRange(0, len(m.Comparisons[c].Levels)-1).Draw(t, "level"))
		}
		rarity := float32(rapid.Float64Range(0, 60).Draw(t, "rarity"))
		if w, most := s.Weight(&levels, rarity), b.Most(&levels); w > most+1e-3 {
			t.Fatalf("the pair weighs %v, its bound is %v", w, most)
		}
	})
}
