package library

import (
	"fmt"
	"slices"

	"github.com/dusach/dusach/matchers"
)

// A renown is how common the name is that two people share, with how their birth
// dates agree: a common name and one year find strangers everywhere, a rare name
// and one day hardly ever. What rarity is worth bends (beyond some point more of
// it proves no more, for rare names live together), so it is a scale of levels
// and no slope. Like the circumstance it is a function of other levels and of
// the rarity of the name.

// renownSteps are where one level of rarity ends, in bits (Terms.Rarity).
var renownSteps = [...]float32{9, 11, 13, 15, 17, 19, 22}

// Renown derives the level; FullName and BirthDate must have been set. Null where
// the names are not the same or nobody knows how rare they are.
func Renown(l *matchers.Levels, rarity float32) matchers.Level {
	if l[AtFullName] == matchers.Null || nameClass[l[AtFullName]] != nameSame || rarity == 0 {
		return matchers.Null
	}
	band := 0
	for band < len(renownSteps) && rarity >= renownSteps[band] {
		band++
	}
	return matchers.Level(1 + int(dateClass[l[AtBirthDate]])*(len(renownSteps)+1) + band)
}

// RenownRarities returns one rarity of each kind that makes a difference to Renown.
func RenownRarities() []float32 {
	return append([]float32{0, renownSteps[0] - 1}, renownSteps[:]...)
}

// RenownComparison describes the levels of Renown.
var RenownComparison = matchers.Comparison{
	Name: "renown", VI: "Độ phổ biến của tên và ngày sinh", EN: "How common the name is, with the birth date",
	Levels: renownLevels(), Derived: true, Order: renownOrder(),
}

func renownLevels() []matchers.LevelInfo {
	dates := [3][3]string{
		{"day", "cùng ngày sinh", "same birth date"},
		{"close", "ngày sinh gần khớp hoặc thiếu", "birth date close or missing"},
		{"other", "khác ngày sinh", "another birth date"},
	}
	levels := []matchers.LevelInfo{{Name: "null", VI: "thiếu", EN: "missing"}}
	for _, d := range dates {
		for band := range len(renownSteps) + 1 {
			vi, en := fmt.Sprintf("tên dưới 1 trên %d người", people(band)), fmt.Sprintf("a name of less than 1 in %d people", people(band))
			if band == 0 {
				vi, en = fmt.Sprintf("tên từ 1 trên %d người", people(1)), fmt.Sprintf("a name of 1 in %d people or more", people(1))
			}
			levels = append(levels, matchers.LevelInfo{Name: fmt.Sprintf("%s_%d", d[0], people(band)), VI: vi + ", " + d[1], EN: en + ", " + d[2]})
		}
	}
	return levels
}

// people is how many share the most common name of a band; 0 of the first.
func people(band int) int {
	if band == 0 {
		return 0
	}
	return 1 << int(renownSteps[band-1])
}

// renownOrder says that of two names the rarer proves more.
func renownOrder() (chains [][]matchers.Level) {
	bands := len(renownSteps) + 1
	for date := range 3 {
		var chain []matchers.Level
		for band := range bands {
			chain = append(chain, matchers.Level(1+date*bands+band))
		}
		slices.Reverse(chain)
		chains = append(chains, chain)
	}
	return chains
}
