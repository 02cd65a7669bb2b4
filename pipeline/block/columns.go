package block

import (
	"math/bits"
	"slices"

	"github.com/dusach/dusach/pipeline/record"
)

// batch is how many records go through the rules together: a word has a bit for
// each, and their atoms stay in the nearer caches, with the names that those are
// made of.
const batch = 64

// columns are the atoms of a batch of records, atom by atom: one loop over records
// costs less than as many questions for one atom, and a processor that looks ahead
// works on several keys, and waits for the memory of several names, at once. A
// column is worked out when it is first asked for.
type columns struct {
	rows    [][]byte
	room    [batch][]byte
	have    [maxAtoms]uint8 // which columns of an atom are worked out
	present [maxAtoms]uint64
	of      [][batch]uint64  // by atom: its values, 0 where absent
	mixed   [][batch]uint64  // record.Mix(1, value), with which keys and fingerprints begin
	weight  [][batch]float32 // how rare the value is, in bits
	list    []uint64         // of an atom with several values, while keys are made of it
	keys    []uint64         // of a rule under which a record may have several
	touched uint64           // keeps the compiler from leaving the touching out
}

// What is worked out of an atom.
const (
	haveValues uint8 = 1 << iota
	haveMixed
	haveWeight
)

func newColumns(c *compiled) *columns {
	n := len(c.atoms)
	return &columns{of: make([][batch]uint64, n), mixed: make([][batch]uint64, n), weight: make([][batch]float32, n)}
}

// turn takes the records from from to to in, at most a batch, and asks for their
// names in some slots before one of them is waited for.
func (v *columns) turn(known *record.Known, names []int, from, to int) {
	v.rows = v.room[:0]
	clear(v.have[:])
	for i := from; i < to; i++ {
		v.rows = append(v.rows, known.Row(uint32(i)))
	}
	var sum uint64
	for _, at := range names {
		for _, row := range v.rows {
			sum += uint64(known.Names.Keys[record.Uint32(row, at)].N)
		}
	}
	v.touched += sum
}

// namesOf returns the slots of the names that some rules look at: where their atoms
// are not learnt.
func (c *compiled) namesOf(rules []compiledRule) (slots []int) {
	add := func(a *atom) {
		if a.name != nil && a.known == nil && !slices.Contains(slots, a.at) {
			slots = append(slots, a.at)
		}
	}
	for i := range rules {
		for _, n := range slices.Concat(rules[i].key, rules[i].refine) {
			add(&c.atoms[n])
			for e := range c.atoms[n].each {
				add(&c.atoms[n].each[e])
			}
		}
	}
	return slots
}

// values returns the values of an atom that has one, and which records have it.
func (c *compiled) values(v *columns, n uint8) (of *[batch]uint64, present uint64) {
	of = &v.of[n]
	if v.have[n]&haveValues != 0 {
		return of, v.present[n]
	}
	v.have[n] |= haveValues
	a := &c.atoms[n]
	switch {
	case a.known != nil:
		for i, row := range v.rows {
			of[i%batch] = a.known[record.Uint32(row, a.at)]
		}
	case a.name != nil:
		for i, row := range v.rows {
			x := uint64(0)
			if id := record.Uint32(row, a.at); id != 0 {
				x = a.name(&c.known.Names.Keys[id])
			}
			of[i%batch] = x
		}
	default:
		for i, row := range v.rows {
			of[i%batch] = a.eval(c.known, row, a)
		}
	}
	for i := range v.rows {
		if of[i%batch] != 0 {
			present |= 1 << (i % batch)
		}
	}
	v.present[n] = present
	return of, present
}

// mixedOf returns record.Mix(1, value) of the values of an atom.
func (c *compiled) mixedOf(v *columns, n uint8) *[batch]uint64 {
	mixed := &v.mixed[n]
	if v.have[n]&haveMixed == 0 {
		v.have[n] |= haveMixed
		of, _ := c.values(v, n)
		for i := range mixed {
			mixed[i] = record.Mix(1, of[i])
		}
	}
	return mixed
}

// weightOf returns how rare the values of an atom are that has bits.
func (c *compiled) weightOf(v *columns, n uint8) *[batch]float32 {
	weight := &v.weight[n]
	if v.have[n]&haveWeight != 0 {
		return weight
	}
	v.have[n] |= haveWeight
	a := &c.atoms[n]
	if a.rare != nil {
		for i, row := range v.rows {
			weight[i%batch] = a.rare[record.Uint32(row, a.at)]
		}
		return weight
	}
	_, present := c.values(v, n)
	for left := present; left != 0; left &= left - 1 {
		i := bits.TrailingZeros64(left)
		weight[i] = a.bits(c.terms, c.known, v.rows[i], a)
	}
	return weight
}

