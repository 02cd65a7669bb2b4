package block

import (
	"context"
	"math/bits"
	"sync/atomic"

	"github.com/dusach/dusach/pipeline/record"
)

// Stage makes pairs out of ranges. One value is used by one goroutine; several
// may share a Blocks.
type Stage struct {
	blocks      *Blocks
	left, right values
	met         []meeting
	open        []uint8 // those of which records are asked
	touched     uint64  // keeps the compiler from leaving the touching out
}

// A meeting is two records under one key of the rule at hand, and which earlier
// rules they may share, a bit each.
type meeting struct {
	a, c  uint32
	key   uint64
	rules [(maxRules + 63) / 64]uint64
	rule  int  // the first of them whose keys are at hand
	asked bool // there is a rule that may be shared

	brought bool // by a rule whose keys are at hand
}

// NewStage returns a stage over b.
func NewStage(b *Blocks) *Stage { return &Stage{blocks: b} }

// chunk is how many pairs a call makes at most; meetings is how many records meet
// before it is asked which of them make a pair: what is asked of memory is asked of
// all, before one of them is waited for.
const (
	chunk    = 4096
	meetings = 128
	// A block may hold a million pairs of one side, none of which meet: after so many
	// it is asked whether to go on.
	apart = 8192
)

// Do makes the next pairs of a range; no pair means that the range is used up.
func (s *Stage) Do(ctx context.Context, in *Range, out *record.Pairs) error {
	out.Pairs = out.Pairs[:0]
	for len(out.Pairs) <= chunk-meetings {
		if err := ctx.Err(); err != nil {
			return err
		}
		if more := s.meet(in); !more {
			break
		}
		s.lookBack()
		s.part(out)
	}
	atomic.AddInt64(&s.blocks.Counts[s.blocks.rule].Pairs, int64(len(out.Pairs)))
	return nil
}

// open turns to the next block of a range.
func (b *Blocks) open(r *Range) bool {
	start := max(r.end, r.from)
	if start >= r.to {
		return false
	}
	end := start + 1
	for end < r.to && b.keys[end].key == b.keys[start].key {
		end++
	}
	r.i, r.j, r.end = start, start+1, end
	return true
}

// meet lets the next records of a range meet, as many as are asked at once, and asks
// for their fingerprints. It reports false once the range is used up.
func (s *Stage) meet(r *Range) (more bool) {
	b, n, passed := s.blocks, 0, 0
	if s.met == nil {
		s.met = make([]meeting, meetings)
	}
	s.met = s.met[:meetings]
	var sum uint64
fill:
	for n < meetings && (r.end != 0 && r.i < r.end-1 || b.open(r)) {
		for ; r.i < r.end-1 && n < meetings; r.i++ {
			a := b.keys[r.i]
			sum += uint64(b.marks.bytes[int(a.rec)*b.marks.width])
			for ; r.j < r.end && n < meetings; r.j++ {
				c := b.keys[r.j].rec
				if b.side != nil && b.side[a.rec] == b.side[c] {
					if passed++; passed == apart {
						r.j++
						break fill
					}
					continue
				}
				m := &s.met[n]
				m.a, m.c, m.key = a.rec, c, a.key
				sum += uint64(b.marks.bytes[int(c)*b.marks.width])
				n++
			}
			if r.j < r.end {
				break // no more fit
			}
			r.j = r.i + 2
		}
	}
	s.met = s.met[:n]
	s.touched += sum
	return n > 0 || passed == apart
}

// lookBack finds out which earlier rules the records that meet may share, and asks
// for the keys of the first of them that are at hand.
func (s *Stage) lookBack() {
	b := s.blocks
	g := &b.ahead
	for i := range s.met {
		m := &s.met[i]
		m.asked = b.marks.candidates(m.a, m.c, b.rule, m.rules[:b.marks.words])
		if m.rule = maxRules + 1; m.asked {
			m.rule = firstOf(m.rules[:b.marks.words], g.first)
		}
	}
	var sum uint64
	for i := range s.met { // nothing else is done here, so that the waits are for all at once
		if m := &s.met[i]; m.rule < g.end {
			keys := g.keys[m.rule-g.first]
			sum += keys[m.a] + keys[m.c]
		}
	}
	s.touched += sum
}

// firstOf returns the first rule of a set from from on; a great number where there is
// none.
func firstOf(rules []uint64, from int) int {
	for w := from / 64; w < len(rules); w++ {
		left := rules[w]
		if w == from/64 {
			left &= ^uint64(0) << (from % 64)
		}
		if left != 0 {
			return w*64 + bits.TrailingZeros64(left)
		}
	}
	return maxRules + 1
}

// part makes pairs of the records that meet where that is to be done under the rule
// at hand: no earlier rule brings them, nor a lesser key of this one.
func (s *Stage) part(out *record.Pairs) {
	b := s.blocks
	r := &b.rules[b.rule]
	s.askKeys()
	for i := range s.met {
		m := &s.met[i]
		if m.brought || m.asked && s.brings(m) {
			continue
		}
		if r.most > 1 && s.common(r, m) != m.key {
			continue
		}
		out.Pairs = append(out.Pairs, record.Pair{A: min(m.a, m.c), B: max(m.a, m.c), Rule: uint8(b.rule)})
	}
}

// askKeys finds out which meetings earlier rules bring whose keys are at hand, and
// takes those rules out of the question. Of the meetings that other rules may still
// bring the records are asked for, and then their names.
func (s *Stage) askKeys() {
	b := s.blocks
	g := &b.ahead
	last := b.known.Packing.Width - 1
	var sum uint64
	s.open = s.open[:0]
	for i := range s.met {
		m := &s.met[i]
		if m.brought = false; !m.asked {
			continue
		}
		rules := m.rules[:b.marks.words]
		for rule := m.rule; rule < g.end && !m.brought; rule = firstOf(rules, rule+1) {
			keys := g.keys[rule-g.first]
			key := keys[m.a]
			m.brought = key != 0 && key == keys[m.c]
			rules[rule/64] &^= 1 << (rule % 64)
		}
		if m.asked = !m.brought && firstOf(rules, 0) < b.rule; m.asked {
			s.open = append(s.open, uint8(i))
			x, y := b.known.Row(m.a), b.known.Row(m.c)
			sum += uint64(x[0]) + uint64(x[last]) + uint64(y[0]) + uint64(y[last])
		}
	}
	if b.known.Names != nil {
		keys := b.known.Names.Keys
		for _, at := range b.asking {
			for _, i := range s.open {
				m := &s.met[i]
				sum += uint64(keys[record.Uint32(b.known.Row(m.a), at)].N) + uint64(keys[record.Uint32(b.known.Row(m.c), at)].N)
			}
		}
	}
	s.touched += sum
}

// brings reports whether a rule that is still in question brings the two records.
func (s *Stage) brings(m *meeting) bool {
	b := s.blocks
	rules := m.rules[:b.marks.words]
	s.turn(m)
	for rule := firstOf(rules, 0); rule < b.rule; rule = firstOf(rules, rule+1) {
		if b.share(&b.rules[rule], &s.left, &s.right) {
			return true
		}
	}
	return false
}

// common is the least key that the two records share under a rule that may give
// several.
func (s *Stage) common(r *compiledRule, m *meeting) uint64 {
	s.turn(m)
	return s.blocks.common(r, &s.left, &s.right)
}

func (s *Stage) turn(m *meeting) {
	s.left.turn(s.blocks.known.Row(m.a))
	s.right.turn(s.blocks.known.Row(m.c))
}
