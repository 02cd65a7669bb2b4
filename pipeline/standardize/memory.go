package standardize

import (
	"bytes"

	"github.com/cespare/xxhash/v2"

	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// A memory holds what was made of the texts met last. Forms come house by house
// and hamlet by hamlet: half of all names and nine of ten places were met a
// moment ago. What is kept is a function of the text alone, so remembering it
// cannot change a result; a text that falls on the place of another takes it.
type memory[M any] struct{ entries []memo[M] }

type memo[M any] struct {
	text    []byte
	kind    record.Kind // lists give one word different meanings
	facts   facts
	read    bool // meaning is filled in
	meaning M
}

const memories = 1 << 12 // entries of a memory, a few hundred bytes each

// facts are what is asked of every text before the form as a whole is
// understood.
type facts uint8

const (
	heard    facts = 1 << iota // the detector of encodings is to hear it
	doubtful                   // as normalize.Doubtful
	typed                      // has left-overs of typing
	void                       // says that there is no value
)

func factsOf(kind record.Kind, text []byte, scratch *[]byte) (f facts) {
	switch normalize.DoubtOf(text) {
	case normalize.Plausible:
		f = heard
	case normalize.Doubtful:
		f = heard | doubtful
	}
	var changed bool
	if *scratch, changed = normalize.AppendUntyped((*scratch)[:0], text); changed {
		f |= typed
	}
	if !keepsVoid(kind) && normalize.IsVoid(text) {
		f |= void
	}
	return f
}

// at returns the entry of a text, valid until the next call.
func (m *memory[M]) at(kind record.Kind, text []byte, scratch *[]byte) *memo[M] {
	if m.entries == nil {
		m.entries = make([]memo[M], memories)
	}
	e := &m.entries[(xxhash.Sum64(text)+uint64(kind))%memories]
	if e.kind != kind || !bytes.Equal(e.text, text) {
		e.text = append(e.text[:0], text...)
		e.kind, e.read = kind, false
		e.facts = factsOf(kind, text, scratch)
	}
	return e
}

// person is what a name means in the box of somebody whose people is not known.
type person struct {
	written []byte
	key     normalize.NameKey
}

// listed is what a word of a closed list means.
type listed struct {
	code  uint8
	text  []byte // clean canonical text, or the word as it is written
	codes reason.Set
}

// factsOf returns the facts of a value in words.
func (s *Stage) factsOf(kind record.Kind, v []byte) facts {
	switch kind {
	case record.KindName:
		return s.people.at(kind, v, &s.scratch).facts
	case record.KindResidence, record.KindOrigin:
		return s.places.at(record.KindResidence, v, &s.scratch).facts
	}
	return s.lists.at(kind, v, &s.scratch).facts
}

// person returns what a name says.
func (s *Stage) person(v []byte) *person {
	e := s.people.at(record.KindName, v, &s.scratch)
	if !e.read {
		s.name.Parse(v, nil)
		e.meaning.written = append(e.meaning.written[:0], s.name.Written...)
		e.meaning.key, e.read = s.name.Key, true
	}
	return &e.meaning
}

// listed returns what a word of the list of its kind says.
func (s *Stage) listed(kind record.Kind, v []byte) *listed {
	e := s.lists.at(kind, v, &s.scratch)
	if e.read {
		return &e.meaning
	}
	m, text := &e.meaning, v
	m.code, m.codes = 0, reason.Set{}
	switch kind {
	case record.KindGender:
		var g normalize.Gender
		g, m.codes = normalize.ParseGender(v)
		m.code, text = uint8(g), []byte(g.String())
	case record.KindEthnicity:
		m.code, text = normalize.ParseEthnicity(v)
	case record.KindReligion:
		m.code, text = normalize.ParseReligion(v)
	case record.KindMarital:
		m.code, text = normalize.ParseMarital(v)
	case record.KindBlood:
		m.code, text = normalize.ParseBlood(v)
	case record.KindNationality:
		_, text = normalize.ParseNationality(v)
	case record.KindRelation:
		_, text = normalize.ParseRelation(v)
	}
	m.text = normalize.AppendClean(m.text[:0], text)
	e.read = true
	return m
}
