package library

import (
	"github.com/dusach/dusach/matchers/similarity"
	"github.com/dusach/dusach/normalize"
)

// relation is how two words at the same place of two names relate.
type relation uint8

const (
	wordEqual   relation = iota
	wordLost             // marks of one are missing in the other
	wordVariant          // one word in two spellings or regions: kỹ/kĩ, hỏi/ngã, Vũ/Võ
	wordInitial          // one is the first letter of the other
	wordBare             // marks of one are missing, yet both are names: An/Ân, Hương/Hường
	wordMark             // same letters, other marks: another valid syllable
	wordSlip             // near, and one of them is no name word: a slip
	wordEar              // valid words that sound alike in some region: Trâm/Châm, Lan/Lang
	wordNear             // valid words one letter apart
	wordFar
)

// relate judges two words; bareA and bareB say whether the whole name on that
// side has no marks.
func relate(a, b normalize.Word, bareA, bareB bool) relation {
	if a.Base == b.Base {
		return relateMarks(a, b, bareA, bareB)
	}
	if a.Initial() || b.Initial() {
		if begins(a.Base, b.Base) {
			return wordInitial
		}
		return wordFar
	}
	x, y := a.Base&31, b.Base&31
	if (x == y || earHeads[x] != 0 && earHeads[x] == earHeads[y]) && normalize.SameVariant(a, b) {
		return wordVariant // regional forms begin alike: Cảnh/Kiểng
	}
	if !commonEnd(a.Base, b.Base) {
		return wordFar
	}
	if x != y {
		return relateHeads(a, b, bareA, bareB)
	}
	if normalize.SameSyllable(a, b) {
		return wordVariant
	}
	if bareA != bareB && looseY(a.Base) == looseY(b.Base) {
		return wordLost
	}
	return relateLetters(a, b, bareA, bareB)
}

// begins reports whether the letters of one word begin the other.
func begins(a, b uint64) bool {
	shorter := min(a>>60, b>>60)
	return (a^b)&(1<<(5*shorter)-1) == 0
}

// relateHeads judges words with different first letters: one slip there, or two
// onsets that some region speaks alike.
func relateHeads(a, b normalize.Word, bareA, bareB bool) relation {
	if similarity.PackedNear(a.Base, b.Base) {
		return relateLetters(a, b, bareA, bareB)
	}
	if head := earHeads[a.Base&31]; head != 0 && head == earHeads[b.Base&31] && soundsAlike(a, b) {
		return wordEar
	}
	return wordFar
}

// earHeads groups the first letters of onsets that some region speaks alike.
var earHeads = [32]uint8{'t' - '`': 1, 'c' - '`': 1, 'k' - '`': 1, 'd' - '`': 2, 'g' - '`': 2, 'v' - '`': 2, 'r' - '`': 2,
	's' - '`': 3, 'x' - '`': 3, 'l' - '`': 4, 'n' - '`': 4}

// relateMarks judges words with the same letters.
func relateMarks(a, b normalize.Word, bareA, bareB bool) relation {
	if (a.Marks^b.Marks)&wordMarks == 0 {
		return wordEqual
	}
	if normalize.LostMarks(a, b) {
		if bareA || bareB || stands(a, false) != attested || stands(b, false) != attested {
			return wordLost
		}
		return wordBare
	}
	if (a.Marks^b.Marks)&normalize.WordShapes == 0 && asking(a.Tone()) && asking(b.Tone()) {
		return wordVariant
	}
	if oneIsSlip(stands(a, bareA), stands(b, bareB)) {
		return wordSlip
	}
	return wordMark
}

// asking reports hỏi and ngã, which half of the country speaks alike.
func asking(tone int) bool { return tone == 3 || tone == 4 }

// relateLetters judges words with different letters.
func relateLetters(a, b normalize.Word, bareA, bareB bool) relation {
	la, lb := a.Len(), b.Len()
	if la-lb > 2 || lb-la > 2 {
		return wordFar
	}
	if near := similarity.PackedNear(a.Base, b.Base); near {
		if oneIsSlip(stands(a, bareA), stands(b, bareB)) {
			return wordSlip
		}
		if soundsAlike(a, b) {
			return wordEar
		}
		return wordNear
	}
	if soundsAlike(a, b) {
		return wordEar
	}
	if min(la, lb) < 4 || a.Valid() && b.Valid() || similarity.PackedOSA(a.Base, b.Base) > 2 {
		return wordFar
	}
	if x, y := stands(a, bareA), stands(b, bareB); x == unheard && y == attested || x == attested && y == unheard {
		return wordSlip
	}
	return wordFar
}

// commonEnd reports whether two words share their first or last letter. Where
// both ends differ, too little is left to call one a form of the other, and this
// cheap test ends most comparisons.
func commonEnd(a, b uint64) bool {
	return a&31 == b&31 || lastLetter(a) == lastLetter(b)
}

func lastLetter(base uint64) uint64 { return base >> (5 * (base>>60 - 1) & 63) & 31 }

// oneIsSlip reports whether one word is better established than the other: then
// the lesser is its misspelling. Two words of equal standing, both attested or
// both of another people's names, are two names.
func oneIsSlip(a, b standing) bool { return a != b }

// looseY writes a last y as i, for names without marks, where SameSyllable
// cannot tell.
func looseY(base uint64) uint64 {
	const i, y = 'i' - '`', 'y' - '`'
	at := 5 * (base>>60 - 1)
	if base>>at&31 == y {
		return base&^(31<<at) | i<<at
	}
	return base
}

// soundsAlike reports words that differ only by what some region speaks alike:
// ch/tr, s/x, d/gi/v, l/n at the head; n/ng, c/t at the end. Tones and
// shapes must agree as far as both have them.
func soundsAlike(a, b normalize.Word) bool {
	if ear(a.Base) != ear(b.Base) {
		return false
	}
	ta, tb := a.Tone(), b.Tone()
	return ta == tb || asking(ta) && asking(tb)
}

// ear maps letters that some region speaks alike to one of them; the number of
// letters is dropped.
func ear(base uint64) uint64 {
	const c, d, g, h, i, k, l, n, r, s, t, v, x = 3, 4, 7, 8, 9, 11, 12, 14, 18, 19, 20, 22, 24
	size := base >> 60
	w := base & (1<<60 - 1)
	switch first, second := w&31, w>>5&31; {
	case first == t && second == r:
		w = w&^1023 | c | h<<5
	case first == g && second == i && size > 2:
		w, size = w>>5&^31|d, size-1
	case first == v || first == r:
		w = w&^31 | d
	case first == x:
		w = w&^31 | s
	case first == n && second != g && second != h:
		w = w&^31 | l
	case first == k:
		w = w&^31 | c
	}
	if size < 2 {
		return w
	}
	at := 5 * (size - 1)
	switch last, before := w>>at&31, w>>(at-5)&31; {
	case last == g && before == n && size > 2:
		w &^= 31 << at
	case last == t:
		w = w&^(31<<at) | c<<at
	}
	return w
}
