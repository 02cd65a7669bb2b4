package normalize

import "github.com/dusach/dusach/normalize/tables"

// guessGender looks for the words that mark a gender, and weighs the others by
// the lists of names.
func (n *Name) guessGender(ethnic uint8) {
	s := &n.state
	odds := 1.0
	for i := range s.n {
		w := &s.words[i]
		if i > 0 || s.n == 1 {
			if w.facts.odds > 0 {
				odds *= w.facts.odds
			}
		}
		if n.Gender.Gender == GenderUnknown {
			n.Gender.Gender = n.markerAt(i, ethnic)
		}
	}
	switch n.Gender.Gender {
	case Male:
		n.Gender.Female = 3
	case Female:
		n.Gender.Female = 97
	default:
		n.Gender.Female = uint8(100*odds/(1+odds) + 0.5)
	}
}

// boyGirlPrior evens out the lists, which hold 1,190 names of men and 1,264 of
// women.
const boyGirlPrior = 1190.0 / 1264.0

// markerAt returns the gender that word i marks where it stands.
func (n *Name) markerAt(i int, ethnic uint8) Gender {
	s := &n.state
	w := &s.words[i]
	text := n.Written[w.from:w.to]
	inside := i > 0 && i < s.n-1
	switch {
	case ethnic > ethnicKinh && i <= 1 && customGender(i, w.w, ethnic) != GenderUnknown:
		return customGender(i, w.w, ethnic)
	case isPrefixed(text, 'H'):
		return Female
	case isPrefixed(text, 'K'):
		return Male
	case w.facts.role&roleThi != 0 && (inside || i == 0):
		return Female
	case w.facts.role&roleVan != 0 && inside:
		return Male
	case !s.marked && inside && w.w.Base == thiBase:
		return Female
	case !s.marked && inside && w.w.Base == vanBase && !n.beforeAnh(i):
		return Male
	case i > 0 && string(text) == "Nữ" && string(n.text(i-1, i)) == "Tôn":
		return Female
	}
	return GenderUnknown
}

var vanBase = ParseWord([]byte("văn")).Base

// beforeAnh reports whether the word after i is Anh: "Van Anh" may be Vân Anh.
func (n *Name) beforeAnh(i int) bool { return i+1 < n.state.n && string(n.text(i+1, i+2)) == "Anh" }

// A custom is a word that tells the gender among one people: the first of a
// name, or the second.
type custom struct {
	ethnic uint8
	second bool
	word   Word
	gender Gender
}

var customs = buildCustoms()

func buildCustoms() (list []custom) {
	for c := range tables.Rows(tables.Minority, 4) {
		g := map[string]Gender{"M": Male, "F": Female}[c[2]]
		code, _ := ParseEthnicity([]byte(c[0]))
		if word := ParseWord([]byte(c[1])); g != GenderUnknown && word.Len() > 1 {
			list = append(list, custom{ethnic: code, word: word, gender: g})
		}
	}
	letter := func(code uint8, text string, g Gender) {
		list = append(list, custom{code, true, ParseWord([]byte(text)), g})
	}
	letter(ethnicHmong, "a", Male)
	for _, code := range []uint8{ethnicBana, ethnicXodang, ethnicGieTrieng} {
		letter(code, "y", Female)
		letter(code, "a", Male)
	}
	list = append(list, custom{ethnicCham, false, ParseWord([]byte("mưk")), Female},
		custom{ethnicKhmer, false, ParseWord([]byte("néang")), Female}, custom{ethnicKhmer, true, ParseWord([]byte("néang")), Female},
		custom{ethnicKhmer, true, ParseWord([]byte("neang")), Female})
	return list
}

func customGender(i int, w Word, ethnic uint8) Gender {
	for _, c := range customs {
		if c.ethnic == ethnic && c.second == (i == 1) && SameSyllable(c.word, w) {
			return c.gender
		}
	}
	return GenderUnknown
}
