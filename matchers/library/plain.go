package library

import (
	"github.com/dusach/dusach/matchers"
	"github.com/dusach/dusach/matchers/similarity"
	"github.com/dusach/dusach/normalize"
)

// Levels of a phone number.
const (
	PhoneSame matchers.Level = iota + 1
	PhoneSlip                // one digit off, or two neighbours swapped
	PhoneElse
)

// Levels of a value out of a short list.
const (
	Same      matchers.Level = iota + 1
	Different                // the lists' values exclude each other
)

// PhoneComparison describes the levels of Phone.
var PhoneComparison = matchers.Comparison{
	Name: "phone", VI: "Số điện thoại", EN: "Phone",
	Levels: []matchers.LevelInfo{
		{Name: "null", VI: "thiếu", EN: "missing"},
		{Name: "same", VI: "trùng số", EN: "same number"},
		{Name: "slip", VI: "sai một chữ số", EN: "one digit off"},
		{Name: "else", VI: "khác số", EN: "another number"},
	},
	Order: [][]matchers.Level{{PhoneSame, PhoneSlip, matchers.Null, PhoneElse}},
}

// Phone compares two national numbers without the leading 0; 0 is none.
func Phone(a, b uint64) matchers.Level {
	switch {
	case a == 0 || b == 0:
		return matchers.Null
	case a == b:
		return PhoneSame
	}
	if off, swapped := similarity.Digits(a, b); off == 1 || swapped {
		return PhoneSlip
	}
	return PhoneElse
}

// GenderComparison describes the levels of Gender.
var GenderComparison = code("gender", "Giới tính", "Gender")

// Gender compares two genders.
func Gender(a, b normalize.Gender) matchers.Level { return Code(uint8(a), uint8(b)) }

// Comparisons of values out of short lists, for Code.
var (
	EthnicityComparison = code("ethnicity", "Dân tộc", "Ethnicity")
	BloodComparison     = code("blood_type", "Nhóm máu", "Blood type")
	MaritalComparison   = code("marital_status", "Tình trạng hôn nhân", "Marital status")
)

func code(name, vi, en string) matchers.Comparison {
	shared := name == "ethnicity"
	return matchers.Comparison{Name: name, VI: vi, EN: en, Shared: shared, Levels: []matchers.LevelInfo{
		{Name: "null", VI: "thiếu", EN: "missing"},
		{Name: "same", VI: "giống", EN: "same"},
		{Name: "different", VI: "khác", EN: "different"},
	}, Order: [][]matchers.Level{{Same, matchers.Null, Different}}}
}

// Code compares two codes of a short list; 0 is unknown.
func Code(a, b uint8) matchers.Level {
	switch {
	case a == 0 || b == 0:
		return matchers.Null
	case a == b:
		return Same
	}
	return Different
}

// Levels of the religion. "None" is what offices write where nobody was asked,
// so it neither proves much nor contradicts a faith.
const (
	ReligionSame      matchers.Level = iota + 1 // one faith
	ReligionNone                                // none on both
	ReligionOneNone                             // a faith, and none
	ReligionDifferent                           // two faiths
)

// ReligionComparison describes the levels of Religion.
var ReligionComparison = matchers.Comparison{
	Name: "religion", VI: "Tôn giáo", EN: "Religion", Shared: true,
	Levels: []matchers.LevelInfo{
		{Name: "null", VI: "thiếu", EN: "missing"},
		{Name: "same", VI: "cùng tôn giáo", EN: "same faith"},
		{Name: "none", VI: "đều ghi không", EN: "none on both"},
		{Name: "one_none", VI: "một bên ghi không", EN: "none on one side"},
		{Name: "different", VI: "khác tôn giáo", EN: "another faith"},
	},
	Order: [][]matchers.Level{{ReligionSame, ReligionNone, ReligionOneNone, ReligionDifferent}, {ReligionSame, matchers.Null, ReligionOneNone}},
}

// Religion compares two religions, codes of normalize.ParseReligion.
func Religion(a, b uint8) matchers.Level {
	const none = 99
	switch {
	case a == 0 || b == 0:
		return matchers.Null
	case a == b && a == none:
		return ReligionNone
	case a == b:
		return ReligionSame
	case a == none || b == none:
		return ReligionOneNone
	}
	return ReligionDifferent
}
