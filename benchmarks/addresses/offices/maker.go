package offices

import (
	"math/rand/v2"
	"strings"

	"github.com/dusach/dusach/normalize/units"
)

// A Sample is one address and what it means.
type Sample struct {
	Text  string
	Habit string // how the office writes
	Noise string // what happened to the text
	Old   units.Old
	New   units.New // with Old 0 or for texts that name both editions
	// Whether the text tells the commune in each edition, see the package.
	OldKnown, NewKnown bool
}

// A Maker makes samples; the same seed gives the same ones.
type Maker struct {
	*rand.Rand
	ground *ground
	total  int
}

// New returns a maker.
func New(seed uint64) *Maker {
	m := &Maker{Rand: rand.New(rand.NewPCG(seed, 0x0ff1ce)), ground: newGround()}
	for _, h := range habits {
		m.total += h.weight
	}
	return m
}

func (m *Maker) chance(p float64) bool { return m.Float64() < p }

func pick[T any](m *Maker, of ...T) T { return of[m.IntN(len(of))] }

// A role is what a piece of text is.
type role uint8

const (
	local role = iota
	keyword
	communeName
	districtName
	provinceName
	separator
	remark
)

type piece struct {
	role role
	text string
}

// A draft is an address in the making.
type draft struct {
	old    units.Old
	new    units.New
	pieces []piece
	says   statement
	both   bool // both editions are written out
}

// Sample makes the next address.
func (m *Maker) Sample() Sample {
	at := m.IntN(m.total)
	h := &habits[0]
	for i := range habits {
		if h = &habits[i]; at < h.weight {
			break
		}
		at -= h.weight
	}
	d := &draft{}
	h.write(m, d)
	noise := m.spoil(d, h)
	s := Sample{Habit: h.name, Noise: noise.name, Old: d.old, New: d.new}
	var b strings.Builder
	for _, p := range d.pieces {
		b.WriteString(p.text)
	}
	s.Text = b.String()
	m.judge(d, &s, noise.reversible)
	if noise.after != nil {
		s.Text = noise.after(m, s.Text)
	}
	return s
}

// judge asks the tables what the text tells.
func (m *Maker) judge(d *draft, s *Sample, reversible bool) {
	if d.both { // each edition is written out, and the one follows from the other
		s.OldKnown, s.NewKnown = true, true
		return
	}
	if !reversible {
		for _, p := range d.pieces {
			switch p.role {
			case communeName:
				d.says.commune.name = p.text
			case districtName:
				d.says.district.name = p.text
			}
		}
	}
	most := m.ground.costOf(d)
	all := m.ground.readings(&d.says, most)
	truth, found := reading{}, false
	for _, r := range all {
		if (d.old != 0 && r.old == d.old || d.old == 0 && r.old == 0 && r.new == d.new && d.new != 0) && (!found || r.lack < truth.lack) {
			truth, found = r, true
		}
	}
	if !found {
		return
	}
	s.OldKnown, s.NewKnown = d.old != 0, true
	for _, r := range all {
		unsure := d.says.commune.kinds == 0 && r.old != 0 && r.lack == 1 // "X, Y": which edition?
		if r.cost > truth.cost || r.lack > truth.lack && !unsure {
			continue
		}
		if d.old == 0 {
			s.NewKnown = s.NewKnown && (r.new == d.new || r.old != 0 && sole(r.old) == d.new)
			continue
		}
		s.OldKnown = s.OldKnown && (r.old == d.old || r.new != 0 && r.lack == truth.lack && units.Follows(d.old, r.new))
		s.NewKnown = s.NewKnown && sameFate(d.old, r)
	}
}

// sameFate reports whether a reading ends in a unit that received a part of o,
// whatever part of it is meant.
func sameFate(o units.Old, r reading) bool {
	if r.old == o {
		return true
	}
	if r.new != 0 {
		return units.Follows(o, r.new)
	}
	return r.old != 0 && units.Follows(o, sole(r.old))
}

// sole returns the unit that all of o went into, 0 when it was split.
func sole(o units.Old) units.New {
	if n := units.NewOf(o); len(n) == 1 {
		return n[0]
	}
	return 0
}

// costOf returns what the truth costs itself: what slips took from its names.
func (g *ground) costOf(d *draft) int {
	const most = 4
	commune := d.old.Name()
	if d.old == 0 {
		commune = d.new.Name()
	}
	cost := distance(spell(d.says.commune.name), spell(commune), most)
	if d.says.district.name != "" && d.old != 0 {
		cost += distance(spell(d.says.district.name), g.district[d.old.District()], most)
	}
	return cost
}
