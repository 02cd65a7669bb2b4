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
	var list []Split
	for rows, err := range s.snap.ReadSplits(ctx) {
		if err != nil {
			return nil, err
		}
		for i := range rows.N {
			if side[string(rows.FormA.At(i))]|side[string(rows.FormB.At(i))] != 3 {
				continue
			}
			list = append(list, Split{string(rows.FormA.At(i)), string(rows.FormB.At(i)), rows.Why[i], rows.Constraint[i],
				string(rows.ByA.At(i)), string(rows.ByB.At(i)), rows.Average[i]})
		}
	}
	return list, nil
}
