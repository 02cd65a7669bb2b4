package block

import (
	"slices"

	"github.com/dusach/dusach/pipeline/record"
)

// A Prober asks an index. One value is used by one goroutine.
type Prober struct {
	index       *Index
	mine, other values
	asked       []asked
	keys        []uint64
	spans       []span // of each key in each run
	seen        seen
	warmed      uint16
}

// asked is a key of the record at hand.
type asked struct {
	key, hash uint64
	rule      int
	young     uint32 // where its chain among the young begins
}

// span is where the postings of a bucket lie in a run.
type span struct{ from, to uint32 }

// NewProber returns a prober of x.
func NewProber(x *Index) *Prober { return &Prober{index: x} }

// Pairs appends to dst the pairs of record rec with every earlier one, each
// under the first rule that brings it.
func (p *Prober) Pairs(rec uint32, dst []record.Pair) []record.Pair {
	x := p.index
	p.ask(rec)
	p.seen.clear()
	n := len(x.runs)
	for k := range p.asked {
		a := &p.asked[k]
		tag := x.tagOf(a.hash)
		for i, s := range p.spans[k*n : (k+1)*n] {
			r := &x.runs[i]
			for at, t := range r.tags[s.from:s.to] {
				if t == tag {
					dst = p.meet(rec, r.recs[int(s.from)+at], a, dst)
				}
			}
		}
		for at := a.young; at != 0; {
			e := &x.young.list[at-1]
			if at = e.next; e.hash == a.hash {
				dst = p.meet(rec, e.rec, a, dst)
			}
		}
	}
	return dst
}

// ask makes the keys of a record and finds out where their postings lie. Each
// look at a run waits for memory: looks that do not depend on each other wait
// together.
func (p *Prober) ask(rec uint32) {
	x := p.index
	p.asked, p.spans = p.asked[:0], p.spans[:0]
	p.mine.turn(x.known.Row(rec))
	for r := range x.rules {
		p.keys = x.appendKeys(p.keys[:0], &x.rules[r], &p.mine)
		for _, key := range p.keys {
			p.asked = append(p.asked, asked{key: key, hash: hashOf(key, r), rule: r})
		}
	}
	for k := range p.asked {
		a := &p.asked[k]
		for i := range x.runs {
			r := &x.runs[i]
			bucket := a.hash >> (64 - r.bits)
			p.spans = append(p.spans, span{r.start[bucket], r.start[bucket+1]})
		}
		a.young = x.young.first(a.hash)
	}
	n, warm := len(x.runs), uint16(0)
	for i, s := range p.spans {
		warm ^= x.runs[i%n].tags[s.from]
	}
	p.warmed = warm // else the compiler would leave the looks out
}

// meet adds the pair with another record, unless a rule before brought it or
// the two only look as if they shared the key.
func (p *Prober) meet(rec, other uint32, a *asked, dst []record.Pair) []record.Pair {
	x := p.index
	if other >= rec || p.seen.has(other) {
		return dst
	}
	p.other.turn(x.known.Row(other))
	if p.keys = x.appendKeys(p.keys[:0], &x.rules[a.rule], &p.other); !slices.Contains(p.keys, a.key) {
		return dst
	}
	p.seen.add(other)
	return append(dst, record.Pair{A: other, B: rec, Rule: uint8(a.rule)})
}

// seen is a set of records that is emptied at no cost.
type seen struct {
	slots []uint64 // turn<<32 | record; a power of two long
	turn  uint32
	n     int
}

func (s *seen) clear() {
	if s.turn++; s.turn == 0 || s.slots == nil {
		s.slots, s.turn = make([]uint64, max(64, len(s.slots))), 1
	}
	s.n = 0
}

// slot returns where a record is, or would be.
func (s *seen) slot(rec uint32) *uint64 {
	mask := uint32(len(s.slots) - 1)
	for i := rec * 0x9e3779b1 >> 7; ; i++ {
		e := &s.slots[i&mask]
		if uint32(*e>>32) != s.turn || uint32(*e) == rec {
			return e
		}
	}
}

func (s *seen) has(rec uint32) bool { return uint32(*s.slot(rec)>>32) == s.turn }

func (s *seen) add(rec uint32) {
	if s.n++; 2*s.n > len(s.slots) {
		old := s.slots
		s.slots = make([]uint64, 2*len(old))
		for _, e := range old {
			if uint32(e>>32) == s.turn {
				*s.slot(uint32(e)) = e
			}
		}
	}
	*s.slot(rec) = uint64(s.turn)<<32 | uint64(rec)
}
