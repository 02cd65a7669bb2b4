package cluster

import (
	"context"
	"slices"

	"github.com/dusach/dusach/pipeline/record"
)

// Assignment links two inputs that are free of duplicates: each record has at
// most one partner, in the other input. Within a component the partners are
// chosen so that their weights add up to the most, which is the most likely
// assignment (Kuhn 1955; the shortest augmenting paths of Jonker and Volgenant
// 1987); beyond MaxDense records the heaviest link that is still free is taken,
// one after the other. Of equals those with the least form ids win.
//
// One value is used by one goroutine.
type Assignment struct {
	stage     *Stage
	side      []uint8
	threshold float32
	cannot    func(a, b uint32) bool // a person said that the two are not one; nil: nobody did

	left, right []uint32 // of the component, in the order of their form ids
	cost        []float64
	partner     []int // of each right record: 1 + place of the left one, 0 none
}

// NewAssignment returns the stage over known. side tells the input of each
// record, 0 or 1; two records are partners at or above threshold, in bits, unless
// cannot says that a person knows better. A link that a person made comes before
// all others.
func NewAssignment(known *record.Known, side []uint8, threshold float32, cannot func(a, b uint32) bool) *Assignment {
	if cannot == nil {
		cannot = func(a, b uint32) bool { return false }
	}
	return &Assignment{stage: &Stage{known: known}, side: side, threshold: threshold, cannot: cannot}
}

// Do settles one component: it sets the founder of each of its records.
func (a *Assignment) Do(ctx context.Context, in *record.Component, out *record.Clusters) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s := a.stage
	s.reset(len(in.Records))
	place := make(map[uint32]int, len(in.Records))
	a.left, a.right = a.left[:0], a.right[:0]
	for i, r := range in.Records {
		place[r] = i
		if a.side[r] == 0 {
			a.left = append(a.left, r)
		} else {
			a.right = append(a.right, r)
		}
	}
	links := a.links(in.Links)
	kept := links
	if len(in.Records) <= MaxDense {
		kept = a.best(links)
	}
	taken := make(map[uint32]uint32, len(kept)) // partner of each record, plus 1
	for _, l := range kept {
		if taken[l.A] != 0 || taken[l.B] != 0 {
			continue
		}
		taken[l.A], taken[l.B] = l.B+1, l.A+1
		x, y := place[l.A], place[l.B]
		s.join2(min(x, y), max(x, y))
	}
	s.found(in.Records, out)
	a.splits(in, out, taken)
	return nil
}

// splits adds the links that were sure enough and not followed to out, each with
// the link that was followed instead.
func (a *Assignment) splits(in *record.Component, out *record.Clusters, taken map[uint32]uint32) {
	for i := range in.Links {
		l := &in.Links[i]
		if a.side[l.A] == a.side[l.B] || l.Weight < a.threshold && !l.Must || taken[l.A] == l.B+1 {
			continue
		}
		split := record.Split{A: l.A, B: l.B, Why: record.SplitPartner}
		switch {
		case a.cannot(l.A, l.B):
			split.Why, split.Constraint, split.ByA, split.ByB = record.SplitCannot, record.ApartByPerson, l.A, l.B
		case taken[l.A] != 0:
			split.ByA, split.ByB = l.A, taken[l.A]-1
		case taken[l.B] != 0:
			split.ByA, split.ByB = taken[l.B]-1, l.B
		default:
			panic("BUG: two free records that are sure enough are no partners")
		}
		out.Splits = append(out.Splits, split)
	}
}

// join2 puts two single records together.
func (s *Stage) join2(x, y int) {
	s.group[y] = int32(x)
	s.size[x], s.size[y] = 2, 0
}

// surer is the weight of a link that a person made: more than all others of a
// component together.
const surer = 1 << 16

// links returns the links that are sure enough, the heaviest first and A on the
// left.
func (a *Assignment) links(all []record.Link) []record.Link {
	var sure []record.Link
	for _, l := range all {
		if a.side[l.A] == a.side[l.B] || !l.Must && l.Weight < a.threshold || a.cannot(l.A, l.B) {
			continue
		}
		if l.Must {
			l.Weight = surer
		}
		if a.side[l.A] == 1 {
			l.A, l.B = l.B, l.A
		}
		sure = append(sure, l)
	}
	known := a.stage.known
	slices.SortFunc(sure, func(x, y record.Link) int {
		switch {
		case x.Weight > y.Weight:
			return -1
		case x.Weight < y.Weight:
			return 1
		case x.A != y.A:
			return slices.Compare(known.ID(x.A), known.ID(y.A))
		}
		return slices.Compare(known.ID(x.B), known.ID(y.B))
	})
	return sure
}

// best returns the links of the heaviest assignment.
func (a *Assignment) best(links []record.Link) []record.Link {
	n, m := len(a.left), max(len(a.right), len(a.left)) // every left one may stay alone
	if n == 0 || len(links) == 0 {
		return nil
	}
	at := func(list []uint32, r uint32) int { return slices.Index(list, r) }
	a.cost = resize(a.cost, n*m)
	for _, l := range links {
		// A partner is worth more than none even at the threshold.
		a.cost[at(a.left, l.A)*m+at(a.right, l.B)] = -float64(l.Weight-a.threshold) - 1e-3
	}
	a.assign(n, m)
	var kept []record.Link
	for _, l := range links {
		if a.partner[at(a.right, l.B)+1] == at(a.left, l.A)+1 {
			kept = append(kept, l)
		}
	}
	return kept
}

// assign finds the cheapest assignment of n rows to m ≥ n columns: row by row the
// cheapest path along which partners change, with prices that keep all costs
// left at or above 0. partner[j] is 1 + the row of column j-1.
func (a *Assignment) assign(n, m int) {
	u, v := make([]float64, n+1), make([]float64, m+1)
	a.partner = resize(a.partner, m+1)
	way := make([]int, m+1)
	for i := 1; i <= n; i++ {
		a.partner[0] = i
		least, used := make([]float64, m+1), make([]bool, m+1)
		for j := range least {
			least[j] = 1e300
		}
		j0 := 0
		for {
			used[j0] = true
			i0, delta, j1 := a.partner[j0], 1e300, 0
			for j := 1; j <= m; j++ {
				if used[j] {
					continue
				}
				if c := a.cost[(i0-1)*m+j-1] - u[i0] - v[j]; c < least[j] {
					least[j], way[j] = c, j0
				}
				if least[j] < delta {
					delta, j1 = least[j], j
				}
			}
			for j := range m + 1 {
				if used[j] {
					u[a.partner[j]] += delta
					v[j] -= delta
				} else {
					least[j] -= delta
				}
			}
			if j0 = j1; a.partner[j0] == 0 {
				break
			}
		}
		for j0 != 0 {
			j1 := way[j0]
			a.partner[j0] = a.partner[j1]
			j0 = j1
		}
	}
}
