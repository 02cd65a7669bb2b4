package standardize

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// trim drops the outer spaces of a value. Two of Unicode's spaces stay, and
// kept says that one did: U+0085 and U+00A0 are what Latin-1 shows for bytes
// that are letters in VISCII and VPS (Ầ, Õ), so they are no spaces before the
// encoding of the form is known.
func trim(v []byte) (trimmed []byte, kept bool) {
	n := len(v)
	if n == 0 || v[0] > ' ' && v[0] < utf8.RuneSelf && v[n-1] > ' ' && v[n-1] < utf8.RuneSelf {
		return v, false // nearly every value: told by its two ends
	}
	v = bytes.TrimFunc(v, surelySpace)
	if len(v) == 0 {
		return nil, false
	}
	first, _ := utf8.DecodeRune(v)
	last, _ := utf8.DecodeLastRune(v)
	return v, unicode.IsSpace(first) || unicode.IsSpace(last)
}

func surelySpace(r rune) bool { return r != 0x85 && r != 0xA0 && unicode.IsSpace(r) }
