package compare

import (
	"github.com/dusach/dusach/matchers/model"
	"github.com/dusach/dusach/pipeline/record"
)

// A Filter lets pairs go that cannot become a link, as soon as that is certain:
// comparisons are made in steps, and after each a bound says how much a pair can
// weigh at most. What it keeps comes out as without it.
type Filter struct {
	steps [][]int
	bound *model.Bound
	floor float32
}

// NewFilter returns the filter of a set under a scorer. Stages may share it.
func (s *Set) NewFilter(scorer *model.Scorer) *Filter {
	return &Filter{s.steps, scorer.NewBound(s.steps, s.derive), scorer.Floor() - model.Slack}
}

// kept is the pairs of a chunk that a filter has not let go.
type kept struct {
	pairs []int32
	bite  bite
}

// sift makes the comparisons of a filter, step by step, of the pairs in out, and
// lets those go that cannot become a link. The others are left in kept.
func (s *Set) sift(f *Filter, k *record.Known, kept *kept, out *record.Evidence) {
	kept.pairs = kept.pairs[:0]
	t := &kept.bite
	for from := 0; from < len(out.Pairs); from += biteSize {
		to := min(from+biteSize, len(out.Pairs))
		t.open(k, out.Pairs[from:to], out.Levels[from:to])
		filtered := out.Filtered[from:to]
		for i, step := range f.steps {
			for _, c := range step {
				s.bites[c](t, c)
			}
			f.bound.AfterAll(i, t.live, t.levels, t.certain[:], t.most[:])
			t.drop(f.floor, filtered)
		}
		for _, i := range t.live {
			kept.pairs = append(kept.pairs, int32(from)+int32(i))
		}
	}
}
