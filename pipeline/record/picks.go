package record

import "math/bits"

// Picks are some of the records of a run, numbered among themselves in their
// order: a bit a record, and a count every 64. Add first, then Close, then ask.
type Picks struct {
	words  []uint64
	before []uint32 // picks before each word, once closed
}

// NewPicks returns no picks among n records.
func NewPicks(n int) *Picks { return &Picks{words: make([]uint64, (n+63)/64)} }

// Add picks a record; twice is once.
func (p *Picks) Add(i uint32) { p.words[i/64] |= 1 << (i % 64) }

// Has reports whether a record was picked.
func (p *Picks) Has(i uint32) bool { return p.words[i/64]&(1<<(i%64)) != 0 }

// Close counts the picks and returns how many there are.
func (p *Picks) Close() int {
	p.before = make([]uint32, len(p.words))
	n := 0
	for w, word := range p.words {
		p.before[w] = uint32(n)
		n += bits.OnesCount64(word)
	}
	return n
}

// At returns the number of a record among those that were picked.
func (p *Picks) At(i uint32) int {
	w, below := p.words[i/64], uint64(1)<<(i%64)
	if w&below == 0 {
		panic("BUG: a record is asked for that was not picked")
	}
	return int(p.before[i/64]) + bits.OnesCount64(w&(below-1))
}
