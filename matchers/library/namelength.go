package library

import (
	"github.com/dusach/dusach/matchers"
	"github.com/dusach/dusach/normalize"
)

// otherLength judges names with different numbers of words: surname against
// surname, given name against given name, and the middle words of the shorter
// looked for, in order, among those of the longer.
func otherLength(a, b *normalize.NameKey) matchers.Level {
	if a.N < b.N {
		a, b = b, a
	}
	la, lb := int(a.N), int(b.N)
	bareA, bareB := a.Flags&normalize.NameBare != 0, b.Flags&normalize.NameBare != 0
	var p parts
	if k := clanLast(a, b); k != nil {
		return otherClanLast(a, b, k)
	}
	p.relateGiven(a.Word(la-1), b.Word(lb-1), bareA, bareB)
	if lb == 1 {
		if 1<<p.given&compatible != 0 {
			return NameAlone
		}
		return NameElse
	}
	p.surname = relate(a.Word(0), b.Word(0), bareA, bareB)
	if p.given == wordFar && p.surname == wordFar {
		return NameElse
	}
	if la == lb+1 && joined(a, b) {
		return NameSlip
	}
	if p.surname == wordFar && suffix(a, b) {
		return NameShortened
	}
	if p.surname == wordSlip {
		p.slips++
	}
	within := middleWithin(a, b, bareA, bareB)
	if within == wordFar {
		p.addMiddle(wordFar)
	} else {
		p.addMiddle(wordInitial) // a word is missing, as good as initialled
	}
	return p.level(bareA || bareB)
}

// middleWithin returns wordInitial if the middle words of b stand, in order,
// among those of a, else wordFar.
func middleWithin(a, b *normalize.NameKey, bareA, bareB bool) relation {
	at := 1
	for j := 1; j < int(b.N)-1; j++ {
		for ; ; at++ {
			if at >= int(a.N)-1 {
				return wordFar
			}
			if 1<<relate(a.Word(at), b.Word(j), bareA, bareB)&(compatible|1<<wordSlip|1<<wordMark|1<<wordBare) != 0 {
				at++
				break
			}
		}
	}
	return wordInitial
}

// suffix reports whether b is how a ends: the surname was left out.
func suffix(a, b *normalize.NameKey) bool {
	shift := int(a.N) - int(b.N)
	for j := range int(b.N) {
		if !normalize.LostMarks(a.Word(j+shift), b.Word(j)) {
			return false
		}
	}
	return int(b.N) > 1
}

// joined reports whether b is a with two neighbouring words written as one. Marks
// are not looked at: a joined word is no syllable, so its tone is unsure.
func joined(a, b *normalize.NameKey) bool {
	i := 0
	for i < int(b.N) && a.Base[i] == b.Base[i] {
		i++
	}
	if i == int(b.N) || join(a.Base[i], a.Base[i+1]) != b.Base[i] {
		return false
	}
	for i++; i < int(b.N); i++ {
		if a.Base[i+1] != b.Base[i] {
			return false
		}
	}
	return true
}

// join packs two words into one; 0 when they have more than 12 letters.
func join(a, b uint64) uint64 {
	la, lb := a>>60, b>>60
	if la+lb > 12 {
		return 0
	}
	return a&(1<<60-1) | b&(1<<60-1)<<(5*la) | (la+lb)<<60
}
