package evaluate

import (
	"math"
	"strings"
	"testing"
)

func TestCalibrationCountsWhatProbabilitiesMean(t *testing.T) {
	var links []link
	for i := range 100 { // 3 bits are 8 in 9; nine of ten are one person
		links = append(links, link{weight: 3, same: i%10 != 0})
	}
	links = append(links, link{weight: float32(math.NaN()), same: true}) // a link whose weight was not kept
	res := &Result{}
	res.calibrate(links)
	b := res.Calibration.Bins[8]
	if b.Pairs != 100 || math.Abs(b.Mean-8.0/9) > 1e-6 || math.Abs(b.Share-0.9) > 1e-9 {
		t.Errorf("bin %+v", b)
	}
	if want := 0.9*math.Pow(1.0/9, 2) + 0.1*math.Pow(8.0/9, 2); math.Abs(res.Calibration.Brier-want) > 1e-6 {
		t.Errorf("Brier score %v, want %v", res.Calibration.Brier, want)
	}
	var text strings.Builder
	if err := res.Print(&text, "en"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"0.8 – 0.9", "0.889", "0.900", "█████████████████|··", "Brier"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("no %q in\n%s", want, &text)
		}
	}
}
