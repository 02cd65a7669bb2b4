package evaluate

import (
	"cmp"
	"math"
	"slices"
)

// sweep judges the links at thresholds one bit apart, leaving out those that
// admit no further pair.
func (res *Result) sweep(links []link) {
	weighted := slices.DeleteFunc(slices.Clone(links), func(l link) bool { return math.IsNaN(float64(l.weight)) })
	if len(weighted) == 0 {
		return
	}
	slices.SortFunc(weighted, func(a, b link) int { return cmp.Compare(b.weight, a.weight) })
	highest, lowest := float64(weighted[0].weight), float64(weighted[len(weighted)-1].weight)
	if highest == lowest {
		return // no weights were kept
	}
	right, n, before := uint64(0), 0, -1
	for at := math.Floor(min(highest, 40)); at >= math.Floor(max(lowest, -40)); at-- {
		for n < len(weighted) && float64(weighted[n].weight) >= at {
			if weighted[n].same {
				right++
			}
			n++
		}
		if n == before {
			continue
		}
		before = n
		p, r := ratio(right, uint64(n)), ratio(right, res.Pairwise.True)
		res.Sweep = append(res.Sweep, SweepPoint{Weight: at, Pairs: uint64(n), Precision: p, Recall: r, F1: harmonic(p, r),
			WrongPairsPerMillion: perMillion(uint64(n)-right, res.Forms.Compared)})
	}
	slices.Reverse(res.Sweep)
}
