package compare

import (
	"github.com/dusach/dusach/matchers"
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
	touched byte // keeps the compiler from leaving the touching out
}

// bite is how many pairs go through the steps together: their records stay in
// the nearest cache.
const bite = 256

// sift makes the comparisons of a filter, step by step, of the pairs in out, and
// lets those go that cannot become a link. The others are left in kept.
func (s *Set) sift(f *Filter, k *record.Known, kept *kept, out *record.Evidence) {
	kept.pairs = kept.pairs[:0]
	for from := 0; from < len(out.Pairs); from += bite {
		start, to := len(kept.pairs), min(from+bite, len(out.Pairs))
		kept.touch(k, out.Pairs[from:to])
		for p := from; p < to; p++ {
			kept.pairs = append(kept.pairs, int32(p))
		}
		kept.certain = append(kept.certain[:0], zeros[:to-from]...)
		for i := range f.steps {
			n := s.step(f, i, k, kept.pairs[start:], kept.certain, out)
			kept.pairs = kept.pairs[:start+n]
		}
	}
}

var zeros [bite]float32

// touch asks for the records of some pairs at once, so that the processor need
// not wait for one after the other.
func (kept *kept) touch(k *record.Known, pairs []record.Pair) {
	var sum byte
	for i := range pairs {
		sum += k.Row(pairs[i].A)[0] + k.Row(pairs[i].B)[0]
	}
	kept.touched += sum
}

// step makes the comparisons of step i of some pairs and moves those that may
// become a link to the front. It returns how many they are.
func (s *Set) step(f *Filter, i int, k *record.Known, some []int32, certain []float32, out *record.Evidence) (n int) {
	for j, p := range some {
		pair, l := &out.Pairs[p], &out.Levels[p]
		s.compare(f.steps[i], k, k.Row(pair.A), k.Row(pair.B), l)
		sum, most := f.bound.After(i, certain[j], l)
		if most < f.floor {
			out.Filtered[p] = true
			continue
		}
		some[n], certain[n] = p, sum
		n++
	}
	return n
}

// compare makes some comparisons of a pair.
func (s *Set) compare(some []int, k *record.Known, a, b []byte, l *matchers.Levels) {
	for _, c := range some {
		l[c] = s.bound[c](k, a, b, l, 0)
	}
}
