package evaluate

import (
	"math"
	"slices"

	"github.com/dusach/dusach/matchers/quality"
)

// Thresholds of the sweep stay within these bits of even odds.
const widestSweep = 40

// sweep judges the links at thresholds one bit apart, leaving out those that
// admit no further pair.
func (res *Result) sweep(links []link) {
	var bits []float32
	var right []bool
	for _, l := range links {
		if !math.IsNaN(float64(l.weight)) {
			bits, right = append(bits, l.weight), append(right, l.same)
		}
	}
	if len(bits) == 0 || slices.Min(bits) == slices.Max(bits) {
		return // no weights were kept
	}
	lowest := math.Floor(max(float64(slices.Min(bits)), -widestSweep))
	highest := math.Floor(min(float64(slices.Max(bits)), widestSweep))
	var thresholds []float64
	for at := highest; at >= lowest; at-- {
		thresholds = append(thresholds, at)
	}
	before := uint64(0)
	for _, p := range quality.Sweep(bits, right, res.Pairwise.True, int(res.Forms.Compared), thresholds) {
		if p.Found == before {
			continue
		}
		before = p.Found
		res.Sweep = append(res.Sweep, SweepPoint{Weight: p.Threshold, Pairs: p.Found, Precision: p.Precision(), Recall: p.Recall(),
			F1: p.F1(), WrongPairsPerMillion: p.WrongPerMillion()})
	}
	slices.Reverse(res.Sweep)
}
