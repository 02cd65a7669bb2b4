package model

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
	"testing"
)

// pieces is what a drawing is made of, as an XML reader finds it.
type pieces struct {
	rects  [][2]float64 // x and width of each bar, the paper left out
	titles []string
	desc   string
}

func readSVG(t *testing.T, text []byte) (p pieces) {
	t.Helper()
	d, inside := xml.NewDecoder(bytes.NewReader(text)), ""
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return p
		}
		if err != nil {
			t.Fatalf("not well-formed: %v", err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			inside = e.Name.Local
			attr := map[string]string{}
			for _, a := range e.Attr {
				attr[a.Name.Local] = a.Value
			}
			if inside == "rect" && attr["class"] != "w-paper" {
				x, _ := strconv.ParseFloat(attr["x"], 64)
				width, _ := strconv.ParseFloat(attr["width"], 64)
				p.rects = append(p.rects, [2]float64{x, width})
			}
		case xml.EndElement:
			inside = ""
		case xml.CharData:
			switch inside {
			case "title":
				p.titles = append(p.titles, string(e))
			case "desc":
				p.desc += string(e)
			}
		}
	}
}

// Each bar begins where the one before ended and is as long as its bits; all fit the
// picture, and title, tips and description say the same in words.
func TestWaterfallIsDrawnToScale(t *testing.T) {
	e := Explanation{Bits: 4.5, Probability: .957, Verdict: "match"}
	for _, r := range []Row{{Caption: "Prior", Bits: -10}, {Caption: "Name <&\" of \u1ea1", Reading: "same", Bits: 12.5, M: .9, U: .0001}, {Caption: "Date", Reading: "near", Bits: 2}} {
		e.add(r)
	}
	var b bytes.Buffer
	if err := WriteSVG(&b, &e, Drawing{Lang: "en", Title: "A <b> & B", Thresholds: Thresholds{Match: 2, Review: -1}}); err != nil {
		t.Fatal(err)
	}
	p := readSVG(t, b.Bytes())
	if len(p.rects) != 4 || p.titles[0] != "A <b> & B" || len(p.titles) != 5 {
		t.Fatalf("drawn are %d bars and %q", len(p.rects), p.titles)
	}
	for _, want := range []string{"Name <&\" of \u1ea1: same, +12.50 bits", "Date: near, +2.00 bits", "Total +4.50 bits", "95.77 %: match"} {
		if !strings.Contains(p.desc, want) {
			t.Errorf("the description does not say %q:\n%s", want, p.desc)
		}
	}
	unit := p.rects[0][1] / 10
	for i, bits := range []float64{10, 12.5, 2, 4.5} {
		if math.Abs(p.rects[i][1]-bits*unit) > 0.3 {
			t.Errorf("bar %d is %g long, want %g bits of %g", i, p.rects[i][1], bits, unit)
		}
		if x, w := p.rects[i][0], p.rects[i][1]; x < drawnLeft || x+w > drawnRight {
			t.Errorf("bar %d from %g to %g leaves the picture", i, x, x+w)
		}
	}
	if math.Abs(p.rects[0][0]-p.rects[1][0]) > 0.2 || math.Abs(p.rects[1][0]+p.rects[1][1]-p.rects[2][0]) > 0.2 {
		t.Errorf("bars do not follow one another: %v", p.rects)
	}
}

// A sum of nothing, and one language as well as the other.
func TestWaterfallOfThePriorAlone(t *testing.T) {
	e := Explanation{Verdict: "non-match"}
	e.add(Row{Caption: "Xác suất nền"})
	var b bytes.Buffer
	if err := WriteSVG(&b, &e, Drawing{Lang: "vi", Title: "x"}); err != nil {
		t.Fatal(err)
	}
	if p := readSVG(t, b.Bytes()); !strings.Contains(p.desc, "xác suất trùng 50,00 %: khác") || strings.Contains(b.String(), "NaN") {
		t.Errorf("%s", b.String())
	}
}
