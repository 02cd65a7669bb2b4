package address

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"sync"

	"github.com/dusach/dusach/normalize/units"
)

// A ref says that a name is that of one unit.
type ref struct {
	id       uint16
	district uint16 // of a commune gone before 2025: the district it lay in
	level    units.Level
	kind     units.Kind
	flags    uint8
}

// Flags of a ref.
const (
	refObsolete = 1 << iota
	refAlias
	refRecut
	refWeak // a shorthand, good only where nothing else is left
	refIsland
	refCity     // a province that is a thành phố
	refInitials // QN for Quảng Nam: good only beside other evidence
	refFuzzy    // read through a misspelling
)

// A variant is one spelling with its marks; the variants of one group differ
// in marks or word breaks only.
type variant struct {
	lo     uint32 // in let, mark, plain
	n      uint8
	words  uint8
	number bool // digits only, or two initials of a district: needs a keyword
	breaks uint64
	refLo  uint32
	refN   uint16
}

// A group holds the variants of one name without marks.
type group struct {
	first  uint32
	n      uint16
	number bool  // as its first variant
	levels uint8 // namesAbove, namesCommune
}

const (
	namesAbove   = 1 << iota // some province or district
	namesCommune             // some commune
)

const (
	tableBits = 15
	bloomBits = 16
)

type index struct {
	let      []byte
	mark     []byte
	canon    []byte // let with families of spellings made one
	canonAt  []uint32
	refs     []ref
	variants []variant
	groups   []group
	table    [1 << tableBits]uint32       // tag<<16 + group number + 1, 0 empty
	bloom    [1 << (bloomBits - 5)]uint64 // two bits for a hash: begins some name, is a whole one
	kwTable  [1 << 10]kwSlot
	kwBloom  [16]uint64
	byParent parents
}

type kwSlot struct {
	hash uint64
	lo   uint32
	n    uint8
	kw   uint8
	word uint8 // words of the keyword
}

type named struct {
	let, mark string
	breaks    uint64
	words     uint8
	ref       ref
}

var getIndex = sync.OnceValue(buildIndex)

func slot(h uint64) uint64 { h ^= h >> 29; h *= 0xBF58476D1CE4E5B9; return h ^ h>>32 }

func buildIndex() *index {
	x := new(index)
	x.addKeywords()
	all := x.collect()
	slices.SortFunc(all, func(a, b named) int {
		return cmp.Or(cmp.Compare(a.let, b.let), cmp.Compare(a.mark, b.mark), cmp.Compare(a.ref.level, b.ref.level), cmp.Compare(a.ref.id, b.ref.id))
	})
	for i := 0; i < len(all); {
		j := i
		for j < len(all) && all[j].let == all[i].let {
			j++
		}
		x.addGroup(all[i:j])
		i = j
	}
	x.addParents()
	return x
}

// begins reports whether some name may begin with words, and whether one may be
// nothing else; at is the slot of their hash.
func (x *index) begins(at uint64) (prefix, whole bool) {
	b := at >> 7 & (1<<bloomBits - 1)
	two := x.bloom[b>>5] >> (2 * (b & 31))
	return two&1 != 0, two&2 != 0
}

// note sets one of the two bits for a slot.
func (x *index) note(at, bit uint64) {
	b := at >> 7 & (1<<bloomBits - 1)
	x.bloom[b>>5] |= bit << (2 * (b & 31))
}

// canonOf returns the letters of a variant with families of spellings made one.
func (x *index) canonOf(v int) []byte {
	if v+1 == len(x.canonAt) {
		return x.canon[x.canonAt[v]:]
	}
	return x.canon[x.canonAt[v]:x.canonAt[v+1]]
}

func hashOf(s string) (h uint64) {
	for i := range len(s) {
		h = h*hashPrime + uint64(s[i])
	}
	return h
}

