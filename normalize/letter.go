package normalize

import (
	"unicode"
	"unicode/utf8"
)

// A letter is one Latin letter taken apart: what stays when its marks are
// dropped, its shape mark, its tone and its case. Zero is "not a letter".
type letter uint16

const (
	shapeNone       = 0
	shapeCircumflex = 1
	shapeBreve      = 2 // breve on a, horn on o and u
	shapeStroke     = 3 // đ

	letterTone  = 7
	letterUpper = 1 << 10
	letterViet  = 1 << 11 // of the Vietnamese alphabet or plain ASCII, precomposed
	letterAlien = 1 << 12 // a Latin letter of another alphabet
	otherLetter = 27      // base of a letter that is none of a…z
	letterBase  = 31
	letterShape = 3 << 5
	letterBits  = letterBase | letterShape
	latinFirst  = 0xC0
	latinLast   = 0x24F
	vietFirst   = 0x1EA0
	vietLast    = 0x1EF9
)

func (l letter) base() uint64  { return uint64(l & letterBase) }
func (l letter) shape() uint32 { return uint32(l>>5) & 3 }
func (l letter) tone() uint32  { return uint32(l>>letterTone) & 7 }
func (l letter) upper() bool   { return l&letterUpper != 0 }

// vowelRows lists each vowel with its tones in the order ngang, huyền, sắc,
// hỏi, ngã, nặng. The order of the rows is shape by shape per letter.
var vowelRows = [...]struct {
	base, shape uint8
	tones       string
}{
	{'a', shapeNone, "aàáảãạ"}, {'a', shapeBreve, "ăằắẳẵặ"}, {'a', shapeCircumflex, "âầấẩẫậ"},
	{'e', shapeNone, "eèéẻẽẹ"}, {'e', shapeCircumflex, "êềếểễệ"},
	{'i', shapeNone, "iìíỉĩị"},
	{'o', shapeNone, "oòóỏõọ"}, {'o', shapeCircumflex, "ôồốổỗộ"}, {'o', shapeBreve, "ơờớởỡợ"},
	{'u', shapeNone, "uùúủũụ"}, {'u', shapeBreve, "ưừứửữự"},
	{'y', shapeNone, "yỳýỷỹỵ"},
}

// alienLetters gives, for Latin letters outside the Vietnamese alphabet, the
// ASCII letter that folding leaves (a letter that folds to two is given the
// first here and both by foldPair) and the shape that keeps it apart from the
// bare letter.
var alienLetters = [...]struct {
	base  byte
	shape uint8
	runes string
}{
	{'a', 1, "äåāąǎǟǡǻȁȃȧæǣǽ"}, {'b', 3, "ƀ"}, {'c', 1, "çćĉċčƈ"}, {'d', 1, "ďƌ"},
	{'e', 1, "ëēėęěȅȇȩ"}, {'e', 2, "ĕ"}, {'f', 1, "ƒ"}, {'g', 1, "ĝğġģǥǧǵ"}, {'h', 1, "ĥħȟ"},
	{'i', 1, "îïīįıǐȉȋ"}, {'i', 2, "ĭ"}, {'j', 1, "ĵǰ"}, {'k', 1, "ķĸƙǩ"}, {'l', 1, "ĺļľŀłƚ"},
	{'n', 1, "ñńņňŉŋƞǹ"}, {'o', 1, "öøōőœǒǫǭǿȍȏȫȭȯȱ"}, {'o', 2, "ŏ"}, {'p', 1, "ƥ"},
	{'r', 1, "ŕŗřȑȓ"}, {'s', 1, "śŝşšșſß"}, {'t', 1, "ţťŧțƫƭþ"}, {'u', 1, "ûüūůűųǔǖǘǚǜȕȗ"},
	{'u', 2, "ŭ"}, {'w', 1, "ŵ"}, {'y', 1, "ÿŷƴȳ"}, {'z', 1, "źżžƶȥ"},
}

