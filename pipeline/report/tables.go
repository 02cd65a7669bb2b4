package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/dusach/dusach/pipeline/record"
)

// shownRows is how many sources and offices the page shows.
const shownRows = 20

func (b pager) sources() table {
	order := slices.DeleteFunc(slices.Clone(b.s.Sources), b.isWorkbook)
	slices.SortStableFunc(order, func(x, y record.SourceCount) int { return cmp.Compare(y.Refused, x.Refused) })
	var t table
	for _, s := range order[:min(len(order), shownRows)] {
		t.Rows = append(t.Rows, []string{s.Name, b.count(s.Forms), b.count(s.Refused), b.count(s.Repeats)})
	}
	t.More = b.more(len(order))
	return t
}

// isWorkbook reports whether s has no rows of its own because its sheets, named
// "file#sheet", are sources themselves.
func (b pager) isWorkbook(s record.SourceCount) bool {
	return s.Forms+s.Refused+s.Repeats+s.Forgotten == 0 && slices.ContainsFunc(b.s.Sources, func(sheet record.SourceCount) bool {
		return strings.HasPrefix(sheet.Name, s.Name+"#")
	})
}

func (b pager) offices() table {
	if b.s.OfficesOmitted {
		return table{More: b.w.OfficesOmitted}
	}
	order := slices.Clone(b.s.Offices)
	slices.SortStableFunc(order, func(x, y record.OfficeCount) int {
		return cmp.Or(cmp.Compare(y.Refused, x.Refused), cmp.Compare(y.Errors, x.Errors), cmp.Compare(y.Forms, x.Forms))
	})
	var t table
	for _, o := range order[:min(len(order), shownRows)] {
		code := o.Code
		if code == "" {
			code = b.w.NoOffice
		}
		t.Rows = append(t.Rows, []string{code, b.count(o.Forms), b.count(o.Errors), b.count(o.Refused)})
	}
	t.More = b.more(len(order))
	return t
}

func (b pager) more(rows int) string {
	if rows <= shownRows {
		return ""
	}
	return fmt.Sprintf(b.w.MoreRows, b.count(uint64(rows-shownRows)))
}

func (b pager) verdicts() []figure {
	c := &b.s.Pairs
	var out []figure
	for k, n := range [...]uint64{c.Non, c.Review, c.Match} {
		out = append(out, figure{b.w.VerdictNames[k], b.count(n), b.percent(share(n, c.Total()))})
	}
	return out
}

// rules returns the blocking rules with their sum; the bar is the rule's part
// of all matches.
func (b pager) rules() table {
	c := &b.s.Pairs
	var t table
	var largest uint64
	row := func(name string, pairs, review, match, largest uint64, lost string) {
		s := share(match, c.Match)
		t.Rows = append(t.Rows, []string{name, b.count(pairs), b.count(review), b.count(match), b.block(largest), lost, b.percent(s)})
		t.Bars = append(t.Bars, permille(s))
	}
	for _, r := range c.Rules {
		row(r.Name, r.Pairs, r.Review, r.Match, r.Largest, b.lost(r.RecallLost))
		largest = max(largest, r.Largest)
	}
	if len(c.Rules) > 1 {
		row(b.w.AllRules, c.Total(), c.Review, c.Match, largest, "")
	}
	return t
}

// block writes the size of a block; a rule that was not measured has none.
func (b pager) block(n uint64) string {
	if n == 0 {
		return b.none
	}
	return b.count(n)
}

// lost writes a share of recall to two decimals.
func (b pager) lost(v float64) string {
	if v == 0 {
		return "0%"
	}
	return b.fraction(100*v, 2) + "%"
}

// clusterBands are the greatest sizes of the bands that the page shows.
var clusterBands = []uint64{1, 2, 3, 4, 5, 10, 20, 50, record.MaxClusterSize}

// clusters returns the citizens by number of forms.
func (b pager) clusters() table {
	n := make([]uint64, len(clusterBands)+1)
	n[len(clusterBands)] = b.s.Clusters.Larger.Citizens
	for _, size := range b.s.Clusters.Sizes {
		band, _ := slices.BinarySearch(clusterBands, size.Forms)
		n[band] += size.Citizens
	}
	var t table
	for band, citizens := range n {
		if citizens == 0 {
			continue
		}
		s := share(citizens, b.s.Counts.Citizens)
		t.Rows = append(t.Rows, []string{b.bandName(band), b.count(citizens), b.percent(s)})
		t.Bars = append(t.Bars, permille(s))
	}
	return t
}

func (b pager) bandName(band int) string {
	if band == len(clusterBands) {
		return fmt.Sprintf(b.w.ClusterOver, record.MaxClusterSize)
	}
	last, first := clusterBands[band], uint64(1)
	if band > 0 {
		first = clusterBands[band-1] + 1
	}
	if first == last {
		return b.count(last)
	}
	return fmt.Sprintf(b.w.ClusterTo, first, last)
}

// fields returns how often each field is filled; fields that never came and
// never were made are left out.
func (b pager) fields() []fieldRow {
	var out []fieldRow
	for _, f := range b.s.Fields {
		if f.Received.Count+f.Clean.Count+f.Citizens.Count == 0 {
			continue
		}
		row := fieldRow{Name: fieldName(f.Name, b.lang), ID: f.Name, Mandatory: f.Mandatory, Golden: f.Citizens.Of > 0}
		for k, s := range [...]record.Share{f.Received, f.Clean, f.Citizens} {
			row.Shares[k], row.Permille[k] = b.percent(s), permille(s)
		}
		out = append(out, row)
	}
	return out
}
