package columnar

import (
	"encoding/binary"
	"slices"

	"github.com/dusach/dusach/pipeline/record"
	"github.com/parquet-go/parquet-go/format"
)

// A Column takes the values of one leaf for the row group that is open. Its
// methods cannot fail: nothing is written before the group ends.
type Column struct {
	path    []string
	typ     format.Type
	coding  Coding
	maxDef  byte
	maxRep  byte
	ordered bool // the rows are ordered by this column
	byEnd   bool // a large dictionary is put in the order of the ends of its values
	dense   bool // and compressed better

	// A slot is a value, a null or an empty list. Where every slot has a value
	// (maxDef 0), levels are left out.
	slots int
	def   []byte
	rep   []byte

	index   []int32 // Coded: of each value in dict
	dict    dictionary
	symbols []int32     // number in dict of each symbol, plus one
	values  record.Text // Lengths, Prefixes
	numbers []byte      // little endian
}

// reset empties the column for the next group.
func (c *Column) reset() {
	c.slots, c.def, c.rep = 0, c.def[:0], c.rep[:0]
	c.index, c.numbers = c.index[:0], c.numbers[:0]
	c.dict.reset()
	clear(c.symbols)
	c.values.Reset()
}

// Texts adds the values from ≤ i < to of v, one a row.
func (c *Column) Texts(v *record.Text, from, to int) {
	c.slots += to - from
	off := v.Off[from : to+1]
	if c.maxDef > 0 && off[0] == off[len(off)-1] { // many columns are empty for long stretches
		c.nulls(to - from)
		return
	}
	if c.maxDef > 0 {
		c.levels(off)
	}
	if c.coding == Coded {
		for at := 0; at < len(off)-1; at += run {
			c.index = c.dict.codes(c.index, v.Slab, off[at:min(len(off), at+run+1)], c.maxDef > 0)
		}
		return
	}
	// Nulls take no bytes, so the slab can be taken over whole.
	if len(c.values.Off) == 0 {
		c.values.Off = append(c.values.Off, 0)
	}
	shift := uint32(len(c.values.Slab)) - off[0]
	c.values.Slab = append(c.values.Slab, v.Slab[off[0]:off[len(off)-1]]...)
	for i, start := range off[:len(off)-1] {
		if stop := off[i+1]; stop > start || c.maxDef == 0 {
			c.values.Off = append(c.values.Off, stop+shift)
		}
	}
}

// levels notes which of the values between the offsets are null.
func (c *Column) levels(off []uint32) {
	n := len(c.def)
	c.def = slices.Grow(c.def, len(off)-1)[:n+len(off)-1]
	for i := range c.def[n:] {
		level := byte(0)
		if off[i+1] > off[i] {
			level = 1
		}
		c.def[n+i] = level
	}
}

var zeroes [1024]byte

func (c *Column) nulls(n int) {
	for n > 0 {
		some := min(n, len(zeroes))
		c.def = append(c.def, zeroes[:some]...)
		n -= some
	}
}

// Empty adds a row that is an empty list.
func (c *Column) Empty() {
	c.slots++
	c.def, c.rep = append(c.def, 0), append(c.rep, 0)
}

// Lists adds the rows from ≤ i < to of lists of texts: row i has the values
// rows[i] to rows[i+1] of v.
func (c *Column) Lists(rows []uint32, v *record.Text, from, to int) {
	for i, first := range rows[from:to] {
		last := rows[from+i+1]
		if first == last {
			c.Empty()
		}
		for e := first; e < last; e++ {
			c.entry(e == first)
		}
	}
	first, last := rows[from], rows[to]
	for at := first; at < last; at += run {
		c.index = c.dict.codes(c.index, v.Slab, v.Off[at:min(last, at+run)+1], false)
	}
}

// Symbol adds one of a closed list of values, name by its number id, as a row
// or, in a list, as an entry: first begins a row. It saves looking the value up.
func (c *Column) Symbol(id int, name []byte, first bool) {
	c.entry(first)
	for id >= len(c.symbols) {
		c.symbols = append(c.symbols, 0)
	}
	if c.symbols[id] == 0 {
		c.symbols[id] = c.dict.code(name) + 1
	}
	c.index = append(c.index, c.symbols[id]-1)
}

func (c *Column) entry(first bool) {
	c.slots++
	if c.maxRep == 0 {
		return
	}
	c.def = append(c.def, 1)
	if first {
		c.rep = append(c.rep, 0)
	} else {
		c.rep = append(c.rep, 1)
	}
}

// Number adds a row of an Int32 or Int64 column, or of a Double by its bits.
func (c *Column) Number(v uint64) {
	c.slots++
	if c.typ == format.Int32 {
		c.numbers = binary.LittleEndian.AppendUint32(c.numbers, uint32(v))
	} else {
		c.numbers = binary.LittleEndian.AppendUint64(c.numbers, v)
	}
}

// width is the number of bytes of a number.
func (c *Column) width() int {
	if c.typ == format.Int32 {
		return 4
	}
	return 8
}