type (
	asciiTable   [utf8.RuneSelf]letter
	latinTable   [latinLast - latinFirst + 1]letter
	vietTable    [vietLast - vietFirst + 1]letter
	composeTable [27][4][8][2]rune // by base, shape, tone, case; 0 where there is none
)

var asciiLetters, latinLetters, vietLetters, composed = buildLetters()

func buildLetters() (ascii asciiTable, latin latinTable, viet vietTable, comp composeTable) {
	put := func(r rune, l letter) {
		switch {
		case r < utf8.RuneSelf:
			ascii[r] = l
		case r >= vietFirst:
			viet[r-vietFirst] = l
		default:
			latin[r-latinFirst] = l
		}
	}
	both := func(r rune, l letter) {
		u := unicode.ToUpper(r)
		put(r, l|letterViet)
		put(u, l|letterViet|letterUpper)
		comp[l.base()][l.shape()][l.tone()] = [2]rune{r, u}
	}
	for c := 'a'; c <= 'z'; c++ {
		both(c, letter(c-'a'+1))
	}
	for _, row := range vowelRows {
		tone := letter(0)
		for _, r := range row.tones {
			both(r, letter(row.base-'a'+1)|letter(row.shape)<<5|tone<<letterTone)
			tone++
		}
	}
	both('đ', 'd'-'a'+1|shapeStroke<<5)
	for _, row := range alienLetters {
		for _, r := range row.runes {
			l := letter(row.base-'a'+1) | letter(row.shape)<<5 | letterAlien
			put(r, l)
			if u := unicode.ToUpper(r); u != r && u >= latinFirst && u <= latinLast {
				put(u, l|letterUpper)
			}
		}
	}
	return ascii, latin, viet, comp
}

// letterOf takes a rune apart; 0 if it is no letter of the tables.
func letterOf(r rune) letter {
	switch {
	case r < 0:
		return 0
	case r < utf8.RuneSelf:
		return asciiLetters[r]
	case r >= latinFirst && r <= latinLast:
		return latinLetters[r-latinFirst]
	case r >= vietFirst && r <= vietLast:
		return vietLetters[r-vietFirst]
	}
	return 0
}

// letterAt takes apart the letter at the head of s, which is not empty, and
// says how many bytes it has. A result of 0, 0 means that the head is no
// letter of the tables (or is not UTF-8): decode it the long way.
func letterAt(s []byte) (letter, int) {
	c := s[0]
	if c < utf8.RuneSelf {
		return asciiLetters[c], 1
	}
	if c >= 0xC3 && c <= 0xC8 && len(s) > 1 && s[1]&0xC0 == 0x80 {
		return latinLetters[int(c&0x1F)<<6|int(s[1]&0x3F)-latinFirst], 2
	}
	if c == 0xE1 && len(s) > 2 && s[1]|1 == 0xBB && s[2]&0xC0 == 0x80 {
		if i := int(s[1]&0x3F)<<6 | int(s[2]&0x3F); i >= 0xEA0 && i <= 0xEF9 {
			return vietLetters[i-0xEA0], 3
		}
	}
	return 0, 0
}

// compose returns the rune of a Vietnamese letter, 0 if there is none.
func compose(base uint64, shape, tone uint32, upper bool) rune {
	if base == 0 || base > 26 {
		return 0
	}
	if upper {
		return composed[base][shape][tone][1]
	}
	return composed[base][shape][tone][0]
}

// markOf says what a combining mark is: a tone 1…5, or a shape. ok is false
// for a mark that Vietnamese does not use.
func markOf(r rune) (shape, tone uint32, ok bool) {
	switch r {
	case 0x300, 0x340:
		return 0, 1, true
	case 0x301, 0x341:
		return 0, 2, true
	case 0x309:
		return 0, 3, true
	case 0x303:
		return 0, 4, true
	case 0x323:
		return 0, 5, true
	case 0x302:
		return shapeCircumflex, 0, true
	case 0x306, 0x31B:
		return shapeBreve, 0, true
	}
	return 0, 0, false
}
