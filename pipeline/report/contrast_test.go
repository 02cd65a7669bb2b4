package report

import (
	"fmt"
	"math"
	"regexp"
	"strings"
	"testing"
)

// Text can be read in light and in dark: 4.5 to 1 at least (WCAG AA).
func TestContrast(t *testing.T) {
	light, rest, _ := strings.Cut(styleSheet, "@media (prefers-color-scheme: dark)")
	dark, print, _ := strings.Cut(rest, "@media print")
	for scheme, css := range map[string]string{"light": light, "dark": dark, "print": print} {
		colors := map[string]string{}
		for _, m := range regexp.MustCompile(`--(\w+): (#[0-9a-f]{3,6})`).FindAllStringSubmatch(css, -1) {
			if _, twice := colors[m[1]]; !twice {
				colors[m[1]] = m[2]
			}
		}
		for _, pair := range [][2]string{
			{"ink", "bg"}, {"muted", "bg"}, {"accent", "bg"}, {"err", "bg"}, {"ink", "soft"}, {"muted", "soft"},
			{"ink", "low1"}, {"ink", "low2"}, {"ink", "low3"}, {"ink", "up1"}, {"ink", "up2"}, {"ink", "up3"},
		} {
			if c := contrast(luminance(t, colors[pair[0]]), luminance(t, colors[pair[1]])); c < 4.5 {
				t.Errorf("%s: %s on %s has a contrast of %.1f", scheme, pair[0], pair[1], c)
			}
		}
		for _, graphic := range []string{"bar", "rev", "mat"} {
			if c := contrast(luminance(t, colors[graphic]), luminance(t, colors["bg"])); c < 3 {
				t.Errorf("%s: the colour %s has a contrast of %.1f", scheme, graphic, c)
			}
		}
	}
}

func contrast(a, b float64) float64 { return (max(a, b) + 0.05) / (min(a, b) + 0.05) }

func luminance(t *testing.T, hex string) float64 {
	if len(hex) == 4 {
		hex = "#" + strings.Repeat(hex[1:2], 2) + strings.Repeat(hex[2:3], 2) + strings.Repeat(hex[3:4], 2)
	}
	var c [3]int
	if _, err := fmt.Sscanf(hex, "#%02x%02x%02x", &c[0], &c[1], &c[2]); err != nil {
		t.Fatalf("no colour %q", hex)
	}
	sum := 0.0
	for i, weight := range [3]float64{0.2126, 0.7152, 0.0722} {
		v := float64(c[i]) / 255
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		sum += weight * v
	}
	return sum
}
