package normalize

import "unicode/utf8"

// TCVN3 has no capitals with a tone: a text in capitals has the bytes of small
// letters among its capitals (TRÇN for TRẦN). raised writes each word of
// dst[at:] whose plain letters are capitals, two at least, in capitals; and all
// words if there is such a word and no plain small letter anywhere.
func raised(dst []byte, at int) []byte {
	all := false
	for i := at; i < len(dst); {
		n := max(wordLen(dst[i:]), 1)
		upper, lower := plainCase(dst[i : i+n])
		if lower > 0 {
			all = false
			break
		}
		all = all || upper >= 2
		i += n
	}
	for i := at; i < len(dst); {
		n := max(wordLen(dst[i:]), 1)
		if upper, lower := plainCase(dst[i : i+n]); lower == 0 && (all || upper >= 2) {
			raiseWord(dst[i : i+n])
		}
		i += n
	}
	return dst
}

// plainCase counts the letters of a word whose case TCVN3 can tell.
func plainCase(s []byte) (upper, lower int) {
	for i := 0; i < len(s); {
		l, n := letterAt(s[i:])
		if l.tone() == 0 && l != 0 {
			if l.upper() {
				upper++
			} else {
				lower++
			}
		}
		i += max(n, 1)
	}
	return upper, lower
}

// raiseWord turns the letters of s into capitals in place: a Vietnamese letter
// is as long in either case.
func raiseWord(s []byte) {
	for i := 0; i < len(s); {
		l, n := letterAt(s[i:])
		if l&letterViet != 0 {
			utf8.AppendRune(s[i:i], compose(l.base(), l.shape(), l.tone(), true))
		}
		i += max(n, 1)
	}
}
