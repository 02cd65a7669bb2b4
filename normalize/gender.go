package normalize

import "github.com/dusach/dusach/normalize/reason"

// Gender is a person's gender as the forms know it.
type Gender uint8

// The genders, coded as in QCVN 109.
const (
	GenderUnknown Gender = iota
	Male
	Female
)

// String returns "Nam", "Nữ" or "".
func (g Gender) String() string {
	switch g {
	case Male:
		return "Nam"
	case Female:
		return "Nữ"
	}
	return ""
}

// ParseGender reads a gender cell: Nam, Nữ, M, F, 1, 2 and the like. An empty
// cell has GENDER_MISSING, one that cannot be read GENDER_INVALID.
func ParseGender(raw []byte) (Gender, reason.Set) {
	var buf [32]byte
	f := AppendFold(buf[:0], raw)
	switch string(f) {
	case "":
		return GenderUnknown, reason.Of(reason.GenderMissing)
	case "nam", "m", "male", "trai", "1":
		return Male, reason.Set{}
	case "nu", "f", "female", "gai", "2", "n u":
		return Female, reason.Set{}
	case "0", "khac", "khong ro", "chua ro", "k ro", "ko ro":
		return GenderUnknown, reason.Of(reason.GenderMissing)
	}
	return GenderUnknown, reason.Of(reason.GenderInvalid)
}
