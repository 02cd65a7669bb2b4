package merge

import "github.com/dusach/dusach/pipeline/record"

// A preference scores the value of a form; the forms with the best score stay
// in the running.
type preference struct {
	name  string
	score func(e *election, b *ballot) int64
}

// A rule says how a field is elected.
type rule struct {
	preferences []preference
	changes     bool // the value changes in a life without an event
	respell     bool // then the best spelling of the winner is taken
}

func rules(changes bool, p ...preference) *rule { return &rule{preferences: p, changes: changes} }

var (
	nameRule = rules(false, initials, typos, fullest, supported, bestMarked, majority, trusted, latest)
	headRule = &rule{preferences: []preference{latest}, changes: true, respell: true}

	birthRule  = rules(false, yearVotes, precision, namedDay, majority, trusted, latest)
	dateRule   = rules(false, precision, majority, trusted, latest)
	genderRule = rules(false, genderVotes, trusted, latest)
	numberRule = rules(false, wellFormed, borneOut, majority, trusted, latest)
	cardRule   = rules(false, wellFormedCard, latest)
	headIDRule = rules(true, wellFormedCard, latest)
	homeRule   = rules(true, resolved, latest)
	originRule = rules(false, resolution, supported, majority, trusted, latest)
	steadyRule = rules(false, majority, trusted, latest)
	latestRule = rules(true, latest)
	wordsRule  = rules(false, majority, longest, trusted, latest)
)

var ruleOfKind = [record.NumKinds]*rule{
	record.KindText:        steadyRule,
	record.KindKey:         latestRule,
	record.KindName:        nameRule,
	record.KindDate:        dateRule,
	record.KindCollected:   latestRule,
	record.KindGender:      genderRule,
	record.KindEthnicity:   steadyRule,
	record.KindReligion:    steadyRule,
	record.KindNationality: steadyRule,
	record.KindMarital:     latestRule,
	record.KindBlood:       steadyRule,
	record.KindRelation:    latestRule,
	record.KindCCCD:        headIDRule,
	record.KindCMND:        cardRule,
	record.KindPhone:       latestRule,
	record.KindNumber:      latestRule,
	record.KindResidence:   homeRule,
	record.KindOrigin:      originRule,
	record.KindEvent:       latestRule,
	record.KindPhrase:      wordsRule,
	record.KindLatin:       wordsRule,
	record.KindCode:        steadyRule,
	record.KindDigits:      latestRule,
	record.KindEmail:       latestRule,
	record.KindDay:         dateRule,
	record.KindQuantity:    steadyRule,
}

// ruleOf returns the rule of a field: that of its kind, but for the field that
// names the head of the household, the birth date and the person's own number.
func ruleOf(s *record.Schema, f record.Field) *rule {
	switch {
	case f == s.Number:
		return numberRule
	case f == s.Birth:
		return birthRule
	case s.Fields[f].Kind == record.KindName && s.Fields[f].Name == "head_name":
		return headRule
	}
	return ruleOfKind[s.Fields[f].Kind]
}
