package record

import (
	"bytes"

	"github.com/cespare/xxhash/v2"
)

// Values numbers the distinct texts of the general kinds (text, names, codes,
// e-mail), so that a record holds four bytes a value and equality of two values
// is one comparison. Number 0 is the absent value. Like the numbers of Names
// they depend on the order of arrival and never leave the run; Hash does not.
//
// Add and Derive are for one goroutine; reading is safe for many once both have
// ended.
type Values struct {
	off   []uint64 // text i is slab[off[i]:off[i+1]]
	slab  []byte
	hash  []uint64
	slots []uint32 // number of a text, 0 free; a power of two long
	// Derived holds what comparing or blocking worked out once for each
	// text: table t, number i. See Derive.
	Derived [][]uint64
	words   []Word // of the texts, see DeriveWords
}

// DropDerived forgets all tables.
func (v *Values) DropDerived() { v.Derived, v.words = v.Derived[:0], v.words[:0] }

// NewValues returns an empty numbering.
func NewValues() *Values {
	return &Values{off: []uint64{0, 0}, hash: []uint64{0}, slots: make([]uint32, 2048)}
}

// Len returns one more than the greatest number.
func (v *Values) Len() int { return len(v.hash) }

// At returns the text of a number; it is empty for number 0.
func (v *Values) At(i uint32) []byte { return v.slab[v.off[i]:v.off[i+1]:v.off[i+1]] }

// Hash returns a hash of the text of a number that is the same in every run; 0
// for number 0 only.
func (v *Values) Hash(i uint32) uint64 { return v.hash[i] }

// HashText is the hash that Hash returns of a text.
func HashText(text []byte) uint64 {
	if len(text) == 0 {
		return 0
	}
	return xxhash.Sum64(text) | 1<<63
}

// Add returns the number of a text, a new one if it was not seen.
func (v *Values) Add(text []byte) uint32 {
	if len(text) == 0 {
		return 0
	}
	if len(v.hash)*3 > len(v.slots)*2 {
		v.grow()
	}
	h := HashText(text)
	mask := uint64(len(v.slots) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		id := v.slots[i]
		if id == 0 {
			id = uint32(len(v.hash))
			v.slab = append(v.slab, text...)
			v.off = append(v.off, uint64(len(v.slab)))
			v.hash = append(v.hash, h)
			v.slots[i] = id
			return id
		}
		if v.hash[id] == h && bytes.Equal(v.At(id), text) {
			return id
		}
	}
}

func (v *Values) grow() {
	v.slots = make([]uint32, 2*len(v.slots))
	mask := uint64(len(v.slots) - 1)
	for id := 1; id < len(v.hash); id++ {
		i := v.hash[id] & mask
		for v.slots[i] != 0 {
			i = (i + 1) & mask
		}
		v.slots[i] = uint32(id)
	}
}

// Derive adds a table with f of every text, 0 for the absent one, and returns
// its number.
func (v *Values) Derive(f func(text []byte, hash uint64) uint64) int {
	table := make([]uint64, len(v.hash))
	for i := 1; i < len(v.hash); i++ {
		table[i] = f(v.At(uint32(i)), v.hash[i])
	}
	v.Derived = append(v.Derived, table)
	return len(v.Derived) - 1
}

// Bytes returns the memory that the texts hold on to, without what is derived.
func (v *Values) Bytes() int64 {
	return int64(cap(v.slab)) + 8*int64(cap(v.off)+cap(v.hash)) + 4*int64(len(v.slots))
}
