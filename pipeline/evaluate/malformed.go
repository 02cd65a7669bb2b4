package evaluate

import (
	"cmp"
	"slices"
)

// countMalformed says what became of malformed rows, and of good ones.
func (t *Truth) countMalformed(r *reading, res *Result) {
	rows := make([]MalformedKind, len(t.expected))
	for i := range t.entries {
		e := &t.entries[i]
		m := &rows[e.kind]
		m.Rows++
		switch {
		case e.fate == refused:
			m.Refused++
		case e.fate == absent:
			m.Absent++
		case e.fate == found && e.coded:
			m.Coded++
		case e.fate == found:
			m.Missed++
		}
	}
	res.GoodForms, res.GoodRefused, res.GoodAbsent = rows[0].Rows, rows[0].Refused, rows[0].Absent
	// A refused row may not tell its form_id. Such rows account for as many
	// absent ones as there are: of unreadable kinds, for those are expected to
	// be refused.
	nameless := r.nameless
	for k := range rows {
		if x := &t.expected[k]; k > 0 && x.Refused {
			n := min(nameless, rows[k].Absent)
			rows[k].Refused += n
			rows[k].Absent -= n
			nameless -= n
		}
	}
	for k, m := range rows[1:] {
		if m.Rows == 0 {
			continue
		}
		x := &t.expected[k+1]
		m.Kind = x.Name
		if x.HasCode {
			m.Expected = x.Code.String()
		}
		m.Caught = ratio(m.Refused+m.Coded, m.Rows)
		res.Malformed = append(res.Malformed, m)
	}
	slices.SortFunc(res.Malformed, func(a, b MalformedKind) int {
		return cmp.Or(cmp.Compare(a.Caught, b.Caught), cmp.Compare(a.Kind, b.Kind))
	})
}
