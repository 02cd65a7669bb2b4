package evaluate

import (
	"fmt"
	"math"
	"strings"

	"github.com/dusach/dusach/matchers/quality"
)

// calibrationBins is how many bars the reliability diagram has.
const calibrationBins = 10

// Calibration says whether a probability means a frequency, over the pairs of
// the table of links: those that are one citizen, or under review.
type Calibration struct {
	Brier float64       `json:"brier"` // mean squared difference between probability and truth
	Bins  []quality.Bin `json:"bins"`
}

// calibrate fills the reliability diagram.
func (res *Result) calibrate(links []link) {
	var probability []float32
	var same []bool
	for _, l := range links {
		if !math.IsNaN(float64(l.weight)) {
			probability = append(probability, float32(1/(1+math.Exp2(-float64(l.weight)))))
			same = append(same, l.same)
		}
	}
	if len(probability) > 0 {
		res.Calibration.Bins, res.Calibration.Brier = quality.Calibration(probability, same, calibrationBins)
	}
}

// calibration draws the diagram: a bar as long as the share of pairs that are one
// person, and a mark where the mean probability stands.
func (p *printer) calibration(res *Result) {
	if len(res.Calibration.Bins) == 0 {
		return
	}
	p.head(p.say("Xác suất so với thực tế (các cặp có liên kết)", "Probability against truth (pairs with a link)"),
		p.say("cặp", "pairs"), p.say("xác suất", "probability"), p.say("thực tế", "truth"), "0        1")
	for _, b := range res.Calibration.Bins {
		if b.Pairs > 0 {
			p.row(fmt.Sprintf("  %.1f – %.1f", b.Low, b.High), whole(b.Pairs), fmt.Sprintf("%.3f", b.Mean), fmt.Sprintf("%.3f", b.Share), reliabilityBar(b))
		}
	}
	p.row(p.say("  điểm Brier (0 là tốt nhất)", "  Brier score (0 is best)"), fmt.Sprintf("%.5f", res.Calibration.Brier))
}

func reliabilityBar(b quality.Bin) string {
	const width = 20
	full := int(math.Round(b.Share * width))
	bar := []rune(strings.Repeat("█", full) + strings.Repeat("·", width-full))
	bar[min(int(b.Mean*width), width-1)] = '|'
	return string(bar)
}
