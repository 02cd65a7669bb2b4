package model

import (
	"bytes"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/dusach/dusach/matchers"
)

// village invents pairs: comparison b is evidence of −9 to 15 bits, comparison a the
// witness (1 agrees, 2 near, 3 differs). even is how many bits the prior of the place lies
// above the model's, lost how many of one person's pairs show no two numbers, strange
// how many of two persons', change how often one person's numbers differ.
func village(seed uint64, n int, even, lost, strange, change float64) (*Model, []Counted, Witness) {
	list := comparisons("a", "b")
	for len(list[1].Levels) < 26 {
		list[1].Levels = append(list[1].Levels, matchers.LevelInfo{Name: string(rune('a' + len(list[1].Levels)))})
	}
	m := empty(list)
	m.Name, m.History = "village", []Training{{Step: "by hand"}}
	m.setDecisions(0, FitOptions{}.withDefaults())
	for l := 1; l < 26; l++ {
		m.Comparisons[1].Levels[l].Bits = float64(l) - 10
	}
	for l, bits := range []float64{0, 10, 0, -8} {
		m.Comparisons[0].Levels[l].Bits = bits
	}
	m.Comparisons[0].Levels[1].U = 1e-4
	rng, tally := rand.New(rand.NewPCG(seed, 5)), NewTally()
	for range n {
		b := matchers.Level(1 + rng.IntN(25))
		match := rng.Float64() < 1/(1+math.Exp2(-(float64(b)-10+even)))
		silent, differs := strange, 1.0
		if match {
			silent, differs = lost, change
		}
		a := matchers.Null
		if rng.Float64() >= silent {
			if a = 1; rng.Float64() < differs {
				a = 3
			}
		}
		tally.Add(&matchers.Levels{a, b}, 18, match)
	}
	return m, tally.Counts(), Witness{At: 0, Agree: []matchers.Level{1}, Differ: []matchers.Level{3}}
}

// shifted is what a pair without numbers weighs that weighed bits before.
func shifted(m *Model, bits int) float64 {
	return float64(m.NewScorer(Province).Weight(&matchers.Levels{0, matchers.Level(bits + 10)}, 18))
}

func TestShiftFindsThePlace(t *testing.T) {
	for _, c := range []struct{ even, lost, strange, change, want float64 }{
		{0, .5, .5, .01, 0}, {-2.5, .5, .5, .01, -2.5}, {1.5, .5, .5, .01, 1.5}, {-2, .5, .5, .15, -2},
		{-1, .3, .6, .01, -2}, // no numbers to compare is itself evidence: log2(.3/.6)
		{0, .7, .4, .05, .81},
	} {
		m, counts, w := village(7, 60_000, c.even, c.lost, c.strange, c.change)
		ok, err := m.Shift(counts, w)
		if err != nil || !ok {
			t.Fatalf("%+v: learnt %v, error %v", c, ok, err)
		}
		if got := shifted(m, 2) - 2; math.Abs(got-c.want) > .5 {
			t.Errorf("%+v: shifted by %.2f bits", c, got)
		}
		if h := m.History[len(m.History)-1]; h.Step != "shift" || h.Note == "" || h.Slope == 0 || h.Shift < c.want-.5 || h.Shift > c.want+.5 {
			t.Errorf("history ends with %+v", h)
		}
	}
}

// Few pairs move a model little, none not at all.
func TestShiftWaitsForEvidence(t *testing.T) {
	m, counts, w := village(8, 900, -3, .5, .5, .01)
	if ok, err := m.Shift(counts, w); !ok || err != nil {
		t.Fatalf("learnt %v, error %v", ok, err)
	}
	if got := shifted(m, 2) - 2; got < -2.4 || got > -.3 {
		t.Errorf("few pairs shift by %.2f bits, the place lies 3 below", got)
	}
	for _, n := range []int{100, 60_000} {
		m, counts, w = village(9, n, -3, 1, 1, .01) // nobody shows a number
		before := m.Hash()
		if ok, err := m.Shift(counts, w); ok || err != nil || m.Hash() != before {
			t.Errorf("%d pairs without numbers: learnt %v, error %v, model changed %v", n, ok, err, m.Hash() != before)
		}
	}
}

// The same pairs in any order give the same model, and a copy stays as it was.
func TestShiftIsDeterministic(t *testing.T) {
	m, counts, w := village(10, 20_000, -1, .4, .5, .02)
	if err := m.Calibrate([]Corpus{{"world", counts}}); err != nil {
		t.Fatal(err)
	}
	other := m.Clone()
	before := other.Hash()
	if _, err := m.Shift(counts, w); err != nil {
		t.Fatal(err)
	}
	if other.Hash() != before {
		t.Fatal("shifting a model changes its copy")
	}
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(counts), func(i, j int) { counts[i], counts[j] = counts[j], counts[i] })
	if _, err := other.Shift(counts, w); err != nil {
		t.Fatal(err)
	}
	var x, y bytes.Buffer
	if m.Save(&x) != nil || other.Save(&y) != nil || !bytes.Equal(x.Bytes(), y.Bytes()) {
		t.Error("the order of pairs changes the model")
	}
}

// What reads the witness is asked anew without it.
func TestShiftAsksDerivedComparisonsAnew(t *testing.T) {
	m, counts, w := village(11, 60_000, -2, .5, .5, .01)
	list := comparisons("a", "b", "c")
	c := empty(list[2:]).Comparisons[0]
	c.Derived = true
	c.Levels[1].Bits = -20 // numbers differ: what the witness must not know
	m.Comparisons = append(m.Comparisons, c)
	judge := func(l *matchers.Levels, _ float32) matchers.Level { return l[0] / 3 }
	for i := range counts {
		counts[i].Levels[2] = judge(&counts[i].Levels, 0)
	}
	w.Derived = []Derivation{{At: 2, From: []int{0}, Judge: judge}}
	if ok, err := m.Shift(counts, w); !ok || err != nil {
		t.Fatalf("learnt %v, error %v", ok, err)
	}
	if got := shifted(m, 2) - 2; math.Abs(got+2) > .5 {
		t.Errorf("shifted by %.2f bits, want -2", got)
	}
}
