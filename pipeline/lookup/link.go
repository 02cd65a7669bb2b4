package lookup

import (
	"context"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// A Link is a decided pair of forms.
type Link struct {
	A, B, Rule, Levels  string
	Weight, Probability float64
	Verdict             record.Verdict
}

// Links returns the links that have one of the forms at an end, in the order of
// the table. Forms say by their codes whether they have any.
func (s *Store) Links(ctx context.Context, forms ...Form) ([]Link, error) {
	ends := map[string]bool{}
	for i := range forms {
		if c := forms[i].Codes; c.Has(reason.DupProbable) || c.Has(reason.DupReview) {
			ends[forms[i].ID] = true
		}
	}
	if len(ends) == 0 {
		return nil, nil
	}
	var list []Link
	for rows, err := range s.snap.ReadLinks(ctx) {
		if err != nil {
			return nil, err
		}
		for i := range rows.N {
			if !ends[string(rows.FormA.At(i))] && !ends[string(rows.FormB.At(i))] {
				continue
			}
			list = append(list, LinkOf(rows, i, s.snap.Manifest.Rules))
		}
	}
	return list, nil
}

// Between returns the link of two forms, if there is one.
func Between(links []Link, a, b string) (Link, bool) {
	for _, l := range links {
		if l.A == a && l.B == b || l.A == b && l.B == a {
			return l, true
		}
	}
	return Link{}, false
}

// Waiting returns the links that wait for a person, in the order of the table.
func (s *Store) Waiting(ctx context.Context) ([]Link, error) {
	var list []Link
	for rows, err := range s.snap.ReadLinks(ctx) {
		if err != nil {
			return nil, err
		}
		for i := range rows.N {
			if rows.Verdict[i] == record.Review {
				list = append(list, LinkOf(rows, i, s.snap.Manifest.Rules))
			}
		}
	}
	return list, nil
}
