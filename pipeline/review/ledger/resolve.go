package ledger

import (
	"cmp"
	"slices"
)

// Verdicts is what the decisions of a ledger come to.
type Verdicts struct {
	Same  []Decision // pairs that are one citizen, by form ids
	Apart []Decision // pairs that are two, by form ids
	// Overruled decisions were taken back by a later one on the same pair.
	Overruled []Decision
	// Contradicted are decisions for one citizen that do not count, because
	// others together say that two of the forms are not.
	Contradicted []Contradiction
}

// A Contradiction is a decision for one citizen that would join two forms that
// another decision keeps apart.
type Contradiction struct {
	Same  Decision `json:"same"`
	Apart Decision `json:"apart"`
}

// Resolve makes one set of pairs out of all decisions, without contradiction. The
// latest decision on a pair counts. Pairs that are two citizens always count; those
// that are one are followed from the latest to the earliest, as long as they do
// not join two forms that are kept apart: a wrong merge does more harm than a
// missed one.
func (l *Ledger) Resolve() *Verdicts {
	v := &Verdicts{}
	latest := map[[2]string]int{}
	for i := range l.List {
		if l.List[i].Erased != 0 {
			continue
		}
		if was, ok := latest[l.List[i].Pair()]; ok {
			if l.List[was].Same != l.List[i].Same {
				v.Overruled = append(v.Overruled, l.List[was])
			}
		}
		latest[l.List[i].Pair()] = i
	}
	var same []Decision
	for i := range l.List {
		switch d := l.List[i]; {
		case d.Erased != 0 || latest[d.Pair()] != i:
		case d.Same:
			same = append(same, d)
		default:
			v.Apart = append(v.Apart, d)
		}
	}
	v.join(same)
	byForms := func(x, y Decision) int { return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B)) }
	slices.SortFunc(v.Same, byForms)
	slices.SortFunc(v.Apart, byForms)
	return v
}

// join follows decisions for one citizen, the latest first.
func (v *Verdicts) join(same []Decision) {
	g := groups{of: map[string]string{}, apart: map[string][]Decision{}}
	for _, d := range v.Apart {
		g.apart[d.A] = append(g.apart[d.A], d)
		g.apart[d.B] = append(g.apart[d.B], d)
	}
	for _, d := range slices.Backward(same) {
		if against, ok := g.against(d); ok {
			v.Contradicted = append(v.Contradicted, Contradiction{d, against})
			continue
		}
		g.join(d)
		v.Same = append(v.Same, d)
	}
}

// groups are forms that were decided to be one citizen.
type groups struct {
	of    map[string]string     // towards the name of the group
	apart map[string][]Decision // by group, those that keep a form of it from another
}

func (g *groups) find(form string) string {
	for {
		up, ok := g.of[form]
		if !ok {
			return form
		}
		if next, ok := g.of[up]; ok {
			g.of[form] = next
		}
		form = up
	}
}

// against returns a decision that keeps the groups of two forms apart.
func (g *groups) against(d Decision) (Decision, bool) {
	a, b := g.find(d.A), g.find(d.B)
	if a == b {
		return Decision{}, false
	}
	if len(g.apart[a]) > len(g.apart[b]) {
		a, b = b, a
	}
	for _, c := range g.apart[a] {
		if x, y := g.find(c.A), g.find(c.B); x == b || y == b {
			return c, true
		}
	}
	return Decision{}, false
}

func (g *groups) join(d Decision) {
	a, b := g.find(d.A), g.find(d.B)
	if a == b {
		return
	}
	if len(g.apart[a]) < len(g.apart[b]) {
		a, b = b, a
	}
	g.of[b] = a
	g.apart[a] = append(g.apart[a], g.apart[b]...)
	delete(g.apart, b)
}
