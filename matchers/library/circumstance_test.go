package library

import (
	"testing"

	"github.com/dusach/dusach/matchers"
)

func TestCircumstance(t *testing.T) {
	for _, c := range []struct {
		name, date, place matchers.Level
		rarity            float32
		want              string
	}{
		{NameExact, DateCompatible, ResidenceDistrict, 11, "common_weak_area"},
		{NameExact, DateDefault, ResidenceProvince, 11, "common_weak_area"},
		{NameBare, DateDigit, ResidenceStreet, 11, "common_weak_near"},
		{NameExact, DateCompatible, ResidenceDistrict, 21, "rare_weak_area"},
		{NameExact, DateSame, ResidenceElse, 11, "common_day_far"},
		{NameExact, DateSame, matchers.Null, 11, "common_day_far"},
		{NameExact, matchers.Null, ResidenceReform, 0, "rare_weak_commune"},
		{NameExact, DateElse, ResidenceHouse, 14.9, "common_other_near"},
		{NameSlipGiven, DateSame, ResidenceStreet, 11, "unlike_day_near"},
		{NameGivenNear, DateElse, ResidenceElse, 11, "unlike_other_wider"},
		{NameElse, DateSame, ResidenceHouse, 11, "null"},
		{matchers.Null, DateSame, ResidenceHouse, 0, "null"},
	} {
		l := matchers.Levels{AtFullName: c.name, AtBirthDate: c.date, AtResidence: c.place}
		if got := CircumstanceComparison.Levels[Circumstance(&l, c.rarity)].Name; got != c.want {
			t.Errorf("name %d, date %d, place %d, %v bits: %s, want %s", c.name, c.date, c.place, c.rarity, got, c.want)
		}
	}
}

// Every level of names, dates and places has a class, and no two meetings of
// classes share a level that says something else.
func TestDerivedLevelsAreDescribed(t *testing.T) {
	used := map[matchers.Level]bool{}
	for name := range FullNameComparison.Levels {
		for date := range BirthDateComparison.Levels {
			for place := range ResidenceComparison.Levels {
				for _, rarity := range []float32{0, 8, 20} {
					l := matchers.Levels{AtFullName: matchers.Level(name), AtBirthDate: matchers.Level(date), AtResidence: matchers.Level(place)}
					used[Circumstance(&l, rarity)] = true
				}
			}
		}
	}
	if len(used) != len(CircumstanceComparison.Levels) || len(used) > matchers.MaxLevels {
		t.Errorf("%d levels are reached, %d described", len(used), len(CircumstanceComparison.Levels))
	}
	for name := range FullNameComparison.Levels {
		for date := range BirthDateComparison.Levels {
			for parents := range ParentsComparison.Levels {
				for home := range HouseholdComparison.Levels {
					l := matchers.Levels{AtFullName: matchers.Level(name), AtBirthDate: matchers.Level(date),
						AtParents: matchers.Level(parents), AtHousehold: matchers.Level(home)}
					if got := Situation(&l); int(got) >= len(SituationComparison.Levels) {
						t.Fatalf("%v: situation %d has no description", l, got)
					}
				}
			}
		}
	}
}
