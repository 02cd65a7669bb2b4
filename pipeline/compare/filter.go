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

// kept is the pairs of a chunk that a filter has not let go, and what is certain
// of their weights.
type kept struct {
	pairs   []int32
	certain []float32
}

func (k *kept) all(n int) {
	k.pairs, k.certain = k.pairs[:0], k.certain[:0]
	for i := range n {
		k.pairs = append(k.pairs, int32(i))
		k.certain = append(k.certain, 0)
	}
}

// sift makes the comparisons of a filter, step by step, of the pairs in out that
// are still kept, and lets those go that cannot become a link.
func (s *Set) sift(f *Filter, k *record.Known, in *kept, out *record.Evidence) {
	for i, step := range f.steps {
		for _, c := range step {
			s.column(c, k, in.pairs, out)
		}
		n := 0
		for j, p := range in.pairs {
			sum, most := f.bound.After(i, in.certain[j], &out.Levels[p])
			if most < f.floor {
				out.Filtered[p] = true
				continue
			}
			in.pairs[n], in.certain[n] = p, sum
			n++
		}
		in.pairs, in.certain = in.pairs[:n], in.certain[:n]
	}
}

// column makes comparison c of some pairs of a chunk.
func (s *Set) column(c int, k *record.Known, some []int32, out *record.Evidence) {
	judge := s.bound[c]
	for _, p := range some {
		pair := &out.Pairs[p]
		out.Levels[p][c] = judge(k, k.Row(pair.A), k.Row(pair.B), &out.Levels[p], 0)
	}
}
