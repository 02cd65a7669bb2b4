package address

import "unicode/utf8"

// Limits of what is looked at: the units stand at the end (or the start) of an
// address, so of a longer text only the last part is parsed.
const (
	maxText   = 640
	maxTokens = 64
	maxWord   = 255
)

// Separators before a token, weak to strong.
const (
	sepSpace = iota // spaces or nothing
	sepDot          // . or : as after a keyword
	sepSoft         // - / and the like
	sepHard         // , ; | ( ) line end, or the start of the text
)

// Flags of a token.
const (
	tokNumber = 1 << iota // starts with a digit
	tokMarked             // has a mark or tone
	tokOpen               // an opening bracket stands before it
	tokClosed             // a closing bracket stands before it
	tokDotted             // a dot follows at once
	tokLossy              // begins a keyword that lacks marks
)

// A token is a word or a number of the address. Its letters, without case and
// marks, lie in scratch.let[lo:hi], their marks in scratch.mark[lo:hi].
type token struct {
	start, end int32  // in the text
	hash       uint64 // of its letters, and spread over all bits by slot
	slot       uint64
	lo, hi     uint16
	group      uint16 // number of the group whose whole name it is, 0 for none
	sep        uint8
	flags      uint8
	roman      uint8 // value of a Roman numeral, 0 for none
	kw         uint8 // keyword that ends right before this token, 0 for none
	kwFrom     uint8 // where that keyword starts
	isKw       uint8 // keyword that this token belongs to
	behind     bool  // it is a keyword of the name before it
	opens      bool  // some name may begin with it
	alone      uint8 // keyword that it is by itself, 0 for none
	opensKw    bool  // some keyword may begin with it
	exact      bool  // alone, mark for mark
}

const hashPrime = 0x9E3779B97F4A7C15 | 1

// maxLetters is more than a text of maxText has, a power of two.
const maxLetters = 1024

// scratch holds the tokens of one text.
type scratch struct {
	x     *index      // nil while it is built
	seen  *wordMemory // nil until it pays
	tok   [maxTokens]token
	n     int
	used  int  // letters in let and mark
	dirty bool // the text is not surely clean
	let   [maxLetters]byte
	mark  [maxLetters]byte // per letter: shape; the first letter of a token also carries the tone, from bit 2
}

// letters returns the letters of tokens [lo,hi).
func (s *scratch) letters(lo, hi int) []byte { return s.let[s.tok[lo].lo:s.tok[hi-1].hi] }

// marks returns the marks of tokens [lo,hi).
func (s *scratch) marks(lo, hi int) []byte { return s.mark[s.tok[lo].lo:s.tok[hi-1].hi] }

// tokenize cuts text[from:], of which no more than maxText bytes are left, into
// words and numbers. It reports whether the text is surely clean, as by
// normalize.IsClean.
func (s *scratch) tokenize(text []byte, from int) bool {
	s.n, s.used = 0, 0
	s.dirty = len(text) > 0 && (text[0] == ' ' || text[len(text)-1] == ' ')
	sep, brackets := uint8(sepHard), uint8(0)
	for i := from; i < len(text); {
		c := text[i]
		switch {
		case c == ' ':
			i++
			s.dirty = s.dirty || i < len(text) && text[i] == ' '
			continue
		case lowers[c] != 0:
			i = s.nextWord(text, i, sep, brackets)
		case digit(c):
			i = s.number(text, i, sep, brackets)
		case c < utf8.RuneSelf:
			s.dirty = s.dirty || c < ' ' || c == '`' || c == 0x7F
			sep, brackets = separator(c, sep, brackets)
			i++
			continue
		default:
			_, n := glyphAt(text[i:])
			if n < 0 {
				s.dirty = true
				if r := text[i]; r == 0xE2 || r == 0xC2 {
					sep = max(sep, sepSoft) // dashes, bullets, quotes
				}
				i -= n
				continue
			}
			i = s.nextWord(text, i, sep, brackets)
		}
		sep, brackets = sepSpace, 0
	}
	return !s.dirty
}

func separator(c, sep, brackets uint8) (uint8, uint8) {
	switch c {
	case ' ', '\'', '"', '*', '_':
	case ',', ';', '|', '\n', '\t':
		sep = sepHard
	case '(', '[', '{':
		sep, brackets = sepHard, brackets|tokOpen
	case ')', ']', '}':
		sep, brackets = sepHard, brackets|tokClosed
	case '.', ':':
		sep = max(sep, sepDot)
	default:
		sep = max(sep, sepSoft)
	}
	return sep, brackets
}

// clean says how cleanly a separator ends a name: 2 for a hard one, 0 for a
// space.
func clean(sep uint8) uint8 { return (sep + 1) / 2 }

func asciiLetter(c byte) bool { return lowers[c] != 0 }

// open starts a token; when there is no room the oldest ones are dropped.
func (s *scratch) open(start int, sep, flags uint8) *token {
	if s.n == maxTokens {
		const drop = maxTokens / 4
		s.n = copy(s.tok[:], s.tok[drop:])
		s.tok[0].sep = sepHard
	}
	t := &s.tok[s.n]
	s.n++
	*t = token{start: int32(start), lo: uint16(s.used), sep: sep, flags: flags}
	return t
}

