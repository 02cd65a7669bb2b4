package cluster

import (
	"bytes"
	"context"

	"github.com/dusach/dusach/pipeline/record"
)

// MaxDense is the largest component of which every pair is scored.
const MaxDense = 200

// limit bounds how much one pair can say for or against joining two groups: a
// very sure pair must not outvote three that disagree.
const limit = 24

// A Judge scores a pair of records: its weight in bits, and what says that the
// two cannot be one citizen.
type Judge interface {
	Judge(a, b uint32) (weight float32, cannot record.Constraint)
}

// Stage settles components. One value is used by one goroutine; several may
// write into the same Clusters as long as their components differ.
type Stage struct {
	known     *record.Known
	judge     Judge
	threshold float32 // bits that two groups must reach on average

	group  []int32   // group of each record of the component
	weight []float32 // n × n: summed weights between groups
	cannot []int32   // n × n: 1 + place of the first pair i*n+j that is a cannot-link between groups
	size   []int32
	first  []int32 // 1 + place of the founding form of each group
	loose  loose
	why    map[[2]int32]record.Split // of two groups that stayed apart
}

// New returns the stage over known.
func New(known *record.Known, judge Judge, threshold float32) *Stage {
	return &Stage{known: known, judge: judge, threshold: threshold, why: map[[2]int32]record.Split{}}
}

// Do settles one component: it sets the founder of each of its records and adds
// the links that were not followed to the splits of out.
func (s *Stage) Do(ctx context.Context, in *record.Component, out *record.Clusters) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	why := s.whyDense
	if len(in.Records) <= MaxDense {
		s.dense(in)
	} else {
		s.sparse(in)
		why = s.whySparse
	}
	s.found(in.Records, out)
	s.splits(in, out, why)
	return nil
}

// dense is average linkage over all pairs, after what people said.
func (s *Stage) dense(in *record.Component) {
	records := in.Records
	n := len(records)
	s.reset(n)
	s.weight = resize(s.weight, n*n)
	s.cannot = resize(s.cannot, n*n)
	for i := range n {
		for j := i + 1; j < n; j++ {
			w, c := s.judge.Judge(records[i], records[j])
			w = min(max(w, -limit), limit)
			s.weight[i*n+j], s.weight[j*n+i] = w, w
			if c != record.MayJoin {
				s.cannot[i*n+j], s.cannot[j*n+i] = int32(i*n+j)+1, int32(i*n+j)+1
			}
		}
	}
	for _, m := range s.musts(in) {
		if a, b := s.group[m[0]], s.group[m[1]]; a != b {
			s.join(n, int(min(a, b)), int(max(a, b)))
		}
	}
	for {
		a, b := s.best(n)
		if a < 0 {
			return
		}
		s.join(n, a, b)
	}
}

// best returns the two groups that agree most on average, a < b; a is -1 where
// no two groups may join. Groups go by their first record, so the first of
// equals is the one with the least form ids.
func (s *Stage) best(n int) (a, b int) {
	a, top := -1, s.threshold
	for i := range n {
		if s.size[i] == 0 {
			continue
		}
		for j := i + 1; j < n; j++ {
			if s.size[j] == 0 || s.cannot[i*n+j] != 0 {
				continue
			}
			average := s.weight[i*n+j] / float32(s.size[i]*s.size[j])
			if average > top || a < 0 && average == top {
				a, b, top = i, j, average
			}
		}
	}
	return a, b
}

// join puts group b into group a: sums add up, a cannot-link stays one.
func (s *Stage) join(n, a, b int) {
	for k := range n {
		if s.size[k] == 0 || k == a || k == b {
			continue
		}
		w := s.weight[a*n+k] + s.weight[b*n+k]
		c := s.cannot[a*n+k]
		if d := s.cannot[b*n+k]; c == 0 || d != 0 && d < c {
			c = d
		}
		s.weight[a*n+k], s.weight[k*n+a] = w, w
		s.cannot[a*n+k], s.cannot[k*n+a] = c, c
	}
	s.size[a] += s.size[b]
	s.size[b] = 0
	for i := range s.group[:n] {
		if s.group[i] == int32(b) {
			s.group[i] = int32(a)
		}
	}
}

func (s *Stage) reset(n int) {
	s.group, s.size = resize(s.group, n), resize(s.size, n)
	for i := range n {
		s.group[i], s.size[i] = int32(i), 1
	}
}

// found names the founding form of each group: the least by (collected_at,
// absent last; form_id). Records come in the order of their form ids.
func (s *Stage) found(records []uint32, out *record.Clusters) {
	s.first = resize(s.first, len(records))
	for i, g := range s.group[:len(records)] {
		if f := s.first[g]; f == 0 || s.earlier(records[i], records[f-1]) {
			s.first[g] = int32(i) + 1
		}
	}
	for i, g := range s.group[:len(records)] {
		out.Founder[records[i]] = records[s.first[g]-1]
	}
}

func (s *Stage) earlier(a, b uint32) bool {
	da, db := s.known.CollectedOf(a), s.known.CollectedOf(b)
	if da != db {
		return da != 0 && (db == 0 || da < db)
	}
	return bytes.Compare(s.known.ID(a), s.known.ID(b)) < 0
}

// resize returns a slice of n zero values that reuses the memory of v.
func resize[T any](v []T, n int) []T {
	if cap(v) < n {
		return make([]T, n)
	}
	v = v[:n]
	clear(v)
	return v
}
