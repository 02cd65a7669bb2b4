package block

import (
	"math"
	"math/bits"
	"slices"

	"github.com/dusach/dusach/pipeline/record"
)

// Options of the block stage.
type Options struct {
	Rules  []Rule
	Terms  Frequencies
	People float64 // upper size of the class: how many records to expect at most
	// Side of each record, where two files without duplicates within are linked:
	// records of one side never meet. nil: all may.
	Side []uint8
	// Room is how many bytes the keys of rules may take, as far as that can be:
	// at least 8 a record. 0: as many as they like.
	Room int64
	// Stopped is asked from time to time while keys are made: once it is true, they
	// are of no use and need not be finished. nil: never.
	Stopped func() bool
}

// Blocks is the memory of the stage for a slice of the keys of one rule: the
// records that bear them, ordered by key.
type Blocks struct {
	*compiled
	rule   int
	slice  int // of slices, by key
	slices int
	room   int64
	ahead  group
	fresh  []uint8 // atoms of a rule of several keys that no earlier rule was made of
	keys   []keyed
	parts  []part
	any    bool  // some record has a key of the slice
	asking []int // slots of the names that rules without keys at hand look at
	marks  fingerprints
	side   []uint8
	stop   func() bool
	// per rule, for the report
	Counts []Counts
}

// Counts is what a rule brought.
type Counts struct {
	Pairs   int64 // pairs that this rule was the first to bring
	Largest int64 // records in the largest block
}

type keyed struct {
	key uint64
	rec uint32
}

// New returns the blocks of known, before the first rule.
func New(known *record.Known, opt Options) *Blocks {
	c := compile(known, opt)
	b := &Blocks{compiled: c, rule: -1, room: opt.Room, Counts: make([]Counts, len(opt.Rules)),
		marks: newFingerprints(known.Len(), c), side: opt.Side, stop: opt.Stopped}
	if b.stop == nil {
		b.stop = func() bool { return false }
	}
	if b.room == 0 {
		b.room = math.MaxInt64
	}
	return b
}

// SlotBytes is what sorting a key takes: it lies in a part, in the part's spare
// and among those that are joined.
const SlotBytes = 3 * 16

// Next turns to the next slice of the keys of a rule, or to the next rule, and
// reports whether there is one. Its keys are to be gathered in n parts by Gather,
// then put in order in n parts by Sort, each at the same time if one likes, and at
// last joined by Join.
func (b *Blocks) Next(n int) bool {
	if b.rule < 0 {
		b.room -= b.learn(b.room / 4)
	}
	if b.slice++; b.rule < 0 || b.slice >= b.slices {
		b.slice = 0
		if b.rule++; b.rule >= len(b.rules) {
			b.keys, b.parts, b.ahead = nil, nil, group{}
			return false
		}
		b.ahead.turn(b)
		if b.fresh = b.fresh[:0]; b.rules[b.rule].most > 1 {
			b.fresh = b.marks.fresh(b.fresh, &b.rules[b.rule])
		}
		b.asking = b.namesOf(slices.Concat(b.rules[:b.ahead.first], b.rules[min(b.ahead.end, b.rule):b.rule]))
		b.slices = int(min(int64(b.known.Len())*SlotBytes/max(b.room/2, 1)+1, maxSlices))
	}
	for len(b.parts) < n {
		b.parts = append(b.parts, part{})
	}
	b.parts = b.parts[:n]
	return true
}

// maxSlices bounds how often the keys of a rule are looked through.
const maxSlices = 256

// in reports whether a key lies in the slice at hand, and in which of n parts of it.
func (b *Blocks) in(key, n uint64) (part uint64, ok bool) {
	slice, rest := bits.Mul64(key, uint64(b.slices))
	part, _ = bits.Mul64(rest, n)
	return part, slice == uint64(b.slice)
}

// A part is one worker's share of the keys of a slice.
type part struct {
	columns *columns
	several []keyed // of some of the records, where the rule gives several keys a record
	keys    []keyed // of a range of keys, in order; most of those that one record bears are left out
	spare   []keyed
	sieve   sieve
	any     bool // there is a key in the range
}

// Gather makes the keys of part of the records.
func (b *Blocks) Gather(part int) {
	n, all := len(b.parts), b.known.Len()
	from, to := part*all/n, (part+1)*all/n
	p := &b.parts[part]
	if p.columns == nil {
		p.columns = newColumns(b.compiled)
	}
	if b.rules[b.rule].most > 1 {
		p.several = b.gatherSeveral(p.columns, p.several[:0], from, to)
	} else if b.rule == b.ahead.first && b.slice == 0 {
		b.readAhead(p.columns, from, to)
	}
}

