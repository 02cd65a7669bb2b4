package library

import (
	"github.com/dusach/dusach/matchers"
	"github.com/dusach/dusach/normalize"
)

// Names of the highland peoples begin with the given name, before it a word that
// tells the sex or its letter (Y Bhăm Niê, H'Pin Liêng Hót, K'Tơ Kơ Să), and end
// with the clan, of one word or several: given name stands against given name
// there, clan against clan.

// clanLast returns the one of two names that says where its given name and its
// clan stand, of two that do the one with the longer clan; nil where neither has
// the clan last.
func clanLast(a, b *normalize.NameKey) *normalize.NameKey {
	x, y := a.Flags&normalize.NameSurnameLast != 0, b.Flags&normalize.NameSurnameLast != 0
	switch {
	case x && y && (b.Surname > a.Surname || b.Surname == a.Surname && b.Given > a.Given):
		return b
	case x:
		return a
	case y:
		return b
	case givenFirst(a):
		return a
	case givenFirst(b):
		return b
	}
	return nil
}

// givenFirst reports a name in H' or K' whose clan is not known.
func givenFirst(k *normalize.NameKey) bool {
	return k.Flags&normalize.NameOrderUnsure != 0 && k.Given == 0 && k.N > 1
}

// clanAt returns where the clan begins in a name of the order of k.
func clanAt(k *normalize.NameKey) int {
	if k.Flags&normalize.NameSurnameLast == 0 {
		return 1
	}
	return max(int(k.N)-int(k.Surname), int(k.Given)+1)
}

// sameClanLast judges two names of as many words, in the order of k.
func sameClanLast(a, b, k *normalize.NameKey) matchers.Level {
	bareA, bareB := a.Flags&normalize.NameBare != 0, b.Flags&normalize.NameBare != 0
	given, clan := int(k.Given), clanAt(k)
	var p parts
	p.relateGiven(a.Word(given), b.Word(given), bareA, bareB)
	for i := range int(k.N) {
		switch r := relate(a.Word(i), b.Word(i), bareA, bareB); {
		case i == given:
		case i < clan:
			p.addMiddle(r)
		default:
			p.addClan(r)
		}
	}
	if (p.given == wordFar || p.surname == wordFar) && sameWords(a, b) {
		return NameReordered
	}
	return p.level(bareA || bareB)
}

// otherClanLast judges a longer name a and a shorter b: the words before the
// given name or the clan may be missing in b.
func otherClanLast(a, b, k *normalize.NameKey) matchers.Level {
	bareA, bareB := a.Flags&normalize.NameBare != 0, b.Flags&normalize.NameBare != 0
	given, clan := int(k.Given), clanAt(k)
	if k == b { // the longer has more before the given name: a word of the sex
		given += int(a.N) - int(b.N)
		clan += int(a.N) - int(b.N)
	}
	var p parts
	p.addMiddle(wordInitial) // a word is missing, as good as initialled
	if clanSize := int(a.N) - clan; int(b.N) > clanSize && clanEqual(a, b, clanSize, bareA, bareB, &p) {
		p.relateGiven(a.Word(given), b.Word(int(b.N)-clanSize-1), bareA, bareB)
		return p.level(bareA || bareB)
	}
	// Without the clan: what the shorter has begins the longer.
	for i := range int(b.N) {
		if 1<<relate(a.Word(i), b.Word(i), bareA, bareB)&compatible == 0 {
			return NameElse
		}
	}
	return NameGivenOnly
}

// clanEqual relates the last words of two names, and reports whether they may be
// one clan.
func clanEqual(a, b *normalize.NameKey, words int, bareA, bareB bool, p *parts) bool {
	for i := 1; i <= words; i++ {
		p.addClan(relate(a.Word(int(a.N)-i), b.Word(int(b.N)-i), bareA, bareB))
	}
	return 1<<p.surname&differently == 0
}

// addClan adds a word of the clan, of which the worst counts.
func (p *parts) addClan(r relation) {
	p.surname = max(p.surname, r)
	if r == wordSlip {
		p.slips++
	}
}
