package offices

import (
	"slices"

	"github.com/dusach/dusach/normalize/units"
)

// said is what a text says of one level.
type said struct {
	name  string // as it ended up on paper, "" where the level is left out
	kinds kinds  // what its keyword may mean
}

// kinds is a set of units.Kind; empty: no keyword.
type kinds uint16

func kindSet(list ...units.Kind) (s kinds) {
	for _, k := range list {
		s |= 1 << k
	}
	return s
}

func (s kinds) allows(k units.Kind) bool { return s == 0 || s&(1<<k) != 0 }

// A statement is all that a text says of the units. Old and new are the
// provinces that its words for the province may mean in the list of 63 and in
// that of 34; both empty: none is named.
type statement struct {
	commune, district said
	old, new          []uint8
}

func (s *statement) province() bool { return len(s.old)+len(s.new) > 0 }

// A reading is one commune that agrees with a statement; both units 0: it is a
// district after all.
type reading struct {
	old  units.Old
	new  units.New
	cost int // letters and marks that differ
	lack int // how much less than complete
}

// ground holds the names of all units.
type ground struct {
	old, new []name
	byWord   map[string][]int // numbers in old, then in new after len(old)
	district map[uint16]spelling
}

type name struct {
	id       uint16
	district uint16 // of an obsolete name: the district it lay in
	former   bool
	spelling
}

func newGround() *ground {
	g := &ground{byWord: map[string][]int{}, district: map[uint16]spelling{}}
	for e := range units.Entries() {
		n := name{id: e.ID, district: e.District, former: e.Alias || e.Obsolete, spelling: spell(e.Name)}
		switch e.Level {
		case units.CommuneOld:
			g.old = append(g.old, n)
		case units.CommuneNew:
			g.new = append(g.new, n)
		case units.District:
			if !n.former {
				g.district[e.ID] = n.spelling
			}
		}
	}
	for i := range g.old {
		g.byWord[g.old[i].letters()] = append(g.byWord[g.old[i].letters()], i)
	}
	for i := range g.new {
		g.byWord[g.new[i].letters()] = append(g.byWord[g.new[i].letters()], len(g.old)+i)
	}
	return g
}

// readings lists what a statement may mean at a cost of at most most.
func (g *ground) readings(s *statement, most int) (list []reading) {
	c, d := spell(s.commune.name), spell(s.district.name)
	try := func(i int) {
		var r reading
		ok := false
		if i < len(g.old) {
			r, ok = g.asOld(&g.old[i], s, c, d, most)
		} else {
			r, ok = g.asNew(&g.new[i-len(g.old)], s, c, d, most)
		}
		if ok {
			list = append(list, r)
		}
	}
	if most == 0 {
		for _, i := range g.byWord[c.letters()] {
			try(i)
		}
	} else {
		for i := range len(g.old) + len(g.new) {
			try(i)
		}
	}
	if s.commune.kinds == 0 && s.district.name == "" {
		list = append(list, g.asDistrict(s, c, most)...)
	}
	return list
}

func (g *ground) asOld(n *name, s *statement, c, d spelling, most int) (r reading, ok bool) {
	o := units.Old(n.id)
	if !s.commune.kinds.allows(o.Kind()) && !n.former {
		return r, false
	}
	r.old = o
	if r.cost = distance(c, n.spelling, most); r.cost > most {
		return r, false
	}
	switch {
	case s.district.name == "":
		r.lack++
	default:
		cost := most + 1
		for _, code := range []uint16{o.District(), o.Was(), n.district} {
			if code != 0 && s.district.kinds.allows(units.DistrictKind(code)) {
				cost = min(cost, distance(d, g.district[code], most))
			}
		}
		if r.cost += cost; r.cost > most {
			return r, false
		}
	}
	switch {
	case !s.province():
		r.lack++
	case slices.Contains(s.old, o.Province()):
	case slices.Contains(s.new, units.ProvinceNewOf(o.Province())):
		r.lack++
	case units.FormerProvince(o.District()) != 0 && slices.Contains(s.old, units.FormerProvince(o.District())):
		r.lack++
	default:
		return r, false
	}
	if n.former {
		r.lack++
	}
	return r, true
}

func (g *ground) asNew(n *name, s *statement, c, d spelling, most int) (r reading, ok bool) {
	u := units.New(n.id)
	if k := s.commune.kinds; !k.allows(u.KindOn(units.NewFrom)) && !k.allows(u.KindOn(units.KindsFrom)) {
		return r, false
	}
	r.new = u
	if r.cost = distance(c, n.spelling, most); r.cost > most {
		return r, false
	}
	provinces := s.new
	if s.district.name != "" {
		cost := most + 1
		if !s.province() { // "xã X, Y": Y may be the province
			cost = distance(d, spell(units.ProvinceName34(u.Province())), most)
		}
		if cost > most {
			r.lack++
			for _, o := range u.Predecessors() {
				cost = min(cost, distance(d, g.district[o.District()], most))
			}
		}
		if r.cost += cost; r.cost > most {
			return r, false
		}
	}
	switch {
	case !s.province():
		if s.district.name == "" {
			r.lack++
		}
	case slices.Contains(provinces, u.Province()):
	case slices.ContainsFunc(u.Predecessors(), func(o units.Old) bool { return slices.Contains(s.old, o.Province()) }):
		r.lack++
	default:
		return r, false
	}
	return r, true
}

// asDistrict reads the only name beside the province as that of a district.
func (g *ground) asDistrict(s *statement, c spelling, most int) (list []reading) {
	for code, n := range g.district {
		if cost := distance(c, n, most); cost <= most && slices.Contains(s.old, units.DistrictProvince(code)) {
			list = append(list, reading{cost: cost})
		}
	}
	return list
}
