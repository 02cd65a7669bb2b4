package general

import "bytes"

// titles are words before or after a name that are no part of it.
var titles = [][]byte{
	[]byte("mr"), []byte("mrs"), []byte("ms"), []byte("miss"), []byte("dr"), []byte("prof"), []byte("sir"), []byte("jr"), []byte("sr"),
}

// AppendName appends a person's name, or a part of one, in Latin letters: its
// words as AppendText makes them, without titles unless nothing else is there.
func AppendName(dst, src []byte) []byte {
	start := len(dst)
	dst = AppendText(dst, src)
	text, at, kept := dst[start:], start, 0
	for len(text) > 0 {
		word := text
		if i := bytes.IndexByte(text, ' '); i >= 0 {
			word, text = text[:i], text[i+1:]
		} else {
			text = nil
		}
		if isTitle(word) && (kept > 0 || len(text) > 0) {
			continue
		}
		if kept++; kept > 1 {
			dst[at] = ' '
			at++
		}
		at += copy(dst[at:], word)
	}
	return dst[:at]
}

func isTitle(word []byte) bool {
	for _, t := range titles {
		if bytes.Equal(word, t) {
			return true
		}
	}
	return false
}
