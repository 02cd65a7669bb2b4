package normalize

import (
	"encoding/binary"
	"math/bits"
)

// A wordMemory holds the words that were read last, whole: the same few hundred
// make nearly all names. It is a function of the bytes of a word, so it cannot
// change a result.
type wordMemory [memoryWords]readWord

const (
	memoryWords = 1 << 10
	memoryBytes = 16 // longer words are read letter by letter
	memoryAfter = 32 // names after which a parser is one that is used again
)

// A readWord is one word as scanWord reads it.
type readWord struct {
	text    [2]uint64 // its bytes and, in the last, their number
	word    nameWord  // from and to are those of the word alone
	written [memoryBytes + 4]byte
	folded  [memoryBytes]byte
	letters uint8 // of folded
	moved   bool  // its tone was put in its place
}

// wordKey returns the bytes of the word at the head of text, with their number
// in the last byte, and their number; 0 if there are more than the memory takes.
func wordKey(text []byte) (key [2]uint64, n int) {
	if len(text) >= memoryBytes {
		key[0], key[1] = binary.LittleEndian.Uint64(text), binary.LittleEndian.Uint64(text[8:])
	} else {
		var short [memoryBytes]byte
		copy(short[:], text)
		key[0], key[1] = binary.LittleEndian.Uint64(short[:]), binary.LittleEndian.Uint64(short[8:])
		if len(text) < 8 {
			key[0] |= ' ' << (8 * len(text))
		} else {
			key[1] |= ' ' << (8 * (len(text) - 8))
		}
	}
	if space := spaceIn(key[0]); space != 0 {
		n = bits.TrailingZeros64(space) >> 3
		return [2]uint64{key[0] & (1<<(8*n) - 1), uint64(n) << 56}, n
	}
	if space := spaceIn(key[1]); space != 0 {
		n = bits.TrailingZeros64(space) >> 3
		key[1] = key[1]&(1<<(8*n)-1) | uint64(8+n)<<56
		return key, 8 + n
	}
	return key, 0
}

// spaceIn has the top bit of the first byte that is a space set, and none
// below it.
func spaceIn(w uint64) uint64 {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	w ^= ' ' * ones
	return (w - ones) &^ w & tops
}

// slot returns where a word is kept.
func (m *wordMemory) slot(key [2]uint64) *readWord {
	h := (key[0]*0x9E3779B97F4A7C15 ^ key[1]) * 0xC2B2AE3D27D4EB4F
	return &m[h>>(64-10)]
}

// recall appends a word that is remembered.
func (n *Name) recall(e *readWord) {
	s := &n.state
	from := uint32(len(n.Written))
	n.Written = append(n.Written, e.written[:e.word.to]...)
	n.Folded = append(n.Folded, e.folded[:e.letters]...)
	w := &s.words[s.n]
	*w = e.word
	w.from, w.to = from, from+e.word.to
	s.n++
	s.flags |= w.flags
	s.marked = s.marked || !w.w.Bare()
	s.moved = s.moved || e.moved
	if w.w.Valid() {
		s.roles |= w.facts.role
	} else {
		s.invalid = s.invalid || !w.legal
	}
}

// remember keeps the word just read, which began at from in Written and at
// fold in Folded.
func (n *Name) remember(e *readWord, key [2]uint64, from, fold int, moved bool) {
	written, folded := n.Written[from:], n.Folded[fold:]
	if len(written) > len(e.written) || len(folded) > len(e.folded) {
		return
	}
	e.text, e.moved = key, moved
	e.word = n.state.words[n.state.n-1]
	e.word.from, e.word.to = 0, uint32(len(written))
	copy(e.written[:], written)
	e.letters = uint8(copy(e.folded[:], folded))
}
