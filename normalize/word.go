package normalize

import (
	"unicode"
	"unicode/utf8"
)

// A Word is one name word in a form that can be compared without any
// dictionary: 12 bytes.
//
// Base holds letter i (0…11) in bits 5i…5i+4, a=1 … z=26, 27 for any other
// letter, and the number of letters in bits 60-63, 12 for 12 and more; in a
// longer word slot 11 is a hash of the 12th letter and all that follow. đ is a
// d here, apostrophes are left out.
//
// Marks holds the shape of letter i in bits 2i…2i+1 (0 none, 1 circumflex,
// 2 breve or horn, 3 stroke), the tone of the word in bits 24-26 (0 ngang
// 1 huyền 2 sắc 3 hỏi 4 ngã 5 nặng; wherever it was written), and flags.
type Word struct {
	Base  uint64
	Marks uint32
}

// Bits of Word.Marks above the shapes.
const (
	toneShift = 24

	WordShapes  uint32 = 1<<24 - 1 // the shape marks of all letters
	WordTone    uint32 = 7 << toneShift
	WordValid   uint32 = 1 << 27 // a legal Vietnamese syllable once its tone is placed
	WordInitial uint32 = 1 << 28 // an initial, as "V."
	WordForeign uint32 = 1 << 29 // no syllable, and none is near: not Vietnamese
	WordRead    uint32 = 1 << 30 // a digit was read as the letter that it looks like
)

const maxLetters = 12

// Len returns the number of letters, 12 for 12 and more.
func (w Word) Len() int { return int(w.Base >> 60) }

// Tone returns 0 ngang 1 huyền 2 sắc 3 hỏi 4 ngã 5 nặng.
func (w Word) Tone() int { return int(w.Marks >> toneShift & 7) }

// Valid reports whether the word is a legal Vietnamese syllable.
func (w Word) Valid() bool { return w.Marks&WordValid != 0 }

// Initial reports whether the word is an initial, as "V.".
func (w Word) Initial() bool { return w.Marks&WordInitial != 0 }

// Foreign reports whether the word is no Vietnamese syllable nor near one.
func (w Word) Foreign() bool { return w.Marks&WordForeign != 0 }

// Bare reports whether the word has neither tone nor shape mark.
func (w Word) Bare() bool { return w.Marks&(WordShapes|WordTone) == 0 }

// Syllable returns the number of the word's syllable, 0 if it is none.
func (w Word) Syllable() Syllable {
	if !w.Valid() {
		return 0
	}
	return syllableOf(w.Base, w.Marks)
}

// AppendFold appends the letters of the word without marks: "nguyen". Letters
// past the twelfth are lost.
func (w Word) AppendFold(dst []byte) []byte {
	for i := range w.Len() {
		switch b := w.Base >> (5 * i) & 31; {
		case b >= 1 && b <= 26:
			dst = append(dst, byte('a'-1+b))
		default:
			dst = append(dst, '?')
		}
	}
	return dst
}

// ParseWord reads one word: letters, with apostrophes and other marks between
// them left out. The tone may stand on any letter; of two the last counts.
func ParseWord(s []byte) Word {
	var t trace
	t.read(s)
	return t.word()
}

// A trace is a word while it is being read.
type trace struct {
	base   uint64
	marks  uint32
	n      int // letters, uncapped
	toneAt int // letter that carries the tone
	flags  traceFlags
	tail   uint64
}

type traceFlags uint16

const (
	hasUpper traceFlags = 1 << iota
	hasLower
	hasDigit
	hasApostrophe
	hasAlien  // a letter outside the Vietnamese alphabet (ñ, ŏ, 王)
	hasFJWZ   // f j w z
	upperLate // a capital after a small letter: two words in one?
	lowerHead // the first letter is small
	lowerLate // a small letter after the first
	twoTones
	hasOther // something that is no letter, digit or apostrophe
	hasLost  // U+FFFD, in the place of a letter that was lost
)

const fjwz = 1<<('f'-'`') | 1<<('j'-'`') | 1<<('w'-'`') | 1<<('z'-'`')

// read takes in a word of clean text.
func (t *trace) read(s []byte) {
	for i := 0; i < len(s); {
		l, n := letterAt(s[i:])
		if l == 0 {
			i += t.readOther(s[i:])
			continue
		}
		t.letter(l)
		i += n
	}
}

func (t *trace) letter(l letter) {
	if t.n < maxLetters-1 {
		t.base |= l.base() << (5 * t.n)
		t.marks |= l.shape() << (2 * t.n)
	} else {
		t.tail = (t.tail ^ uint64(l&letterBits)) * 0x9E3779B97F4A7C15
		if t.n == maxLetters-1 {
			t.base |= l.base() << (5 * t.n)
			t.marks |= l.shape() << (2 * t.n)
		}
	}
	if tone := l.tone(); tone != 0 {
		if t.marks&WordTone != 0 {
			t.flags |= twoTones
		}
		t.marks = t.marks&^WordTone | tone<<toneShift
		t.toneAt = t.n
	}
	if l.upper() {
		if t.flags&hasLower != 0 {
			t.flags |= upperLate
		}
		t.flags |= hasUpper
	} else {
		if t.n == 0 {
			t.flags |= lowerHead
		} else {
			t.flags |= lowerLate
		}
		t.flags |= hasLower
	}
	if l&letterAlien != 0 {
		t.flags |= hasAlien
	}
	if fjwz>>l.base()&1 != 0 {
		t.flags |= hasFJWZ
	}
	t.n++
}

// readOther takes in what is no letter of the tables and returns its length.
func (t *trace) readOther(s []byte) int {
	c := s[0]
	if c < utf8.RuneSelf {
		switch {
		case c == '\'' || c == '`':
			t.flags |= hasApostrophe
		case c >= '0' && c <= '9':
			t.flags |= hasDigit
		default:
			t.flags |= hasOther
		}
		return 1
	}
	r, n := utf8.DecodeRune(s)
	if unicode.IsLetter(r) {
		t.letter(letterAlien | otherLetter)
	} else if lostRune(r, n) {
		t.letter(letterAlien | otherLetter)
		t.flags |= hasLost
	} else if !unicode.Is(unicode.M, r) {
		t.flags |= hasOther
	} else {
		t.flags |= hasAlien
	}
	return n
}

// lostRune reports whether a rune stands for a letter that was lost.
func lostRune(r rune, size int) bool { return r == utf8.RuneError && size > 1 }

// word closes the reading.
func (t *trace) word() Word {
	w := Word{Base: t.base | uint64(min(t.n, maxLetters))<<60, Marks: t.marks}
	if t.n > maxLetters {
		const slot = 5 * (maxLetters - 1)
		w.Base = w.Base&^(31<<slot) | (t.tail>>59)<<slot
	}
	if t.flags&(hasAlien|hasDigit|hasOther) == 0 && syllableOf(w.Base, w.Marks) != 0 {
		w.Marks |= WordValid
	}
	return w
}
