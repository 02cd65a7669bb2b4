package model

import (
	"fmt"
	"html"
	"io"
	"math"
	"strings"
)

// A Drawing is what a waterfall is drawn with beside the evidence.
type Drawing struct {
	Lang       string // "vi" or "en"
	Title      string // one line: what the picture is of
	Thresholds Thresholds
}

// Sizes of a waterfall, in units of its view box.
const (
	drawnWidth  = 960.0
	drawnLeft   = 392.0 // where bars begin: captions stand before
	drawnRight  = 872.0 // and end: bits stand after
	rowHeight   = 38.0
	headHeight  = 64.0
	captionMost = 46 // characters of a caption, and of a reading
)

// WriteSVG draws the waterfall as a picture that needs nothing else: bars from the
// running sum before a piece of evidence to the sum after, lines where a pair becomes
// one to look at and one to join. Its colours follow the reader's light or dark
// setting; a sign before each number says what a colour says; title and description
// tell the whole of it to whoever cannot see it.
func WriteSVG(w io.Writer, e *Explanation, d Drawing) error {
	p := newPicture(e, d)
	height := headHeight + rowHeight*float64(len(e.Rows)+1) + 44
	fmt.Fprintf(&p.b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g" role="img" aria-labelledby="wt wd" lang="%s">`+"\n", drawnWidth, height, d.Lang)
	fmt.Fprintf(&p.b, "<title id=\"wt\">%s</title>\n<desc id=\"wd\">%s</desc>\n", html.EscapeString(d.Title), html.EscapeString(Words(e, d.Lang)))
	fmt.Fprintf(&p.b, "<style>%s</style>\n<rect class=\"w-paper\" width=\"%g\" height=\"%g\"/>\n", pictureStyle, drawnWidth, height)
	p.axis(height - 40)
	before := 0.0
	for i, r := range e.Rows {
		p.row(i, r.Caption, r.Reading, before, r.Total, r.Bits, p.tip(r))
		before = r.Total
	}
	p.row(len(e.Rows), word(d.Lang, "Tổng", "Total"), p.outcome(), 0, e.Bits, e.Bits, word(d.Lang, "Tổng các bằng chứng", "The sum of all evidence"))
	p.b.WriteString("</svg>\n")
	_, err := io.WriteString(w, p.b.String())
	return err
}

// pictureStyle keeps text at a contrast of 4.5 to 1 and bars at 3 to 1 on both papers.
const pictureStyle = `
.w-paper{fill:#fff}.w-text{font:15px system-ui,sans-serif;fill:#1b1b1b}.w-small{font-size:13px;fill:#555}.w-num{text-anchor:end;font-variant-numeric:tabular-nums}
.w-for{fill:#1769aa}.w-against{fill:#b5460f}.w-sum{fill:#444}.w-line{stroke:#d4d4d4}.w-zero{stroke:#777}.w-limit{stroke:#6b2fa0;stroke-dasharray:5 4}.w-step{stroke:#888;stroke-dasharray:2 3}
.w-limit-text{fill:#6b2fa0}.w-axis{text-anchor:middle}.w-bold{font-weight:600}
@media (prefers-color-scheme:dark){.w-paper{fill:#16181c}.w-text{fill:#ececec}.w-small{fill:#b4b4b4}.w-for{fill:#5aa9ea}.w-against{fill:#f08a4b}.w-sum{fill:#c9c9c9}.w-line{stroke:#3a3d42}.w-zero{stroke:#9a9a9a}.w-limit{stroke:#c39bea}.w-limit-text{fill:#c39bea}.w-step{stroke:#8a8a8a}}
`

type picture struct {
	b         strings.Builder
	e         *Explanation
	d         Drawing
	low, high float64 // of the running sum
}

func newPicture(e *Explanation, d Drawing) *picture {
	p := &picture{e: e, d: d}
	for _, r := range e.Rows {
		p.low, p.high = min(p.low, r.Total), max(p.high, r.Total)
	}
	if t := d.Thresholds; t != (Thresholds{}) {
		p.low, p.high = min(p.low, t.Review), max(p.high, t.Match)
	}
	p.low, p.high = p.low-1, p.high+1
	return p
}

// x is where a sum of bits lies.
func (p *picture) x(bits float64) float64 {
	return math.Round((drawnLeft+(bits-p.low)/(p.high-p.low)*(drawnRight-drawnLeft))*10) / 10
}

func (p *picture) line(class string, x1, y1, x2, y2 float64) {
	fmt.Fprintf(&p.b, "<line class=%q x1=\"%g\" y1=\"%g\" x2=\"%g\" y2=\"%g\"/>\n", class, x1, y1, x2, y2)
}

func (p *picture) text(class string, x, y float64, text string) {
	fmt.Fprintf(&p.b, "<text class=%q x=\"%g\" y=\"%g\">%s</text>\n", "w-text "+class, x, y, html.EscapeString(text))
}

// axis draws the scale, and the two thresholds with their names above it.
func (p *picture) axis(bottom float64) {
	step := 5.0
	for (p.high-p.low)/step > 9 {
		step *= 2
	}
	for bits := math.Ceil(p.low/step) * step; bits <= p.high; bits += step {
		class := "w-line"
		if bits == 0 {
			class = "w-zero"
		}
		p.line(class, p.x(bits), headHeight-6, p.x(bits), bottom)
		p.text("w-small w-axis", p.x(bits), bottom+18, strings.Replace(fmt.Sprintf("%g", bits), "-", "−", 1))
	}
	p.text("w-small w-num", drawnWidth-12, bottom+18, word(p.d.Lang, "bit", "bits"))
	t := p.d.Thresholds
	if t == (Thresholds{}) {
		return
	}
	p.line("w-limit", p.x(t.Review), headHeight-6, p.x(t.Review), bottom)
	p.line("w-limit", p.x(t.Match), headHeight-6, p.x(t.Match), bottom)
	p.text("w-small w-limit-text w-num", p.x(t.Review)-4, headHeight-26, word(p.d.Lang, "cần xem từ "+p.bits(t.Review), "to look at from "+p.bits(t.Review)))
	p.text("w-small w-limit-text", p.x(t.Match)+4, headHeight-10, word(p.d.Lang, "trùng từ "+p.bits(t.Match), "a match from "+p.bits(t.Match)))
}

// row draws one piece of evidence, or the sum of all below the others.
func (p *picture) row(i int, caption, reading string, from, to, bits float64, tip string) {
	y := headHeight + rowHeight*float64(i)
	class, bold := "w-for", ""
	switch {
	case i == len(p.e.Rows):
		class, bold = "w-sum", " w-bold"
	case to < from:
		class = "w-against"
	}
	fmt.Fprintf(&p.b, "<g><title>%s</title>\n", html.EscapeString(tip))
	if reading == "" {
		p.text(bold, 12, y+22, shorten(caption))
	} else {
		p.text(bold, 12, y+15, shorten(caption))
		p.text("w-small", 12, y+31, shorten(reading))
	}
	a, b := p.x(min(from, to)), p.x(max(from, to))
	fmt.Fprintf(&p.b, "<rect class=%q x=\"%g\" y=\"%g\" width=\"%g\" height=\"18\" rx=\"2\"/>\n", class, a, y+9, max(math.Round((b-a)*10)/10, 1.5))
	if i < len(p.e.Rows)-1 {
		p.line("w-step", p.x(to), y+27, p.x(to), y+rowHeight+9)
	}
	p.text("w-num"+bold, drawnWidth-12, y+23, p.bits(bits))
	p.b.WriteString("</g>\n")
}

func shorten(text string) string {
	return strings.TrimRight(pad(text, min(width(text), captionMost)), " ")
}

func (p *picture) bits(x float64) string { return figures(signed(x), p.d.Lang) }

// signed writes bits with a sign that is as wide as a plus; next to nothing has none.
func signed(x float64) string {
	if math.Abs(x) < 0.005 {
		return "0.00"
	}
	return strings.Replace(fmt.Sprintf("%+.2f", x), "-", "−", 1)
}

// outcome is what the sum means.
func (p *picture) outcome() string {
	return word(p.d.Lang, "xác suất trùng ", "match probability ") + figures(percent(p.e.Bits), p.d.Lang) + ": " + VerdictWord(p.e.Verdict, p.d.Lang)
}

// tip is what a row says when it is pointed at.
func (p *picture) tip(r Row) string {
	text := r.Caption
	if r.Reading != "" {
		text += ": " + r.Reading
	}
	if r.M != 0 && r.U != 0 {
		text += figures(fmt.Sprintf("; m %.3g, u %.3g", r.M, r.U), p.d.Lang)
	}
	return text + fmt.Sprintf(word(p.d.Lang, "; %s bit, tổng đến đây %s", "; %s bits, %s so far"), p.bits(r.Bits), p.bits(r.Total))
}

// Words tells a waterfall in sentences, for whoever hears and does not see it.
func Words(e *Explanation, lang string) string {
	var b strings.Builder
	for _, r := range e.Rows {
		b.WriteString(r.Caption)
		if r.Reading != "" {
			b.WriteString(": " + r.Reading)
		}
		fmt.Fprintf(&b, word(lang, ", %s bit. ", ", %s bits. "), figures(signed(r.Bits), lang))
	}
	fmt.Fprintf(&b, word(lang, "Tổng %s bit, xác suất trùng %s: %s.", "Total %s bits, match probability %s: %s."),
		figures(signed(e.Bits), lang), figures(percent(e.Bits), lang), VerdictWord(e.Verdict, lang))
	return b.String()
}

// VerdictWord is a verdict in the language of the reader.
func VerdictWord(verdict, lang string) string {
	switch verdict {
	case Match.String():
		return word(lang, "trùng", "match")
	case Review.String():
		return word(lang, "cần xem", "review")
	}
	return word(lang, "khác", "non-match")
}
