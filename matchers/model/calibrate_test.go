package model

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/dusach/dusach/matchers"
)

// oversure returns a model of two comparisons that counts one fact twice, and
// counts of a world in which the second always repeats the first.
func oversure(t *testing.T, seed uint64, n int) (*Model, []Counted) {
	t.Helper()
	list := comparisons("a", "b")
	m := empty(list)
	m.Name, m.History = "oversure", []Training{{Step: "by hand"}}
	m.setDecisions(-3, FitOptions{}.withDefaults())
	for c := range m.Comparisons {
		for l, bits := range []float64{0, 4, 1, -3} {
			m.Comparisons[c].Levels[l].Bits = bits
		}
	}
	rng, tally := rand.New(rand.NewPCG(seed, 3)), NewTally()
	for range n {
		match := rng.Float64() < 1.0/9
		chances := []float64{0, 1.0 / 17, 2.0 / 17, 14.0 / 17} // m/u is 2^4, 2, 2^-3
		if match {
			chances = []float64{0, 16.0 / 21, 3.25 / 21, 1.75 / 21}
		}
		l := matchers.Level(1)
		for x := rng.Float64(); l < 3 && x > chances[l]; l++ {
			x -= chances[l]
		}
		tally.Add(&matchers.Levels{l, l}, 18, match)
	}
	return m, tally.Counts()
}

func TestCalibrationMakesProbabilitiesFrequencies(t *testing.T) {
	m, world := oversure(t, 1, 400_000)
	if err := m.Calibrate([]Corpus{{"world", world}}); err != nil {
		t.Fatal(err)
	}
	_, fresh := oversure(t, 2, 400_000)
	s := m.NewScorer(Province)
	for i := range fresh {
		c := &fresh[i]
		p, share := float64(Probability(s.Weight(&c.Levels, 18))), c.Matches/c.Pairs
		if math.Abs(p-share) > .02 {
			t.Errorf("levels %v: probability %.3f, %.3f are matches", c.Levels[:2], p, share)
		}
	}
	if c := m.Calibration; !(c.After < c.Before) {
		t.Errorf("loss %.4f before, %.4f after", c.Before, c.After)
	}
}

// The order of pairs stays, bounds hold, both size classes keep their distance,
// and the explanation still adds up.
func TestCalibrationRisesEverywhere(t *testing.T) {
	m, world := oversure(t, 1, 200_000)
	raw := m.NewScorer(Province)
	if err := m.Calibrate([]Corpus{{"world", world}}); err != nil {
		t.Fatal(err)
	}
	s, nation := m.NewScorer(Province), m.NewScorer(Nation)
	last := float32(math.Inf(-1))
	for sum := float32(-30); sum < 40; sum += .01 {
		w := s.calibrated(sum)
		if w <= last {
			t.Fatalf("a sum of %v becomes %v, the one before %v", sum, w, last)
		}
		if back := s.uncalibrated(w); math.Abs(float64(back-sum)) > 1e-3 {
			t.Fatalf("a sum of %v becomes %v and that %v", sum, w, back)
		}
		if d := w - nation.calibrated(sum-2); math.Abs(float64(d-2)) > 1e-3 {
			t.Fatalf("a sum of %v: the size classes lie %v bits apart, want 2", sum, d)
		}
		last = w
	}
	if floor := s.calibrated(s.Floor()); math.Abs(float64(floor)-m.Thresholds.LinkFloor) > 1e-3 {
		t.Errorf("bounds are held against a sum that becomes %v, links begin at %v", floor, m.Thresholds.LinkFloor)
	}
	l := matchers.Levels{1, 2}
	e := m.Explain(comparisons("a", "b"), &l, 18, Province, "en")
	if w := s.Weight(&l, 18); math.Abs(e.Bits-float64(w)) > 1e-4 || w == raw.Weight(&l, 18) {
		t.Errorf("explained %v bits, weighed %v, without calibration %v", e.Bits, w, raw.Weight(&l, 18))
	}
	if again := m.Clone(); again.Hash() != m.Hash() || again.NewScorer(Province).Weight(&l, 18) != s.Weight(&l, 18) {
		t.Error("a saved model weighs differently")
	}
}

func TestCalibrationIsRefused(t *testing.T) {
	m, world := oversure(t, 1, 1000)
	for i := range world {
		world[i].Matches = 0
	}
	if m.Calibrate([]Corpus{{"no matches", world}}) == nil {
		t.Error("calibrated without a match")
	}
	m.Calibration = &Calibration{Curve: []Knot{{Sum: 1, Bits: 1}, {Sum: 2, Bits: .5}}}
	if m.check() == nil {
		t.Error("a curve that falls was taken")
	}
}
