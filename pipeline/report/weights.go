package report

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"

	"github.com/dusach/dusach/pipeline/record"
)

// weightsChart draws how the candidate pairs spread over match weights, with
// the two thresholds.
func weightsChart(s *record.Scorecard, p printer, w *words) (chart, error) {
	h, e := &s.Pairs.Weights, s.Epoch
	first, last := weightRange(h, e)
	bars := logBars{from: first, bins: h.Bins[first-record.LeastWeight : last-record.LeastWeight], review: e.Review, match: e.Match}
	most := uint64(10)
	for _, n := range bars.bins {
		most = max(most, n)
	}
	desc := fmt.Sprintf(w.WeightsDesc, p.count(s.Pairs.Total()), p.bits(e.Review), p.bits(e.Match),
		p.count(s.Pairs.Non), p.count(s.Pairs.Review), p.count(s.Pairs.Match))
	return both("weights", w.WeightsTitle, desc, 300, func(width vg.Length) *plot.Plot {
		g := newPlot()
		g.X.Min, g.X.Max = float64(first), float64(last)
		// a head-room for the words at the thresholds
		g.Y.Min, g.Y.Max = 0, logOf(most)*1.12
		g.X.Label.Text, g.Y.Label.Text = w.AxisWeight, w.AxisPairs
		g.X.Tick.Marker = plot.ConstantTicks(weightTicks(first, last, width, p))
		g.Y.Tick.Marker = plot.ConstantTicks(powerTicks(most, p))
		g.Add(bars,
			mark{e.Review, fmt.Sprintf(w.MarkReview, p.bits(e.Review)), true},
			mark{e.Match, fmt.Sprintf(w.MarkMatch, p.bits(e.Match)), false})
		return g
	})
}

// weightRange returns the weights to show: all bins that hold a pair and both
// thresholds, with room on both sides.
func weightRange(h *record.WeightHistogram, e record.ScoreEpoch) (first, last int) {
	first, last = int(math.Floor(e.Review))-8, int(math.Ceil(e.Match))+12
	for i, n := range h.Bins {
		if n > 0 {
			first, last = min(first, record.LeastWeight+i), max(last, record.LeastWeight+i+1)
		}
	}
	return min(max(first, record.LeastWeight), record.MostWeight-1), max(min(last, record.MostWeight), record.LeastWeight+1)
}

func weightTicks(first, last int, width vg.Length, p printer) []plot.Tick {
	step := 5
	if width < wideChart {
		step = 20
	}
	var out []plot.Tick
	for v := first; v <= last; v++ {
		if v%step == 0 {
			out = append(out, plot.Tick{Value: float64(v), Label: p.bits(float64(v))})
		}
	}
	return out
}

// powerTicks returns a tick at each power of ten up to most.
func powerTicks(most uint64, p printer) []plot.Tick {
	var out []plot.Tick
	for n, digits := uint64(1), 1; n <= most && digits < 19; n, digits = 10*n, digits+1 {
		out = append(out, plot.Tick{Value: logOf(n), Label: p.compact(n)})
	}
	return out
}
