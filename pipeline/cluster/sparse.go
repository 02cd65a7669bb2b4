package cluster

import (
	"cmp"
	"slices"

	"github.com/dusach/dusach/pipeline/record"
)

// witnesses is how many members of each group are asked when two large groups
// are to join: those with the least form ids.
const witnesses = 8

// sparse settles a component too large for all its pairs: links in falling
// order of weight, each join judged by the witnesses of both groups. It costs
// at most witnesses² comparisons a link.
func (s *Stage) sparse(in *record.Component) {
	n := len(in.Records)
	s.reset(n)
	place := make(map[uint32]int32, n)
	for i, r := range in.Records {
		place[r] = int32(i)
	}
	members := make([][]int32, n)
	for i := range members {
		members[i] = []int32{int32(i)}
	}
	for _, l := range s.falling(in, place) {
		a, b := s.group[place[in.Links[l].A]], s.group[place[in.Links[l].B]]
		if a == b || in.Links[l].Weight < s.threshold || !s.agree(in.Records, members[a], members[b]) {
			continue
		}
		a, b = min(a, b), max(a, b)
		members[a] = append(members[a], members[b]...)
		slices.Sort(members[a])
		for _, m := range members[b] {
			s.group[m] = a
		}
		s.size[a] += s.size[b]
		s.size[b], members[b] = 0, nil
	}
}

// falling returns the links in falling order of weight, ties by form ids.
func (s *Stage) falling(in *record.Component, place map[uint32]int32) []int {
	s.order = s.order[:0]
	for l := range in.Links {
		s.order = append(s.order, l)
	}
	ends := func(l int) (lo, hi int32) {
		a, b := place[in.Links[l].A], place[in.Links[l].B]
		return min(a, b), max(a, b)
	}
	slices.SortFunc(s.order, func(x, y int) int {
		if c := cmp.Compare(in.Links[y].Weight, in.Links[x].Weight); c != 0 {
			return c
		}
		xl, xh := ends(x)
		yl, yh := ends(y)
		return cmp.Or(cmp.Compare(xl, yl), cmp.Compare(xh, yh))
	})
	return s.order
}

// agree asks the witnesses of two groups.
func (s *Stage) agree(records []uint32, a, b []int32) bool {
	a, b = a[:min(len(a), witnesses)], b[:min(len(b), witnesses)]
	var sum float32
	for _, i := range a {
		for _, j := range b {
			w, cannot := s.judge.Judge(records[i], records[j])
			if cannot {
				return false
			}
			sum += min(max(w, -limit), limit)
		}
	}
	return sum >= s.threshold*float32(len(a)*len(b))
}
