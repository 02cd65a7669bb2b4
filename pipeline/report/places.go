package report

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/dusach/dusach/pipeline/record"
)

// How much of a province the page shows; the scorecard has all of it.
const (
	worstCommunes = 10
	topCodes      = 10
)

// A placeRow is a place in a table.
type placeRow struct {
	Code, Name, Link, Citizens, Forms, Work, Median string
	Cells                                           [4]cell
}

// A cell is the main measure of a word, with the shade that compares it with
// the nation.
type cell struct{ Text, Shade string }

// A placeDetail is what opens under a province.
type placeDetail struct {
	ID, Name string
	Work     string
	Communes []placeRow
	More     string
	Codes    []codeRow
	MoreCode string
}

// provinces returns the provinces by code, what has no province last.
func (b pager) provinces() (rows []placeRow, details []placeDetail) {
	order := make([]*record.ProvinceScore, len(b.s.Provinces))
	for i := range b.s.Provinces {
		order[i] = &b.s.Provinces[i]
	}
	slices.SortStableFunc(order, func(x, y *record.ProvinceScore) int {
		return cmp.Or(cmp.Compare(noProvinceLast(x.Code), noProvinceLast(y.Code)))
	})
	for _, p := range order {
		name := p.Name
		if p.Code == "00" {
			name = b.w.NoProvince
		}
		row := b.placeRow(p.Code, name, &p.Measures, len(order) > 1)
		row.Link = "p-" + p.Code
		rows = append(rows, row)
		details = append(details, b.placeDetail(p, name))
	}
	return rows, details
}

func noProvinceLast(code string) string {
	if code == "00" {
		return "99"
	}
	return code
}

func (b pager) placeRow(code, name string, m *record.Measures, shaded bool) placeRow {
	row := placeRow{Code: code, Name: name, Citizens: b.count(m.Citizens), Forms: b.count(m.Forms),
		Work: b.count(m.Work), Median: b.days(m.Live.MedianDays)}
	nation := goalsOf(&b.s.Nation)
	for k, s := range goalsOf(m) {
		row.Cells[k].Text = b.percent(s)
		if shaded {
			row.Cells[k].Shade = shade(s, nation[k])
		}
	}
	return row
}

// shade classes a share by its distance from the nation's: three steps below,
// three above, at half a percentage point, two and five.
func shade(s, nation record.Share) string {
	v, ok := s.Value()
	all, known := nation.Value()
	if !ok || !known {
		return ""
	}
	d := 100 * (v - all)
	side := "up"
	if d < 0 {
		side, d = "low", -d
	}
	switch {
	case d >= 5:
		return side + "3"
	case d >= 2:
		return side + "2"
	case d >= 0.5:
		return side + "1"
	}
	return ""
}

func (b pager) placeDetail(p *record.ProvinceScore, name string) placeDetail {
	d := placeDetail{ID: "p-" + p.Code, Name: name, Work: b.count(p.Work)}
	order := make([]*record.CommuneScore, len(p.Communes))
	for i := range p.Communes {
		order[i] = &p.Communes[i]
	}
	slices.SortStableFunc(order, func(x, y *record.CommuneScore) int {
		return cmp.Or(cmp.Compare(y.Work, x.Work), cmp.Compare(x.Code, y.Code))
	})
	for _, c := range order[:min(len(order), worstCommunes)] {
		title := c.Name
		if c.Code == "" {
			title = b.w.NoCommune
		}
		d.Communes = append(d.Communes, b.placeRow(c.Code, title, &c.Measures, true))
	}
	if rest := len(order) - worstCommunes; rest > 0 {
		d.More = fmt.Sprintf(b.w.MoreCommunes, b.count(uint64(rest)))
	}
	d.Codes = b.codes(p.Codes, p.Forms)
	if rest := len(d.Codes) - topCodes; rest > 0 {
		d.Codes = d.Codes[:topCodes]
		d.MoreCode = fmt.Sprintf(b.w.MoreCodes, b.count(uint64(rest)))
	}
	return d
}
