package report

import (
	"slices"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// A counter is one number that is kept for every place.
type counter int

// The counters. Those of the cross-checks lie in pairs, in the order of
// crossChecks.
const (
	forms counter = iota
	formErrors
	idGender
	idGenderOf
	idYear
	idYearOf
	idProvince
	idProvinceOf
	values  // clean values, without the key
	changed // of them, those that came otherwise
	emptied // values that came and were not kept
	derived // clean values that did not come
	citizens
	citizenErrors
	doubtful
	items
	complete
	clusterForms
	merged
	inHousehold
	withHead
	withCommune
	unplaced
	living
	undated
	seenLately
	veryOld
	oldStale
	deaths
	deathsOf
	numCounters
)

// A place is a commune, or what is in a province without a known commune.
type place struct {
	key   uint32
	n     [numCounters]uint64
	codes [reason.NumCodes]uint64
	days  dayCounts
}

// A key is a commune's code as a number, or noCommune plus the number of a
// province.
const (
	noCommune = 100_000
	numKeys   = noCommune + 100
)

// slot returns the index of the place of a key.
func (t *Tally) slot(key uint32) uint32 {
	s := t.slots[key]
	if s == 0 {
		t.counted = append(t.counted, place{key: key})
		s = uint32(len(t.counted))
		t.slots[key] = s
	}
	return s - 1
}

// placeForms finds the place of each form: the commune of the permanent, else
// of the current address; where only the former commune is known, its province.
func (t *Tally) placeForms(r *record.FormRows) {
	for i := range r.N {
		key := communeOf(r.Clean, t.cols.formPermanent.anew, t.cols.formCurrent.anew, i)
		if t.places.province(key) == 0 {
			old := communeOf(r.Clean, t.cols.formPermanent.old, t.cols.formCurrent.old, i)
			key = noCommune + uint32(t.places.former[old])
		}
		t.at[i] = t.slot(key)
	}
}

// placeCitizens finds the place of each citizen: the province that was given,
// and the commune where it lies in that province.
func (t *Tally) placeCitizens(r *record.CitizenRows) {
	for i := range r.N {
		province := uint32(r.Province[i]) % 100
		key := noCommune + province
		c := communeOf(r.Clean, t.cols.citizenPermanent.anew, t.cols.citizenCurrent.anew, i)
		if province != 0 && t.places.province(c) == uint8(province) {
			key = c
		}
		t.at[i] = t.slot(key)
	}
}

// communeOf reads the commune code of a row as a number, 0 where there is none.
func communeOf(cols []record.Text, permanent, current, i int) uint32 {
	if has(cols, permanent, i) {
		return number(cols[permanent].At(i))
	}
	if has(cols, current, i) {
		return number(cols[current].At(i))
	}
	return 0
}

func number(code []byte) uint32 {
	n := uint32(0)
	if len(code) != 5 {
		return 0
	}
	for _, c := range code {
		if c < '0' || c > '9' {
			return 0
		}
		n = 10*n + uint32(c-'0')
	}
	return n
}

// An addressColumns names the columns of an address field; -1 where absent.
type addressColumns struct{ old, anew, candidates int }

// columns are the columns that measures are taken from, in forms and, as
// positions in CitizenRows.Clean, in citizens; -1 where the schema has none.
type columns struct {
	office, number                        int
	against                               [len(crossChecks)]int
	formPermanent, formCurrent            addressColumns
	citizenPermanent, citizenCurrent      addressColumns
	birth                                 int
	household, headName, headID, relation int
	mandatory                             []int
}

// mandatoryItems are the items of form DC01 that a usable record must have
// (circular 66/2015/TT-BCA, filling guides).
var mandatoryItems = []record.Field{
	record.FullName, record.BirthDate, record.Gender, record.BirthRegistrationPlace, record.Hometown,
	record.Ethnicity, record.Nationality, record.PermanentAddress,
}

func findColumns(s *record.Schema) columns {
	form := func(f record.Field) int {
		if f == record.None {
			return -1
		}
		return s.ColumnOf[f]
	}
	golden := func(f record.Field) int { return slices.Index(s.CitizenColumns, form(f)) }
	permanent, current := s.ByName("permanent_address"), s.ByName("current_address")
	if permanent == record.None {
		permanent = s.Residence
	}
	c := columns{
		office: form(s.ByName("office_code")), number: form(s.Number),
		against:   [...]int{form(s.Sex), form(s.Birth), form(s.BirthPlaceField)},
		birth:     golden(s.Birth),
		household: golden(s.ByName("household_no")), headName: golden(s.ByName("head_name")),
		headID: golden(s.ByName("head_id")), relation: golden(s.ByName("relation_to_head")),
	}
	c.formPermanent, c.citizenPermanent = addressOf(s, permanent)
	c.formCurrent, c.citizenCurrent = addressOf(s, current)
	for f := range s.Fields {
		if s.IsForm() && !slices.Contains(mandatoryItems, record.Field(f)) || s.Fields[f].Sheet {
			continue
		}
		if k := golden(record.Field(f)); k >= 0 {
			c.mandatory = append(c.mandatory, k)
		}
	}
	return c
}

// addressOf returns the columns of an address in forms and in citizens.
func addressOf(s *record.Schema, f record.Field) (form, golden addressColumns) {
	form = addressColumns{-1, -1, -1}
	golden = form
	if f == record.None {
		return form, golden
	}
	for i, c := range s.Columns {
		if c.Field != f {
			continue
		}
		k := slices.Index(s.CitizenColumns, i)
		switch c.Part {
		case record.PartOldCode:
			form.old, golden.old = i, k
		case record.PartNewCode:
			form.anew, golden.anew = i, k
		case record.PartNewCandidates:
			form.candidates, golden.candidates = i, k
		}
	}
	return form, golden
}
