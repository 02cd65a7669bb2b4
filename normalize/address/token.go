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
	behind     bool  // it is a keyword of the name before it
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
	return farGlyph(b)
}

// farGlyph is glyphAt for what is not ASCII. The two ranges that hold the
// letters of Vietnamese are looked up by their bytes.
func farGlyph(b []byte) (glyph, int) {
	if len(b) > 1 && b[0] >= 0xC3 && b[0] <= 0xC6 && b[1]&0xC0 == 0x80 {
		if r := int(b[0]&0x1F)<<6 | int(b[1]&0x3F); r <= lastLatin && latinGlyphs[r-firstLatin] != 0 {
			return latinGlyphs[r-firstLatin], 2
		}
		return 0, -2
	}
	if len(b) > 2 && b[0] == 0xE1 && (b[1] == 0xBA || b[1] == 0xBB) && b[2]&0xC0 == 0x80 {
		if r := 0x1000 | int(b[1]&0x3F)<<6 | int(b[2]&0x3F); r >= firstViet && r <= lastViet && vietGlyphs[r-firstViet] != 0 {
			return vietGlyphs[r-firstViet], 3
		}
		return 0, -3
	}
	_, n := utf8.DecodeRune(b)
	return 0, -n
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

// close ends the token: t.end, t.hi and the hash of its letters.
func (s *scratch) close(t *token, end int) {
	t.end, t.hi = int32(end), uint16(len(s.let))
	t.hash, t.pow = hashLetters(s.let[t.lo:t.hi]), powers[t.hi-t.lo]
}

func hashLetters(let []byte) (h uint64) {
	for _, c := range let {
		h = h*hashPrime + uint64(c)
	}
	return h
}

// powers of hashPrime: a hash of words is that of their letters run together.
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
	start, let, mark, tone, shapes := i, s.let, s.mark, byte(0), byte(0)
	for i < len(text) && len(let)-int(t.lo) < maxWord {
		c := text[i]
		if asciiLetter(c) {
			let, mark = append(let, c|0x20), append(mark, 0)
			i++
			continue
		}
		if c < utf8.RuneSelf {
			if (c == '\'' || c == '`') && i > start && letterAt(text, i+1) {
				i++
				continue
			}
			if c != '0' || i == start || !letterO(text, i, len(let)-int(t.lo)) {
				break
			}
			let, mark = append(let, 'o'), append(mark, 0)
			i++
			continue
		}
		g, n := farGlyph(text[i:])
		if n < 0 {
			if c == 0xE2 && i+3 < len(text) && text[i+1] == 0x80 && (text[i+2] == 0x99 || text[i+2] == 0x98) && letterAt(text, i+3) {
				i += 3
				continue
			}
			break
		}
		let, mark = append(let, g.letter()), append(mark, g.shape())
		shapes |= g.shape()
		if g.tone() != 0 {
			tone |= g.tone()
		}
		i += n
	}
	s.let, s.mark = let, mark
	if tone|shapes != 0 {
		s.mark[t.lo] |= tone << 2
		t.flags |= tokMarked
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
	*t = first
	rest.lo = first.hi
	t.hash, t.pow = hashLetters(s.let[t.lo:t.hi]), powers[2]
	s.close(rest, end)
}
