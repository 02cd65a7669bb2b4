package cluster

import (
	"cmp"
	"slices"

	"github.com/dusach/dusach/pipeline/record"
)

// witnesses is how many members of each group are asked whether two large
// groups agree: those with the least form ids.
const witnesses = 8

// most is how many pairs are looked at, at most, to be sure that no cannot-link
// lies between two groups; groups with more pairs between them stay apart. So
// a citizen of a component settled sparsely has a few thousand forms at most.
const most = 1 << 12

// loose is what the sparse variant knows of a component.
type loose struct {
	records []uint32
	place   map[uint32]int32 // in records, by record
	group   []int32          // the groups' names, by place
	next    []int32          // the next member of the same group, by place; -1 after the last
	last    []int32          // by group
	size    []int32          // by group
	asked   [][witnesses]int32
	apart   map[[2]int32]bool // groups between which a cannot-link lies
	order   []int             // links in falling order
}

// sparse settles a component too large for all its pairs: links in falling
// order of weight, each join judged by the witnesses of both groups and, if
// they agree, searched for a cannot-link between any two members. It costs at
// most witnesses² + most comparisons a link.
func (s *Stage) sparse(in *record.Component) {
	s.reset(len(in.Records))
	l := &s.loose
	l.open(in.Records, s.group)
	for _, m := range s.musts(in) {
		if a, b := l.group[m[0]], l.group[m[1]]; a != b {
			l.join(min(a, b), max(a, b))
		}
	}
	for _, i := range l.falling(in.Links) {
		a, b := l.group[l.place[in.Links[i].A]], l.group[l.place[in.Links[i].B]]
		if a == b || in.Links[i].Weight < s.threshold {
			continue
		}
		if a, b = min(a, b), max(a, b); s.agree(a, b) && !s.forbidden(a, b) {
			l.join(a, b)
		}
	}
}

// open begins with a group for every record; group is where names of groups go.
func (l *loose) open(records []uint32, group []int32) {
	n := len(records)
	l.records, l.group = records, group
	l.next, l.last, l.size = resize(l.next, n), resize(l.last, n), resize(l.size, n)
	l.asked = resize(l.asked, n)
	if l.place == nil {
		l.place, l.apart = map[uint32]int32{}, map[[2]int32]bool{}
	}
	clear(l.place)
	clear(l.apart)
	for i, r := range records {
		l.place[r] = int32(i)
		l.next[i], l.last[i], l.size[i], l.asked[i][0] = -1, int32(i), 1, int32(i)
	}
}

// falling returns the links in falling order of weight, ties by form ids.
func (l *loose) falling(links []record.Link) []int {
	l.order = l.order[:0]
	for i := range links {
		l.order = append(l.order, i)
	}
	slices.SortFunc(l.order, func(x, y int) int {
		if c := cmp.Compare(links[y].Weight, links[x].Weight); c != 0 {
			return c
		}
		xa, xb := l.place[links[x].A], l.place[links[x].B]
		ya, yb := l.place[links[y].A], l.place[links[y].B]
		return cmp.Or(cmp.Compare(min(xa, xb), min(ya, yb)), cmp.Compare(max(xa, xb), max(ya, yb)))
	})
	return l.order
}

// agree asks the witnesses of two groups whether they are one citizen.
func (s *Stage) agree(a, b int32) bool {
	sum, n, at := s.ask(a, b)
	return !at.found && sum >= s.threshold*n
}

// crossing is a pair across two groups, by places, that cannot be one citizen.
type crossing struct {
	i, j  int32
	found bool
}

// ask returns what n pairs of witnesses of two groups say in sum, or the first
// cannot-link between them.
func (s *Stage) ask(a, b int32) (sum, n float32, at crossing) {
	l := &s.loose
	na, nb := min(l.size[a], witnesses), min(l.size[b], witnesses)
	for _, i := range l.asked[a][:na] {
		for _, j := range l.asked[b][:nb] {
			w, cannot := s.judge.Judge(l.records[i], l.records[j])
			if cannot != record.MayJoin {
				return 0, 0, crossing{i, j, true}
			}
			sum += min(max(w, -limit), limit)
		}
	}
	return sum, float32(na * nb), at
}

// forbidden reports whether two groups may not join. A yes is remembered:
// a cannot-link stays where it is however its groups grow.
func (s *Stage) forbidden(a, b int32) bool {
	l := &s.loose
	if l.apart[[2]int32{a, b}] {
		return true
	}
	found := l.crowded(a, b) || s.search(a, b).found
	if found {
		l.apart[[2]int32{a, b}] = true
	}
	return found
}

// crowded reports whether there are more pairs across two groups than are
// searched.
func (l *loose) crowded(a, b int32) bool { return int64(l.size[a])*int64(l.size[b]) > most }

// search returns the first cannot-link across two groups.
func (s *Stage) search(a, b int32) crossing {
	l := &s.loose
	for i := a; i >= 0; i = l.next[i] {
		for j := b; j >= 0; j = l.next[j] {
			if _, cannot := s.judge.Judge(l.records[i], l.records[j]); cannot != record.MayJoin {
				return crossing{i, j, true}
			}
		}
	}
	return crossing{}
}

// join puts group b into group a < b. A group is named after its first member.
func (l *loose) join(a, b int32) {
	for i := b; i >= 0; i = l.next[i] {
		l.group[i] = a
	}
	l.asked[a] = least(l.asked[a][:min(l.size[a], witnesses)], l.asked[b][:min(l.size[b], witnesses)])
	l.next[l.last[a]], l.last[a] = b, l.last[b]
	l.size[a] += l.size[b]
}

// least merges two rising lists and keeps what comes first.
func least(a, b []int32) (all [witnesses]int32) {
	for i := range all {
		switch {
		case len(a) > 0 && (len(b) == 0 || a[0] < b[0]):
			all[i], a = a[0], a[1:]
		case len(b) > 0:
			all[i], b = b[0], b[1:]
		}
	}
	return all
}
