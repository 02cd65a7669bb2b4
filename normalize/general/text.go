package general

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// AppendText appends words: lower case, letters without their marks, digits, and
// one space between words. Letters of other scripts stay; punctuation parts
// words, but for an apostrophe, which joins ("O'Brien" is one word).
func AppendText(dst, src []byte) []byte {
	start, gap := len(dst), false
	for i := 0; i < len(src); i++ {
		c := src[i]
		switch {
		case c >= utf8.RuneSelf:
			return appendForeign(dst[:start], src)
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
		case c == '\'':
			continue
		default:
			gap = true
			continue
		}
		if gap && len(dst) > start {
			dst = append(dst, ' ')
		}
		gap = false
		dst = append(dst, c)
	}
	return dst
}

// plainLetters are Latin letters that do not come apart into a letter and a mark.
var plainLetters = map[rune]string{
	'đ': "d", 'Đ': "d", 'ð': "d", 'Ð': "d", 'ł': "l", 'Ł': "l", 'ø': "o", 'Ø': "o", 'ß': "ss", 'ẞ': "ss",
	'æ': "ae", 'Æ': "ae", 'œ': "oe", 'Œ': "oe", 'þ': "th", 'Þ': "th", 'ı': "i", 'ħ': "h", 'Ħ': "h",
}

// appendForeign is AppendText for text with letters outside ASCII.
func appendForeign(dst, src []byte) []byte {
	start, gap := len(dst), false
	for _, r := range string(norm.NFKD.Bytes(src)) {
		plain, known := plainLetters[r]
		switch {
		case unicode.Is(unicode.Mn, r), r == '\'', r == '’', r == '‘', r == 'ʼ':
			continue
		case !known && !unicode.IsLetter(r) && !unicode.IsDigit(r):
			gap = true
			continue
		}
		if gap && len(dst) > start {
			dst = append(dst, ' ')
		}
		gap = false
		if known {
			dst = append(dst, plain...)
		} else {
			dst = utf8.AppendRune(dst, unicode.ToLower(r))
		}
	}
	return dst
}

// AppendTidy appends text as it is to be published: NFC, single spaces, no outer
// ones.
func AppendTidy(dst, src []byte) []byte {
	if !norm.NFC.IsNormal(src) {
		src = norm.NFC.Bytes(src)
	}
	start, gap := len(dst), false
	for _, c := range src {
		if c == ' ' || c == '\t' || c == '\n' || c == '\r' {
			gap = len(dst) > start
			continue
		}
		if gap {
			dst, gap = append(dst, ' '), false
		}
		dst = append(dst, c)
	}
	return dst
}

// AppendCode appends what names a thing: letters in upper case and digits,
// nothing else ("ab-12 34" is AB1234).
func AppendCode(dst, src []byte) []byte {
	start := len(dst)
	dst = AppendText(dst, src)
	at := start
	for _, c := range dst[start:] {
		switch {
		case c == ' ':
			continue
		case c >= 'a' && c <= 'z':
			c -= 'a' - 'A'
		}
		dst[at] = c
		at++
	}
	return dst[:at]
}

// AppendDigits appends the digits and nothing else.
func AppendDigits(dst, src []byte) []byte {
	for _, c := range src {
		if c >= '0' && c <= '9' {
			dst = append(dst, c)
		}
	}
	return dst
}

// AppendEmail appends an e-mail address in lower case without what stands after
// a plus sign; a text without an @ between two parts is none.
func AppendEmail(dst, src []byte) []byte {
	start, at, plus := len(dst), -1, false
	for _, c := range src {
		switch {
		case c == '@':
			at, plus = len(dst), false
		case c == ' ', c == '\t', c == '<', c == '>':
			continue
		case c == '+' && at < 0:
			plus = true
			continue
		case plus:
			continue
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		}
		dst = append(dst, c)
	}
	if at <= start || at == len(dst)-1 {
		return dst[:start]
	}
	return dst
}
