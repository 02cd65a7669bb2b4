package standardize

import (
	"bytes"

	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// decode undoes a legacy encoding and typing residue. The encoding is decided
// from all text of the form together, never one cell alone and never from
// neighbouring rows.
func (s *Stage) decode() {
	all := s.ask()
	encoding := s.detect(all)
	control := s.form.codes.Has(reason.TextControl)
	if control && !hasControlLetters(encoding) {
		s.stripControls()
		all = s.ask()
		encoding = s.detect(all)
	}
	if encoding != normalize.UTF8 {
		// What looked like broken bytes was the old encoding.
		s.form.codes.Remove(reason.TextInvalidUTF8)
		s.form.codes.Add(reason.TextEncodingFixed)
		s.form.codes.Add(reason.NameEncodingFixed)
	}
	if encoding != normalize.UTF8 || all&typed != 0 {
		s.decodeValues(encoding)
	}
	if control && hasControlLetters(encoding) && !s.stripControls() {
		s.form.codes.Remove(reason.TextControl) // all of them were letters
	}
	s.dropVoid()
}

// hasControlLetters reports whether an encoding has letters among the control
// characters and the spaces of Latin-1.
func hasControlLetters(e normalize.Encoding) bool {
	return e == normalize.VISCII || e == normalize.VPS
}

// ask gathers the facts of all values in words.
func (s *Stage) ask() (all facts) {
	for f, v := range s.values {
		s.facts[f] = 0
		if kind := s.packing.Schema.Fields[f].Kind; len(v) > 0 && speaks[kind] {
			s.facts[f] = s.factsOf(kind, v)
			all |= s.facts[f]
		}
	}
	return all
}

// detect asks the detector of encodings if a value is in doubt.
func (s *Stage) detect(all facts) normalize.Encoding {
	if all&doubtful == 0 {
		return normalize.UTF8
	}
	s.detector.Reset()
	for f, v := range s.values {
		if s.facts[f]&heard != 0 {
			s.detector.Add(v, s.packing.Schema.Fields[f].Kind == record.KindName)
		}
	}
	e, _ := s.detector.Decide()
	return e
}

// stripControls takes the control characters out of the values and reports
// whether there were any. The raw values keep them.
func (s *Stage) stripControls() (found bool) {
	for f, v := range s.values {
		at := len(s.arena)
		s.arena = appendPrintable(s.arena, v)
		if len(s.arena)-at < len(v) {
			s.values[f] = bytes.TrimSpace(s.arena[at:len(s.arena):len(s.arena)])
			found = true
		}
	}
	return found
}

// appendPrintable appends text without control characters; tabs and line ends
// are spaces in the end.
func appendPrintable(dst, text []byte) []byte {
	for _, b := range text {
		if b >= ' ' && b != 0x7F || b == '\t' || b == '\n' || b == '\r' {
			dst = append(dst, b)
		}
	}
	return dst
}

// trimLoose trims the values that begin or end in what may be a letter or a
// space, once the form has told its encoding.
func (s *Stage) trimLoose() {
	if hasControlLetters(s.detect(s.ask())) {
		return
	}
	for f, v := range s.raw {
		s.raw[f] = bytes.TrimSpace(v)
		s.values[f] = s.raw[f]
	}
}

// decodeValues undoes the encoding and the left-overs of typing.
func (s *Stage) decodeValues(encoding normalize.Encoding) {
	for f, v := range s.values {
		kind := s.packing.Schema.Fields[f].Kind
		switch {
		case len(v) == 0:
		case encoding == normalize.UTF8 && s.facts[f]&typed == 0:
		case speaks[kind], kind == record.KindText:
			s.decodeValue(f, v, encoding)
		}
	}
}

// dropVoid empties the values that only say that there is none: two strangers
// who both lack a book or a spouse have nothing in common. The text as received
// is kept as raw.
func (s *Stage) dropVoid() {
	for f, v := range s.values {
		if len(v) == 0 {
			continue
		}
		kind := s.packing.Schema.Fields[f].Kind
		void := s.facts[f]&void != 0
		if !speaks[kind] {
			void = !keepsVoid(kind) && normalize.IsVoid(v)
		}
		if !void {
			continue
		}
		if kind == record.KindReligion {
			if code, _ := normalize.ParseReligion(v); code != 0 {
				continue // none is an answer
			}
		}
		s.values[f] = nil
	}
}

// keepsVoid reports whether fields of a kind have their own words for no value.
func keepsVoid(k record.Kind) bool {
	switch k {
	case record.KindKey, record.KindText, record.KindEvent, record.KindCollected, record.KindGender,
		record.KindName, record.KindCCCD, record.KindCMND:
		return true
	}
	return k.IsGeneral()
}

// decodeValue puts the decoded value into the arena where it differs from the
// raw one.
func (s *Stage) decodeValue(f int, v []byte, encoding normalize.Encoding) {
	kind := s.packing.Schema.Fields[f].Kind
	if encoding != normalize.UTF8 && !official(kind, v) {
		at := len(s.arena)
		s.arena = normalize.AppendDecoded(s.arena, v, encoding)
		v = s.arena[at:len(s.arena):len(s.arena)]
		s.values[f] = v
	}
	if kind == record.KindText {
		return // remarks and codes hold words that are no syllables
	}
	at := len(s.arena)
	var changed bool
	if s.arena, changed = normalize.AppendUntyped(s.arena, v); changed {
		v = s.arena[at:len(s.arena):len(s.arena)]
		s.values[f] = v
		s.form.codes.Add(reason.TextTypingFixed)
	} else {
		s.arena = s.arena[:at]
	}
	if s.facts[f] &^= void; !keepsVoid(kind) && normalize.IsVoid(v) {
		s.facts[f] |= void
	}
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

// speaks tells the kinds of fields that hold words.
var speaks = [record.NumKinds]bool{record.KindName: true, record.KindResidence: true, record.KindOrigin: true, record.KindEthnicity: true,
	record.KindReligion: true, record.KindNationality: true, record.KindMarital: true, record.KindRelation: true, record.KindGender: true}