// all returns which records have every atom of a list.
func (c *compiled) all(v *columns, atoms []uint8) uint64 {
	have := ^uint64(0)
	for _, n := range atoms {
		_, present := c.values(v, n)
		have &= present
	}
	return have
}

// keysOfAll fills dst with the keys of a batch under a rule that gives one: what key
// returns of each.
func (c *compiled) keysOfAll(v *columns, r *compiledRule, dst []uint64) {
	have := c.all(v, r.key)
	if have != 1<<len(v.rows)-1 {
		clear(dst)
	}
	if have == 0 {
		return
	}
	first := c.mixedOf(v, r.key[0])
	switch len(r.key) {
	case 1:
		for left := have; left != 0; left &= left - 1 {
			i := bits.TrailingZeros64(left) % batch
			dst[i] = first[i] | 1
		}
	case 2:
		x, _ := c.values(v, r.key[1])
		for left := have; left != 0; left &= left - 1 {
			i := bits.TrailingZeros64(left) % batch
			dst[i] = record.Mix(first[i], x[i]) | 1
		}
	case 3:
		x, _ := c.values(v, r.key[1])
		y, _ := c.values(v, r.key[2])
		for left := have; left != 0; left &= left - 1 {
			i := bits.TrailingZeros64(left) % batch
			dst[i] = record.Mix(record.Mix(first[i], x[i]), y[i]) | 1
		}
	default:
		for left := have; left != 0; left &= left - 1 {
			i := bits.TrailingZeros64(left) % batch
			h := first[i]
			for _, n := range r.key[1:] {
				h = record.Mix(h, v.of[n][i])
			}
			dst[i] = h | 1
		}
	}
	if len(r.refine) > 0 {
		c.refineAll(v, r, have, dst)
	}
}

// refineAll refines the hot keys among those of a batch.
func (c *compiled) refineAll(v *columns, r *compiledRule, have uint64, dst []uint64) {
	hot := c.hotOf(v, r, have)
	if hot == 0 {
		return
	}
	finer := c.all(v, r.refine)
	for left := hot &^ finer; left != 0; left &= left - 1 {
		dst[bits.TrailingZeros64(left)] = 0
	}
	for left := hot & finer; left != 0; left &= left - 1 {
		i := bits.TrailingZeros64(left)
		h := v.mixed[r.key[0]][i]
		for _, n := range r.key[1:] {
			h = record.Mix(h, v.of[n][i])
		}
		for _, n := range r.refine {
			h = record.Mix(h, v.of[n][i])
		}
		dst[i] = h&^1 | 2
	}
}

// hotOf returns which of some records are hot under a rule, as hot does: it adds in
// the same order.
func (c *compiled) hotOf(v *columns, r *compiledRule, some uint64) (hot uint64) {
	var sums [batch]float32
	for _, n := range r.key {
		if a := &c.atoms[n]; a.bits == nil {
			for i := range sums {
				sums[i] += a.even
			}
			continue
		}
		weight := c.weightOf(v, n)
		for i := range sums {
			sums[i] += weight[i]
		}
	}
	for i := range sums {
		if sums[i] < c.least {
			hot |= 1 << i
		}
	}
	return hot & some
}

// severalOf returns the keys of a record of a batch under a rule that may give
// several, as keysOf does. They are valid until the next call for v.
func (c *compiled) severalOf(v *columns, r *compiledRule, i int) []uint64 {
	v.keys = append(v.keys[:0], 1)
	for _, n := range r.key {
		if a := &c.atoms[n]; a.many != nil {
			if v.list = a.many(v.list[:0], c.known, v.rows[i], a); len(v.list) == 0 {
				return nil
			}
		} else {
			v.list = append(v.list[:0], v.of[n][i])
		}
		v.keys = mixedWith(v.keys, v.list)
	}
	return rising(v.keys)
}

// single are the atoms of a rule that have one value.
func (c *compiled) single(r *compiledRule) (atoms []uint8) {
	for _, n := range r.key {
		if c.atoms[n].many == nil {
			atoms = append(atoms, n)
		}
	}
	return atoms
}
