package library

import (
	"github.com/dusach/dusach/matchers"
	"github.com/dusach/dusach/normalize"
)

// kin is how far the names of two relatives agree.
type kin uint8

const (
	kinNone   kin = iota // one side does not say
	kinAgree             // the same name, lost marks and variants included
	kinSlight            // the same name damaged or shortened
	kinOther             // another person
)

var kinOf = [...]kin{
	matchers.Null: kinNone,
	NameExact:     kinAgree, NameBare: kinAgree, NameLostPart: kinAgree, NameVariant: kinAgree, NameReordered: kinAgree,
	NameShortened: kinSlight, NameSlip: kinSlight, NameSlipGiven: kinSlight, NameDamaged: kinSlight, NameMark: kinSlight,
	NameGivenMarkMissing: kinSlight, NameGivenMark: kinSlight, NameGivenEar: kinSlight, NameGivenNear: kinOther,
	NameAlias: kinAgree, NameInitials: kinSlight, NameGivenInitial: kinSlight, NameGivenMissingName: kinSlight, NameGivenMarkName: kinSlight, NameGivenEarName: kinOther, NameGivenNearName: kinOther,
	NameMiddle: kinOther, NameSurname: kinOther, NameGivenOther: kinOther, NameGivenOnly: kinOther,
	NameSurnameOnly: kinOther, NameElse: kinOther, NameSwapped: kinSlight, NameAlone: kinSlight,
}

func relative(a, b *normalize.NameKey) kin { return kinOf[FullName(a, b)] }

// Levels of the parents.
const (
	ParentsBoth       matchers.Level = iota + 1 // father and mother agree
	ParentsBothSlight                           // both agree, with slips
	ParentsOne                                  // one agrees, the other is missing
	ParentsOneSlight                            // one agrees with slips, the other is missing
	ParentsMixed                                // one agrees, the other is another person
	ParentsOther                                // one is another person, the other missing
	ParentsBothOther                            // both are other persons
	ParentsCrossed                              // father and mother change places
)

// ParentsComparison describes the levels of Parents.
var ParentsComparison = matchers.Comparison{
	Name: "parents", VI: "Cha, mẹ", EN: "Parents", Shared: true,
	Levels: []matchers.LevelInfo{
		{Name: "null", VI: "thiếu", EN: "missing"},
		{Name: "both", VI: "giống cả cha và mẹ", EN: "both agree"},
		{Name: "both_slight", VI: "giống cả hai, có sai sót nhỏ", EN: "both agree, with slips"},
		{Name: "one", VI: "giống một người, thiếu người kia", EN: "one agrees, the other is missing"},
		{Name: "one_slight", VI: "gần giống một người, thiếu người kia", EN: "one agrees with slips, the other is missing"},
		{Name: "mixed", VI: "giống một người, khác người kia", EN: "one agrees, the other differs"},
		{Name: "other", VI: "khác một người, thiếu người kia", EN: "one differs, the other is missing"},
		{Name: "both_other", VI: "khác cả hai", EN: "both differ"},
		{Name: "crossed", VI: "đổi chỗ cha và mẹ", EN: "father and mother change places"},
	},
	Order: [][]matchers.Level{
		{ParentsBoth, ParentsOne, matchers.Null, ParentsOther, ParentsBothOther},
		{ParentsBoth, ParentsBothSlight, ParentsOneSlight, matchers.Null},
		{ParentsOne, ParentsOneSlight}, {ParentsBoth, ParentsCrossed, ParentsBothOther},
		{ParentsOne, ParentsMixed, ParentsBothOther},
	},
}

var parentLevel = [4][4]matchers.Level{
	kinNone:   {matchers.Null, ParentsOne, ParentsOneSlight, ParentsOther},
	kinAgree:  {ParentsOne, ParentsBoth, ParentsBothSlight, ParentsMixed},
	kinSlight: {ParentsOneSlight, ParentsBothSlight, ParentsBothSlight, ParentsMixed},
	kinOther:  {ParentsOther, ParentsMixed, ParentsMixed, ParentsBothOther},
}

// Parents compares father with father and mother with mother, as one fact.
func Parents(fatherA, motherA, fatherB, motherB *normalize.NameKey) matchers.Level {
	father, mother := relative(fatherA, fatherB), relative(motherA, motherB)
	if father != kinAgree && mother != kinAgree && father+mother != 0 &&
		relative(fatherA, motherB) == kinAgree && relative(motherA, fatherB) == kinAgree {
		return ParentsCrossed
	}
	return parentLevel[father][mother]
}

// Levels of the spouse.
const (
	SpouseSame   matchers.Level = iota + 1
	SpouseSlight                // the same name with slips
	SpouseElse
)

// SpouseComparison describes the levels of Spouse.
var SpouseComparison = matchers.Comparison{
	Name: "spouse", VI: "Vợ hoặc chồng", EN: "Spouse",
	Levels: []matchers.LevelInfo{
		{Name: "null", VI: "thiếu", EN: "missing"},
		{Name: "same", VI: "giống", EN: "same"},
		{Name: "slight", VI: "gần giống", EN: "same with slips"},
		{Name: "else", VI: "khác", EN: "different"},
	},
	Order: [][]matchers.Level{{SpouseSame, SpouseSlight, matchers.Null, SpouseElse}},
}

// Spouse compares the names of two spouses.
func Spouse(a, b *normalize.NameKey) matchers.Level { return matchers.Level(relative(a, b)) }
