package block

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/dusach/dusach/pipeline/record"
)

// Atoms of general fields that have several values, so that records meet which
// share a part of a text: a word, two words, all but one letter.

// severalFunctions append the values of a text, none twice; the limit is how many
// they append at most.
var severalFunctions = map[string]struct {
	most   int
	append func(dst []uint64, text []byte) []uint64
}{
	"any_word":  {12, appendWords},
	"two_words": {21, appendTwoWords},
	"near":      {24, appendNear},
}

// severalAtom makes the atom of such a function, and reports whether it is one.
func severalAtom(a *atom, function string) bool {
	f, ok := severalFunctions[function]
	if !ok {
		return false
	}
	a.most = f.most
	// Every pair that two records share a key with asks for the values of both, so
	// they are worked out once for each distinct text.
	a.prepare = func(k *record.Known, a *atom) {
		var slab []uint64
		a.table = k.Values.Derive(func(text []byte, _ uint64) uint64 {
			from := len(slab)
			slab = f.append(slab, text)
			return uint64(from)<<8 | uint64(len(slab)-from)
		})
		a.values = slab
	}
	a.many = func(dst []uint64, k *record.Known, row []byte, a *atom) []uint64 {
		at := k.Values.Derived[a.table][record.Uint32(row, a.at)]
		return append(dst, a.values[at>>8:at>>8+at&0xff]...)
	}
	return true
}

// longWords returns up to n words of a text, the longest first and of equals the
// least: long words are rarer than short ones, and articles are short. Words of
// one letter or digit say nothing.
func longWords(room [][]byte, text []byte, n int) [][]byte {
	list := room[:0]
	for len(text) > 0 {
		word := text
		if space := bytes.IndexByte(text, ' '); space >= 0 {
			word, text = text[:space], text[space+1:]
		} else {
			text = nil
		}
		if len(word) < 2 || slices.ContainsFunc(list, func(w []byte) bool { return bytes.Equal(w, word) }) {
			continue
		}
		if len(list) == cap(room) { // a very long text: what comes first
			break
		}
		list = append(list, word)
	}
	slices.SortFunc(list, func(x, y []byte) int { return cmp.Or(len(y)-len(x), bytes.Compare(x, y)) })
	return list[:min(n, len(list))]
}

// wordRoom is how many words of a text are looked at.
const wordRoom = 48

func appendWords(dst []uint64, text []byte) []uint64 {
	var room [wordRoom][]byte
	for _, w := range longWords(room[:0], text, 12) {
		dst = append(dst, record.HashText(w))
	}
	return dst
}

// appendTwoWords appends each pair of the seven longest words; a text of one
// word has that one.
func appendTwoWords(dst []uint64, text []byte) []uint64 {
	var room [wordRoom][]byte
	list := longWords(room[:0], text, 7)
	if len(list) == 1 {
		return append(dst, record.HashText(list[0]))
	}
	for i, v := range list {
		for _, w := range list[i+1:] {
			x, y := record.HashText(v), record.HashText(w)
			dst = append(dst, record.Mix(min(x, y), max(x, y))|1)
		}
	}
	return dst
}

// appendNear appends the text and what is left of it when one letter is taken
// out: two texts share one of these where a letter is wrong, missing, too many
// or has changed places with its neighbour (symmetric deletion). Texts longer
// than what fits stand for themselves beyond it.
func appendNear(dst []uint64, text []byte) []uint64 {
	if len(text) == 0 {
		return dst
	}
	from := len(dst)
	dst = append(dst, record.HashText(text))
	var room [64]byte
	for i := range min(len(text), 23, len(room)) {
		if len(text) > len(room) || i > 0 && text[i] == text[i-1] {
			continue // the same as without the letter before
		}
		left := append(append(room[:0], text[:i]...), text[i+1:]...)
		if h := record.HashText(left); h != 0 && !slices.Contains(dst[from:], h) {
			dst = append(dst, h)
		}
	}
	return dst
}
