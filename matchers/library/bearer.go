package library

import "github.com/dusach/dusach/matchers"

// A bearer is what the numbers and the sex say of two forms that bear clearly
// other names. Numbers that are nearly the same were misread where the name is
// one, and were issued in one visit where it is not: twins have neighbouring
// personal numbers, husband and wife neighbouring old ones. And where no number is
// the same, all that agrees beside another name is the family's. Like the
// situation it is a function of other levels.

// Classes of numbers beside another name.
const (
	numberSame = iota
	numberNear
	numberNone // none to compare, or others
)

var numberClass = [...]uint8{
	matchers.Null: numberNone, IDSame: numberSame, IDSlipCMND: numberSame, IDCMND: numberSame, IDMixed: numberSame,
	IDSwapped: numberNear, IDSlip: numberNear, IDNeighbour: numberNear, IDTwoDigits: numberNear, IDCMNDSlip: numberNear,
	IDCMNDNeighbour: numberNear, IDConflictNear: numberNear,
	IDConflict: numberNone, IDConflictOther: numberNone, IDConflictDoubtful: numberNone, IDCMNDConflict: numberNone, IDHead: numberNone,
}

// Levels of a bearer: another name and another sex, another name, a near name that
// is as usual; each by the class of the numbers.
const (
	bearerSex   = 1
	bearerOther = bearerSex + 3
	bearerNear  = bearerOther + 3
)

// nearNames are the levels of two near given names that both are in use: those of
// twins and siblings more often than slips of one.
var nearNames = [NameAlone + 1]bool{NameGivenMarkName: true, NameGivenEarName: true, NameGivenNearName: true}

// Bearer derives the level; FullName, Identity, Gender and Event must have been set.
// Null where the names may be one, or a form reports that it was changed.
func Bearer(l *matchers.Levels) matchers.Level {
	name, number := l[AtFullName], matchers.Level(numberClass[l[AtIdentity]])
	switch {
	case l[AtEvent] == EventNameChange || l[AtEvent] == EventNameAndOthers:
		return matchers.Null
	case nearNames[name]:
		return bearerNear + number
	case name == matchers.Null || nameClass[name] != nameOther:
		return matchers.Null
	case l[AtGender] == Different:
		return bearerSex + number
	}
	return bearerOther + number
}

// BearerComparison describes the levels of Bearer, named name, number.
var BearerComparison = matchers.Comparison{
	Name: "bearer", VI: "Khác tên, xét cùng số và giới", EN: "Another name, with numbers and sex",
	Levels: bearerLevels(), Derived: true,
	Order: [][]matchers.Level{
		{bearerSex + numberSame, bearerSex + numberNear, bearerSex + numberNone},
		{bearerOther + numberSame, bearerOther + numberNear}, {bearerNear + numberSame, bearerNear + numberNear},
		{bearerOther + numberNone, bearerSex + numberNone}, {bearerOther + numberNear, bearerSex + numberNear},
	},
}

func bearerLevels() []matchers.LevelInfo {
	names := [3][3]string{
		{"sex", "tên khác, giới khác", "another name and sex"},
		{"other", "tên khác", "another name"},
		{"near", "tên gần giống, đều là tên thường gặp", "a near name, both usual"},
	}
	numbers := [3][3]string{
		{"same", "trùng số", "a number is the same"},
		{"near", "số gần giống", "numbers nearly the same"},
		{"none", "không có số trùng", "no number is the same"},
	}
	levels := []matchers.LevelInfo{{Name: "null", VI: "thiếu", EN: "missing"}}
	for _, name := range names {
		for _, number := range numbers {
			levels = append(levels, matchers.LevelInfo{Name: name[0] + "_" + number[0], VI: name[1] + ", " + number[1], EN: name[2] + ", " + number[2]})
		}
	}
	return levels
}
