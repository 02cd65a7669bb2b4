package normalize

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// lowerRune and upperRune change the case of a letter of the tables. Letters
// of other scripts stay: their other case may look like a Latin letter.
func lowerRune(r rune) rune {
	switch l := letterOf(r); {
	case l&letterViet != 0:
		return compose(l.base(), l.shape(), l.tone(), false)
	case l != 0:
		return unicode.ToLower(r)
	}
	return r
}

func upperRune(r rune) rune {
	switch l := letterOf(r); {
	case l&letterViet != 0:
		return compose(l.base(), l.shape(), l.tone(), true)
	case l != 0:
		if u := unicode.ToUpper(r); letterOf(u) != 0 {
			return u
		}
	}
	return r
}

// kind says what cleaning does with a rune that is no letter of the tables.
type kind uint8

const (
	kindOther kind = iota
	kindSpace
	kindDrop
	kindApostrophe
	kindHyphen
	kindMark
)

// kindOf sorts a rune that stands outside the letter tables.
func kindOf(r rune) kind {
	switch {
	case r < 0x20:
		if r >= '\t' && r <= '\r' {
			return kindSpace
		}
		return kindDrop
	case r == ' ', r == 0x85, r == 0xA0, r == 0x1680, r == 0x3000, r == 0x202F, r == 0x205F,
		r >= 0x2000 && r <= 0x200A, r == 0x2028, r == 0x2029:
		return kindSpace
	case r < 0x7F:
		return kindOther
	case r < 0xA0, r == 0xAD, r == 0x34F, r == 0x61C, r == 0x180E, r == 0xFEFF,
		r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x206F,
		r >= 0xFE00 && r <= 0xFE0F:
		return kindDrop
	case r == 0xB4, r == 0x2BC, r == 0x2BB, r == 0x2B9, r == 0x2BE, r == 0x2BF, r == 0x2C8, r == 0x2CA,
		r == 0x2CB, r == 0x2018, r == 0x2019, r == 0x201A, r == 0x201B, r == 0x2032, r == 0x2035, r == 0xA78C, r == 0x1FBD, r == 0x1FBF, r == 0x1FEF, r == 0x1FFD, r == 0x1FFE:
		return kindApostrophe
	case r >= 0x2010 && r <= 0x2015, r == 0x2212, r == 0x2043, r == 0xFE58, r == 0xFE63:
		return kindHyphen
	case r >= 0x300 && r <= 0x36F:
		return kindMark
	}
	return kindOther
}

// lookAlike returns the Latin letter that a rune was surely meant for,
// whatever stands around it; else r.
func lookAlike(r rune) rune {
	switch {
	case r == 'Ð' || r == 'Ɖ':
		return 'Đ'
	case r == 'ð' || r == 'ɖ':
		return 'đ'
	case r == 'ı':
		return 'i'
	case r == 'İ':
		return 'I'
	case r == 'ſ':
		return 's'
	case r >= 0xFF01 && r <= 0xFF5E:
		return r - 0xFF01 + '!'
	}
	return r
}

// scriptLookAlike returns the Latin letter that a Cyrillic or Greek one looks
// like, 0 if there is none. Both cases of a letter go to one Latin letter.
func scriptLookAlike(r rune) rune {
	if r < 0x370 || r > 0x4FF {
		return 0
	}
	const from = "АВЕЅІЈКМНОРСТУХаеѕіјкмнорстухвΑΒΕΖΗΙΚΜΝΟΡΤΥΧαβεζηικμνορτυχ"
	const to = "ABESIJKMHOPCTYXaesijkmhopctyxbABEZHIKMNOPTYXabezhikmnoptyx"
	i := 0
	for _, c := range from {
		if c == r {
			return rune(to[i])
		}
		i++
	}
	return 0
}

// foreignScript reports whether r is a Cyrillic or Greek letter.
func foreignScript(r rune) bool {
	return (r >= 0x370 && r <= 0x52F || r >= 0x1F00 && r <= 0x1FFF) && unicode.IsLetter(r)
}

// foldPair returns the second ASCII letter of the few letters that fold to
// two, else 0.
func foldPair(r rune) byte {
	switch r {
	case 'æ', 'Æ', 'ǣ', 'Ǣ', 'ǽ', 'Ǽ', 'œ', 'Œ':
		return 'e'
	case 'ß':
		return 's'
	case 'þ', 'Þ':
		return 'h'
	}
	return 0
}

// decomposition returns the compatibility decomposition of r, nil if r has
// none. The result is shared: read it only.
func decomposition(r rune) []byte {
	return norm.NFKD.PropertiesString(string(r)).Decomposition()
}

// appendLower appends s in small letters.
func appendLower(dst, s []byte) []byte {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRune(s[i:])
		dst = utf8.AppendRune(dst, lowerRune(r))
		i += n
	}
	return dst
}

func anyLower(s []byte) bool { return anyCase(s, false) }

// allUpper reports whether s has a capital and no small letter.
func allUpper(s []byte) bool { return anyCase(s, true) && !anyCase(s, false) }

func anyCase(s []byte, upper bool) bool {
	for i := 0; i < len(s); {
		l, n := letterAt(s[i:])
		if l != 0 && l.upper() == upper {
			return true
		}
		i += max(n, 1)
	}
	return false
}

// appendCased appends a rune as a capital or small.
func appendCased(dst []byte, r rune, upper bool) []byte {
	if upper {
		return utf8.AppendRune(dst, upperRune(r))
	}
	return utf8.AppendRune(dst, lowerRune(r))
}

// foreignLetter reports whether r is a letter or mark outside the tables.
func foreignLetter(r rune) bool { return r >= utf8.RuneSelf && unicode.In(r, unicode.L, unicode.M) }

// appendSimple appends src with spaces, hyphens, apostrophes and full-width
// characters in their ASCII form and invisible ones gone. It is what dates and
// numbers need of AppendClean, and lets dst stay on the stack.
func appendSimple(dst, src []byte) []byte {
	for i := 0; i < len(src); {
		r, n := utf8.DecodeRune(src[i:])
		i += n
		switch r = lookAlike(r); kindOf(r) {
		case kindSpace:
			r = ' '
		case kindDrop:
			continue
		case kindApostrophe:
			r = '\''
		case kindHyphen:
			r = '-'
		}
		dst = utf8.AppendRune(dst, r)
	}
	return dst
}
