package model

import "math"

// How far shift and slope lie from 0 and 1, without evidence, in bits.
const (
	shiftSpread = 2.0
	slopeSpread = 0.15
)

// loss is the negative log-likelihood of what was said, with the pulls to no
// shift and no slope.
func (t *testimony) loss(a, b float64) float64 {
	sum := a*a/(2*shiftSpread*shiftSpread) + (b-1)*(b-1)/(2*slopeSpread*slopeSpread)
	for i := range t.bins {
		s := &t.bins[i]
		p := s.one(a, b)
		differ := min(max(p*t.change+(1-p)*(1-t.luck), 1e-9), 1-1e-9)
		sum -= s.differ*math.Log(differ) + s.agree*math.Log(1-differ)
	}
	return sum
}

// fit finds the least loss by ever smaller steps around the best point: two
// parameters and some sixty bins need nothing cleverer, and it ends at the same
// numbers everywhere.
func (t *testimony) fit() (a, b float64) {
	b = 1
	best := t.loss(a, b)
	for step := 2.0; step > 1e-4; {
		better := false
		for _, d := range [4][2]float64{{step, 0}, {-step, 0}, {0, step / 8}, {0, -step / 8}} {
			x, y := a+d[0], min(max(b+d[1], .25), 3)
			if loss := t.loss(x, y); loss < best {
				a, b, best, better = x, y, loss, true
			}
		}
		if !better {
			step /= 2
		}
	}
	return a, b
}

// silence is what it says, in bits, that there are no two numbers to compare.
// Copies of a full form show both more often than a chance meeting does, or less
// often where numbers were lost. In each bin p of the pairs with two numbers are one
// person; for each of these there are so many without, for each of the others so
// many. The two factors that explain best how many pairs without numbers the bins hold
// (EM of a sum of two Poissons) tell how the chances differ.
func (t *testimony) silence(a, b float64) float64 {
	one, two := 1.0, 1.0
	for range 500 {
		var oneSilent, twoSilent, ones, twos float64
		for i := range t.bins {
			s := &t.bins[i]
			p := s.one(a, b)
			m, u := (s.agree+s.differ)*p, (s.agree+s.differ)*(1-p)
			expected := max(one*m+two*u, 1e-9)
			oneSilent += s.silent * one * m / expected
			twoSilent += s.silent * two * u / expected
			ones += m
			twos += u
		}
		one, two = (oneSilent+1)/(ones+1), (twoSilent+1)/(twos+1)
	}
	return math.Log2(one / two)
}
