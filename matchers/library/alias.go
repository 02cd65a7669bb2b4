package library

import (
	"github.com/dusach/dusach/matchers"
	"github.com/dusach/dusach/normalize"
)

// Names compares two persons by their full names and by the other names that
// they go by: where the full names differ, another name of one may be the full
// name of the other, as after a marriage or a change of name. An empty or nil
// other name is none.
func Names(a, otherA, b, otherB *normalize.NameKey) matchers.Level {
	l := FullName(a, b)
	otherA, otherB = orNone(otherA), orNone(otherB)
	if otherA.N == 0 && otherB.N == 0 || nameClass[l] <= nameFlawed {
		return l
	}
	if alias(otherA, b) || alias(otherB, a) || alias(otherA, otherB) ||
		onlyGiven(l) && (aliasGiven(otherA, b) || aliasGiven(otherB, a)) {
		return NameAlias
	}
	return l
}

// alias reports whether two names, each of two words at least, are the same.
func alias(a, b *normalize.NameKey) bool {
	return a.N > 1 && b.N > 1 && relative(a, b) == kinAgree
}

// onlyGiven reports levels of names that differ in the given name alone.
func onlyGiven(l matchers.Level) bool {
	switch l {
	case NameGivenMarkMissing, NameGivenMark, NameGivenEar, NameGivenNear,
		NameGivenMissingName, NameGivenMarkName, NameGivenEarName, NameGivenNearName, NameGivenOther:
		return true
	}
	return false
}

// aliasGiven reports whether another name of one word is the given name of b.
func aliasGiven(other, b *normalize.NameKey) bool {
	return other.N == 1 && b.N > 1 && normalize.LostMarks(other.Word(0), b.Word(int(b.N)-1))
}
