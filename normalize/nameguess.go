package normalize

import "github.com/dusach/dusach/normalize/reason"

// judgeWords marks initials and foreign words and sets the codes of words that
// are no syllables.
func (n *Name) judgeWords(ethnic uint8) {
	s := &n.state
	highland := ethnic > ethnicKinh && !plainsPeople(ethnic) || n.Key.Flags&NameSurnameLast != 0
	lost := !s.marked && s.n > 1 && !highland && !n.ofClan && n.lostMarks()
	if lost {
		n.Codes.Add(reason.NameNoDiacritics)
	}
	for i := range s.n {
		w := &s.words[i]
		text := n.Written[w.from:w.to]
		if dot := text[len(text)-1] == '.'; dot || !w.w.Valid() {
			if initial(trimDot(text)) {
				w.w = shortened(w.w)
			}
			n.judgeInvalid(w, text, highland || n.ofClan, lost)
		}
	}
	n.initialGiven()
	if ethnic <= ethnicKinh && s.marked {
		n.suggest()
	}
}

// shortened returns the word of an initial. What Telex leaves of the tilde of
// Nguyễn, as in Ngx, is no letter of it: the letters are a prefix of the name.
func shortened(w Word) Word {
	if k := w.Len(); k > 1 {
		if last := w.Base >> (5 * (k - 1)) & 31; last == 'x'-'`' || last == 'j'-'`' || last == 'f'-'`' {
			w.Base = w.Base&(1<<(5*(k-1))-1) | uint64(k-1)<<60
		}
	}
	w.Marks |= WordInitial
	return w
}

// initialGiven marks a lone vowel at the end of a name of which all else is
// initials: Ng.V.A is no man called A.
func (n *Name) initialGiven() {
	s := &n.state
	if s.n < 2 || s.words[s.n-1].w.Len() != 1 {
		return
	}
	for _, w := range s.words[:s.n-1] {
		if !w.w.Initial() {
			return
		}
	}
	s.words[s.n-1].w.Marks |= WordInitial
}

func trimDot(text []byte) []byte {
	if text[len(text)-1] == '.' {
		return text[:len(text)-1]
	}
	return text
}

// judgeInvalid sets the codes of a word that is no legal syllable.
func (n *Name) judgeInvalid(w *nameWord, text []byte, highland, lost bool) {
	if w.flags&hasDigit != 0 {
		if read := readDigits(text); read != (Word{}) {
			w.w = read
			w.w.Marks |= WordRead
		}
	}
	if w.w.Marks&WordInitial == 0 && !w.legal && w.w.Marks&WordRead == 0 && foreign(w) {
		w.w.Marks |= WordForeign
	}
	switch {
	case highland, w.w.Marks&WordRead != 0, w.flags&hasApostrophe != 0, lost && w.legal, isClan(w):
	case w.w.Marks&WordForeign != 0:
		n.Codes.Add(reason.NameForeign)
	default:
		n.Codes.Add(reason.NameInvalidSyllable)
	}
}

// plainsPeople reports whether the names of a people are written in Vietnamese
// syllables: Tày, Thái, Hoa, Mường, Nùng, Dao.
func plainsPeople(ethnic uint8) bool {
	switch ethnic {
	case 2, 3, 4, 6, 7:
		return true
	}
	return false
}

// isClan reports whether a word is a family name of the highlands that is no
// syllable, as Mlô or Ksor.
func isClan(w *nameWord) bool {
	one := [1]nameWord{*w}
	c := clanAt(one[:])
	return c != nil && c.n == 1 && !c.words[0].Valid()
}

// foreign reports whether a word cannot be a Vietnamese one with a slip: it has
// two groups of vowels, or one change of a letter does not make it legal.
func foreign(w *nameWord) bool {
	if w.flags&hasLost != 0 {
		return false
	}
	if w.flags&hasAlien != 0 || w.w.Len() > 8 {
		return true
	}
	groups, in := 0, false
	for i := range w.w.Len() {
		v := vowelBases>>(w.w.Base>>(5*i)&31)&1 != 0
		if v && !in {
			groups++
		}
		in = v
	}
	return groups > 1 || !nearLegal(w.w.Base)
}

