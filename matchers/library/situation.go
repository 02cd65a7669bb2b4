package library

import "github.com/dusach/dusach/matchers"

// A situation is what family, name and birth date say together. Siblings share
// the family, twins the birth date too, a father and his namesake son the name;
// no sum over single fields tells them from one person, since each field by
// itself agrees. The level is a function of other levels, so it adds no new
// evidence, only what they mean jointly.

// Classes of a full name.
const (
	nameSame   = iota // one name, marks or middle words apart
	nameFlawed        // one name with slips of the pen
	nameClose         // another given name that is near
	nameOther
)

// Classes of a birth date.
const (
	dateSame  = iota
	dateClose // compatible or one slip away, or not known
	dateOther
)

// Classes of a family: parents, spouse and household.
const (
	familySame = iota
	familyUnknown
	familyOther
)

var nameClass = [...]uint8{
	NameExact: nameSame, NameBare: nameSame, NameLostPart: nameSame, NameVariant: nameSame, NameReordered: nameSame,
	NameShortened: nameSame, NameSlip: nameFlawed, NameSlipGiven: nameFlawed, NameDamaged: nameFlawed, NameMark: nameFlawed,
	NameGivenMarkMissing: nameClose, NameGivenMark: nameClose, NameGivenEar: nameClose, NameGivenNear: nameClose,
	NameMiddle: nameClose, NameSurname: nameClose,
	NameAlias: nameSame, NameInitials: nameFlawed, NameGivenInitial: nameClose, NameGivenMissingName: nameClose, NameGivenMarkName: nameClose, NameGivenEarName: nameClose, NameGivenNearName: nameClose, NameGivenOther: nameOther, NameGivenOnly: nameOther,
	NameSurnameOnly: nameOther, NameElse: nameOther, NameSwapped: nameClose, NameAlone: nameFlawed,
}

var dateClass = [...]uint8{
	matchers.Null: dateClose, DateSame: dateSame, DateSameDefault: dateClose, DateCompatible: dateClose, DateDefault: dateClose,
	DateSwapped: dateClose, DateDigit: dateClose, DateYearDigit: dateClose, DateDecade: dateClose, DateLunar: dateClose,
	DateTwoDigits: dateOther, DateSameYear: dateOther, DateYearNear: dateOther, DateDayMonth: dateOther,
	DateElse: dateOther, DateGeneration: dateOther,
}

// votes on the family: +2 the same for certain, +1 likely, −1 another.
var (
	parentVote = [...]int8{matchers.Null: 0, ParentsBoth: 2, ParentsBothSlight: 2, ParentsOne: 2, ParentsOneSlight: 1,
		ParentsMixed: 1, ParentsOther: -1, ParentsBothOther: -2, ParentsCrossed: 2}
	homeVote = [...]int8{matchers.Null: 0, HomeSame: 2, HomeNumber: 2, HomeHeadID: 2, HomeHead: 1, HomeHeadSlight: 1,
		HomeNumberSlip: 1, HomeHeadMoved: 1, HomeNumberOther: 0, HomeElse: -1, HomeBothOther: -1,
		HomeBothHeads: 0, HomeHeadsOther: 0, HomeOneHead: -1, HomeHeadKin: 1, HomeElseKin: -1}
)

// Situation derives the joint level; FullName, BirthDate, Parents and Household
// must have been set. Null when there is no name to compare.
func Situation(l *matchers.Levels) matchers.Level {
	if l[AtFullName] == matchers.Null {
		return matchers.Null
	}
	family := familyUnknown
	switch vote := parentVote[l[AtParents]] + homeVote[l[AtHousehold]]; {
	case vote > 0:
		family = familySame
	case vote < 0:
		family = familyOther
	}
	name, date := int(nameClass[l[AtFullName]]), int(dateClass[l[AtBirthDate]])
	if name == nameOther || family == familyOther {
		date = min(date, dateClose) // among two names or families, only the same day matters
	}
	if family == familyOther {
		return matchers.Level(1 + 2*situations + name*2 + date)
	}
	return matchers.Level(1 + family*situations + name*3 + date)
}

// situations is how many levels the first two family classes have: three dates
// for each of three names, two for another name. The last has two dates a name.
const situations = 11

// SituationComparison describes the levels of Situation, named family, name, date.
var SituationComparison = matchers.Comparison{
	Name: "situation", VI: "Xét chung gia đình, tên, ngày sinh", EN: "Family, name and birth date together",
	Levels: situationLevels(), Derived: true,
}

func situationLevels() []matchers.LevelInfo {
	families := [3][3]string{
		{"kin", "cùng gia đình", "same family"},
		{"unknown", "không rõ gia đình", "family not known"},
		{"strangers", "khác gia đình", "another family"},
	}
	names := [4][3]string{
		{"name", "cùng tên", "same name"},
		{"flawed", "tên có sai sót", "name with slips"},
		{"close", "tên gần giống", "a near name"},
		{"other", "tên khác", "another name"},
	}
	dates := [3][3]string{
		{"day", "cùng ngày sinh", "same birth date"},
		{"close", "ngày sinh gần khớp hoặc thiếu", "birth date close or missing"},
		{"other", "khác ngày sinh", "another birth date"},
	}
	levels := []matchers.LevelInfo{{Name: "null", VI: "thiếu", EN: "missing"}}
	for k, f := range families {
		for n, name := range names {
			for d, date := range dates {
				if d == dateOther && (n == nameOther || k == familyOther) {
					continue
				}
				if d == dateClose && (n == nameOther || k == familyOther) {
					date = [3]string{"other", "khác hoặc không rõ ngày sinh", "birth date not the same"}
				}
				levels = append(levels, matchers.LevelInfo{
					Name: f[0] + "_" + name[0] + "_" + date[0],
					VI:   f[1] + ", " + name[1] + ", " + date[1],
					EN:   f[2] + ", " + name[2] + ", " + date[2],
				})
			}
		}
	}
	return levels
}
