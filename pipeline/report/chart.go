package report

import (
	"bytes"
	"fmt"
	"html"
	"html/template"
	"image/color"
	"math"
	"regexp"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"
)

// A chart is one drawing in two widths, of which the style sheet shows the one
// that fits.
type chart struct {
	Title, Desc  string
	Wide, Narrow template.HTML
}

// The widths at which a chart is drawn, in pixels. Text keeps its size.
const (
	wideChart   = 1040
	narrowChart = 350
)

// A role is a colour by what it stands for. The drawing library knows colours
// only; inline replaces each by a class, so that the style sheet decides, in
// light, dark and print.
type role uint8

const (
	inkRole role = iota + 1
	mutedRole
	gridRole
	nonRole
	reviewRole
	matchRole
	dotRole
	numRoles
)

var roleClass = [numRoles]string{inkRole: "ink", mutedRole: "muted", gridRole: "grid", nonRole: "non", reviewRole: "rev", matchRole: "mat", dotRole: "dot"}

func (r role) color() color.Color { return color.RGBA{R: 1, G: 1, B: uint8(r), A: 255} }

// sans is the face that words are measured with: as wide as Arial, which the
// style sheet asks for in drawings.
var sans = font.Font{Typeface: "Liberation", Variant: "Sans"}

// both draws a chart in both widths. id must be unique in the page.
func both(id, title, desc string, height vg.Length, make func(width vg.Length) *plot.Plot) (chart, error) {
	c := chart{Title: title, Desc: desc}
	for _, v := range []struct {
		width vg.Length
		id    string
		to    *template.HTML
	}{{wideChart, id, &c.Wide}, {narrowChart, id + "-n", &c.Narrow}} {
		svg, err := render(make(v.width), v.width, height)
		if err != nil {
			return c, fmt.Errorf("drawing the chart %s: %w", id, err)
		}
		*v.to = inline(svg, v.id, title, desc, v.width, height)
	}
	return c, nil
}

func render(p *plot.Plot, width, height vg.Length) (string, error) {
	canvas := vgsvg.NewWith(vgsvg.UseWH(width, height))
	p.Draw(draw.New(canvas))
	var b bytes.Buffer
	_, err := canvas.WriteTo(&b)
	return b.String(), err
}

var (
	svgHead   = regexp.MustCompile(`(?s)^.*?<svg[^>]*>`)
	styleAttr = regexp.MustCompile(`\s*style="([^"]*)"`)
)

// inline makes a drawing part of the page: with a title and a description for
// those who do not see it, classes for colours, and no style of its own (so
// that the page can be served under a strict content policy).
func inline(svg, id, title, desc string, width, height vg.Length) template.HTML {
	head := fmt.Sprintf(`<svg role="img" aria-labelledby="%[1]s-t %[1]s-d" viewBox="0 0 %.0[2]f %.0[3]f">`+
		`<title id="%[1]s-t">%[4]s</title><desc id="%[1]s-d">%[5]s</desc>`,
		id, width.Points(), height.Points(), html.EscapeString(title), html.EscapeString(desc))
	svg = svgHead.ReplaceAllLiteralString(svg, head)
	svg = styleAttr.ReplaceAllStringFunc(svg, func(m string) string {
		return attributes(styleAttr.FindStringSubmatch(m)[1])
	})
	return template.HTML(svg)
}

// attributes turns a style into a class and attributes.
func attributes(style string) string {
	var b strings.Builder
	for decl := range strings.SplitSeq(style, ";") {
		name, value, _ := strings.Cut(decl, ":")
		switch {
		case strings.HasPrefix(value, "#0101"):
			var r role
			if _, err := fmt.Sscanf(value, "#0101%02x", &r); err == nil && r < numRoles {
				fmt.Fprintf(&b, ` class="%s-%s"`, name[:1], roleClass[r])
			}
		case name == "fill" && value == "none", name == "stroke-width", name == "stroke-dasharray", name == "font-size":
			fmt.Fprintf(&b, ` %s="%s"`, name, value)
		}
	}
	return b.String()
}

// newPlot returns a plot with the page's looks and no axis lines.
func newPlot() *plot.Plot {
	p := plot.New()
	p.BackgroundColor = nil
	for _, a := range []*plot.Axis{&p.X, &p.Y} {
		a.Color = gridRole.color()
		a.Tick.Color = gridRole.color()
		for _, t := range []*text.Style{&a.Tick.Label, &a.Label.TextStyle} {
			t.Color, t.Font = mutedRole.color(), font.From(sans, 12)
		}
		a.LineStyle.Color = gridRole.color()
		a.Padding = 0
		a.Label.Padding = 5
	}
	p.Y.Tick.Length = 10 // room for readers whose font is wider than the one measured
	p.Y.LineStyle.Width = 0
	p.Y.Tick.LineStyle.Width = 0
	return p
}

// label returns a text style of the page.
func label(r role, size float64) text.Style {
	return text.Style{Color: r.color(), Font: font.From(sans, vg.Length(size)), Handler: plot.DefaultTextHandler}
}

// A logBars draws a bar for each bin of a histogram, by the logarithm of its
// count, in the colours of the verdicts that the thresholds make.
type logBars struct {
	from          int // weight of the first bin
	bins          []uint64
	review, match float64
}

// logFloor is where the axis begins: half a pair, so that one pair can be seen.
const logFloor = 0.5

func logOf(n uint64) float64 { return math.Log10(float64(n) / logFloor) }

func (b logBars) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	for _, t := range p.Y.Tick.Marker.Ticks(p.Y.Min, p.Y.Max) {
		c.StrokeLine2(draw.LineStyle{Color: gridRole.color(), Width: 0.5}, c.Min.X, y(t.Value), c.Max.X, y(t.Value))
	}
	edges := [...]float64{math.Inf(-1), b.review, b.match, math.Inf(1)}
	for i, n := range b.bins {
		if n == 0 {
			continue
		}
		at := float64(b.from + i)
		for k, r := range [...]role{nonRole, reviewRole, matchRole} {
			left, right := max(at+0.06, edges[k]), min(at+0.94, edges[k+1])
			if left >= right {
				continue
			}
			top := y(logOf(n))
			c.FillPolygon(r.color(), []vg.Point{{X: x(left), Y: y(0)}, {X: x(right), Y: y(0)}, {X: x(right), Y: top}, {X: x(left), Y: top}})
		}
	}
}

// A mark is an upright line with words beside it, left or right of it.
type mark struct {
	at    float64
	words string
	left  bool
}

func (m mark) Plot(c draw.Canvas, p *plot.Plot) {
	x, _ := p.Transforms(&c)
	style := draw.LineStyle{Color: inkRole.color(), Width: 1, Dashes: []vg.Length{3, 2}}
	c.StrokeLine2(style, x(m.at), c.Min.Y, x(m.at), c.Max.Y)
	words, at := label(inkRole, 12), x(m.at)+4
	if m.left {
		words.XAlign, at = text.XRight, x(m.at)-4
	}
	words.YAlign = text.YTop
	c.FillText(words, vg.Point{X: at, Y: c.Max.Y}, m.words)
}
