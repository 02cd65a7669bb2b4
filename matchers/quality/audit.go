package quality

import "math"

// A Stratum is a part of a population of which some were drawn at random,
// without putting back, and judged.
type Stratum struct {
	Size   int // of the population
	Drawn  int // and judged
	Faulty int // of those drawn
}

// FaultyAtMost returns an upper bound on the number of faulty in all strata
// together that holds with at least the confidence, whatever the shares of the
// strata. A stratum judged to the last is known; one of which nobody was drawn
// may be faulty throughout.
//
// It inverts a test: of all ways to spread that many faults over the strata, the
// one under which the weighted sum of faults seen, Σ Size/Drawn·Faulty, comes out
// as low as it did most easily. The chance is bounded by Chernoff's method, which
// holds for draws without putting back too (Hoeffding, Journal of the American
// Statistical Association 58, 1963), is exact where no fault was seen (then it is
// the rule of three, Clopper's and Pearson's bound), and some tenths above the
// exact one where some were.
func FaultyAtMost(strata []Stratum, confidence float64) float64 {
	a := newAudit(strata)
	low, high := a.seen, float64(a.most)
	if a.chance(high) > 1-confidence {
		return a.known + high
	}
	for range 60 {
		if mid := (low + high) / 2; a.chance(mid) > 1-confidence {
			low = mid
		} else {
			high = mid
		}
	}
	return a.known + high
}

// Covers reports whether FaultyAtMost of the strata is at least faults, without
// looking for the bound itself.
func Covers(strata []Stratum, faults, confidence float64) bool {
	a := newAudit(strata)
	return a.known+a.seen >= faults || a.chance(faults-a.known) > 1-confidence
}

// An audit holds what a sample says of the strata that are not known to the
// last.
type audit struct {
	known  float64 // faults of strata judged to the last
	most   int     // how many there can be in the others
	strata []Stratum
	weight []float64 // how many each drawn stands for
	seen   float64   // weighted sum of faults
}

func newAudit(strata []Stratum) *audit {
	a := &audit{}
	for _, s := range strata {
		if s.Drawn >= s.Size {
			a.known += float64(s.Faulty)
			continue
		}
		a.most += s.Size
		a.strata = append(a.strata, s)
		w := math.Inf(1)
		if s.Drawn > 0 {
			w = float64(s.Size) / float64(s.Drawn)
			a.seen += w * float64(s.Faulty)
		}
		a.weight = append(a.weight, w)
	}
	return a
}

// chance bounds from above, for that many faults however spread, the chance to
// see as few as were seen.
func (a *audit) chance(faults float64) float64 {
	if faults <= 0 || len(a.strata) == 0 {
		return 1
	}
	heaviest := 0.0
	for i, s := range a.strata {
		if s.Drawn == 0 { // faults may hide where nobody looked
			if faults -= float64(s.Size); faults <= 0 {
				return 1
			}
			continue
		}
		heaviest = max(heaviest, a.weight[i])
	}
	if a.seen == 0 {
		return math.Exp(a.worst(faults, math.Inf(1)))
	}
	// The bound e^(λ·seen)·E[e^(−λ·sum)] is convex in λ: golden section over its
	// logarithm.
	low, high := math.Log(1e-4/heaviest), math.Log(50/heaviest)
	at := func(t float64) float64 {
		lambda := math.Exp(t)
		return lambda*a.seen + a.worst(faults, lambda)
	}
	const golden = 0.6180339887498949
	x, y := high-golden*(high-low), low+golden*(high-low)
	fx, fy := at(x), at(y)
	for range 40 {
		if fx < fy {
			high, y, fy = y, x, fx
			x = high - golden*(high-low)
			fx = at(x)
		} else {
			low, x, fx = x, y, fy
			y = low + golden*(high-low)
			fy = at(y)
		}
	}
	return math.Exp(min(fx, fy, 0))
}

// worst is the greatest Σ Drawn·log(1 − p·q), q = 1 − e^(−λ·weight), over shares
// p of faults that add up to the faults: concave, so water fills the strata where
// a fault is least likely to be seen first.
func (a *audit) worst(faults, lambda float64) float64 {
	each := func(level float64, use func(s Stratum, p, q float64)) {
		for i, s := range a.strata {
			if s.Drawn > 0 {
				q := 1 - math.Exp(-lambda*a.weight[i])
				p := (1 - q/(level*a.weight[i])) / q
				use(s, min(max(p, 0), 1), q)
			}
		}
	}
	total := func(level float64) (sum float64) {
		each(level, func(s Stratum, p, _ float64) { sum += float64(s.Size) * p })
		return sum
	}
	low, high := 0.0, 1.0
	for total(high) < faults && high < 1e12 {
		low, high = high, 2*high
	}
	for range 60 {
		if mid := (low + high) / 2; total(mid) < faults {
			low = mid
		} else {
			high = mid
		}
	}
	sum := 0.0
	each(high, func(s Stratum, p, q float64) { sum += float64(s.Drawn) * math.Log(max(1-p*q, 1e-300)) })
	return sum
}
