package compare

import (
	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/pipeline/record"
)

// generation is how many years lie between a parent and a child at least.
const generation = 12

// Impossible tells of two records that agree too little for a match whether
// they cannot be one citizen at all: no weight of others may join them then. What
// only makes it unlikely is the model's business.
type Impossible struct {
	name, birth    int // offsets in a packed record, -1 if there is none
	father, mother int
}

// NewImpossible binds the constraints to the fields of p; those whose fields a
// record type lacks never speak.
func NewImpossible(p *record.Packing) *Impossible {
	at := func(f record.Field) int {
		if f == record.None {
			return -1
		}
		return p.Offset[f]
	}
	s := p.Schema
	return &Impossible{name: at(s.Name1), birth: at(s.Birth), father: at(s.ByName("father_name")), mother: at(s.ByName("mothername"))}
}

// Judge returns what keeps two records apart, MayJoin if nothing does.
func (m *Impossible) Judge(k *record.Known, a, b uint32) record.Constraint {
	if m.birth < 0 {
		return record.MayJoin
	}
	ra, rb := k.Row(a), k.Row(b)
	da, db := record.Date(ra, m.birth), record.Date(rb, m.birth)
	switch {
	case m.parent(k, ra, rb, da, db), m.parent(k, rb, ra, db, da):
		return record.ApartByParent
	case bornAfter(da, k.CollectedOf(b)), bornAfter(db, k.CollectedOf(a)):
		return record.ApartByBirth
	}
	return record.MayJoin
}

// parent reports whether row b names the person of row a, who bears another
// name than b and is older by a generation, as its father or mother.
func (m *Impossible) parent(k *record.Known, a, b []byte, born, child normalize.Date) bool {
	if m.name < 0 || born.Year() == 0 || child.Year() < born.Year()+generation {
		return false
	}
	name := record.Uint32(a, m.name)
	if name == 0 || name == record.Uint32(b, m.name) {
		return false
	}
	return m.father >= 0 && record.Uint32(b, m.father) == name || m.mother >= 0 && record.Uint32(b, m.mother) == name
}

// bornAfter reports whether a full birth date lies behind the day on which a form
// of somebody was taken.
func bornAfter(born, collected normalize.Date) bool {
	return born.Full() && collected.Full() && born > collected
}
