package record

import (
	"math"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

func TestWeightHistogramEdges(t *testing.T) {
	var h WeightHistogram
	for _, bits := range []float64{math.Inf(-1), -40.001, -40, -0.5, 0, 59.999, 60, math.Inf(1)} {
		h.Add(bits)
	}
	if h.Below != 2 || h.Above != 2 {
		t.Errorf("%d below, %d above, want 2 and 2", h.Below, h.Above)
	}
	for _, bin := range []int{0, 39, 40, 99} {
		if h.Bins[bin] != 1 {
			t.Errorf("bin %d holds %d, want 1", bin, h.Bins[bin])
		}
	}
}

// Pairs may be dealt to workers in any way.
func TestPairCountsMerge(t *testing.T) {
	names := []string{"a", "b", "c"}
	rapid.Check(t, func(r *rapid.T) {
		whole := NewPairCounts(names)
		parts := []*PairCounts{NewPairCounts(names), NewPairCounts(names)}
		for range rapid.IntRange(0, 50).Draw(r, "pairs") {
			rule := rapid.Uint8Range(0, 2).Draw(r, "rule")
			bits := rapid.Float64Range(-70, 70).Draw(r, "bits")
			verdict := Verdict(rapid.IntRange(0, 2).Draw(r, "verdict"))
			whole.Add(rule, bits, verdict)
			parts[rapid.IntRange(0, 1).Draw(r, "worker")].Add(rule, bits, verdict)
		}
		whole.Rules[1].Largest, parts[0].Rules[1].Largest, parts[1].Rules[1].Largest = 9, 9, 4
		sum := NewPairCounts(names)
		sum.Merge(parts[1])
		sum.Merge(parts[0])
		if !reflect.DeepEqual(sum, whole) {
			r.Fatalf("got %+v, want %+v", sum, whole)
		}
		if n := whole.Match + whole.Review + whole.Non; n != whole.Total() {
			r.Fatalf("total %d, want %d", whole.Total(), n)
		}
	})
}
