package compare

import (
	"context"
	"slices"

	"github.com/dusach/dusach/pipeline/record"
)

// Stage compares pairs of known records. One value is used by one goroutine.
type Stage struct {
	set    *Set
	known  *record.Known
	filter *Filter
}

// New returns a stage over known. Under a filter, pairs that cannot become a
// link are not compared to the end; nil compares all.
func New(set *Set, known *record.Known, filter *Filter) *Stage { return &Stage{set, known, filter} }

// Do fills out with the evidence on each pair of in.
func (s *Stage) Do(ctx context.Context, in *record.Pairs, out *record.Evidence) error {
	n := len(in.Pairs)
	out.Pairs = append(out.Pairs[:0], in.Pairs...)
	out.Levels = slices.Grow(out.Levels[:0], n)[:n]
	out.Rarity = slices.Grow(out.Rarity[:0], n)[:n]
	out.Filtered = slices.Grow(out.Filtered[:0], n)[:n]
	for i := range in.Pairs {
		p := &in.Pairs[i]
		if s.filter != nil {
			var linkable bool
			out.Rarity[i], linkable = s.set.CompareIf(s.filter, s.known, s.known.Row(p.A), s.known.Row(p.B), &out.Levels[i])
			out.Filtered[i] = !linkable
			continue
		}
		out.Filtered[i] = false
		out.Rarity[i] = s.set.Compare(s.known, s.known.Row(p.A), s.known.Row(p.B), &out.Levels[i])
	}
	return ctx.Err()
}
