package model

import (
	"errors"
	"math"
	"slices"
)

// A Calibration makes a total weight mean a frequency. Weights that were fitted
// on some worlds are too sure in others: levels that count one fact twice, people
// who live closer. On worlds that the fit never saw, pairs of like weight are
// counted, and what their share of matches is becomes the weight. The order of
// pairs stays: the curve rises everywhere.
type Calibration struct {
	Corpora []string `json:"corpora,omitempty"` // the worlds
	Pairs   float64  `json:"pairs"`             // of theirs that the curve was drawn from
	Matches float64  `json:"matches"`
	Before  float64  `json:"loss_before"` // bits a pair, on all pairs of these worlds
	After   float64  `json:"loss_after"`
	Curve   []Knot   `json:"curve"` // straight lines between, parallel to the diagonal beyond
}

// A Knot is a point of a calibration curve.
type Knot struct {
	Sum   float64 `json:"sum"`   // weight as the evidence adds up, in bits
	Bits  float64 `json:"bits"`  // weight that it becomes
	Pairs float64 `json:"pairs"` // how many pairs lie about here
	Share float64 `json:"share"` // of them that are matches
}

// What a knot needs, so that it is no accident.
const (
	knotWidth   = 0.75 // bits that it covers at least
	knotMatches = 12   // matches and non-matches at least
	leastRise   = 0.1  // bits a bit, so that no two weights become one
)

// A weighed pattern is what calibration looks at.
type weighed struct{ bits, pairs, matches float64 }

// Calibrate draws the curve from labelled counts that the weights were not fitted
// on. Each corpus weighs the same by its matches. It must be the last step of
// learning: weights changed later are not calibrated.
func (m *Model) Calibrate(worlds []Corpus) error {
	m.Calibration = nil
	scorer := m.NewScorer(Province)
	var rows []weighed
	c := &Calibration{}
	all := pool(worlds)
	if !(all.matches > 0 && all.matches < all.pairs) {
		return errors.New("calibrating a model: matches and non-matches are needed")
	}
	all.each(func(r Counted) {
		rows = append(rows, weighed{float64(scorer.Weight(&r.Levels, float32(r.TF))), r.Pairs, r.Matches})
	})
	for _, w := range worlds {
		c.Corpora = append(c.Corpora, w.Name)
	}
	slices.SortStableFunc(rows, func(a, b weighed) int {
		switch {
		case a.bits < b.bits:
			return -1
		case a.bits > b.bits:
			return 1
		}
		return 0
	})
	c.draw(rows)
	if len(c.Curve) == 0 {
		return errors.New("calibrating a model: too few pairs of which it is not sure")
	}
	m.Calibration = c
	after := m.NewScorer(Province)
	c.Before = round(meanLoss(rows, func(bits float32) float32 { return bits }))
	c.After = round(meanLoss(rows, after.calibrated))
	m.History = append(m.History, Training{Step: "calibrate", Corpora: c.Corpora, Pairs: round(all.pairs), Matches: round(all.matches),
		LogLoss: c.Before, HeldOut: c.After})
	return m.check()
}

