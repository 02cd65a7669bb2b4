package model

import (
	"fmt"
	"math"

	"github.com/dusach/dusach/matchers"
)

// A Witness is a comparison that by itself tells whether two records are one: of
// two numbers that the state gave out, one person's are the same and two persons'
// differ. Among pairs of like weight, the weight without the witness, it tells how
// many are one person, and nobody has to look at them.
type Witness struct {
	At            int              // its place
	Agree, Differ []matchers.Level // what says one person, and what says two; the others are not heard
	Derived       []Derivation     // comparisons that read it
}

// What Shift asks for, in bits and pairs.
const (
	shiftLow   = -5.0 // pairs below meet because their numbers are the same, or not at all
	shiftHigh  = 11.0 // pairs above are one person: they show how often one person's numbers differ
	shiftWidth = 0.25
	shiftPairs = 30  // of each kind, between low and high
	noShift    = 100 // pairs in doubt that speak for the model as it is, before any are heard
)

// Shift moves the probabilities of a model to those of a population, without
// labels. How many of the pairs that look alike are one person depends on how many
// people live close together, bear one name and wait for one clerk: no prior is right
// everywhere. If p is the chance that a pair of weight w (without the witness) is
// one person, numbers differ among such pairs with the chance p·c + (1−p)·(1−u): c is
// how often one person's numbers differ, seen where nobody doubts, and u how often
// those of two agree. The a and b of p = 1/(1+2^−(a+b·w)) that explain best how often
// numbers differ, with what it says that there are none to compare, become the
// model's, the less so the fewer pairs are in doubt. It returns false where there is
// too little to learn from; the model is then as it was.
func (m *Model) Shift(counts []Counted, w Witness) (bool, error) {
	t := m.testimony(ordered(counts), &w)
	if t.agree < shiftPairs || t.differ < shiftPairs || t.sure < shiftPairs {
		return false, nil
	}
	a, b := t.fit()
	silent := t.silence(a, b)
	heard := t.doubt(a, b)
	heard /= heard + noShift
	a, b = heard*(a+silent), 1+heard*(b-1)
	if math.IsNaN(a) || math.IsNaN(b) {
		return false, errNotSmooth
	}
	m.bendBy(a, b)
	m.History = append(m.History, Training{Step: "shift", Pairs: round(t.agree + t.differ), Matches: round(t.agree), Shift: round(a), Slope: round(b),
		Note: fmt.Sprintf("numbers of one person differ in %.4f; none to compare says %+.2f bits", t.change, silent)})
	return true, m.check()
}

// bendBy makes a weight of w bits one of a + b·w where the calibration bends, and
// moves it beyond.
func (m *Model) bendBy(a, b float64) {
	var c Calibration
	if m.Calibration != nil {
		c = *m.Calibration
	} else {
		for bits := -6.0; bits <= 8; bits += 2 {
			c.Curve = append(c.Curve, Knot{Sum: bits, Bits: bits})
		}
	}
	curve := make([]Knot, len(c.Curve))
	for i, k := range c.Curve {
		k.Bits = round(a + b*k.Bits)
		curve[i] = k
	}
	c.Curve = curve
	m.Calibration = &c
}

// A testimony is what the witness says, by weight without it.
type testimony struct {
	bins          []spoken // from shiftLow to shiftHigh
	agree, differ float64  // of the bins
	sure          float64  // pairs above
	change, luck  float64  // c and u
}

// spoken is what is said of pairs of like weight, and how many of them say nothing.
type spoken struct{ bits, agree, differ, silent float64 }

func (m *Model) testimony(counts []Counted, w *Witness) (t testimony) {
	scorer := m.NewScorer(Province)
	bins, top := make([]spoken, int((shiftHigh-shiftLow)/shiftWidth)), spoken{}
	for i := range counts {
		c := &counts[i]
		said := w.says(c.Levels[w.At])
		if said == 0 && c.Levels[w.At] != matchers.Null {
			continue
		}
		bits := w.without(scorer, c)
		s := &top
		switch {
		case bits < shiftLow:
			continue
		case bits < shiftHigh:
			s = &bins[int((bits-shiftLow)/shiftWidth)]
		}
		switch {
		case said > 0:
			s.agree += c.Pairs
		case said < 0:
			s.differ += c.Pairs
		default:
			s.silent += c.Pairs
			continue
		}
		s.bits += bits * c.Pairs
	}
	for _, s := range bins {
		if n := s.agree + s.differ; n > 0 {
			s.bits /= n
			t.bins = append(t.bins, s)
			t.agree += s.agree
			t.differ += s.differ
		}
	}
	t.sure = top.agree + top.differ
	t.change = (top.differ + .5) / (t.sure + 1)
	for _, l := range w.Agree {
		t.luck += m.Comparisons[w.At].Levels[l].U
	}
	t.luck = min(t.luck, .5)
	return t
}

// says returns 1 for one person, −1 for two, 0 for a level that is not heard.
func (w *Witness) says(level matchers.Level) int {
	for _, l := range w.Agree {
		if l == level {
			return 1
		}
	}
	for _, l := range w.Differ {
		if l == level {
			return -1
		}
	}
	return 0
}

// without returns what a pattern weighs when the witness is not asked.
func (w *Witness) without(s *Scorer, c *Counted) float64 {
	l := c.Levels
	l[w.At] = matchers.Null
	for i := range w.Derived {
		d := &w.Derived[i]
		l[d.At] = d.Judge(&l, float32(c.TF))
	}
	return float64(s.Weight(&l, float32(c.TF)))
}

// one is the chance of a bin's pairs to be one person.
func (s *spoken) one(a, b float64) float64 { return 1 / (1 + math.Exp2(-(a + b*s.bits))) }

// doubt is how many pairs nobody could tell from their weight: one in doubt between
// even chances counts whole.
func (t *testimony) doubt(a, b float64) (n float64) {
	for i := range t.bins {
		s := &t.bins[i]
		p := s.one(a, b)
		n += (s.agree + s.differ) * 4 * p * (1 - p)
	}
	return n
}
