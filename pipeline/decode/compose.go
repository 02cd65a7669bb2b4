package decode

import (
	"bytes"

	"github.com/dusach/dusach/pipeline/record"
)

// Columns that fields are composed of have slots after the fields, in the
// order of their roles.
const (
	surnamePart    = int(record.RoleSurname) - 1
	middlePart     = int(record.RoleMiddle) - 1
	givenPart      = int(record.RoleGiven) - 1
	dayPart        = int(record.RoleBirthDay) - 1
	monthPart      = int(record.RoleBirthMonth) - 1
	yearPart       = int(record.RoleBirthYear) - 1
	malePart       = int(record.RoleBirthYearMale) - 1
	femalePart     = int(record.RoleBirthYearFemale) - 1
	femaleMark     = int(record.RoleFemaleMark) - 1
	firstIdentity  = int(record.RoleIdentity) - 1
	secondIdentity = int(record.NumRoles) - 1
	numParts       = int(record.NumRoles)
)

var (
	male   = []byte("Nam")
	female = []byte("Nữ")
)

// compose fills the fields that the source has in parts. A field that has a
// column of its own keeps it.
func (s *Stage) compose() {
	if !s.schema.IsForm() {
		return
	}
	part := s.slots[len(s.schema.Fields):]
	if isEmpty(s.slots[record.FullName]) {
		s.slots[record.FullName] = s.join(" ", part[surnamePart], part[middlePart], part[givenPart])
	}
	s.composeBirth(part)
	s.placeIdentity(part[firstIdentity])
	s.placeIdentity(part[secondIdentity])
}

// join puts the parts of a value together.
func (s *Stage) join(between string, parts ...[]byte) []byte {
	start := len(s.arena)
	for _, p := range parts {
		if p = bytes.Trim(p, " \t\r\n"); len(p) == 0 { // other spaces may be letters of an old encoding
			continue
		}
		if len(s.arena) > start {
			s.arena = append(s.arena, between...)
		}
		s.arena = append(s.arena, p...)
	}
	return s.arena[start:len(s.arena):len(s.arena)]
}

// composeBirth puts a date together whose parts have columns of their own, or
// reads a year from its own column or from the columns of men and women, which say the gender as well. A mark there says the gender alone;
// in a column that marks women, no mark means a man.
func (s *Stage) composeBirth(part []slot) {
	birth, gender := &s.slots[record.BirthDate], &s.slots[record.Gender]
	fill := func(at *slot, v []byte) {
		if isEmpty(*at) {
			*at = v
		}
	}
	if day := part[dayPart]; digits(day) > 2 {
		fill(birth, day) // the whole date under "Ngày sinh"
	}
	if month := part[monthPart]; !isEmpty(month) {
		fill(birth, s.join("/", part[dayPart], month, part[yearPart]))
	}
	fill(birth, part[yearPart])
	for p, sex := range [...][]byte{malePart: male, femalePart: female} {
		v := part[p]
		if sex == nil || isEmpty(v) {
			continue
		}
		fill(gender, sex)
		if digits(v) >= 2 {
			fill(birth, v)
		}
	}
	if mark := part[femaleMark]; !isEmpty(mark) {
		if bytes.EqualFold(bytes.TrimSpace(mark), male) {
			fill(gender, mark)
		}
		fill(gender, female)
	} else if s.marksWomen {
		fill(gender, male)
	}
}

// placeIdentity puts a number from a column for both kinds where its length
// says: nine digits are an old card. If that place is taken it goes to the
// other.
func (s *Stage) placeIdentity(v []byte) {
	if isEmpty(v) {
		return
	}
	first, other := record.CCCD, record.CMND
	if digits(v) == 9 {
		first, other = other, first
	}
	if isEmpty(s.slots[first]) {
		s.slots[first] = v
	} else if isEmpty(s.slots[other]) {
		s.slots[other] = v
	}
}

func isEmpty(v []byte) bool { return len(bytes.TrimSpace(v)) == 0 }

func digits(v []byte) int {
	n := 0
	for _, b := range v {
		if b >= '0' && b <= '9' {
			n++
		}
	}
	return n
}
