package library

import (
	"github.com/dusach/dusach/matchers"
	"github.com/dusach/dusach/normalize"
)

// Levels of the life events that two forms report, as far as they change what
// tells a person: a birth, a death or a move does not.
const (
	EventNameChange    matchers.Level = iota + 1
	EventCorrect                      // birth date, sex or number put right
	EventIDIssued                     // a new number
	EventNameAndOthers                // a change of name, and another of these events on the other form
)

// EventComparison describes the levels of Event. By itself an event says little
// about who somebody is; Change says what it explains.
var EventComparison = matchers.Comparison{
	Name: "event", VI: "Sự kiện hộ tịch ghi trên phiếu", EN: "Life event that a form reports",
	Levels: []matchers.LevelInfo{
		{Name: "null", VI: "không có", EN: "none"},
		{Name: "name_change", VI: "đổi tên", EN: "name changed"},
		{Name: "correct", VI: "cải chính", EN: "corrected"},
		{Name: "id_issued", VI: "cấp số mới", EN: "number issued"},
		{Name: "name_change_and_other", VI: "đổi tên, và cải chính hoặc cấp số", EN: "name changed, and corrected or number issued"},
	},
}

// Event returns the events of two forms that change what tells a person.
func Event(a, b normalize.LifeEvent) matchers.Level {
	if a < normalize.EventIDIssued {
		a = normalize.NoEvent
	}
	if b < normalize.EventIDIssued {
		b = normalize.NoEvent
	}
	if a == b || b == normalize.NoEvent {
		return eventLevel[a]
	}
	if a == normalize.NoEvent {
		return eventLevel[b]
	}
	if a == normalize.EventNameChange || b == normalize.EventNameChange {
		return EventNameAndOthers
	}
	return EventCorrect
}

var eventLevel = [...]matchers.Level{normalize.EventIDIssued: EventIDIssued, normalize.EventNameChange: EventNameChange,
	normalize.EventCorrect: EventCorrect}

// Levels of a change: whether an event that a form reports explains what differs.
const (
	changeNameKept = 1                   // the name changed, and yet both bear it
	changeName     = changeNameKept + 1  // near, another given name, another: by how the dates agree
	changeCorrect  = changeName + 3*3    // corrected, the name agrees: by how dates agree, numbers in conflict or not
	changeOther    = changeCorrect + 3*2 // corrected, the name does not agree
	changeID       = changeOther + 1     // a number issued: in conflict with the other, the name agrees or not
	changeIDNone   = changeID + 2        // a number issued, no conflict
	changeIDWeak   = changeIDNone + 1    // corrected, numbers in conflict, no two days to compare
	changeIDAlike  = changeIDWeak + 1    // corrected, and yet another number of the same province, sex and year
)

// Change derives what the reported events explain; FullName, BirthDate, Identity
// and Event must have been set. Null where no such event is reported.
func Change(l *matchers.Levels) matchers.Level {
	event, name := l[AtEvent], nameClass[l[AtFullName]]
	date := matchers.Level(dateClass[l[AtBirthDate]])
	named := l[AtFullName] != matchers.Null
	switch {
	case event == matchers.Null || !named:
		return matchers.Null
	case event == EventNameChange || event == EventNameAndOthers && name != nameSame:
		switch {
		case name == nameSame:
			return changeNameKept
		case name != nameOther:
			return changeName + date
		case l[AtFullName] == NameGivenOther:
			return changeName + 3 + date
		}
		return changeName + 6 + date
	case event == EventIDIssued:
		if !idConflict[l[AtIdentity]] {
			return changeIDNone
		}
		if name <= nameFlawed {
			return changeID
		}
		return changeID + 1
	case name > nameFlawed:
		return changeOther
	case idConflict[l[AtIdentity]] && dateWeak[l[AtBirthDate]]:
		return changeIDWeak
	case l[AtIdentity] == IDConflict:
		return changeIDAlike
	case idConflict[l[AtIdentity]]:
		return changeCorrect + 3 + date
	}
	return changeCorrect + date
}

// idConflict are the levels of numbers that are another's unless an event explains it.
var idConflict = [...]bool{IDTwoDigits: true, IDConflict: true, IDConflictOther: true, IDCMNDConflict: true, IDConflictNear: true,
	IDConflictDoubtful: true, IDCMNDNeighbour: false}

// dateWeak are the levels of two dates that were not compared to the day: what is
// corrected is sex or year of birth, which a year alone cannot show.
var dateWeak = [DateGeneration + 1]bool{matchers.Null: true, DateSameDefault: true, DateCompatible: true, DateDefault: true}

// ChangeComparison describes the levels of Change.
var ChangeComparison = matchers.Comparison{
	Name: "change", VI: "Thay đổi mà sự kiện giải thích", EN: "What a reported event explains",
	Levels: changeLevels(), Derived: true,
}

func changeLevels() []matchers.LevelInfo {
	dates := [3][3]string{
		{"day", "cùng ngày sinh", "same birth date"},
		{"close", "ngày sinh gần khớp hoặc thiếu", "birth date close or missing"},
		{"other", "khác ngày sinh", "another birth date"},
	}
	levels := []matchers.LevelInfo{
		{Name: "null", VI: "thiếu", EN: "missing"},
		{Name: "name_kept", VI: "đổi tên, nhưng hai bên cùng tên", EN: "name changed, and yet the same"},
	}
	add := func(name, vi, en string) {
		for _, d := range dates {
			levels = append(levels, matchers.LevelInfo{Name: name + "_" + d[0], VI: vi + ", " + d[1], EN: en + ", " + d[2]})
		}
	}
	add("name_near", "đổi tên, tên gần giống", "name changed, a near name")
	add("name_given", "đổi tên, khác tên, cùng họ và đệm", "name changed, another given name")
	add("name_other", "đổi tên, họ tên khác", "name changed, another name")
	add("correct", "cải chính", "corrected")
	add("correct_id", "cải chính, khác số", "corrected, another number")
	return append(levels,
		matchers.LevelInfo{Name: "correct_named_otherwise", VI: "cải chính, khác tên", EN: "corrected, another name"},
		matchers.LevelInfo{Name: "id_conflict", VI: "cấp số mới, khác số, cùng tên", EN: "number issued, another number, same name"},
		matchers.LevelInfo{Name: "id_conflict_other", VI: "cấp số mới, khác số, khác tên", EN: "number issued, another number, another name"},
		matchers.LevelInfo{Name: "id_issued", VI: "cấp số mới, không mâu thuẫn", EN: "number issued, no conflict"},
		matchers.LevelInfo{Name: "correct_id_weak", VI: "cải chính, khác số, ngày sinh thiếu hoặc chỉ có năm", EN: "corrected, another number, birth date missing or a year alone"},
		matchers.LevelInfo{Name: "correct_id_alike", VI: "cải chính, khác số dù cùng tỉnh, giới, năm", EN: "corrected, another number though of the same province, sex and year"})
}