// close ends the token, whose letters are those from t.lo on and have the hash h.
func (s *scratch) close(t *token, end int, h uint64) {
	t.end, t.hi = int32(end), uint16(s.used)
	t.hash, t.slot = h, slot(h)
	if s.x != nil {
		s.lookUp(t)
	}
}

// lookUp asks the index what the token is by itself.
func (s *scratch) lookUp(t *token) {
	x := s.x
	t.alone, t.exact, t.group = 0, false, 0
	if t.opensKw = t.flags&tokNumber == 0 && x.opensKeyword(t.slot); t.opensKw {
		t.alone, t.exact = x.keyword(t.hash, t.slot, s.mark[t.lo:t.hi], 1)
	}
	prefix, whole := x.begins(t.slot)
	if t.opens = prefix; prefix && whole {
		t.group = x.find(t.slot, s.let[t.lo:t.hi])
	}
}

func hashLetters(let []byte) (h uint64) {
	for _, c := range let {
		h = h*hashPrime + uint64(c)
	}
	return h
}

// after returns the hash of the letters hashed to h with those of t after them:
// the hash of words is that of their letters run together.
func (t *token) after(h uint64) uint64 { return h*powers[t.hi-t.lo] + t.hash }

// powers of hashPrime.
var powers = func() (p [maxWord + 2]uint64) {
	p[0] = 1
	for i := 1; i < len(p); i++ {
		p[i] = p[i-1] * hashPrime
	}
	return p
}()

// word reads letters, and apostrophes between them (M'Drắk). A number glued to
// a keyword ("P5", "KP3", "to7") becomes a token of its own.
func (s *scratch) word(text []byte, i int, sep, flags uint8) int {
	t := s.open(i, sep, flags)
	start, lo, k := i, s.used, s.used
	h, marks, set := uint64(0), glyph(0), uint32(0)
	for i < len(text) && k-lo < maxWord {
		c := text[i]
		l, n, shape := lowers[c], 1, byte(0)
		if l == 0 {
			var g glyph
			if g, n = vowelAt(text[i:]); n > 0 {
				l, shape = g.letter(), g.shape()
				marks |= g
			} else if l, n = joint(text, i, start, k-lo); n == 0 {
				break
			} else if l == 0 {
				i += n
				continue
			}
		}
		s.let[k&(maxLetters-1)], s.mark[k&(maxLetters-1)] = l, shape
		h = h*hashPrime + uint64(l)
		set |= 1 << (l & 31)
		k++
		i += n
	}
	s.used = k
	if marks>>shapeShift != 0 {
		s.mark[lo&(maxLetters-1)] |= marks.tone() << 2
		t.flags |= tokMarked
	}
	s.close(t, i, h)
	if t.flags&tokMarked == 0 && set&^romanSet == 0 {
		t.roman = roman(s.let[t.lo:t.hi])
	}
	if c := s.let[lo&(maxLetters-1)]; (c == 't' || c == 'k') && k-lo >= 4 {
		s.glued(text, t, i)
	}
	return i
}

// joint says what stands at text[i] in a word that began at start and has so many
// letters: an apostrophe, which is passed over (0 and its length), a zero that is
// an o, or the end of the word (0, 0).
func joint(text []byte, i, start, letters int) (byte, int) {
	switch c := text[i]; {
	case c == '\'' || c == '`':
		if i > start && letterAt(text, i+1) {
			return 0, 1
		}
	case c == '0':
		if i > start && letterO(text, i, letters) {
			return 'o', 1
		}
	case c == 0xE2 && i+3 < len(text) && text[i+1] == 0x80 && (text[i+2] == 0x99 || text[i+2] == 0x98) && letterAt(text, i+3):
		return 0, 3
	}
	return 0, 0
}

func letterAt(text []byte, i int) bool {
	if i >= len(text) {
		return false
	}
	_, n := glyphAt(text[i:])
	return n > 0
}

// letterO reports whether the zero at i, after some letters, was an o on paper:
// a letter follows, or the word ends there ("L0ng", "CA0").
func letterO(text []byte, i, letters int) bool {
	if i+1 == len(text) || text[i+1] < utf8.RuneSelf && !asciiLetter(text[i+1]) {
		return letters >= 2 && (i+1 == len(text) || !digit(text[i+1]))
	}
	_, n := glyphAt(text[i+1:])
	return n > 0
}

// glued cuts a keyword off the front of a word where it can be nothing else:
// "TPHCM", "TPVinh", "TXSơn Tây" (no syllable starts with tp, tx, kp).
func (s *scratch) glued(text []byte, t *token, end int) {
	w := s.let[t.lo:t.hi]
	if len(w) < 4 || w[0] != 't' && w[0] != 'k' || w[1] != 'p' && w[1] != 'x' || w[1] == 'x' && w[0] == 'k' || t.hi-t.lo > 60 {
		return
	}
	if s.n == maxTokens || text[t.start]|0x20 != w[0] || text[t.start+1]|0x20 != w[1] {
		return
	}
	first := *t
	first.end, first.hi = first.start+2, first.lo+2
	rest := s.open(int(t.start)+2, sepDot, t.flags)
	s.used = int(first.hi)
	*t = first
	s.close(t, int(first.end), hashLetters(w[:2]))
	s.used = int(first.lo) + len(w)
	rest.lo = first.hi
	s.close(rest, end, hashLetters(w[2:]))
}
