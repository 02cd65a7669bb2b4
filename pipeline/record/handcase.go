package record

import (
	"unicode"
	"unicode/utf8"
)

func init() {
	for r := range rune(casedRunes) {
		upperOf[r], lowerOf[r] = unicode.ToUpper(r), unicode.ToLower(r)
	}
}

// appendCase appends s with each letter turned by a table.
func appendCase(dst, s []byte, turn *[casedRunes]rune) []byte {
	for i := 0; i < len(s); {
		if b := s[i]; b < utf8.RuneSelf {
			dst = append(dst, byte(turn[b]))
			i++
			continue
		}
		r, n := utf8.DecodeRune(s[i:])
		if r == utf8.RuneError || r >= casedRunes {
			dst = append(dst, s[i:i+n]...)
		} else {
			dst = utf8.AppendRune(dst, turn[r])
		}
		i += n
	}
	return dst
}
