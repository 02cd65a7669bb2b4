package library

import (
	"testing"

	"github.com/dusach/dusach/matchers"
	"github.com/dusach/dusach/normalize"
)

func TestChangeSaysWhatAnEventExplains(t *testing.T) {
	for _, c := range []struct {
		name, date, id matchers.Level
		a, b           normalize.LifeEvent
		want           string
	}{
		{NameGivenOther, DateSame, matchers.Null, normalize.EventNameChange, normalize.NoEvent, "name_given_day"},
		{NameGivenOther, DateSame, matchers.Null, normalize.NoEvent, normalize.NoEvent, "null"},
		{NameMiddle, DateCompatible, matchers.Null, normalize.NoEvent, normalize.EventNameChange, "name_near_close"},
		{NameElse, DateElse, IDSame, normalize.EventNameChange, normalize.EventMove, "name_other_other"},
		{NameExact, DateSame, IDSame, normalize.EventNameChange, normalize.EventNameChange, "name_kept"},
		{NameExact, DateYearDigit, IDConflictOther, normalize.EventCorrect, normalize.EventBirth, "correct_id_close"},
		{NameExact, DateYearDigit, matchers.Null, normalize.EventCorrect, normalize.EventIDIssued, "correct_close"},
		{NameElse, DateSame, matchers.Null, normalize.EventCorrect, normalize.EventNameChange, "name_other_day"},
		{NameExact, DateSame, IDConflictOther, normalize.EventCorrect, normalize.EventNameChange, "correct_id_day"},
		{NameExact, DateSame, IDConflict, normalize.EventCorrect, normalize.NoEvent, "correct_id_alike"},
		{NameExact, DateCompatible, IDConflictOther, normalize.EventCorrect, normalize.NoEvent, "correct_id_weak"},
		{NameExact, DateCompatible, IDConflict, normalize.EventCorrect, normalize.NoEvent, "correct_id_weak"},
		{NameExact, matchers.Null, IDCMNDConflict, normalize.NoEvent, normalize.EventCorrect, "correct_id_weak"},
		{NameGivenOther, DateSame, matchers.Null, normalize.EventCorrect, normalize.NoEvent, "correct_named_otherwise"},
		{NameExact, DateSame, IDCMNDConflict, normalize.EventIDIssued, normalize.NoEvent, "id_conflict"},
		{NameElse, DateSame, IDConflict, normalize.EventIDIssued, normalize.NoEvent, "id_conflict_other"},
		{NameExact, DateSame, IDSame, normalize.EventIDIssued, normalize.EventDeath, "id_issued"},
		{matchers.Null, DateSame, IDSame, normalize.EventNameChange, normalize.NoEvent, "null"},
		{NameExact, DateSame, IDSame, normalize.EventDeath, normalize.EventMove, "null"},
	} {
		l := matchers.Levels{AtFullName: c.name, AtBirthDate: c.date, AtIdentity: c.id, AtEvent: Event(c.a, c.b)}
		if got := ChangeComparison.Levels[Change(&l)].Name; got != c.want {
			t.Errorf("name %d, date %d, identity %d, events %d and %d: %s, want %s", c.name, c.date, c.id, c.a, c.b, got, c.want)
		}
		if Event(c.a, c.b) != Event(c.b, c.a) {
			t.Errorf("events %d and %d depend on their order", c.a, c.b)
		}
	}
}

// Every level that a change or a renown is described with is reached, and no other.
func TestChangeAndRenownAreDescribed(t *testing.T) {
	changes, renowns := map[matchers.Level]bool{}, map[matchers.Level]bool{}
	for name := range FullNameComparison.Levels {
		for date := range BirthDateComparison.Levels {
			l := matchers.Levels{AtFullName: matchers.Level(name), AtBirthDate: matchers.Level(date)}
			for _, rarity := range RenownRarities() {
				renowns[Renown(&l, rarity)] = true
			}
			for id := range IdentityComparison.Levels {
				for event := range EventComparison.Levels {
					l[AtIdentity], l[AtEvent] = matchers.Level(id), matchers.Level(event)
					changes[Change(&l)] = true
				}
			}
		}
	}
	if len(changes) != len(ChangeComparison.Levels) {
		t.Errorf("%d changes are reached, %d described", len(changes), len(ChangeComparison.Levels))
	}
	if len(renowns) != len(RenownComparison.Levels) {
		t.Errorf("%d renowns are reached, %d described", len(renowns), len(RenownComparison.Levels))
	}
}

// A person who heads the household is known by the head's number; where no head
// is named, that number may be his.
func TestHeadsNumberStandsForOwn(t *testing.T) {
	const number = 36085000123
	an, binh := key("Trần Văn An"), key("Lê Thị Bình")
	level := func(a, b Person) string {
		var l, back matchers.Levels
		Compare(&a, &b, &l)
		Compare(&b, &a, &back)
		if l[AtIdentity] != back[AtIdentity] {
			t.Errorf("%v: identity depends on the order", a)
		}
		return IdentityComparison.Levels[l[AtIdentity]].Name
	}
	own := Person{Name: an, IDs: IDs{CCCD: number}}
	for _, c := range []struct {
		other Person
		want  string
	}{
		{Person{Name: an, Home: Home{Head: an, HeadID: number}}, "same"},
		{Person{Name: an, Home: Home{HeadID: number}}, "head"},
		{Person{Name: binh, Home: Home{Head: an, HeadID: number}}, "null"},
		{Person{Name: an, Home: Home{HeadID: number + 1}}, "null"},
		{Person{Name: an, IDs: IDs{CCCD: number}, Home: Home{HeadID: number + 1}}, "same"},
	} {
		if got := level(own, c.other); got != c.want {
			t.Errorf("%+v: %s, want %s", c.other, got, c.want)
		}
	}
}
