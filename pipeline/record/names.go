package record

import (
	"math/bits"
	"unsafe"

	"github.com/dusach/dusach/matchers/library"
	"github.com/dusach/dusach/normalize"
)

// Names numbers the distinct names of a run, so that a record holds four bytes
// a name and equality of two names is one comparison. Number 0 is the absent
// name. The numbers depend on the order of arrival and therefore never leave
// the run: nothing that is published may depend on them.
//
// It is an open-addressing table over an array of 64-byte keys. Add is for one
// goroutine; reading is safe for many once adding has ended.
type Names struct {
	Keys   []normalize.NameKey
	Rarity []float32 // of each key in bits, once Weigh was called
	slots  []uint32  // number of a key, 0 free; a power of two long
	glance []library.Glance
}

// NewNames returns an empty numbering.
func NewNames() *Names {
	return &Names{Keys: make([]normalize.NameKey, 1, 1024), glance: make([]library.Glance, 1, 1024), slots: make([]uint32, 2048)}
}

// Add returns the number of k, a new one if k was not seen.
func (n *Names) Add(k *normalize.NameKey, hash uint64) uint32 {
	if k.N == 0 {
		return 0
	}
	if len(n.Keys)*3 > len(n.slots)*2 {
		n.grow()
	}
	mask := uint64(len(n.slots) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		id := n.slots[i]
		if id == 0 {
			id = uint32(len(n.Keys))
			n.Keys = append(n.Keys, *k)
			n.glance = append(n.glance, library.GlanceAt(k))
			n.slots[i] = id
			return id
		}
		if n.Keys[id] == *k {
			return id
		}
	}
}

// Numbered compares the names by their numbers.
func (n *Names) Numbered() library.Numbered { return library.Numbered{Keys: n.Keys, Glances: n.glance} }

func (n *Names) grow() {
	n.slots = make([]uint32, 2*len(n.slots))
	mask := uint64(len(n.slots) - 1)
	for id := 1; id < len(n.Keys); id++ {
		i := HashName(&n.Keys[id]) & mask
		for n.slots[i] != 0 {
			i = (i + 1) & mask
		}
		n.slots[i] = uint32(id)
	}
}

// Weigh asks how rare each name is, once for all pairs in which it occurs.
func (n *Names) Weigh(rarity func(*normalize.NameKey) float32) {
	n.Rarity = make([]float32, len(n.Keys))
	for i := range n.Keys {
		n.Rarity[i] = rarity(&n.Keys[i])
	}
}

// HashName returns the hash that Add wants of k.
func HashName(k *normalize.NameKey) uint64 {
	h := uint64(k.N)<<24 | uint64(k.Surname)<<16 | uint64(k.Given)<<8 | uint64(k.Flags)
	for i := range k.Base {
		h = Mix(h, k.Base[i]^uint64(k.Marks[i])<<32)
	}
	return h
}

// Mix folds v into the hash h. It is a fixed function: blocking keys and what
// follows from them may not differ between runs.
func Mix(h, v uint64) uint64 {
	hi, lo := bits.Mul64(h^0x9e3779b97f4a7c15, v^0xd6e8feb86659fd93)
	return hi ^ lo ^ bits.RotateLeft64(h, 29)
}

// Bytes returns the memory that the names hold on to, with what Weigh adds.
func (n *Names) Bytes() int64 {
	return int64(cap(n.Keys))*int64(unsafe.Sizeof(normalize.NameKey{})) + int64(cap(n.glance))*int64(unsafe.Sizeof(library.Glance{})) +
		4*int64(len(n.slots)+len(n.Keys))
}
