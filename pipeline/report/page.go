package report

import (
	"fmt"
	"html/template"

	"github.com/dusach/dusach/pipeline/record"
)

// A page is what the template shows: every number is text already.
type page struct {
	W           *words
	CSS         template.CSS
	Eyebrow     string
	Outcome     string
	Balance     string
	Figures     []figure
	Goals       [4]goal
	Strip       *chart
	Nation      placeRow
	Provinces   []placeRow
	Details     []placeDetail
	Quarantine  []codeRow // why forms were refused
	Beside      []codeRow // what else they bear
	Findings    []codeRow // errors and warnings
	Information []codeRow
	Sources     table
	Offices     table
	Weights     *chart
	Outside     string // pairs beyond the frame of Weights
	Verdicts    []figure
	Rules       table
	Clusters    table
	Fields      []fieldRow
	Defined     []definition
	Footer      []figure
}

// A figure is a number with its name and a note.
type figure struct{ Label, Value, Note string }

// A goal is one of the four words.
type goal struct {
	goalWords
	Main     measure
	Permille int
	Beside   []measure
}

// A measure is a number whose name leads to its definition.
type measure struct{ ID, Label, Define, Value string }

// A table is rows of cells, the first the name of the row; Bars, if any, are
// thousandths of the last cell.
type table struct {
	Rows [][]string
	Bars []int
	More string // what is left out
}

// A fieldRow is how often a field has a value.
type fieldRow struct {
	Name, ID          string
	Shares            [3]string
	Permille          [3]int
	Mandatory, Golden bool // Golden: citizens have the field
}

// A pager builds a page.
type pager struct {
	printer
	lang string
	s    *record.Scorecard
}

func newPage(s *record.Scorecard, lang string) (*page, error) {
	b := pager{newPrinter(lang), lang, s}
	c := &s.Counts
	p := &page{
		W: b.w, CSS: template.CSS(styleSheet),
		Eyebrow: fmt.Sprintf(b.w.Eyebrow, s.Snapshot, b.date(s.Today)),
		Outcome: b.w.OutcomeEmpty,
		Balance: fmt.Sprintf(b.w.Balance, b.count(c.In), b.count(c.Forms), b.count(c.Refused), b.count(c.Repeats), b.count(c.Forgotten)),
		Figures: b.figures(),
		Goals:   b.goals(),
		Nation:  b.placeRow("", b.w.Nation, &s.Nation, false),

		Sources: b.sources(), Offices: b.offices(),
		Verdicts: b.verdicts(), Rules: b.rules(), Clusters: b.clusters(), Fields: b.fields(),
		Defined: definitions(b.w), Footer: b.footer(),
	}
	if s.Today == "" {
		p.Eyebrow = fmt.Sprintf(b.w.NoDate, s.Snapshot)
	}
	if c.In > 0 {
		p.Outcome = fmt.Sprintf(b.w.Outcome, b.count(c.In), b.count(c.Citizens), b.count(c.Merged), b.count(c.Reviews), b.count(c.Refused))
	}
	p.Quarantine, p.Beside = b.refusedCodes()
	p.Findings, p.Information = b.foundCodes()
	p.Provinces, p.Details = b.provinces()
	return p, b.charts(p)
}

// charts draws what there is to draw.
func (b pager) charts(p *page) error {
	if len(p.Provinces) > 2 {
		c, err := stripChart(b.s, b.printer, b.w)
		if err != nil {
			return err
		}
		p.Strip = &c
	}
	if b.s.Pairs.Total() > 0 {
		c, err := weightsChart(b.s, b.printer, b.w)
		if err != nil {
			return err
		}
		p.Weights = &c
		p.Outside = b.outside()
	}
	return nil
}

func (b pager) outside() string {
	h := &b.s.Pairs.Weights
	if h.Below+h.Above == 0 {
		return ""
	}
	return fmt.Sprintf(b.w.WeightsNote, b.count(h.Below), b.bits(record.LeastWeight), b.count(h.Above), b.bits(record.MostWeight))
}

func (b pager) figures() []figure {
	c, w := &b.s.Counts, b.w
	out := []figure{
		{w.In, b.count(c.In), fmt.Sprintf(w.InNote, b.count(c.Forms))},
		{w.Citizens, b.count(c.Citizens), fmt.Sprintf(w.CitizensNote, b.count(c.Active))},
		{w.Merged, b.count(c.Merged), fmt.Sprintf(w.MergedNote, b.percent(share(c.Merged, c.Forms)))},
		{w.Reviews, b.count(c.Reviews), fmt.Sprintf(w.ReviewsNote, b.fraction(c.ReviewsPer1000, 1))},
		{w.Refused, b.count(c.Refused), fmt.Sprintf(w.RefusedNote, b.percent(share(c.Refused, c.In)))},
	}
	if c.In == 0 { // shares of nothing
		for i := range out {
			out[i].Note = ""
		}
	}
	return out
}

func (b pager) footer() []figure {
	e, w := &b.s.Epoch, b.w
	size := e.SizeClass
	switch size {
	case "province":
		size = w.SizeProvince
	case "nation":
		size = w.SizeNation
	}
	return []figure{
		{Label: w.Snapshot, Value: b.s.Snapshot}, {Label: w.Today, Value: b.date(b.s.Today)},
		{Label: w.Software, Value: b.s.Software}, {Label: w.Normalize, Value: e.Normalize},
		{Label: w.SizeClass, Value: size},
		{Label: w.Thresholds, Value: b.bits(e.Review) + " / " + b.bits(e.Match) + " bit"},
		{Label: w.Model, Value: e.Model}, {Label: w.Rules, Value: e.Rules},
	}
}
