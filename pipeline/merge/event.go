package merge

import (
	"bytes"
	"strings"

	"github.com/dusach/dusach/pipeline/record"
)

// An event is the kind of life event that a form reports.
type event uint8

const (
	noEvent event = iota
	birth
	death
	move
	idIssued
	nameChange
	correct
	numEvents
)

// eventOf reads the clean column; what is not known is no event.
func eventOf(v []byte) event {
	switch string(v) {
	case "birth":
		return birth
	case "death":
		return death
	case "move":
		return move
	case "id_issued":
		return idIssued
	case "name_change":
		return nameChange
	case "correct":
		return correct
	}
	return noEvent
}

// bornWith are the fields that the registration of a birth settles. The name
// is not among them: later papers spell it as well or better.
const bornWith = " birth_place birth_registration_place father_name mother_name "

// settersOf says which events set a field where their form has a value for it.
func settersOf(s *record.Schema, f record.Field) (set [numEvents]bool) {
	set[correct] = true
	set[move] = s.Fields[f].Kind == record.KindResidence
	set[idIssued] = f == s.Number || f == s.OldNumber
	set[nameChange] = f == s.Name1
	set[birth] = f == s.Birth || f == s.Sex || strings.Contains(bornWith, " "+s.Fields[f].Name+" ")
	return set
}

// governing returns the last event that sets field p among the first n events
// in the order in which they take effect, as an index into f.form, or -1.
func (f *forms) governing(p *fieldPlan, n int) int {
	for k := n - 1; k >= 0; k-- {
		i := int(f.events[k])
		if f.form[i].event == noEvent || !p.setters[f.form[i].event] {
			continue
		}
		if f.sets(i, p) {
			return i
		}
	}
	return -1
}

// sets reports whether event form i, of a kind that sets p, does so.
func (f *forms) sets(i int, p *fieldPlan) bool {
	v := f.value(i, p.column)
	switch f.form[i].event {
	case birth:
		// A year alone settles no birth date.
		return len(v) > 0 && (p.field != f.plan.schema.Birth || len(v) == len("2006-01-02"))
	case move:
		// The current address is written only where it differs, so a move that
		// names the permanent one ends the current one too.
		return f.has(i, p) || f.plan.home >= 0 && f.has(i, &f.plan.fields[f.plan.home])
	}
	return f.has(i, p)
}

// stampFor returns the day for which form i speaks about p: the day of its
// event if that sets p, else the day of collection.
func (f *forms) stampFor(i int, p *fieldPlan) uint32 {
	if e := f.form[i].event; e != noEvent && p.setters[e] {
		return f.form[i].effective
	}
	return f.form[i].collected
}

// movedSince reports whether the value of form i for p, a current address or a
// fact of the household, went with a first residence that a later form replaced
// by one in another commune. Forms leave such fields empty as often as they
// write them, so nothing else would end them.
func (f *forms) movedSince(i int, p *fieldPlan) bool {
	home := &f.plan.fields[f.plan.home]
	if f.stampFor(i, p) >= f.stampFor(int(f.home), home) {
		return false
	}
	for part := newCode; part >= oldCode; part-- {
		then, now := f.value(i, home.column+part), f.value(int(f.home), home.column+part)
		if len(then) > 0 && len(now) > 0 {
			return !bytes.Equal(then, now)
		}
	}
	return false
}