// draw cuts rows, which rise, into groups with enough of both kinds, and makes a
// knot of each; groups out of order are joined (pool adjacent violators).
func (c *Calibration) draw(rows []weighed) {
	type group struct{ sum, pairs, matches float64 }
	var list []group
	var g group
	from := math.Inf(-1)
	end := func() {
		list = append(list, g)
		g = group{}
		for n := len(list); n > 1 && list[n-2].matches*list[n-1].pairs >= list[n-1].matches*list[n-2].pairs; n = len(list) {
			a, b := list[n-2], list[n-1]
			list = append(list[:n-2], group{a.sum + b.sum, a.pairs + b.pairs, a.matches + b.matches})
		}
	}
	for _, r := range rows {
		enough := g.matches >= knotMatches && g.pairs-g.matches >= knotMatches
		if r.bits-from >= knotWidth && enough {
			end()
		}
		if g.pairs == 0 {
			from = r.bits
		}
		g.sum += r.bits * r.pairs
		g.pairs += r.pairs
		g.matches += r.matches
	}
	if from+knotWidth >= rows[len(rows)-1].bits && g.pairs > 0 && g.matches >= knotMatches && g.pairs-g.matches >= knotMatches {
		end() // what is left is as narrow as the others; else it reaches up to pairs that nobody doubts
	}
	for i, g := range list {
		if i == 0 && len(list) > 1 && rows[0].bits < g.sum/g.pairs-knotWidth {
			continue // it reaches down to pairs that nobody asks about
		}
		k := Knot{Sum: round(g.sum / g.pairs), Bits: round(math.Log2((g.matches + .5) / (g.pairs - g.matches + .5))),
			Pairs: round(g.pairs), Share: round(g.matches / g.pairs)}
		if n := len(c.Curve); n > 0 {
			k.Bits = max(k.Bits, round(c.Curve[n-1].Bits+leastRise*(k.Sum-c.Curve[n-1].Sum)))
		}
		c.Pairs += g.pairs
		c.Matches += g.matches
		c.Curve = append(c.Curve, k)
	}
	c.Pairs, c.Matches = round(c.Pairs), round(c.Matches)
}

// Loss returns the mean loss of the model on labelled counts, each corpus weighing
// the same by its matches: −log2 of the probability that it gave to what is true,
// in bits a pair.
func (m *Model) Loss(worlds []Corpus) float64 {
	var rows []weighed
	scorer, all := m.NewScorer(Province), pool(worlds)
	all.each(func(r Counted) {
		rows = append(rows, weighed{float64(scorer.Weight(&r.Levels, float32(r.TF))), r.Pairs, r.Matches})
	})
	return meanLoss(rows, func(bits float32) float32 { return bits })
}

func meanLoss(rows []weighed, calibrated func(float32) float32) float64 {
	sum, n := 0.0, 0.0
	for _, r := range rows {
		z := float64(calibrated(float32(r.bits))) * math.Ln2
		sum += r.pairs*softplus(z) - r.matches*z
		n += r.pairs
	}
	return sum / n / math.Ln2
}

func (c *Calibration) check() error {
	if c == nil {
		return nil
	}
	if len(c.Curve) == 0 {
		return errors.New("calibration: the curve is empty")
	}
	for i, k := range c.Curve {
		if !finite(k.Sum, k.Bits) || i > 0 && (k.Sum <= c.Curve[i-1].Sum || k.Bits <= c.Curve[i-1].Bits) {
			return errors.New("calibration: the curve does not rise")
		}
	}
	return nil
}

// A bend is a calibration laid out for speed.
type bend struct {
	sums, bits []float32
	shift      float32 // from the sums of this size class to those of the curve
}

func (m *Model) newBend(class SizeClass) (b bend) {
	if m.Calibration == nil {
		return b
	}
	for _, k := range m.Calibration.Curve {
		b.sums, b.bits = append(b.sums, float32(k.Sum)), append(b.bits, float32(k.Bits))
	}
	b.shift = float32(m.Prior.Province - m.Prior.Of(class))
	return b
}

// calibrated returns what a sum of evidence becomes.
func (s *Scorer) calibrated(sum float32) float32 { return s.bend.along(sum, s.bend.sums, s.bend.bits) }

// uncalibrated returns the least sum that becomes a weight.
func (s *Scorer) uncalibrated(bits float32) float32 {
	return s.bend.along(bits, s.bend.bits, s.bend.sums)
}

// along follows the curve from one axis to the other.
func (b *bend) along(x float32, from, to []float32) float32 {
	last := len(from) - 1
	if last < 0 {
		return x
	}
	x += b.shift
	switch {
	case x <= from[0]:
		return x - from[0] + to[0] - b.shift
	case x >= from[last]:
		return x - from[last] + to[last] - b.shift
	}
	i := 1
	for from[i] < x {
		i++
	}
	return to[i-1] + (x-from[i-1])*(to[i]-to[i-1])/(from[i]-from[i-1]) - b.shift
}
