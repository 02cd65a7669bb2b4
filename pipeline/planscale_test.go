package pipeline

import (
	"math/rand/v2"
	"testing"
)

// The band of scalePairs holds the truth in about 95 of 100 samples, for blocks
// of equal and of very different sizes, and its middle is right on average.
func TestScalePairs(t *testing.T) {
	for _, sizes := range [][]int{{2, 3, 40}, {2, 2, 2, 3}, {5, 5, 5, 5}} {
		const rounds, p = 400, 0.25
		rng := rand.New(rand.NewPCG(1, uint64(len(sizes))))
		truth, sum, held := 0.0, 0.0, 0
		blocks := make([]int, 300)
		for i := range blocks {
			blocks[i] = sizes[i%len(sizes)]
			truth += shared(uint32(blocks[i])) / 2
		}
		for range rounds {
			pairs, squares := 0.0, 0.0
			for _, size := range blocks {
				n := 0
				for range size {
					if rng.Float64() < p {
						n++
					}
				}
				if n > 1 {
					pairs += float64(n*(n-1)) / 2
					squares += float64(n) * shared(uint32(n-1))
				}
			}
			e := scalePairs(pairs, squares, p)
			sum += e.Value
			if e.Low <= truth && truth <= e.High {
				held++
			}
		}
		if mean := sum / rounds; mean < .98*truth || mean > 1.02*truth {
			t.Errorf("blocks of %v: %.0f pairs on average, there are %.0f", sizes, mean, truth)
		}
		if held < rounds*92/100 || held > rounds*99/100 {
			t.Errorf("blocks of %v: the band holds %d of %d times", sizes, held, rounds)
		}
	}
}
