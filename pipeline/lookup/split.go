package lookup

import (
	"context"

	"github.com/dusach/dusach/pipeline/record"
)

// A Split is a link that alone would be a match and was not followed, and why.
type Split struct {
	A, B       string
	Why        record.SplitReason
	Constraint record.Constraint
	ByA, ByB   string
	Average    float64
}

// Splits returns the splits between the forms of two citizens, in the order of the
// table. A snapshot of before that table has none.
func (s *Store) Splits(ctx context.Context, a, b []Form) ([]Split, error) {
	side := map[string]int{}
	for i := range a {
		side[a[i].ID] |= 1
	}
	for i := range b {
		side[b[i].ID] |= 2
	}
	return s.splits(ctx, func(a, b []byte) bool { return side[string(a)]|side[string(b)] == 3 })
}

// SplitsOf returns the splits of which one of some forms is a side.
func (s *Store) SplitsOf(ctx context.Context, forms []Form) ([]Split, error) {
	own := map[string]bool{}
	for i := range forms {
		own[forms[i].ID] = true
	}
	return s.splits(ctx, func(a, b []byte) bool { return own[string(a)] || own[string(b)] })
}

// splits returns those that are wanted by the ids of their two forms.
func (s *Store) splits(ctx context.Context, wanted func(a, b []byte) bool) ([]Split, error) {
	var list []Split
	for rows, err := range s.snap.ReadSplits(ctx) {
		if err != nil {
			return nil, err
		}
		for i := range rows.N {
			if wanted(rows.FormA.At(i), rows.FormB.At(i)) {
				list = append(list, Split{string(rows.FormA.At(i)), string(rows.FormB.At(i)), rows.Why[i], rows.Constraint[i],
					string(rows.ByA.At(i)), string(rows.ByB.At(i)), rows.Average[i]})
			}
		}
	}
	return list, nil
}
