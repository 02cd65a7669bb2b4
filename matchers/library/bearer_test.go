package library

import (
	"testing"

	"github.com/dusach/dusach/matchers"
)

// Numbers that are nearly the same say one thing of one name and another of two.
func TestBearer(t *testing.T) {
	for _, c := range []struct {
		name, id, sex, event matchers.Level
		want                 string
	}{
		{NameExact, IDNeighbour, Same, matchers.Null, "null"},
		{NameSlipGiven, IDSlip, Same, matchers.Null, "null"},
		{NameMiddle, matchers.Null, Same, matchers.Null, "null"}, // may be the short form of one name
		{matchers.Null, IDSame, Same, matchers.Null, "null"},
		{NameGivenOther, IDNeighbour, Same, matchers.Null, "other_near"},
		{NameGivenOther, IDSame, Same, matchers.Null, "other_same"},
		{NameSurnameOnly, matchers.Null, matchers.Null, matchers.Null, "other_none"},
		{NameElse, IDConflict, Same, EventCorrect, "other_none"},
		{NameElse, IDCMNDNeighbour, Different, matchers.Null, "sex_near"},
		{NameElse, IDCMND, Different, matchers.Null, "sex_same"},
		{NameGivenNearName, IDTwoDigits, Same, matchers.Null, "near_near"},
		{NameGivenMarkName, IDHead, Different, matchers.Null, "near_none"},
		{NameGivenOther, IDSlip, Same, EventNameChange, "null"},
		{NameElse, IDSlip, Same, EventNameAndOthers, "null"},
	} {
		l := matchers.Levels{AtFullName: c.name, AtIdentity: c.id, AtGender: c.sex, AtEvent: c.event}
		if got := BearerComparison.Levels[Bearer(&l)].Name; got != c.want {
			t.Errorf("name %d, numbers %d, sex %d, event %d: %s, want %s", c.name, c.id, c.sex, c.event, got, c.want)
		}
	}
}

func TestBearerKnowsEveryLevelOfNumbers(t *testing.T) {
	if len(numberClass) != len(IdentityComparison.Levels) {
		t.Errorf("%d levels of numbers have a class, there are %d", len(numberClass), len(IdentityComparison.Levels))
	}
}
