package report

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/dusach/dusach/pipeline/record"
)

// goalsOf returns the main measure of each of the four words.
func goalsOf(m *record.Measures) [4]record.Share {
	return [4]record.Share{m.True.Forms, m.Enough.Items, m.Clean.Settled, m.Live.Recent}
}

// A spread is the provinces of one word, as percentage points above the nation.
type spread struct {
	points []float64
	lowest string // name of the lowest province
	least  float64
}

// spreads returns the provinces beside the nation, by word. Provinces without
// anything to measure are left out, and so is what has no province.
func spreads(s *record.Scorecard) (out [4]spread) {
	nation := goalsOf(&s.Nation)
	for i := range s.Provinces {
		p := &s.Provinces[i]
		if p.Code == "00" {
			continue
		}
		for k, share := range goalsOf(&p.Measures) {
			v, ok := share.Value()
			all, _ := nation[k].Value()
			if !ok {
				continue
			}
			d := 100 * (v - all)
			if len(out[k].points) == 0 || d < out[k].least {
				out[k].lowest, out[k].least = p.Name, d
			}
			out[k].points = append(out[k].points, d)
		}
	}
	return out
}

// stripChart draws each province as a dot, a row a word.
func stripChart(s *record.Scorecard, p printer, w *words) (chart, error) {
	rows := spreads(s)
	reach := 1.0
	for _, r := range rows {
		for _, d := range r.points {
			reach = max(reach, math.Abs(d))
		}
	}
	reach = math.Ceil(reach)
	nation := goalsOf(&s.Nation)
	desc := fmt.Sprintf(w.StripDesc, p.percent(nation[0]), p.percent(nation[1]), p.percent(nation[2]), p.percent(nation[3]))
	return both("strip", w.StripTitle, desc, 230, func(vg.Length) *plot.Plot {
		g := newPlot()
		g.X.Min, g.X.Max, g.Y.Min, g.Y.Max = -reach*1.04, reach*1.04, 0, 4
		g.X.Label.Text = w.AxisPoints
		g.Y.Tick.Label.Color, g.Y.Tick.Label.Font.Size = inkRole.color(), 13
		var names, ticks []plot.Tick
		for k := range rows {
			names = append(names, plot.Tick{Value: 3.4 - float64(k), Label: w.Goals[k].Name})
		}
		step := niceStep(reach)
		for v := -math.Floor(reach/step) * step; v <= reach; v += step {
			sign := ""
			if v > 0 {
				sign = "+"
			}
			ticks = append(ticks, plot.Tick{Value: v, Label: sign + p.bits(v)})
		}
		g.X.Tick.Marker, g.Y.Tick.Marker = plot.ConstantTicks(ticks), plot.ConstantTicks(names)
		g.Add(strip{rows})
		return g
	})
}

// niceStep returns a step that gives two to five ticks on each side.
func niceStep(reach float64) float64 {
	step := 1.0
	for k := 0; reach/step > 5; k++ {
		step *= [...]float64{2, 2.5, 2}[k%3]
	}
	return step
}

type strip struct{ rows [4]spread }

func (s strip) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	for k, r := range s.rows {
		at := y(3.4 - float64(k))
		c.StrokeLine2(draw.LineStyle{Color: gridRole.color(), Width: 1}, c.Min.X, at, c.Max.X, at)
		for _, d := range r.points {
			c.DrawGlyph(draw.GlyphStyle{Color: dotRole.color(), Radius: 4, Shape: draw.CircleGlyph{}}, vg.Point{X: x(d), Y: at})
		}
		if len(r.points) > 1 {
			lowest(c, r, x(r.least), at)
		}
	}
	c.StrokeLine2(draw.LineStyle{Color: inkRole.color(), Width: 1}, x(0), c.Min.Y, x(0), c.Max.Y)
}

// lowest names the lowest province above its dot, to the left of it, inside the
// frame.
func lowest(c draw.Canvas, r spread, x, y vg.Length) {
	style := label(mutedRole, 12)
	style.XAlign = text.XRight
	c.FillText(style, vg.Point{X: max(x+4, c.Min.X+style.Width(r.lowest)), Y: y + 8}, r.lowest)
}
