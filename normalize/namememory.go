package normalize

import (
	"math/bits"
	"slices"

	"github.com/dusach/dusach/normalize/internal/head"
)

// A wordMemory holds the words that were read last, whole: the same few hundred
// make nearly all names. It is a function of the bytes of a word, so it cannot
// change a result.
type wordMemory [memoryWords]readWord

const (
	memoryWords  = 1 << 10
	memoryAfter  = 32            // names after which a parser is one that is used again
	writtenBytes = head.Size + 4 // a word may grow when its tone is put in its place
)

// A readWord is one word as scanWord reads it.
type readWord struct {
	text    head.Key
	word    nameWord // from and to are those of the word alone
	written [writtenBytes]byte
	folded  [head.Size]byte
	letters uint8 // of folded
	moved   bool  // its tone was put in its place
}

// wordKey returns the word at text[i], which ends at a space or with the text, as a
// key, and how many bytes it has; 0 if there are more than a key takes.
func wordKey(text []byte, i int) (head.Key, int) {
	low, high := head.At(text, i)
	n := len(text) - i
	if space := spaceIn(low); space != 0 {
		n = bits.TrailingZeros64(space) >> 3
	} else if space := spaceIn(high); space != 0 {
		n = 8 + bits.TrailingZeros64(space)>>3
	} else if n >= head.Size {
		return head.Key{}, 0
	}
	return head.First(low, high, n), n
}

// spaceIn has the top bit of the first byte that is a space set, and none
// below it.
func spaceIn(w uint64) uint64 {
	w ^= ' ' * head.Ones
	return (w - head.Ones) &^ w & head.Tops
}

// recall appends a word that is remembered. More is copied than it has, which costs
// less than to copy it alone.
func (n *Name) recall(e *readWord) {
	s := &n.state
	from, fold := len(n.Written), len(n.Folded)
	if cap(n.Written)-from < writtenBytes || cap(n.Folded)-fold < head.Size {
		n.Written, n.Folded = slices.Grow(n.Written, maxNameBytes/4), slices.Grow(n.Folded, maxNameBytes/4)
	}
	*(*[writtenBytes]byte)(n.Written[from : from+writtenBytes]) = e.written
	*(*[head.Size]byte)(n.Folded[fold : fold+head.Size]) = e.folded
	n.Written, n.Folded = n.Written[:from+int(e.word.to)], n.Folded[:fold+int(e.letters)]
	w := &s.words[s.n]
	*w = e.word
	w.from, w.to = uint32(from), uint32(from)+e.word.to
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
func (n *Name) remember(e *readWord, key head.Key, from, fold int, moved bool) {
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
