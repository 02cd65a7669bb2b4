package pipeline

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/dusach/dusach/pipeline/record"
)

// publishSplits writes the table splits: the links that alone would be a match
// and that clustering did not follow, ordered by the ids of their forms, each
// with what kept its citizens apart.
func (p *Pipeline) publishSplits(r *run, clusters *record.Clusters) error {
	known := &r.cellar.known
	list := clusters.Splits
	for i := range list {
		if s := &list[i]; bytes.Compare(known.ID(s.A), known.ID(s.B)) > 0 {
			s.A, s.B = s.B, s.A
		}
		if s := &list[i]; s.ByA != s.ByB && bytes.Compare(known.ID(s.ByA), known.ID(s.ByB)) > 0 {
			s.ByA, s.ByB = s.ByB, s.ByA
		}
	}
	slices.SortFunc(list, func(x, y record.Split) int {
		return cmp.Or(bytes.Compare(known.ID(x.A), known.ID(y.A)), bytes.Compare(known.ID(x.B), known.ID(y.B)))
	})
	out, err := r.draft.Splits(0)
	if err != nil {
		return err
	}
	var rows record.SplitRows
	for i := range list {
		addSplit(known, &list[i], &rows)
		if rows.N == linkBatch || i == len(list)-1 {
			if err := out.WriteRows(&rows); err != nil {
				return err
			}
			rows.Reset()
		}
	}
	r.counts.Splits = int64(len(list))
	return out.Close()
}

func addSplit(known *record.Known, s *record.Split, rows *record.SplitRows) {
	rows.N++
	rows.FormA.Append(known.ID(s.A))
	rows.FormB.Append(known.ID(s.B))
	rows.Why = append(rows.Why, s.Why)
	rows.Constraint = append(rows.Constraint, s.Constraint)
	var byA, byB []byte
	if s.ByA != s.ByB {
		byA, byB = known.ID(s.ByA), known.ID(s.ByB)
	}
	rows.ByA.Append(byA)
	rows.ByB.Append(byB)
	rows.Average = append(rows.Average, float64(s.Average))
}
