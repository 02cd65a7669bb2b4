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
	kept   kept
}

// New returns a stage over known. Under a filter, pairs that cannot become a
// link are not compared to the end; nil compares all.
func New(set *Set, known *record.Known, filter *Filter) *Stage {
	return &Stage{set: set, known: known, filter: filter}
}

// Do fills out with the evidence on each pair of in.
func (s *Stage) Do(ctx context.Context, in *record.Pairs, out *record.Evidence) error {
	n := len(in.Pairs)
	out.Pairs = append(out.Pairs[:0], in.Pairs...)
	out.Levels = slices.Grow(out.Levels[:0], n)[:n]
	out.Rarity = slices.Grow(out.Rarity[:0], n)[:n]
	out.Filtered = slices.Grow(out.Filtered[:0], n)[:n]
	clear(out.Levels)
	clear(out.Rarity)
	clear(out.Filtered)
	if s.filter != nil {
		s.set.sift(s.filter, s.known, &s.kept, out)
		s.derive(out)
		return ctx.Err()
	}
	for i := range in.Pairs {
		p := &in.Pairs[i]
		out.Rarity[i] = s.set.Compare(s.known, s.known.Row(p.A), s.known.Row(p.B), &out.Levels[i])
	}
	return ctx.Err()
}

// derive makes the comparisons that follow from others, of the pairs kept.
func (s *Stage) derive(out *record.Evidence) {
	for _, p := range s.kept.pairs {
		pair, l := &out.Pairs[p], &out.Levels[p]
		a, b := s.known.Row(pair.A), s.known.Row(pair.B)
		out.Rarity[p] = s.set.rarityOf(s.known, a, b)
		for _, c := range s.set.late {
			l[c] = s.set.bound[c](s.known, a, b, l, out.Rarity[p])
		}
	}
}
