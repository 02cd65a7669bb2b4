package normalize

import (
	"unicode"
	"unicode/utf8"
)

const (
	foldSpace = 0 // anything that parts words
	foldDrop  = 1 // nothing at all: apostrophes, marks, invisible characters
)

// foldASCII maps a byte below 0x80 to a lower-case letter or digit, or to
// foldSpace or foldDrop.
var foldASCII = func() (t [utf8.RuneSelf]byte) {
	for c := range t {
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			t[c] = byte(c)
		case c >= 'A' && c <= 'Z':
			t[c] = byte(c) - 'A' + 'a'
		case c == '\'', c == '`', c < 0x20 && (c < '\t' || c > '\r'), c == 0x7F:
			t[c] = foldDrop
		}
	}
	return t
}()

// AppendFold appends src to dst in its plainest form: lower-case ASCII
// letters, digits and single spaces between words; đ becomes d, every mark is
// dropped, apostrophes vanish and all other characters part words. It reads
// text in any Unicode form, so it needs no AppendClean before it.
func AppendFold(dst, src []byte) []byte {
	if cap(dst)-len(dst) < len(src) {
		return appendFolded(dst, len(dst), src, false)
	}
	out := dst[len(dst) : len(dst)+len(src)] // folding what the tables know never lengthens
	o, gap := 0, false
	for i := 0; i < len(src); {
		var c byte
		if b := src[i]; b < utf8.RuneSelf {
			c = foldASCII[b]
			i++
		} else if len(src)-i > 2 && b == 0xE1 && src[i+1]|1 == 0xBB && src[i+2]&0xC0 == 0x80 && foldThree[src[i+1]&1<<6|src[i+2]&0x3F] != 0 {
			c = foldThree[src[i+1]&1<<6|src[i+2]&0x3F]
			i += 3
		} else if len(src)-i > 1 && b >= 0xC3 && b <= 0xC6 && src[i+1]&0xC0 == 0x80 && foldTwo[(b-0xC3)<<6|src[i+1]&0x3F] != 0 {
			c = foldTwo[(b-0xC3)<<6|src[i+1]&0x3F]
			i += 2
		} else {
			return appendFolded(dst[:len(dst)+o], len(dst), src[i:], gap)
		}
		if c > foldDrop {
			if gap && o > 0 {
				out[o] = ' '
				o++
			}
			gap = false
			out[o] = c
			o++
		} else if c == foldSpace {
			gap = true
		}
	}
	return dst[:len(dst)+o]
}

// foldTwo and foldThree fold the letters of the Vietnamese alphabet that have two and
// three bytes, by the low bits of their bytes; 0 for any other character.
var foldTwo, foldThree = func() (two [256]byte, three [128]byte) {
	for i, l := range latinLetters[:256] {
		if l&letterViet != 0 {
			two[i] = byte('a' - 1 + l.base())
		}
	}
	for i, l := range vietLetters {
		if l&letterViet != 0 {
			three[(vietFirst+i)&127] = byte('a' - 1 + l.base())
		}
	}
	return two, three
}()

// appendFolded is AppendFold for any text. What was folded before begins at start;
// gap says that a space is due.
func appendFolded(dst []byte, start int, src []byte, gap bool) []byte {
	for i := 0; i < len(src); {
		var c byte
		if b := src[i]; b < utf8.RuneSelf {
			c = foldASCII[b]
			i++
		} else if l, n := letterAt(src[i:]); l&letterViet != 0 {
			c = byte('a' - 1 + l.base())
			i += n
		} else {
			r, n := utf8.DecodeRune(src[i:])
			i += n
			var more []byte
			c, more = foldRune(r, n)
			if len(more) > 0 {
				if gap && len(dst) > start {
					dst = append(dst, ' ')
				}
				gap = false
				dst = append(dst, c)
				dst = append(dst, more...)
				continue
			}
		}
		switch c {
		case foldSpace:
			gap = true
		case foldDrop:
		default:
			if gap && len(dst) > start {
				dst = append(dst, ' ')
			}
			gap = false
			dst = append(dst, c)
		}
	}
	return dst
}

var (
	moreE = []byte{'e'}
	moreS = []byte{'s'}
	moreH = []byte{'h'}
)

// foldRune folds one rune outside ASCII and the Vietnamese alphabet: its first
// byte, and what follows for a letter that folds to several.
func foldRune(r rune, size int) (byte, []byte) {
	if r == utf8.RuneError && size <= 1 {
		return foldSpace, nil
	}
	if r < utf8.RuneSelf {
		return foldASCII[r], nil
	}
	if a := lookAlike(r); a != r {
		if a < utf8.RuneSelf {
			return foldASCII[a], nil
		}
		return byte('a' - 1 + letterOf(a).base()), nil
	}
	if l := letterOf(r); l != 0 {
		switch foldPair(r) {
		case 'e':
			return byte('a' - 1 + l.base()), moreE
		case 's':
			return 's', moreS
		case 'h':
			return 't', moreH
		}
		return byte('a' - 1 + l.base()), nil
	}
	switch kindOf(r) {
	case kindSpace, kindHyphen:
		return foldSpace, nil
	case kindDrop, kindMark, kindApostrophe:
		return foldDrop, nil
	}
	if a := scriptLookAlike(r); a != 0 {
		return foldASCII[a], nil
	}
	return foldDecomposed(r)
}

// foldDecomposed folds a rune by its decomposition: its first rune decides.
func foldDecomposed(r rune) (byte, []byte) {
	d := decomposition(r)
	if len(d) == 0 {
		if unicode.Is(unicode.M, r) {
			return foldDrop, nil
		}
		return foldSpace, nil
	}
	first, n := utf8.DecodeRune(d)
	if first == r {
		return foldSpace, nil
	}
	c, more := foldRune(first, n)
	if c == foldSpace || c == foldDrop || len(more) > 0 {
		return c, more
	}
	end := n
	for end < len(d) && d[end] >= 'a' && d[end] <= 'z' {
		end++
	}
	return c, d[n:end]
}
