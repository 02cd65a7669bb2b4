package decode

import (
	"bytes"
	"unicode/utf8"

	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
	"golang.org/x/text/encoding/charmap"
)

// mend returns the text of a row as valid UTF-8, and notes what it found.
// Separators, quotes and control characters stay where they are: old encodings
// have letters among the control characters, so whoever knows the encoding takes
// out what is left of them.
func (s *Stage) mend(row []byte, in *record.Chunk) []byte {
	high, control, valid := scan(row)
	s.control = s.control || control && hasControl(row)
	if !valid {
		if !in.Declared || in.Encoding == normalize.UTF8 {
			s.codes.Add(reason.TextInvalidUTF8)
		}
		declared := in.Declared && in.Encoding != normalize.UTF8
		if declared || (!in.Declared && isSingleByte(row)) {
			s.text = appendView(s.text[:0], row)
		} else {
			s.text = appendMarked(s.text[:0], row)
		}
		row = s.text
	} else if high && bytes.IndexByte(row, 0xEF) >= 0 && bytes.Contains(row, replacement) {
		s.codes.Add(reason.TextInvalidUTF8)
	}
	return row
}

var replacement = []byte("\uFFFD")

// hasControl reports whether text has a control character. Tabs and line ends
// are spaces in the end.
func hasControl(text []byte) bool {
	for _, b := range text {
		if isControl[b] {
			return true
		}
	}
	return false
}

var isControl = func() (t [256]bool) {
	for b := range ' ' {
		t[b] = b != '\t' && b != '\n' && b != '\r'
	}
	t[0x7F] = true
	return t
}()

// isSingleByte reports whether a row that is not UTF-8 is text in some
// single-byte encoding, and not UTF-8 with damage: more of its bytes beyond
// ASCII stand alone than form characters.
func isSingleByte(row []byte) bool {
	alone, formed := 0, 0
	for len(row) > 0 {
		r, n := utf8.DecodeRune(row)
		switch {
		case r == utf8.RuneError && n == 1:
			alone++
		case n > 1:
			formed++
		}
		row = row[n:]
	}
	return alone > formed
}

// view is each byte as the character of Windows-1252, in UTF-8; the five bytes
// that have none are the control characters of Latin-1.
var view = func() (t [256]string) {
	for b := range t {
		r := charmap.Windows1252.DecodeByte(byte(b))
		if r == utf8.RuneError {
			r = rune(b)
		}
		t[b] = string(r)
	}
	return t
}()

// appendView appends single-byte text as characters of Windows-1252.
func appendView(dst, src []byte) []byte {
	for _, b := range src {
		if b < utf8.RuneSelf {
			dst = append(dst, b)
			continue
		}
		dst = append(dst, view[b]...)
	}
	return dst
}

// appendMarked appends src with U+FFFD for every byte that is not UTF-8.
func appendMarked(dst, src []byte) []byte {
	for len(src) > 0 {
		r, n := utf8.DecodeRune(src)
		if r == utf8.RuneError && n == 1 {
			dst = append(dst, replacement...)
		} else {
			dst = append(dst, src[:n]...)
		}
		src = src[n:]
	}
	return dst
}
