package cluster

import (
	"cmp"
	"slices"

	"github.com/dusach/dusach/pipeline/record"
)

// musts returns the places of the pairs of a component that people said to be
// one citizen, in their order.
func (s *Stage) musts(in *record.Component) (list [][2]int32) {
	for i := range in.Links {
		if !in.Links[i].Must {
			continue
		}
		a, b := s.placeOf(in, in.Links[i].A), s.placeOf(in, in.Links[i].B)
		list = append(list, [2]int32{min(a, b), max(a, b)})
	}
	slices.SortFunc(list, func(x, y [2]int32) int { return cmp.Or(cmp.Compare(x[0], y[0]), cmp.Compare(x[1], y[1])) })
	return list
}

// placeOf returns the place of a record in its component. It is asked for the
// few links that a person decided or that were not followed.
func (s *Stage) placeOf(in *record.Component, r uint32) int32 {
	if len(in.Records) > MaxDense {
		return s.loose.place[r]
	}
	return int32(slices.Index(in.Records, r))
}

// splits adds to out the links of a component that alone would be a match and
// whose records stayed apart; why says of two groups, by their names, what kept
// them apart.
func (s *Stage) splits(in *record.Component, out *record.Clusters, why func(in *record.Component, a, b int32) record.Split) {
	clear(s.why)
	for i := range in.Links {
		l := &in.Links[i]
		if l.Weight < s.threshold || out.Founder[l.A] == out.Founder[l.B] {
			continue
		}
		pa, pb := s.placeOf(in, l.A), s.placeOf(in, l.B)
		a, b := s.group[pa], s.group[pb]
		if a > b {
			a, b = b, a
		}
		split, ok := s.why[[2]int32{a, b}]
		if !ok {
			split = why(in, a, b)
			s.why[[2]int32{a, b}] = split
		}
		split.A, split.B = in.Records[min(pa, pb)], in.Records[max(pa, pb)]
		out.Splits = append(out.Splits, split)
	}
}

// whyDense says what keeps two groups of a small component apart: average
// linkage has ended, so either a cannot-link lies between them or their average
// is below the threshold.
func (s *Stage) whyDense(in *record.Component, a, b int32) record.Split {
	n := int32(len(in.Records))
	if c := s.cannot[a*n+b]; c != 0 {
		return s.cannotLink(in.Records, (c-1)/n, (c-1)%n)
	}
	return record.Split{Why: record.SplitWeight, Average: s.weight[a*n+b] / float32(s.size[a]*s.size[b])}
}

func (s *Stage) cannotLink(records []uint32, i, j int32) record.Split {
	i, j = min(i, j), max(i, j)
	_, c := s.judge.Judge(records[i], records[j])
	return record.Split{Why: record.SplitCannot, Constraint: c, ByA: records[i], ByB: records[j]}
}

// whySparse asks what the sparse variant asks: the witnesses, then, within its
// bound, every pair across the two groups.
func (s *Stage) whySparse(in *record.Component, a, b int32) record.Split {
	l := &s.loose
	sum, n, at := s.ask(a, b)
	switch {
	case at.found:
		return s.cannotLink(in.Records, at.i, at.j)
	case sum < s.threshold*n:
		return record.Split{Why: record.SplitWeight, Average: sum / n}
	case l.crowded(a, b):
		return record.Split{Why: record.SplitSize}
	}
	if at = s.search(a, b); at.found {
		return s.cannotLink(in.Records, at.i, at.j)
	}
	// They would join now: when they were asked they were smaller, and did not agree.
	return record.Split{Why: record.SplitWeight, Average: sum / n}
}
