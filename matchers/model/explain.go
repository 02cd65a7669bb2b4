package model

import (
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/dusach/dusach/matchers"
)

// A Row is one piece of evidence of a pair, ready to be shown.
type Row struct {
	Kind    RowKind `json:"kind"`
	Name    string  `json:"name"`    // comparison, or "a × b" for an interaction
	Level   string  `json:"level"`   // level, or "a × b"
	Caption string  `json:"caption"` // comparison in the asked language
	Reading string  `json:"reading"` // level in the asked language
	M       float64 `json:"m,omitempty"`
	U       float64 `json:"u,omitempty"`
	Bits    float64 `json:"bits"`
	Total   float64 `json:"total"` // running sum, this row included
}

// RowKind says where a row's bits come from.
type RowKind string

// The kinds of rows.
const (
	RowPrior       RowKind = "prior"
	RowComparison  RowKind = "comparison"
	RowRarity      RowKind = "rarity"
	RowInteraction RowKind = "interaction"
	RowCalibration RowKind = "calibration"
)

// An Explanation is the evidence of a pair as a waterfall: it begins with the
// prior and ends with the total. The bits of the rows sum to Bits.
type Explanation struct {
	Rows        []Row   `json:"rows"`
	Bits        float64 `json:"bits"`
	Probability float64 `json:"probability"`
	Verdict     string  `json:"verdict"`
}

// Explain says what each level of a pair weighs. list must be what the model is
// bound to (Bind); lang is "vi" or "en". Null levels and empty cells are left out.
func (m *Model) Explain(list []matchers.Comparison, l *matchers.Levels, tf float32, class SizeClass, lang string) Explanation {
	var e Explanation
	e.add(Row{Kind: RowPrior, Name: "prior", Caption: word(lang, "Xác suất nền", "Prior"), Bits: m.Prior.Of(class)})
	for i := range m.Comparisons {
		level := l[i]
		if level == matchers.Null || int(level) >= len(m.Comparisons[i].Levels) {
			continue
		}
		v := &m.Comparisons[i].Levels[level]
		row := Row{Kind: RowComparison, Name: m.Comparisons[i].Name, Level: v.Name, Bits: v.Bits, M: v.M, U: v.U,
			Caption: list[i].Caption(lang), Reading: list[i].LevelCaption(level, lang)}
		if m.Comparisons[i].Derived {
			row.M, row.U = 0, 0 // not evidence of its own: no m and u to read
		}
		e.add(row)
		if v.Slope != 0 {
			rarity := min(max(float64(tf), m.Rarity.Low), m.Rarity.High)
			e.add(Row{Kind: RowRarity, Name: m.Comparisons[i].Name, Level: v.Name, Bits: v.Slope * (rarity - m.Rarity.Reference),
				Caption: word(lang, "Độ hiếm của tên", "Rarity of the name"),
				Reading: fmt.Sprintf(word(lang, "1 trên %s người", "1 in %s people"), figures(people(rarity), lang))})
		}
	}
	for i := range m.Interactions {
		m.explainInteraction(&e, &m.Interactions[i], list, l, lang)
	}
	sum := e.Rows[len(e.Rows)-1].Total
	if scorer := m.NewScorer(class); m.Calibration != nil {
		e.add(Row{Kind: RowCalibration, Name: "calibration", Caption: word(lang, "Hiệu chuẩn", "Calibration"),
			Reading: word(lang, "theo tần suất đã kiểm", "by what was found among such pairs"), Bits: float64(scorer.calibrated(float32(sum))) - sum})
	}
	e.Bits = e.Rows[len(e.Rows)-1].Total
	e.Probability = 1 / (1 + math.Exp2(-e.Bits))
	e.Verdict = m.NewScorer(class).Verdict(float32(e.Bits)).String()
	return e
}

