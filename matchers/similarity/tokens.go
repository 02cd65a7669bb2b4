package similarity

import "bytes"

// Tokens returns how many words (parts between single spaces) two texts share,
// with repeats and in any order, and how many each has.
func Tokens(a, b []byte) (common, na, nb int) {
	na, nb = words(a), words(b)
	var room [4]uint64 // words of b already taken
	taken := room[:]
	if nb > 64*len(taken) {
		taken = make([]uint64, (nb+63)/64)
	}
	for len(a) > 0 {
		var w []byte
		w, a = cut(a)
		if len(w) > 0 && take(w, b, taken) {
			common++
		}
	}
	return common, na, nb
}

// TokenSet returns the shared words over all words of both texts, 0..1: the
// same words in another order give 1. Two texts without words are equal (1).
func TokenSet(a, b []byte) float64 {
	common, na, nb := Tokens(a, b)
	if na+nb == 0 {
		return 1
	}
	return float64(common) / float64(na+nb-common)
}

func take(w, text []byte, taken []uint64) bool {
	for i := 0; len(text) > 0; {
		var v []byte
		v, text = cut(text)
		if len(v) == 0 {
			continue
		}
		if !has(taken, i) && bytes.Equal(v, w) {
			taken[i/64] |= 1 << (i % 64)
			return true
		}
		i++
	}
	return false
}

func cut(text []byte) (word, rest []byte) {
	if i := bytes.IndexByte(text, ' '); i >= 0 {
		return text[:i], text[i+1:]
	}
	return text, nil
}

func words(text []byte) int {
	n := 0
	for len(text) > 0 {
		var w []byte
		if w, text = cut(text); len(w) > 0 {
			n++
		}
	}
	return n
}
