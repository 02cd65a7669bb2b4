package normalize

// split tells surname, middle and given name apart.
func (n *Name) split(ethnic uint8) {
	w := n.state.words[:n.state.n]
	switch {
	case len(w) == 1:
		n.part(0, 0, 0)
	case n.splitPrefix(w, ethnic):
	default:
		n.splitPlain(w, ethnic)
	}
}

// part says that words a…b-1 are the surname and that the given name begins at
// word g, the middle name lying between or, if the surname comes last, before.
func (n *Name) part(surnameFrom, surnameTo, given int) {
	count := n.state.n
	n.Surname = n.text(surnameFrom, surnameTo)
	n.Key.Surname, n.Key.Given = uint8(surnameTo-surnameFrom), uint8(given)
	if surnameTo > surnameFrom && surnameFrom > 0 {
		n.Middle, n.Given = n.text(0, given), n.text(given, surnameFrom)
		n.Key.Flags |= NameSurnameLast
		return
	}
	n.Middle, n.Given = n.text(surnameTo, given), n.text(given, count)
}

// splitPlain splits a name that begins with its surname: one word, or the words
// of a clan.
func (n *Name) splitPlain(w []nameWord, ethnic uint8) {
	surname := 1
	if c := clanAt(w); c != nil && int(c.n) < len(w) {
		if c.peoples == 0 && len(w) > int(c.n) || c.peoples != 0 && (c.of(ethnic) || c.n > 1 || ethnic > ethnicKinh) {
			surname = int(c.n)
			n.ofClan = c.peoples != 0 && (surname > 1 || !c.words[0].Valid())
			const men = 1<<ethnicEde | 1<<ethnicGiarai | 1<<ethnicMnong
			if n.ofClan && c.peoples&men != 0 && len(w) > surname+1 && string(n.text(surname, surname+1)) == "Y" {
				n.Gender.Gender = Male
			}
		}
	}
	given := len(w) - 1
	n.part(0, surname, max(given, surname))
}

// splitPrefix splits the names of the highland peoples, which begin with a
// word that tells the gender (Y Bhăm Niê, H'Bia Mlô, A Thút, Ka Thủy); false
// if the name is no such one.
func (n *Name) splitPrefix(w []nameWord, ethnic uint8) bool {
	first := n.text(0, 1)
	switch {
	case len(first) == 1 && first[0] == 'Y':
		return n.splitY(w, ethnic)
	case len(first) == 1 && first[0] == 'A':
		if c := clanAt(w); c != nil && c.of(ethnic) || ethnic == ethnicCotu || ethnic == ethnicTaoi {
			return false
		}
		if ethnic == ethnicXodang || ethnic == ethnicGieTrieng || ethnic == ethnicBana || ethnic == 0 && len(w) == 2 {
			return n.prefixed(1, genderOf(ethnic != 0, Male))
		}
	case len(n.Folded) > 0 && n.Folded[0] == 'h' && isPrefixed(first, 'H'): // a text may fold to nothing
		n.Gender.Gender = Female
		if k := max(clanAfter(w[1:], ethnic), unlistedClan(w[1:])); k > 0 {
			n.part(len(w)-k, len(w), 0)
			return true
		}
		if ethnic == ethnicEde || ethnic == ethnicGiarai {
			n.part(len(w)-1, len(w), 0)
			return true
		}
		return n.prefixed(0, Female)
	case isPrefixed(first, 'K') && (ethnic == ethnicCoho || ethnic == ethnicMa || ethnic == 0):
		return n.prefixed(0, Male)
	case len(first) == 2 && string(first) == "Ka" && (ethnic == ethnicCoho || ethnic == ethnicMa || ethnic == 0):
		return n.prefixed(1, Female)
	case ethnic == ethnicChuru && string(first) == "Ya":
		return n.prefixed(1, Male)
	case ethnic == ethnicChuru && string(first) == "Ma":
		return n.prefixed(1, Female)
	}
	return false
}

func genderOf(sure bool, g Gender) Gender {
	if sure {
		return g
	}
	return GenderUnknown
}

// splitY splits a name in Y, which is a man's among the Ê-đê and Mnông and a
// woman's among the Xơ-đăng, Gié-Triêng and Ba-na.
func (n *Name) splitY(w []nameWord, ethnic uint8) bool {
	clanWords := 0
	if len(w) > 2 {
		clanWords = clanAfter(w[2:], ethnic)
	}
	if clanWords == 0 && len(w) > 2 {
		clanWords = clanTail(w[1:], ethnic)
	}
	switch ethnic {
	case ethnicXodang, ethnicGieTrieng, ethnicBana:
		return n.prefixed(1, Female)
	case ethnicEde, ethnicMnong, ethnicGiarai:
		n.Gender.Gender = Male
		if clanWords == 0 && len(w) > 2 {
			if clanWords = unlistedClan(w[2:]); clanWords == 0 && ethnic == ethnicEde {
				clanWords = 1
			}
		}
	case 0, ethnicKinh:
		if clanWords == 0 {
			n.Key.Flags |= NameOrderUnsure
			return n.prefixed(1, GenderUnknown)
		}
		n.Gender.Gender = Male
	default:
		return n.prefixed(1, GenderUnknown)
	}
	if clanWords == 0 {
		return n.prefixed(1, n.Gender.Gender)
	}
	n.part(len(w)-clanWords, len(w), 1)
	return true
}

// clanTail returns how many words at the end of w are a clan name, leaving one
// word at least before them when there is one.
func clanTail(w []nameWord, ethnic uint8) int {
	for k := min(2, len(w)); k > 0; k-- {
		if k == len(w) && k > 1 {
			continue
		}
		c := clanAt(w[len(w)-k:])
		if c != nil && int(c.n) == k && c.peoples != 0 && (c.of(ethnic) || k > 1) {
			return k
		}
	}
	return 0
}

// clanAfter returns how many words at the end of rest, which is all that follows
// a given name of one word, are listed clan names, of which a name may have two
// (Ayun Byă).
func clanAfter(rest []nameWord, ethnic uint8) int {
	if len(rest) > 1 {
		if c := clanAt(rest); c != nil && int(c.n) == len(rest) && c.peoples != 0 {
			return len(rest)
		}
	}
	k := 0
	for k < len(rest) {
		more := clanTail(rest[:len(rest)-k], ethnic)
		if more == 0 {
			break
		}
		k += more
	}
	return k
}

// unlistedClan returns the length of rest if none of its words, two at most,
// is known in the names of the plains: a clan that is in no list.
func unlistedClan(rest []nameWord) int {
	if len(rest) > 2 {
		return 0
	}
	for i := range rest {
		if rest[i].facts.person > 0 || rest[i].facts.surname > 0 {
			return 0
		}
	}
	return len(rest)
}

// prefixed splits a name without a surname: the given name begins at word g.
func (n *Name) prefixed(g int, gender Gender) bool {
	n.Gender.Gender = gender
	n.Key.Flags |= NameOrderUnsure
	n.part(0, 0, g)
	return true
}

// isPrefixed reports whether a word is the letter, an apostrophe, and more.
func isPrefixed(word []byte, letter byte) bool {
	return len(word) > 2 && word[0] == letter && word[1] == '\''
}
