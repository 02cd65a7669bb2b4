package address

import (
	"unicode"
	"unicode/utf8"
)

// A glyph is one letter taken apart: low byte the ASCII letter, then two bits
// of shape (1 circumflex, 2 breve or horn, 3 stroke) and three of tone.
type glyph uint16

const (
	shapeShift = 8
	toneShift  = 10
)

func (g glyph) letter() byte { return byte(g) }
func (g glyph) shape() byte  { return byte(g>>shapeShift) & 3 }
func (g glyph) tone() byte   { return byte(g>>toneShift) & 7 }

// vowels lists each vowel with its tones: none, huyền, sắc, hỏi, ngã, nặng.
var vowels = [...]struct {
	letter, shape byte
	tones         string
}{
	{'a', 0, "aàáảãạ"}, {'a', 2, "ăằắẳẵặ"}, {'a', 1, "âầấẩẫậ"},
	{'e', 0, "eèéẻẽẹ"}, {'e', 1, "êềếểễệ"}, {'e', 2, "ĕ"},
	{'i', 0, "iìíỉĩị"}, {'i', 2, "ĭ"},
	{'o', 0, "oòóỏõọ"}, {'o', 1, "ôồốổỗộ"}, {'o', 2, "ơờớởỡợ"}, {'o', 2, "ŏ"},
	{'u', 0, "uùúủũụ"}, {'u', 2, "ưừứửữự"}, {'u', 2, "ŭ"},
	{'y', 0, "yỳýỷỹỵ"}, {'d', 3, "đ"}, {'d', 3, "ð"},
	{'n', 0, "ñ"},
}

const (
	firstLatin, lastLatin = 0xC0, 0x1B0
	firstViet, lastViet   = 0x1EA0, 0x1EF9
)

// glyphs of Latin-1, Latin Extended-A and -B up to ư, then of Latin Extended
// Additional; both cases, 0 for what is no letter here. They are found by the
// low bits of a letter's bytes in UTF-8.
var latinGlyphs, vietGlyphs = makeGlyphs()

func makeGlyphs() (latin [256]glyph, viet [128]glyph) {
	put := func(r rune, g glyph) {
		switch {
		case r >= firstLatin && r <= lastLatin:
			latin[r-firstLatin] = g
		case r >= firstViet && r <= lastViet:
			viet[r&127] = g
		}
	}
	for _, row := range vowels {
		tone := glyph(0)
		for _, r := range row.tones {
			g := glyph(row.letter) | glyph(row.shape)<<shapeShift | tone<<toneShift
			put(r, g)
			put(unicode.ToUpper(r), g)
			tone++
		}
	}
	return latin, viet
}

// lowers gives the small letter of each ASCII letter, 0 for any other byte.
var lowers = func() (t [256]byte) {
	for c := byte('a'); c <= 'z'; c++ {
		t[c], t[c-0x20] = c, c
	}
	return t
}()

// glyphAt returns the letter at the start of b and its length in bytes; a
// negative length is that of something that is no letter.
func glyphAt(b []byte) (glyph, int) {
	if c := b[0]; c < utf8.RuneSelf {
		if l := lowers[c]; l != 0 {
			return glyph(l), 1
		}
		return 0, -1
	}
	if g, n := vowelAt(b); n > 0 {
		return g, n
	}
	_, n := utf8.DecodeRune(b)
	return 0, -n
}

// vowelAt returns the letter outside ASCII at the start of b and its length, 0
// when there is none: the two ranges of Unicode that hold the letters of
// Vietnamese are looked up by their bytes.
func vowelAt(b []byte) (g glyph, n int) {
	if len(b) > 2 && b[0] == 0xE1 && b[1]|1 == 0xBB && b[2]&0xC0 == 0x80 {
		g, n = vietGlyphs[b[1]&1<<6|b[2]&0x3F], 3
	} else if len(b) > 1 && b[0] >= 0xC3 && b[0] <= 0xC6 && b[1]&0xC0 == 0x80 {
		g, n = latinGlyphs[(b[0]-0xC3)<<6|b[1]&0x3F], 2
	}
	if g == 0 {
		return 0, 0
	}
	return g, n
}