func (x *index) addGroup(same []named) {
	g := group{first: uint32(len(x.variants))}
	short := len(same[0].let) <= 2 && !slices.ContainsFunc(same, func(n named) bool { return n.ref.level != units.District || n.ref.flags&refInitials == 0 })
	for i := 0; i < len(same); {
		v := variant{
			lo: uint32(len(x.let)), n: uint8(len(same[i].let)), words: same[i].words, breaks: same[i].breaks,
			refLo: uint32(len(x.refs)), number: short || digit(same[i].let[0]) && digit(same[i].let[len(same[i].let)-1]) && len(same[i].let) <= 2,
		}
		x.let = append(x.let, same[i].let...)
		x.mark = append(x.mark, same[i].mark...)
		x.canonAt = append(x.canonAt, uint32(len(x.canon)))
		x.canon = appendCanon(x.canon, []byte(same[i].let))
		j := i
		for ; j < len(same) && same[j].mark == same[i].mark; j++ {
			x.addRef(v.refLo, same[j].ref)
		}
		v.refN = uint16(len(x.refs) - int(v.refLo))
		if x.refs[v.refLo].level <= units.District {
			g.levels |= namesAbove
		}
		if x.refs[len(x.refs)-1].level >= units.CommuneOld {
			g.levels |= namesCommune
		}
		x.variants = append(x.variants, v)
		g.n++
		i = j
	}
	g.number = x.variants[g.first].number
	h := slot(hashOf(same[0].let))
	x.note(h, 2)
	x.groups = append(x.groups, g)
	at := h & (1<<tableBits - 1)
	for x.table[at] != 0 {
		at = (at + 1) & (1<<tableBits - 1)
	}
	x.table[at] = tagOf(h) | uint32(len(x.groups))
}

// addRef keeps one ref per unit and name: the one that is most official.
func (x *index) addRef(from uint32, r ref) {
	for i := from; i < uint32(len(x.refs)); i++ {
		o := &x.refs[i]
		if o.id == r.id && o.level == r.level && o.district == r.district {
			if r.flags < o.flags {
				*o = r
			}
			return
		}
	}
	x.refs = append(x.refs, r)
}

// tagOf returns the bits of a hash that stand in the table beside the number
// of the group, so that a name which is none is seldom looked at further.
func tagOf(h uint64) uint32 { return uint32(h>>48) << 16 }

// find returns the number of the group of the letters whose hash has the slot h, 0
// when there is none.
func (x *index) find(h uint64, let []byte) uint16 {
	tag := tagOf(h)
	for at := h & (1<<tableBits - 1); x.table[at] != 0; at = (at + 1) & (1<<tableBits - 1) {
		e := x.table[at]
		if e&^0xFFFF != tag {
			continue
		}
		v := &x.variants[x.groups[e&0xFFFF-1].first]
		if string(x.let[v.lo:v.lo+uint32(v.n)]) == string(let) {
			return uint16(e)
		}
	}
	return 0
}

func (x *index) addKeywords() {
	var s scratch
	for k := 1; k < len(keywords); k++ {
		if keywords[k].text == "" {
			continue
		}
		for form := range strings.SplitSeq(keywords[k].text, "|") {
			s.tokenize([]byte(form), 0)
			h := uint64(0)
			for i := range s.n {
				h = s.tok[i].after(h)
				b := slot(h) & 1023
				x.kwBloom[b>>6] |= 1 << (b & 63)
			}
			sl := kwSlot{hash: h, lo: uint32(len(x.mark)), n: uint8(s.used), kw: uint8(k), word: uint8(s.n)}
			x.let = append(x.let, s.let[:s.used]...)
			x.mark = append(x.mark, s.mark[:s.used]...)
			at := slot(h) & (1<<10 - 1)
			for x.kwTable[at].n != 0 {
				at = (at + 1) & (1<<10 - 1)
			}
			x.kwTable[at] = sl
		}
	}
}

// opensKeyword reports whether some keyword may begin with the words whose hash has
// the slot at.
func (x *index) opensKeyword(at uint64) bool {
	b := at & 1023
	return x.kwBloom[b>>6]>>(b&63)&1 != 0
}

// keyword returns the keyword written with the letters of hash h and no marks that
// contradict it, 0 for none; exact reports whether no mark is lost either.
func (x *index) keyword(h, slot uint64, mark []byte, words int) (kw uint8, exact bool) {
	for at := slot & (1<<10 - 1); x.kwTable[at].n != 0; at = (at + 1) & (1<<10 - 1) {
		sl := &x.kwTable[at]
		if sl.hash != h || int(sl.n) != len(mark) || int(sl.word) != words {
			continue
		}
		if of := x.mark[sl.lo : sl.lo+uint32(sl.n)]; subset(mark, of) {
			return sl.kw, bytes.Equal(mark, of)
		}
	}
	return 0, false
}

// subset reports whether every mark of a stands in b too.
func subset(a, b []byte) bool {
	for i, m := range a {
		if s := m & 3; s != 0 && s != b[i]&3 {
			return false
		}
		if t := m >> 2; t != 0 && t != b[i]>>2 {
			return false
		}
	}
	return true
}
