package normalize

import (
	"unicode"
	"unicode/utf8"
)

// AppendTonePlaced appends src, which is clean, with the tone of each legal
// syllable on the letter where the old style puts it (hoà, hòang and qủa
// become hòa, hoàng and quả); of two tones on one syllable the last stays.
// Other words are left alone.
func AppendTonePlaced(dst, src []byte) []byte { return appendPlaced(dst, src, false) }

// AppendToneNewStyle is AppendTonePlaced in the new style: hoà, khoẻ, thuý.
func AppendToneNewStyle(dst, src []byte) []byte { return appendPlaced(dst, src, true) }

func appendPlaced(dst, src []byte, newStyle bool) []byte {
	for i := 0; i < len(src); {
		n := wordLen(src[i:])
		if n == 0 {
			_, n = utf8.DecodeRune(src[i:])
			dst = append(dst, src[i:i+n]...)
		} else {
			dst, _ = appendPlacedWord(dst, src[i:i+n], newStyle)
		}
		i += n
	}
	return dst
}

// wordLen returns the length of the run of letters and marks at the head of s.
func wordLen(s []byte) int {
	i := 0
	for i < len(s) {
		l, n := letterAt(s[i:])
		if l == 0 {
			if s[i] < utf8.RuneSelf {
				break
			}
			var r rune
			if r, n = utf8.DecodeRune(s[i:]); !unicode.In(r, unicode.L, unicode.M) {
				break
			}
		}
		i += n
	}
	return i
}

// appendPlacedWord appends one word with its tone where the style puts it, and
// says whether that changed the word.
func appendPlacedWord(dst, word []byte, newStyle bool) ([]byte, bool) {
	var t trace
	t.read(word)
	w := t.word()
	at, ok := t.wrongTone(w, newStyle)
	if !ok {
		return append(dst, word...), false
	}
	return appendToneAt(dst, word, at, uint32(w.Tone())), true
}

// wrongTone says where the tone of a syllable belongs, and whether it stands
// elsewhere.
func (t *trace) wrongTone(w Word, newStyle bool) (at int, wrong bool) {
	if w.Tone() == 0 || !w.Valid() {
		return 0, false
	}
	_, n, r := spell(w.Base, w.Marks)
	at = int(n + r.old)
	if newStyle {
		at = int(n + r.new)
	}
	return at, at != t.toneAt || t.flags&twoTones != 0
}

// appendToneAt appends a word with its only tone on the letter at.
func appendToneAt(dst, word []byte, at int, tone uint32) []byte {
	for i, k := 0, 0; i < len(word); k++ {
		l, n := letterAt(word[i:])
		if l == 0 {
			_, n = utf8.DecodeRune(word[i:])
			dst = append(dst, word[i:i+n]...)
			i += n
			k--
			continue
		}
		own := uint32(0)
		if k == at {
			own = tone
		}
		dst = utf8.AppendRune(dst, compose(l.base(), l.shape(), own, l.upper()))
		i += n
	}
	return dst
}
