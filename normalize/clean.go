package normalize

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// AppendClean appends src to dst as clean text: NFC with marks in any order
// put together (of two tones on one letter the last stays), Đ for the letters
// that only look like it, Latin letters for Cyrillic and Greek ones inside
// Latin words, straight apostrophes and hyphens, single spaces inside and none
// outside; tabs, line ends and no-break spaces are spaces, invisible and
// control characters vanish, a broken byte becomes U+FFFD.
//
// Text that is clean already is copied. A second AppendClean changes nothing.
func AppendClean(dst, src []byte) []byte {
	if n := cleanPrefix(src); n == len(src) {
		return append(dst, src...)
	}
	start := len(dst)
	var unsure bool
	dst, unsure = appendRepaired(dst, src)
	for round := 0; unsure && round < 4; round++ {
		// A string of its own keeps dst from escaping to the heap.
		text := string(dst[start:])
		if norm.NFC.IsNormalString(text) {
			break
		}
		dst, unsure = appendRepaired(dst[:start], []byte(norm.NFC.String(text)))
	}
	return dst
}

// IsClean reports whether AppendClean would return src as it is, judged by
// the fast test alone: false means only "look closer".
func IsClean(src []byte) bool { return cleanPrefix(src) == len(src) }

// cleanPrefix returns how many bytes of src are surely clean.
func cleanPrefix(src []byte) int {
	space := true // the last byte was a space, or nothing yet
	for i := 0; i < len(src); {
		c := src[i]
		if c < utf8.RuneSelf {
			if c == ' ' {
				if space || i+1 == len(src) {
					return i
				}
				space = true
			} else if c < ' ' || c == '`' || c == 0x7F {
				return i
			} else {
				space = false
			}
			i++
			continue
		}
		n := vietLen(src[i:])
		if n == 0 {
			return i
		}
		space = false
		i += n
	}
	return len(src)
}

// vietLen returns the length of the letter of the Vietnamese alphabet outside ASCII
// at the head of s, which is not empty; 0 if there is none. U+1EA0 to U+1EF9 are
// nothing else.
func vietLen(s []byte) int {
	c := s[0]
	if c == 0xE1 && len(s) > 2 {
		if b := s[2]; s[1] == 0xBA && b >= 0xA0 && b <= 0xBF || s[1] == 0xBB && b >= 0x80 && b <= 0xB9 {
			return 3
		}
	} else if c >= 0xC3 && c <= 0xC6 && len(s) > 1 && s[1]&0xC0 == 0x80 && vietPairs[c-0xC3]>>(s[1]&0x3F)&1 != 0 {
		return 2
	}
	return 0
}

// vietPairs has, for each first byte of two from 0xC3 on, a bit for each second one
// that makes a letter of the Vietnamese alphabet.
var vietPairs = func() (t [4]uint64) {
	for i, l := range latinLetters[:256] {
		if l&letterViet != 0 {
			t[i>>6] |= 1 << (i & 63)
		}
	}
	return t
}()

// A mender puts runes together one after the other.
type mender struct {
	dst    []byte
	start  int
	gap    bool
	last   letter // the letter at the end of dst if marks may still join it
	at     int    // where that letter begins
	prev   rune   // the rune before, 0 after a space
	unsure bool   // holds something that only the general NFC can settle
}

func appendRepaired(dst, src []byte) ([]byte, bool) {
	m := mender{dst: dst, start: len(dst)}
	for i := 0; i < len(src); {
		r, n := utf8.DecodeRune(src[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			m.put(utf8.RuneError)
		case r >= 0x370 && r <= 0x52F && looksLatin(r, src[i+n:]) && allLookAlike(src, i):
			m.add(scriptLookAlike(r))
		default:
			m.add(lookAlike(r))
		}
		i += n
	}
	return m.dst, m.unsure
}

func (m *mender) add(r rune) {
	if l := letterOf(r); l != 0 {
		m.put(r)
		if l&letterViet != 0 {
			m.last, m.at = l, len(m.dst)-utf8.RuneLen(r)
		}
		return
	}
	switch kindOf(r) {
	case kindSpace:
		m.gap, m.last, m.prev = true, 0, 0
	case kindDrop:
	case kindApostrophe:
		m.put('\'')
	case kindHyphen:
		m.put('-')
	case kindMark:
		m.mark(r)
	default:
		if r == '`' && !vowel(m.prev) && (m.prev != '^' && m.prev != '(' && m.prev != '+') {
			r = '\'' // after a vowel it may be a tone typed in VIQR
		}
		m.put(r)
		if r > 0x36F {
			m.unsure = true
		}
	}
}

// put appends a rune, after the space that was due.
func (m *mender) put(r rune) {
	if m.gap && len(m.dst) > m.start {
		m.dst = append(m.dst, ' ')
	}
	m.gap = false
	m.dst = utf8.AppendRune(m.dst, r)
	m.last, m.prev = 0, r
}

// mark joins a combining mark to the letter before it.
func (m *mender) mark(r rune) {
	if r == 0x307 && m.last.base() == 'i'-'`' && m.last != 0 {
		return // the dot of an i
	}
	shape, tone, ok := markOf(r)
	if ok && m.last != 0 {
		s, t := m.last.shape(), m.last.tone()
		switch {
		case tone != 0:
			t = tone
		case s == 0 && shapeFits(m.last.base(), r):
			s = shape
		case s != shape || !shapeFits(m.last.base(), r):
			ok = false
		}
		if c := compose(m.last.base(), s, t, m.last.upper()); ok && c != 0 {
			m.dst = utf8.AppendRune(m.dst[:m.at], c)
			m.last, m.prev = letterOf(c), c
			return
		}
	}
	m.put(r)
	m.unsure = true
}

// shapeFits reports whether Vietnamese writes the mark r on this base letter.
func shapeFits(base uint64, r rune) bool {
	switch r {
	case 0x302:
		return base == 'a'-'a'+1 || base == 'e'-'a'+1 || base == 'o'-'a'+1
	case 0x306:
		return base == 'a'-'a'+1
	case 0x31B:
		return base == 'o'-'a'+1 || base == 'u'-'a'+1
	}
	return false
}

func vowel(r rune) bool {
	l := letterOf(r)
	return l&letterViet != 0 && vowelBases>>l.base()&1 != 0
}

// vowelBases has bit b set for each base letter b that is a vowel.
const vowelBases = 1<<1 | 1<<5 | 1<<9 | 1<<15 | 1<<21 | 1<<25

// looksLatin reports whether a Cyrillic or Greek letter looks like a Latin one. A
// mark after it makes it a letter of its own script, as it is when the two are
// written as one character.
func looksLatin(r rune, after []byte) bool {
	next, _ := utf8.DecodeRune(after)
	return scriptLookAlike(r) != 0 && kindOf(next) != kindMark
}

// allLookAlike reports whether every Cyrillic or Greek letter of the word
// around src[i] looks like a Latin one: a word that is really Russian or Greek
// nearly always has one that does not.
func allLookAlike(src []byte, i int) bool {
	for from := i; from > 0; {
		r, n := utf8.DecodeLastRune(src[:from])
		if kindOf(r) == kindSpace {
			break
		}
		if foreignScript(r) && !looksLatin(r, src[from:]) {
			return false
		}
		from -= n
	}
	for to := i; to < len(src); {
		r, n := utf8.DecodeRune(src[to:])
		if kindOf(r) == kindSpace {
			break
		}
		if foreignScript(r) && !looksLatin(r, src[to+n:]) {
			return false
		}
		to += n
	}
	return true
}
