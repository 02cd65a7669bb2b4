package address

import "unicode"

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
// Additional; both cases, 0 for what is no letter here.
var latinGlyphs, vietGlyphs = makeGlyphs()

func makeGlyphs() (latin [lastLatin - firstLatin + 1]glyph, viet [lastViet - firstViet + 1]glyph) {
	put := func(r rune, g glyph) {
		switch {
		case r >= firstLatin && r <= lastLatin:
			latin[r-firstLatin] = g
		case r >= firstViet && r <= lastViet:
			viet[r-firstViet] = g
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
