package normalize

// LostMarks reports whether a and b have the same letters and all marks that
// one has, tone and shapes, stand in the other too: "Nguyen", "Nguyên" and
// "Nguyễn" are such pairs, "Hương" and "Hường" are not. Equal words are.
func LostMarks(a, b Word) bool {
	if a.Base != b.Base {
		return false
	}
	const all = WordShapes | WordTone
	x, y := a.Marks&all, b.Marks&all
	return marksWithin(x, y) || marksWithin(y, x)
}

func marksWithin(x, y uint32) bool {
	if t := x & WordTone; t != 0 && t != y&WordTone {
		return false
	}
	diff := (x ^ y) & WordShapes
	held := (x | x>>1) & 0x555555 // letters of x that have a shape
	return (diff|diff>>1)&held == 0
}

// SameSyllable reports whether a and b are the same but for what writers are
// free to choose: i or y at the end of an open syllable after h k l m s t v or
// qu (kỹ, kĩ). The place of the tone never counts.
func SameSyllable(a, b Word) bool {
	const all = WordShapes | WordTone
	if (a.Marks^b.Marks)&all != 0 {
		return false
	}
	return a.Base == b.Base || canonicalY(a.Base) == canonicalY(b.Base)
}

// canonicalY writes the final y of an open syllable as i.
func canonicalY(base uint64) uint64 {
	const i, y = 'i' - '`', 'y' - '`'
	switch base >> 60 {
	case 2:
		const before = 1<<('h'-'`') | 1<<('k'-'`') | 1<<('l'-'`') | 1<<('m'-'`') | 1<<('s'-'`') | 1<<('t'-'`') | 1<<('v'-'`')
		if base>>5&31 == y && before>>(base&31)&1 != 0 {
			return base&^(31<<5) | i<<5
		}
	case 3:
		if base>>10&31 == y && base&31 == 'q'-'`' && base>>5&31 == 'u'-'`' {
			return base&^(31<<10) | i<<10
		}
	}
	return base
}

// regionalPairs lists names that are one name in the speech of different
// regions: surnames first, then given names.
var regionalPairs = [...][2]string{
	{"hoàng", "huỳnh"}, {"vũ", "võ"}, {"châu", "chu"}, {"lã", "lữ"}, {"mã", "ma"},
	{"phúc", "phước"}, {"cảnh", "kiểng"}, {"kính", "kiếng"}, {"nhân", "nhơn"},
	{"nhật", "nhựt"}, {"tùng", "tòng"}, {"thái", "thới"}, {"bảo", "bửu"},
	{"hoa", "huê"}, {"sinh", "sanh"}, {"phượng", "phụng"}, {"trường", "tràng"},
	{"chính", "chánh"}, {"lĩnh", "lãnh"}, {"tính", "tánh"}, {"dũng", "dõng"},
	{"nghĩa", "ngãi"}, {"nguyên", "ngươn"}, {"cương", "cang"},
}

// regional holds both orders of each pair as two syllable numbers; most words
// are told apart by hasRegional before it is searched.
var regional, hasRegional = buildRegional()

func buildRegional() (pairs [2 * len(regionalPairs)]uint32, has [1 << 16 / 64]uint64) {
	for i, p := range regionalPairs {
		a, b := uint32(ParseWord([]byte(p[0])).Syllable()), uint32(ParseWord([]byte(p[1])).Syllable())
		if a == 0 || b == 0 {
			panic("BUG: a regional pair that is no pair of syllables")
		}
		pairs[2*i], pairs[2*i+1] = a<<16|b, b<<16|a
		has[a>>6] |= 1 << (a & 63)
		has[b>>6] |= 1 << (b & 63)
	}
	return pairs, has
}

// HasVariant reports whether a has another form in another region: of two words
// of which one has none, SameVariant is false.
func HasVariant(a Word) bool {
	x := a.Syllable()
	return x != 0 && hasRegional[x>>6]>>(x&63)&1 != 0
}

// SameVariant reports whether a and b are two regional forms of one name:
// Hoàng and Huỳnh, Vũ and Võ, Phúc and Phước. They are different names by law,
// yet often stand on different papers of one person.
func SameVariant(a, b Word) bool {
	x := uint32(a.Syllable())
	if x == 0 || hasRegional[x>>6]>>(x&63)&1 == 0 {
		return false
	}
	y := uint32(b.Syllable())
	if y == 0 || hasRegional[y>>6]>>(y&63)&1 == 0 {
		return false
	}
	for _, p := range regional {
		if p == x<<16|y {
			return true
		}
	}
	return false
}
