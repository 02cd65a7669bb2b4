package library

import (
	"github.com/dusach/dusach/matchers"
	"github.com/dusach/dusach/matchers/similarity"
	"github.com/dusach/dusach/normalize"
)

// Numbered compares names by their numbers in a list of distinct names, number 0
// being none. It answers as FullName, Names, Parents and Spouse do, and mostly
// without looking at a name: one number is one name, and what the glances say of
// two others mostly settles that they are those of two people.
type Numbered struct {
	Keys    []normalize.NameKey
	Glances []Glance // of Keys, by GlanceAt
}

// A Glance is what tells most names apart: 16 bytes for its 64 of a name.
type Glance struct {
	given   uint64 // letters of the given name
	sum     uint32 // of the letters of all words, whatever their order
	letters uint8  // how many in all
	words   uint8
	flags   uint8
}

// Flags of a glance.
const (
	glanceLook     uint8 = 1 << iota // the name wants a closer look
	glanceValid                      // the given name is a legal syllable
	glanceRegional                   // it has another form in another region
)

// GlanceAt takes a glance at a name.
func GlanceAt(k *normalize.NameKey) (g Glance) {
	if k.N == 0 {
		return g
	}
	given := k.Word(int(k.N) - 1)
	g = Glance{given: given.Base, words: k.N}
	var sum uint64
	for _, base := range k.Base[:k.N] {
		sum += base
		g.letters += uint8(base >> 60)
	}
	g.sum = uint32(sum) ^ uint32(sum>>32)
	if k.Flags&(normalize.NameSurnameLast|normalize.NameOrderUnsure) != 0 || given.Initial() {
		g.flags |= glanceLook
	}
	if given.Valid() {
		g.flags |= glanceValid
	}
	if normalize.HasVariant(given) {
		g.flags |= glanceRegional
	}
	return g
}

// strangers reports names of which it is certain, by their given names alone,
// that they are those of two people: not near each other, nor one name with its
// words in another order or two of them joined.
func strangers(a, b *Glance) bool {
	if (a.flags|b.flags)&glanceLook != 0 || a.flags&b.flags&glanceRegional != 0 || a.given == b.given {
		return false
	}
	if a.words == b.words && a.sum == b.sum || a.words != b.words && a.letters == b.letters {
		return false
	}
	return farLetters(a.given, b.given, a.flags&b.flags&glanceValid != 0)
}

// farLetters reports words with different letters that relate calls far,
// whatever their marks; valid says that both are legal syllables.
func farLetters(a, b uint64, valid bool) bool {
	if !commonEnd(a, b) {
		return true
	}
	la, lb := int(a>>60), int(b>>60)
	if x, y := a&31, b&31; x != y {
		if earHeads[x] != 0 && earHeads[x] == earHeads[y] && ear(a) == ear(b) {
			return false
		}
		return !similarity.PackedNear(a, b)
	}
	switch {
	case looseY(a) == looseY(b):
		return false
	case la-lb > 2 || lb-la > 2:
		return true
	case similarity.PackedNear(a, b) || ear(a) == ear(b):
		return false
	}
	return valid || min(la, lb) < 4
}

// Touch asks for the glances of two different names: many are fetched at once where
// nothing waits for the first. The sum means nothing.
func (n Numbered) Touch(a, b uint32) uint64 {
	if a == b || a == 0 || b == 0 {
		return 0
	}
	return uint64(n.Glances[a].sum) + uint64(n.Glances[b].sum)
}

// TouchKeys asks for two different names.
func (n Numbered) TouchKeys(a, b uint32) uint64 {
	if a == b {
		return 0
	}
	return uint64(n.Keys[a].N) + uint64(n.Keys[b].N)
}

// FullName compares two names as the function does.
func (n Numbered) FullName(a, b uint32) matchers.Level {
	if a == b && a != 0 {
		return NameExact
	}
	return FullName(&n.Keys[a], &n.Keys[b])
}

// Names compares two persons as the function does.
func (n Numbered) Names(a, otherA, b, otherB uint32) matchers.Level {
	if a == b && a != 0 {
		return NameExact
	}
	if otherA|otherB == 0 {
		return FullName(&n.Keys[a], &n.Keys[b])
	}
	return Names(&n.Keys[a], &n.Keys[otherA], &n.Keys[b], &n.Keys[otherB])
}

// Parents compares parents as the function does.
func (n Numbered) Parents(fatherA, motherA, fatherB, motherB uint32) matchers.Level {
	father, mother := n.relative(fatherA, fatherB), n.relative(motherA, motherB)
	if father != kinAgree && mother != kinAgree && father+mother != 0 &&
		n.relative(fatherA, motherB) == kinAgree && n.relative(motherA, fatherB) == kinAgree {
		return ParentsCrossed
	}
	return parentLevel[father][mother]
}

// Spouse compares spouses as the function does.
func (n Numbered) Spouse(a, b uint32) matchers.Level { return matchers.Level(n.relative(a, b)) }

func (n Numbered) relative(a, b uint32) kin {
	switch {
	case a == 0 || b == 0:
		return kinNone
	case a == b:
		return kinAgree
	case strangers(&n.Glances[a], &n.Glances[b]):
		return kinOther
	}
	return kinOf[FullName(&n.Keys[a], &n.Keys[b])]
}
