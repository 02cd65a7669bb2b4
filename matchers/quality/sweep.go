package quality

import (
	"fmt"
	"math"
	"slices"
)

// A Point is what linking at a threshold would give, judged pair by pair.
type Point struct {
	Threshold float64 `json:"threshold"` // bits
	Pairs
}

// Sweep returns a point for each threshold: pairs scored at or above it are found.
// bits and right are the scored pairs; truePairs counts all there are to find,
// those that no blocking rule brought included; forms is for the rate of wrong ones.
func Sweep(bits []float32, right []bool, truePairs uint64, forms int, thresholds []float64) []Point {
	if len(bits) != len(right) {
		panic(fmt.Sprintf("BUG: %d weights for %d labels", len(bits), len(right)))
	}
	good, bad := make([]float32, 0), make([]float32, 0)
	for i, b := range bits {
		if right[i] {
			good = append(good, b)
		} else {
			bad = append(bad, b)
		}
	}
	slices.Sort(good)
	slices.Sort(bad)
	points := make([]Point, len(thresholds))
	for i, t := range thresholds {
		g, w := above(good, t), above(bad, t)
		points[i] = Point{t, Pairs{Forms: forms, Found: g + w, True: truePairs, Right: g}}
	}
	return points
}

func above(sorted []float32, threshold float64) uint64 {
	at, _ := slices.BinarySearch(sorted, float32(threshold))
	return uint64(len(sorted) - at)
}

// A Bin is a bar of the reliability diagram: pairs given probabilities in
// [Low, High), their mean, and the share that are matches.
type Bin struct {
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
	Pairs uint64  `json:"pairs"`
	Mean  float64 `json:"mean"`  // mean probability
	Share float64 `json:"share"` // share of matches
}

// Calibration returns n bins of equal width and the Brier score: the mean squared
// difference between probability and truth, 0 at best.
func Calibration(probability []float32, match []bool, n int) (bins []Bin, brier float64) {
	if len(probability) != len(match) || n < 1 {
		panic(fmt.Sprintf("BUG: %d probabilities, %d labels, %d bins", len(probability), len(match), n))
	}
	bins = make([]Bin, n)
	for i, p := range probability {
		truth := 0.0
		if match[i] {
			truth = 1
		}
		b := &bins[min(int(float64(p)*float64(n)), n-1)]
		b.Pairs++
		b.Mean += float64(p)
		b.Share += truth
		brier += (float64(p) - truth) * (float64(p) - truth)
	}
	for i := range bins {
		b := &bins[i]
		b.Low, b.High = float64(i)/float64(n), float64(i+1)/float64(n)
		if b.Pairs > 0 {
			b.Mean /= float64(b.Pairs)
			b.Share /= float64(b.Pairs)
		}
	}
	return bins, brier / math.Max(float64(len(match)), 1)
}
