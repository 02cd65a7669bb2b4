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
	start, end int32 // in the text
	hash, pow  uint64
	lo, hi     uint16
	sep        uint8
	flags      uint8
	roman      uint8 // value of a Roman numeral, 0 for none
	kw         uint8 // keyword that ends right before this token, 0 for none
	kwFrom     uint8 // where that keyword starts
	isKw       uint8 // keyword that this token belongs to
}

const hashPrime = 0x9E3779B97F4A7C15 | 1

// scratch holds the tokens of one text.
type scratch struct {
	tok  [maxTokens]token
	n    int
	let  []byte
	mark []byte // per letter: shape; the first letter of a token also carries the tone, from bit 2
}

// tokenize cuts text[from:] into words and numbers.
func (s *scratch) tokenize(text []byte, from int) {
	s.n, s.let, s.mark = 0, s.let[:0], s.mark[:0]
	sep, brackets := uint8(sepHard), uint8(0)
	for i := from; i < len(text); {
		c := text[i]
		switch {
		case c >= '0' && c <= '9':
			i = s.number(text, i, sep, brackets)
		case c < utf8.RuneSelf && !asciiLetter(c):
			sep, brackets = separator(c, sep, brackets)
			i++
			continue
		default:
			_, n := glyphAt(text[i:])
			if n < 0 {
				if r := text[i]; r == 0xE2 || r == 0xC2 {
					sep = max(sep, sepSoft) // dashes, bullets, quotes
				}
				i -= n
				continue
			}
			i = s.word(text, i, sep, brackets)
		}
		sep, brackets = sepSpace, 0
	}
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

func asciiLetter(c byte) bool { c |= 0x20; return c >= 'a' && c <= 'z' }

// glyphAt returns the letter at the start of b and its length in bytes; a
// negative length is that of something that is no letter.
func glyphAt(b []byte) (glyph, int) {
	c := b[0]
	if c < utf8.RuneSelf {
		if asciiLetter(c) {
			return glyph(c | 0x20), 1
		}
		return 0, -1
	}
	r, n := utf8.DecodeRune(b)
	var g glyph
	switch {
	case r >= firstLatin && r <= lastLatin:
		g = latinGlyphs[r-firstLatin]
	case r >= firstViet && r <= lastViet:
		g = vietGlyphs[r-firstViet]
	}
	if g == 0 {
		return 0, -n
	}
	return g, n
}

// open starts a token; when there is no room the oldest ones are dropped.
func (s *scratch) open(start int, sep, flags uint8) *token {
	if s.n == maxTokens {
		const drop = maxTokens / 4
		s.n = copy(s.tok[:], s.tok[drop:])
		s.tok[0].sep = sepHard
	}
	t := &s.tok[s.n]
	s.n++
	*t = token{start: int32(start), lo: uint16(len(s.let)), sep: sep, flags: flags}
	return t
}

func (s *scratch) add(t *token, c, mark byte) {
	s.let = append(s.let, c)
	s.mark = append(s.mark, mark)
}

// close ends the token: t.end, t.hi and the hash of its letters.
func (s *scratch) close(t *token, end int) {
	t.end, t.hi = int32(end), uint16(len(s.let))
	h, p := uint64(0), uint64(1)
	for _, c := range s.let[t.lo:t.hi] {
		h, p = h*hashPrime+uint64(c), p*hashPrime
	}
	t.hash, t.pow = h, p
}

// word reads letters, and apostrophes between them (M'Drắk). A number glued to
// a keyword ("P5", "KP3", "to7") becomes a token of its own.
func (s *scratch) word(text []byte, i int, sep, flags uint8) int {
	t := s.open(i, sep, flags)
	start := i
	for i < len(text) && len(s.let)-int(t.lo) < maxWord {
		if c := text[i]; c == '\'' || c == '`' {
			if i+1 < len(text) && i > start {
				if _, n := glyphAt(text[i+1:]); n > 0 {
					i++
					continue
				}
			}
			break
		}
		if c := text[i]; c == 0xE2 && i+3 < len(text) && text[i+1] == 0x80 && (text[i+2] == 0x99 || text[i+2] == 0x98) {
			if _, n := glyphAt(text[i+3:]); n > 0 {
				i += 3
				continue
			}
		}
		g, n := glyphAt(text[i:])
		if n < 0 {
			if text[i] != '0' || i == start || !s.letterO(text, i, len(s.let)-int(t.lo)) {
				break
			}
			g, n = 'o', 1
		}
		s.add(t, g.letter(), g.shape())
		if g.tone() != 0 {
			s.mark[t.lo] |= g.tone() << 2
		}
		if g>>shapeShift != 0 {
			t.flags |= tokMarked
		}
		i += n
	}
	s.close(t, i)
	if t.flags&tokMarked == 0 {
		t.roman = roman(s.let[t.lo:t.hi])
	}
	s.glued(text, t, i)
	if i < len(text) && text[i] == '.' {
		s.tok[s.n-1].flags |= tokDotted
	}
	return i
}

// letterO reports whether the zero at i, after some letters, was an o on paper:
// a letter follows, or the word ends there ("L0ng", "CA0").
func (s *scratch) letterO(text []byte, i, letters int) bool {
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
	*t = first
	rest.lo = first.hi
	s.closeAt(t)
	s.close(rest, end)
}

func (s *scratch) closeAt(t *token) {
	h, p := uint64(0), uint64(1)
	for _, c := range s.let[t.lo:t.hi] {
		h, p = h*hashPrime+uint64(c), p*hashPrime
	}
	t.hash, t.pow = h, p
}
