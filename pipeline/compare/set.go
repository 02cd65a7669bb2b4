package compare

import (
	"fmt"
	"slices"

	"github.com/dusach/dusach/matchers"
	"github.com/dusach/dusach/matchers/library"
	"github.com/dusach/dusach/matchers/model"
	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/normalize/address"
	"github.com/dusach/dusach/pipeline/record"
)

// A Spec names a comparison of the library and the fields that it judges, in
// the order in which the comparison wants them; "" where the record type has no
// such field.
type Spec struct {
	Comparison string
	Fields     []string
}

// FormComparisons are those of the collection form, each at its place in the
// library.
var FormComparisons = []Spec{
	library.AtFullName:     {"full_name", []string{"full_name", "other_name"}},
	library.AtBirthDate:    {"birth_date", []string{"birth_date"}},
	library.AtIdentity:     {"identity", []string{"cccd", "cmnd", "birth_date", "gender", "head_id", "head_name", "full_name"}},
	library.AtPhone:        {"phone", []string{"phone"}},
	library.AtGender:       {"gender", []string{"gender"}},
	library.AtParents:      {"parents", []string{"father_name", "mother_name"}},
	library.AtSpouse:       {"spouse", []string{"spouse_name"}},
	library.AtHousehold:    {"household", []string{"head_name", "head_id", "household_no", "full_name", "father_name", "mother_name", "spouse_name"}},
	library.AtResidence:    {"residence", []string{"permanent_address", "current_address"}},
	library.AtOrigin:       {"origin", []string{"hometown", "birth_place", "birth_registration_place"}},
	library.AtEthnicity:    {"ethnicity", []string{"ethnicity"}},
	library.AtReligion:     {"religion", []string{"religion"}},
	library.AtBlood:        {"blood_type", []string{"blood_type"}},
	library.AtMarital:      {"marital_status", []string{"marital_status"}},
	library.AtSituation:    {"situation", nil},
	library.AtCircumstance: {"circumstance", []string{"full_name", "birth_date", "permanent_address", "current_address"}},
	library.AtEvent:        {"event", []string{"event"}},
	library.AtChange:       {"change", nil},
	library.AtRenown:       {"renown", nil},
	library.AtBearer:       {"bearer", nil},
}

// A Set is a list of comparisons bound to a packing.
type Set struct {
	list   []matchers.Comparison
	bound  []binding
	bites  []biteBinding      // bound, of many pairs at once
	steps  [][]int            // comparisons by cost, the cheapest first; derived ones are in none
	late   []int              // derived comparisons, in order
	derive []model.Derivation // how derived comparisons follow from others
	name   int                // offset of the name whose rarity counts, -1 if none
	ids    int                // place of the comparison of identity numbers, -1 if none
	rarity func(k *normalize.NameKey) float32

	customs  []*custom    // comparisons of a configuration
	perValue []derivation // what they want of each distinct value, see Prepare
}

// A binding judges two packed records. Comparisons that are derived from other
// levels read them from l; rarity is that of the name, in bits, 0 where there is none.
type binding func(k *record.Known, a, b []byte, l *matchers.Levels, rarity float32) matchers.Level

// NewSet binds specs to the fields of p. rarity tells how rare a name is, in
// bits.
func NewSet(specs []Spec, p *record.Packing, rarity func(*normalize.NameKey) float32) (*Set, error) {
	s := &Set{name: -1, ids: -1, rarity: rarity}
	for i, spec := range specs {
		with, ok := comparisons[spec.Comparison]
		if !ok {
			return nil, fmt.Errorf("comparison %q is not in the library", spec.Comparison)
		}
		at, err := offsets(spec, p)
		if err != nil {
			return nil, err
		}
		if spec.Comparison == "identity" {
			s.ids = len(s.list)
		}
		s.list = append(s.list, with.describe)
		s.bind(with.bind(at), with.bites, at)
		s.order(i, &with)
		if spec.Comparison == "full_name" && s.name < 0 {
			s.name = at[0]
		}
	}
	return s, matchers.Check(s.list)
}

// bind adds a comparison, with the form for bites that it may have of its own.
func (s *Set) bind(judge binding, bites func(at []int) biteBinding, at []int) {
	s.bound = append(s.bound, judge)
	if bites != nil {
		s.bites = append(s.bites, bites(at))
	} else {
		s.bites = append(s.bites, oneByOne(judge))
	}
}

func offsets(spec Spec, p *record.Packing) ([]int, error) {
	var at []int
	for _, name := range spec.Fields {
		f := p.Schema.ByName(name)
		if f == record.None || p.Offset[f] < 0 {
			return nil, fmt.Errorf("comparison %q: there is no field %q to compare", spec.Comparison, name)
		}
		at = append(at, p.Offset[f])
	}
	return at, nil
}

// Describe returns the comparisons in order.
func (s *Set) Describe() []matchers.Comparison { return s.list }

// Witness says by which comparison pairs of two people show without labels: two
// numbers of twelve digits are one person's where they are the same or a slip apart,
// and two persons' where they are not alike at all. False where no numbers are
// compared.
func (s *Set) Witness() (w model.Witness, ok bool) {
	if s.ids < 0 {
		return w, false
	}
	w = model.Witness{
		At:     s.ids,
		Agree:  []matchers.Level{library.IDSame, library.IDSlipCMND, library.IDSwapped, library.IDSlip},
		Differ: []matchers.Level{library.IDConflict, library.IDConflictOther},
	}
	for _, d := range s.derive {
		if slices.Contains(d.From, s.ids) {
			w.Derived = append(w.Derived, d)
		}
	}
	return w, true
}

// IdentityAt returns the place of the comparison of identity numbers, -1 where
// there is none.
func (s *Set) IdentityAt() int { return s.ids }

// order puts comparison i among those of its cost, or among the derived ones.
func (s *Set) order(i int, with *known) {
	if !with.describe.Derived {
		for len(s.steps) <= int(with.cost) {
			s.steps = append(s.steps, nil)
		}
		s.steps[with.cost] = append(s.steps[with.cost], i)
		return
	}
	s.late = append(s.late, i)
	if judge := s.bound[i]; with.reads != nil {
		s.derive = append(s.derive, model.Derivation{At: i, From: with.reads, Rarities: with.rarities,
			Judge: func(l *matchers.Levels, rarity float32) matchers.Level { return judge(nil, nil, nil, l, rarity) }})
	}
}

// Compare fills l with the levels of two packed records and returns how rare
// the name is that both bear: of two rarities the lesser, in bits.
func (s *Set) Compare(k *record.Known, a, b []byte, l *matchers.Levels) (rarity float32) {
	*l = matchers.Levels{}
	rarity = s.rarityOf(k, a, b)
	for i, judge := range s.bound {
		l[i] = judge(k, a, b, l, rarity)
	}
	return rarity
}

func (s *Set) rarityOf(k *record.Known, a, b []byte) float32 {
	if s.name < 0 {
		return 0
	}
	x, y := record.Uint32(a, s.name), record.Uint32(b, s.name)
	if x == 0 || y == 0 {
		return 0
	}
	if len(k.Names.Rarity) == len(k.Names.Keys) {
		return min(k.Names.Rarity[x], k.Names.Rarity[y])
	}
	rarity := s.rarity(&k.Names.Keys[x])
	if x != y {
		rarity = min(rarity, s.rarity(&k.Names.Keys[y]))
	}
	return rarity
}

func residence(row []byte, at int) (k address.Key) {
	record.Place(row, at, false, &k)
	return k
}

func origin(row []byte, at int) (k address.Key) {
	record.Place(row, at, true, &k)
	return k
}