// nearLegal reports whether taking out, adding or changing one letter, or
// swapping two neighbours, makes the letters of some legal syllable.
func nearLegal(base uint64) bool {
	n := int(base >> 60)
	letters := base & (1<<60 - 1)
	size := func(k int) uint64 { return uint64(k) << 60 }
	for i := range n {
		low := letters & (1<<(5*i) - 1)
		high := letters >> (5 * (i + 1)) << (5 * i)
		if bareLegal(low | high | size(n-1)) {
			return true
		}
		rest := letters &^ (31 << (5 * i))
		for c := uint64(1); c <= 26; c++ {
			if bareLegal(rest | c<<(5*i) | size(n)) {
				return true
			}
		}
		if i+1 < n {
			a, b := letters>>(5*i)&31, letters>>(5*i+5)&31
			swapped := letters&^(1023<<(5*i)) | b<<(5*i) | a<<(5*i+5)
			if bareLegal(swapped | size(n)) {
				return true
			}
		}
	}
	for i := 0; i <= n && n < 8; i++ {
		low := letters & (1<<(5*i) - 1)
		high := letters >> (5 * i) << (5 * (i + 1))
		for c := uint64(1); c <= 26; c++ {
			if bareLegal(low | high | c<<(5*i) | size(n+1)) {
				return true
			}
		}
	}
	return false
}

// lostMarks reports whether a name without any mark was surely written without
// them: some word is known only with marks.
func (n *Name) lostMarks() bool {
	s := &n.state
	for i := range s.n {
		w := &s.words[i]
		f := markedFacts(w.w.Base)
		switch {
		case w.flags&(hasApostrophe|hasAlien) != 0:
		case !w.w.Valid():
			if w.legal {
				return true
			}
		case i == 0 && w.facts.surname == 0 && f.surname > 0:
			return true
		case i > 0 && w.facts.person == 0 && w.facts.surname == 0 && f.person > 0:
			return true
		}
	}
	return false
}

// suggest sets NAME_SUGGEST where a surname or a marker is one tone away from a
// far more usual one: Nguyển, Thi.
func (n *Name) suggest() {
	s := &n.state
	if s.n < 2 {
		return
	}
	if usualSurname(&s.words[0]) != 0 {
		n.Codes.Add(reason.NameSuggest)
	}
	if s.n > 2 && (meantThi(s.words[1].w) || meantVan(s.words[1].w)) {
		n.Codes.Add(reason.NameSuggest)
	}
}

// meantThi reports whether a second word is Thị with another tone or none.
func meantThi(w Word) bool {
	thi := Word{Base: thiBase, Marks: w.Marks}
	return w.Base == thi.Base && w.Marks&WordShapes == 0 && (w.Tone() == 0 || w.Tone() == 4 || w.Tone() == 3)
}

// meantVan reports whether a second word is Văn with a wrong mark: Vãn, Vắn, or
// none. Vân is a name of its own.
func meantVan(w Word) bool {
	return w.Base == vanBase && w.Valid() && (w.Tone() != 0 || w.Bare())
}

var thiBase = ParseWord([]byte("thị")).Base

// usualSurname returns the surname that a first word was likely meant for: the
// same letters and shapes with another tone, where the word itself is no
// surname; 0 if there is none.
func usualSurname(w *nameWord) Syllable {
	if !w.w.Valid() || w.facts.surname > 0 {
		return 0
	}
	id := w.w.Syllable()
	best, share := Syllable(0), uint16(99)
	for tone := range Syllable(6) {
		if f := factsOf(id&^7 | tone); f.surname > share {
			best, share = id&^7|tone, f.surname
		}
	}
	return best
}
