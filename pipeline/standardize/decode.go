package standardize

import (
	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// decode undoes a legacy encoding and typing residue. The encoding is decided
// from all text of the form together, never one cell alone and never from
// neighbouring rows.
func (s *Stage) decode() {
	s.arena = s.arena[:0]
	copy(s.values, s.raw)
	s.detector.Reset()
	for f, v := range s.raw {
		if kind := s.packing.Schema.Fields[f].Kind; len(v) > 0 && speaks(kind) {
			s.detector.Add(v, kind == record.KindName)
		}
	}
	encoding, _ := s.detector.Decide()
	if encoding != normalize.UTF8 {
		// What looked like broken bytes was the old encoding.
		s.form.codes.Remove(reason.TextInvalidUTF8)
		s.form.codes.Add(reason.TextEncodingFixed)
		s.form.codes.Add(reason.NameEncodingFixed)
	}
	for f, v := range s.raw {
		kind := s.packing.Schema.Fields[f].Kind
		if len(v) > 0 && (speaks(kind) || kind == record.KindText && encoding != normalize.UTF8) {
			s.decodeValue(f, v, encoding)
		}
	}
	s.dropVoid()
}

// dropVoid empties the values that only say that there is none: two strangers
// who both lack a book or a spouse have nothing in common. The text as received
// is kept as raw.
func (s *Stage) dropVoid() {
	for f, v := range s.values {
		if len(v) == 0 || !normalize.IsVoid(v) {
			continue
		}
		kind := s.packing.Schema.Fields[f].Kind
		if kind.IsGeneral() {
			continue // they have their own lists
		}
		switch kind {
		case record.KindKey, record.KindText, record.KindEvent, record.KindCollected, record.KindGender,
			record.KindName, record.KindCCCD, record.KindCMND: // have their own words for it
			continue
		case record.KindReligion:
			if code, _ := normalize.ParseReligion(v); code != 0 {
				continue // none is an answer
			}
		}
		s.values[f] = nil
	}
}

// decodeValue puts the decoded value into the arena where it differs from the
// raw one.
func (s *Stage) decodeValue(f int, v []byte, encoding normalize.Encoding) {
	if encoding != normalize.UTF8 && !official(s.packing.Schema.Fields[f].Kind, v) {
		at := len(s.arena)
		s.arena = normalize.AppendDecoded(s.arena, v, encoding)
		v = s.arena[at:len(s.arena):len(s.arena)]
		s.values[f] = v
	}
	if s.packing.Schema.Fields[f].Kind == record.KindText {
		return // remarks and codes hold words that are no syllables
	}
	at := len(s.arena)
	var changed bool
	if s.arena, changed = normalize.AppendUntyped(s.arena, v); !changed {
		s.arena = s.arena[:at]
		return
	}
	s.values[f] = s.arena[at:len(s.arena):len(s.arena)]
	s.form.codes.Add(reason.TextTypingFixed)
}

// official reports whether a value stands in the list of its field as it is, or
// says that there is none: then it was never encoded, whatever the others were.
func official(k record.Kind, v []byte) bool {
	var code uint8
	switch k {
	case record.KindEthnicity:
		code, _ = normalize.ParseEthnicity(v)
	case record.KindReligion:
		code, _ = normalize.ParseReligion(v)
	case record.KindNationality:
		code, _ = normalize.ParseNationality(v)
	case record.KindMarital:
		code, _ = normalize.ParseMarital(v)
	case record.KindRelation:
		code, _ = normalize.ParseRelation(v)
	}
	return code != 0 || normalize.IsVoid(v)
}

// speaks reports whether a field of this kind holds words.
func speaks(k record.Kind) bool {
	switch k {
	case record.KindName, record.KindResidence, record.KindOrigin, record.KindEthnicity, record.KindReligion,
		record.KindNationality, record.KindMarital, record.KindRelation, record.KindGender:
		return true
	}
	return false
}
