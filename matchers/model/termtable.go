package model

import "math"

// anyMarks stands for "with whatever marks" in a term table.
const anyMarks uint32 = 1 << 31

// A termTable finds a word's rarity in bits: open addressing, at most half full.
type termTable struct {
	slots  []termSlot
	shift  uint
	unseen float32
}

type termSlot struct {
	base  uint64
	marks uint32
	bits  float32
}

func (t *termTable) build(f *Frequencies) {
	size := 16
	for size < 4*len(f.Words) {
		size *= 2
	}
	t.slots = make([]termSlot, size)
	t.shift = uint(64 - log2(size))
	t.unseen = 0
	if len(f.Words) == 0 {
		return
	}
	t.unseen = float32(-math.Log2(f.Unseen))
	bare := make(map[uint64]float64, len(f.Words))
	order := make([]uint64, 0, len(f.Words)) // the sums must not depend on the map's order
	for _, term := range f.Words {
		w, err := parseTerm(term.Word)
		if err != nil {
			panic("BUG: terms built before they were checked: " + err.Error())
		}
		*t.find(w.Base, w.Marks) = termSlot{w.Base, w.Marks, float32(-math.Log2(term.Share))}
		if bare[w.Base] == 0 {
			order = append(order, w.Base)
		}
		bare[w.Base] += term.Share
	}
	for _, base := range order {
		*t.find(base, anyMarks) = termSlot{base, anyMarks, float32(-math.Log2(min(bare[base], 1)))}
	}
}

func log2(n int) int {
	l := 0
	for n > 1 {
		n, l = n/2, l+1
	}
	return l
}

// find returns the slot of a word, or the free slot where it would stand.
func (t *termTable) find(base uint64, marks uint32) *termSlot {
	h := (base ^ uint64(marks)*0xD6E8FEB86659FD93) * 0x9E3779B97F4A7C15 >> t.shift
	for i := int(h); ; i++ {
		s := &t.slots[i&(len(t.slots)-1)]
		if s.base == base && s.marks == marks || s.base == 0 {
			return s
		}
	}
}

// rarity returns −log2 of the word's share, of an unseen word's if it is not listed.
func (t *termTable) rarity(base uint64, marks uint32) float32 {
	if len(t.slots) == 0 || base == 0 {
		return 0
	}
	if s := t.find(base, marks); s.base != 0 {
		return s.bits
	}
	return t.unseen
}
