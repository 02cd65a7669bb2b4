package report

import (
	"cmp"
	"slices"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// A codeRow is a reason code with what it means and what to do.
type codeRow struct {
	Code, Caption, Advice, Level, Goal, Forms, Share string
	Permille                                         int
	Error, Info                                      bool
	n                                                uint64
}

// refusedCodes returns the codes of quarantine, the most frequent first: why
// forms were refused, and what else they bear.
func (b pager) refusedCodes() (why, beside []codeRow) {
	n := map[string]uint64{}
	for _, c := range b.s.Quarantine {
		n[c.Code] = c.Forms
	}
	for _, c := range b.codes(n, b.s.Counts.Refused) {
		if c.Error {
			why = append(why, c)
		} else {
			beside = append(beside, c)
		}
	}
	if len(why) == 0 {
		return beside, nil
	}
	return why, beside
}

// foundCodes returns the codes of accepted forms, the most frequent first: those
// that want something done, and those that are only good to know.
func (b pager) foundCodes() (todo, information []codeRow) {
	for _, c := range b.codes(b.s.Nation.Codes, b.s.Nation.Forms) {
		if c.Info {
			information = append(information, c)
		} else {
			todo = append(todo, c)
		}
	}
	return todo, information
}

// codes returns the codes that n counts among all forms, by falling number and
// then by the registry. A code that the registry no longer has stands by its
// name.
func (b pager) codes(n map[string]uint64, all uint64) []codeRow {
	out := make([]codeRow, 0, len(n))
	for name, forms := range n {
		s := record.Share{Count: forms, Of: all}
		row := codeRow{Code: name, Caption: name, Forms: b.count(forms), Share: b.percent(s), Permille: permille(s), n: forms}
		if c, ok := reason.Parse(name); ok {
			row.Caption, row.Advice = c.Caption(b.lang), adviceFor(c, b.lang)
			row.Level, row.Goal = b.w.LevelNames[c.Severity()], b.w.Goals[c.Goal()].Name
			row.Error, row.Info = c.Severity() == reason.Error, c.Severity() == reason.Info
		}
		out = append(out, row)
	}
	slices.SortFunc(out, func(x, y codeRow) int { return cmp.Or(cmp.Compare(y.n, x.n), cmp.Compare(x.Code, y.Code)) })
	return out
}
