package normalize

import (
	"unicode/utf8"

	"github.com/dusach/dusach/normalize/reason"
)

// A GenderHint is what a name alone says about the bearer.
type GenderHint struct {
	Gender Gender // told by a marker (Văn, Thị, H' …), else unknown
	Female uint8  // chance in percent that the bearer is a woman, from the names; 50 = nothing known
}

// A Name is one parsed name. Its buffers belong to it and are used again by
// the next Parse.
type Name struct {
	Written []byte // clean form: NFC, title case, tone in the old style
	Folded  []byte // Written by AppendFold

	// Surname, Middle and Given are parts of Written; empty if unknown.
	Surname, Middle, Given []byte

	Key    NameKey
	Gender GenderHint
	Alias  []byte // another name, out of a remark; empty if there is none
	Dead   bool   // a remark says so
	Baby   bool   // the name is Bé alone: a name, or what a child without one is called
	Codes  reason.Set

	ethnic  uint8
	taken   bool // characters were taken out of the words, so more may be found
	ofClan  bool // the surname is one of the highland peoples' and no syllable
	state   nameState
	clean   []byte // scratch: the text by AppendClean
	plain   []byte // scratch: words only
	untyped []byte // scratch
	typed   []byte // scratch

	parsed uint8 // names so far, until there is a memory
	memory *wordMemory
}

// maxNameBytes is how much of a cell is read as a name: the longest names of
// the law have a hundred letters.
const maxNameBytes = 512

// Parse reads one written name. ethnicity, if known, tells minority customs
// apart. It never fails: without a usable name Written is empty and Codes has
// NAME_EMPTY.
//
// Titles, remarks, digits and punctuation are taken out, glued words parted,
// left-overs of typing undone, each with its code. A word that may be misspelt
// stays as it is: AppendSuggested proposes.
func (n *Name) Parse(raw, ethnicity []byte) {
	n.reset()
	raw = n.cut(raw)
	if n.memory == nil {
		if n.parsed++; n.parsed == memoryAfter {
			n.memory = new(wordMemory)
		}
	}
	ethnic, _ := ParseEthnicity(ethnicity)
	n.ethnic = ethnic
	if n.scan(raw, false) && n.ordinary() && !(n.state.invalid && n.mendable()) {
		n.finish(ethnic)
		return
	}
	n.parseText(raw, ethnic)
}

// cut returns as much of a text as is read as a name, whole characters.
func (n *Name) cut(text []byte) []byte {
	if len(text) <= maxNameBytes {
		return text
	}
	n.Codes.Add(reason.TextTooLong)
	end := maxNameBytes
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end]
}

func (n *Name) reset() {
	n.Surname, n.Middle, n.Given = nil, nil, nil
	n.Key, n.Codes = NameKey{}, reason.Set{}
	n.Gender = GenderHint{Female: 50}
	n.Alias, n.Dead, n.Baby, n.ofClan = n.Alias[:0], false, false, false
}

// ordinary reports whether the words just read need no closer look.
func (n *Name) ordinary() bool {
	s := &n.state
	if s.n == 0 || s.extra || s.flags&upperLate != 0 || s.roles&roleAlias != 0 {
		return false
	}
	if s.words[0].facts.role&(roleTitle|roleVoid|roleAddress) != 0 || s.words[s.n-1].facts.role&roleRemark != 0 {
		return false
	}
	if s.n > 1 && s.words[s.n-1].greatSurname() || s.n > 2 && s.words[s.n-1].facts.role&(roleThi|roleVan) != 0 || s.n > 2 && s.words[0].facts.role&(roleThi|roleVan) != 0 {
		return false
	}
	return s.n < 4 || s.words[0].w.Base != s.words[s.n/2].w.Base
}

// mendable reports whether a word that is no syllable could be mended: it is a
// left-over of typing, or two words glued together.
func (n *Name) mendable() bool {
	for i := range n.state.n {
		w := &n.state.words[i]
		if w.w.Valid() || w.legal {
			continue
		}
		text := n.Written[w.from:w.to]
		var buf [64]byte
		if _, _, ok := appendUnTelex(buf[:0], text); ok || gluedAt(text) > 0 || len(text) == 1 || len(text) <= 3 && initial(text) {
			return true
		}
	}
	return false
}

// parseText reads a name that is more than plain words.
func (n *Name) parseText(raw []byte, ethnic uint8) {
	if !utf8.Valid(raw) {
		n.Codes.Add(reason.TextInvalidUTF8)
	}
	n.clean = AppendClean(n.clean[:0], raw)
	text := n.dropAddress(dropLabel(n.joinLetters(n.clean)))
	if n.void(text) {
		n.empty()
		return
	}
	n.plain = n.takeRemarks(n.plain[:0], text)
	n.joinPieces()
	n.markLost()
	for range 3 {
		if !n.settle() {
			break
		}
	}
	n.scan(n.plain, true)
	for n.trimWords() || n.reorder() {
		n.plain = append(n.plain[:0], n.Written...)
		n.scan(n.plain, true)
	}
	if len(n.Written) > maxNameBytes { // a broken byte is three as U+FFFD
		n.plain = append(n.plain[:0], n.cut(n.Written)...)
		n.scan(n.plain, true)
	}
	if n.state.n == 0 || n.void(n.Written) {
		n.empty()
		return
	}
	n.Baby = n.calledBaby()
	n.finish(ethnic)
}

// settle undoes typing left-overs in n.plain and parts it into words. It
// reports whether that took characters out, so that another round may find
// more.
func (n *Name) settle() bool {
	var typed bool
	if n.untyped, typed = AppendUntyped(n.untyped[:0], n.plain); typed {
		n.Codes.Add(reason.TextTypingFixed)
	}
	n.taken = false
	n.plain = n.appendWords(n.plain[:0], n.untyped)
	if !IsClean(n.plain) {
		n.clean = append(n.clean[:0], n.plain...)
		n.plain = AppendClean(n.plain[:0], n.clean)
	}
	return n.taken
}

func (n *Name) empty() {
	n.Written, n.Folded, n.state.n = n.Written[:0], n.Folded[:0], 0
	n.Codes.Add(reason.NameEmpty)
}

// finish splits the words, makes the key and draws the conclusions.
func (n *Name) finish(ethnic uint8) {
	n.split(ethnic)
	n.judgeWords(ethnic)
	n.makeKey()
	n.guessGender(ethnic)
	if n.state.moved {
		n.Codes.Add(reason.NameToneStyle)
	}
	if n.state.n == 1 && n.state.flags&hasApostrophe == 0 {
		n.Codes.Add(reason.NameOneWord)
	}
}

// makeKey fills in the words of the key; split has set the other parts.
func (n *Name) makeKey() {
	s, k := &n.state, &n.Key
	if !s.marked {
		k.Flags |= NameBare
	}
	if s.n <= MaxNameWords {
		for i := range s.n {
			k.set(i, s.words[i].w)
		}
		k.N = uint8(s.n)
		return
	}
	k.N = MaxNameWords
	k.Flags |= NameCut
	for i := range 2 {
		k.set(i, s.words[i].w)
	}
	for i := range 3 {
		k.set(2+i, s.words[s.n-3+i].w)
	}
	cut := s.n - MaxNameWords
	if int(k.Given) > 2+cut {
		k.Given -= uint8(cut)
	} else {
		k.Given = min(k.Given, 2)
	}
	k.Surname = min(k.Surname, 2)
}