func (m *Model) explainInteraction(e *Explanation, in *Interaction, list []matchers.Comparison, l *matchers.Levels, lang string) {
	a, b := m.comparison(in.A), m.comparison(in.B)
	if l[a] == matchers.Null || l[b] == matchers.Null {
		return
	}
	la, lb := m.Comparisons[a].Levels[l[a]].Name, m.Comparisons[b].Levels[l[b]].Name
	for _, c := range in.Cells {
		if c.A == la && c.B == lb && c.Bits != 0 {
			e.add(Row{Kind: RowInteraction, Name: in.A + " × " + in.B, Level: la + " × " + lb, Bits: c.Bits,
				Caption: list[a].Caption(lang) + " × " + list[b].Caption(lang),
				Reading: word(lang, "xét chung hai mục", "the two together")})
		}
	}
}

func (e *Explanation) add(r Row) {
	r.Total = r.Bits
	if n := len(e.Rows); n > 0 {
		r.Total += e.Rows[n-1].Total
	}
	e.Rows = append(e.Rows, r)
}

func word(lang, vi, en string) string {
	if lang == "en" {
		return en
	}
	return vi
}

// figures writes a number of English digits as the language does: 1.234,5.
func figures(text, lang string) string {
	if lang == "en" {
		return text
	}
	return viFigures.Replace(text)
}

var viFigures = strings.NewReplacer(",", ".", ".", ",")

// people writes 2^bits with two significant digits: "2,600".
func people(bits float64) string {
	n := math.Exp2(bits)
	unit := math.Pow(10, max(math.Floor(math.Log10(n))-1, 0))
	digits := fmt.Sprintf("%.0f", math.Round(n/unit)*unit)
	var b strings.Builder
	for i := range len(digits) {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteByte(digits[i])
	}
	return b.String()
}

// WriteExplanation draws the waterfall for a terminal: a row a piece of evidence,
// its bits, a bar from the running sum before to after, and the sum in words.
func WriteExplanation(w io.Writer, e *Explanation, lang string) error {
	var b strings.Builder
	low, high := 0.0, 0.0
	captions, readings := 0, 0
	for _, r := range e.Rows {
		low, high = min(low, r.Total), max(high, r.Total)
		captions, readings = max(captions, width(r.Caption)), max(readings, width(r.Reading))
	}
	captions, readings = min(captions, 36), min(readings, 44)
	before := 0.0
	for _, r := range e.Rows {
		fmt.Fprintf(&b, "%s  %s  %s  %s\n", pad(r.Caption, captions), pad(r.Reading, readings), figures(fmt.Sprintf("%+7.2f", r.Bits), lang), bar(before, r.Total, low, high))
		before = r.Total
	}
	fmt.Fprintf(&b, "%s  %s  %s  %s\n", pad(word(lang, "Tổng (bit)", "Total (bits)"), captions), pad("", readings), figures(fmt.Sprintf("%+7.2f", e.Bits), lang), bar(0, e.Bits, low, high))
	fmt.Fprintf(&b, word(lang, "Xác suất trùng %s: %s\n", "Match probability %s: %s\n"), figures(percent(e.Bits), lang), VerdictWord(e.Verdict, lang))
	_, err := io.WriteString(w, b.String())
	return err
}

// percent writes a probability so that neither end rounds to certainty.
func percent(bits float64) string {
	p := 1 / (1 + math.Exp2(-bits))
	switch {
	case p > 0.9999:
		return "> 99.99 %"
	case p < 0.0001:
		return "< 0.01 %"
	}
	return fmt.Sprintf("%.2f %%", 100*p)
}

const barWidth = 40

// bar draws the step from one running sum to the next on the scale low..high.
func bar(from, to, low, high float64) string {
	if high == low {
		return ""
	}
	at := func(x float64) int { return int(math.Round((x - low) / (high - low) * barWidth)) }
	a, b, mark := at(from), at(to), "█"
	if a > b {
		a, b, mark = b, a, "▒"
	}
	return strings.Repeat(" ", a) + strings.Repeat(mark, max(b-a, 1))
}

func width(s string) int { return len([]rune(s)) }

func pad(s string, n int) string {
	r := []rune(s)
	if len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s + strings.Repeat(" ", n-len(r))
}