// gatherSeveral appends the keys of the slice that records have under a rule that
// may give several.
func (b *Blocks) gatherSeveral(v *columns, keys []keyed, from, to int) []keyed {
	r := &b.rules[b.rule]
	single, names := b.single(r), b.namesOf(b.rules[b.rule:b.rule+1])
	for ; from < to && !b.stop(); from += batch {
		v.turn(b.known, names, from, min(from+batch, to))
		if b.slice == 0 {
			b.marks.noteAll(from, b.fresh, b.compiled, v)
		}
		for left := b.all(v, single) & (1<<len(v.rows) - 1); left != 0; left &= left - 1 {
			i := bits.TrailingZeros64(left)
			for _, key := range b.severalOf(v, r, i) {
				if _, ok := b.in(key, 1); ok {
					keys = append(keys, keyed{key, uint32(from + i)})
				}
			}
		}
	}
	return keys
}

// Sort puts part of the gathered keys in order: those of a range of values, so
// that the parts follow each other.
func (b *Blocks) Sort(part int) {
	p := &b.parts[part]
	p.keys = p.keys[:0]
	if b.rules[b.rule].most > 1 {
		b.sortSeveral(part)
	} else {
		b.sortOne(part)
	}
	p.keys, p.spare = sortKeys(p.keys, p.spare)
}

// sortSeveral takes the keys of a part out of those that were gathered.
func (b *Blocks) sortSeveral(part int) {
	p, n := &b.parts[part], uint64(len(b.parts))
	p.any = false
	for i := range b.parts {
		for _, k := range b.parts[i].several {
			if at, _ := b.in(k.key, n); at == uint64(part) {
				p.keys, p.any = append(p.keys, k), true
			}
		}
	}
}

// sortOne takes the keys of a part out of those that were made ahead, but for most
// of those that one record bears.
func (b *Blocks) sortOne(part int) {
	p, n := &b.parts[part], uint64(len(b.parts))
	keys := b.ahead.keys[b.rule-b.ahead.first]
	if n == 1 && b.slices == 1 {
		p.any = p.sieve.fill(keys)
		p.keys = p.sieve.sift(p.keys, keys, 0)
		return
	}
	lo, span := bounds(uint64(b.slice)*n+uint64(part), uint64(b.slices)*n)
	p.any = false
	p.sieve.reset(len(keys) / len(b.parts) / b.slices)
	var room [batch]keyed
	for _, take := range []func(some []keyed){
		func(some []keyed) { p.any = p.sieve.addKeyed(some) || p.any },
		func(some []keyed) { p.keys = p.sieve.siftKeyed(p.keys, some) },
	} {
		for from := 0; from < len(keys); from += batch {
			take(within(&room, keys[from:min(from+batch, len(keys))], uint32(from), lo, span))
		}
	}
}

// bounds returns the least key of range number i of n > 1 ranges, but not 0, and how
// many keys there are from it on: those that in puts there.
func bounds(i, n uint64) (lo, span uint64) {
	start := func(i uint64) uint64 { // of 2^64 times i over n what is not below it
		at, rest := bits.Div64(i, 0, n)
		if rest != 0 {
			at++
		}
		return at
	}
	lo = max(start(i), 1)
	if i+1 == n {
		return lo, -lo
	}
	return lo, start(i+1) - lo
}

// within returns those of at most a batch of keys that lie in a range, with the
// numbers of their records, of which the first is first.
func within(room *[batch]keyed, keys []uint64, first uint32, lo, span uint64) []keyed {
	n := 0
	for i, key := range keys {
		room[n%batch] = keyed{key, first + uint32(i)}
		_, below := bits.Sub64(key-lo, span, 0)
		n += int(below)
	}
	return room[:n]
}

// Join puts the sorted parts together.
func (b *Blocks) Join() {
	b.keys, b.any = b.keys[:0], false
	for i := range b.parts {
		b.keys = append(b.keys, b.parts[i].keys...)
		b.any = b.any || b.parts[i].any
	}
}

// Number returns the number of the rule at hand.
func (b *Blocks) Number() int { return b.rule }

// Ranges cuts the blocks of the slice into at most n ranges of about equal
// numbers of pairs; no block is cut unless it is larger than a range.
func (b *Blocks) Ranges(n int) []Range {
	var total, largest int64
	b.each(func(from, to int) {
		size := int64(to - from)
		total += size * (size - 1) / 2
		largest = max(largest, size)
	})
	if b.any {
		largest = max(largest, 1)
	}
	b.Counts[b.rule].Largest = max(largest, b.Counts[b.rule].Largest)
	want := total/int64(n) + 1
	var ranges []Range
	open := Range{}
	var have int64
	b.each(func(from, to int) {
		size := int64(to - from)
		if size < 2 {
			return
		}
		if have == 0 {
			open.from = from
		}
		open.to = to
		if have += size * (size - 1) / 2; have >= want {
			ranges, have = append(ranges, open), 0
		}
	})
	if have > 0 {
		ranges = append(ranges, open)
	}
	return ranges
}

func (b *Blocks) each(visit func(from, to int)) {
	for from := 0; from < len(b.keys); {
		to := from + 1
		for to < len(b.keys) && b.keys[to].key == b.keys[from].key {
			to++
		}
		visit(from, to)
		from = to
	}
}

// Range is a run of whole blocks, and how far its pairs have been made.
type Range struct {
	from, to int // of Blocks.keys
	i, j     int // next pair
	end      int // of the block of i; 0 before the first
}
