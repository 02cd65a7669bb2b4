package columnar

import (
	"bytes"
	"hash/maphash"

	"github.com/dusach/dusach/pipeline/record"
)

// A dictionary numbers the distinct values of a column in the order in which
// they come.
//
// It is an open-addressing table of 64-bit slots: the upper half of a value's
// hash, so that another value is nearly never looked at, and its number plus
// one. Which slot a value takes depends on a seed of the process; its number
// does not.
type dictionary struct {
	values record.Text
	slots  []uint64 // 0 is free; a power of two long

	fetched byte // so that reading ahead is not optimized away
}

var seed = maphash.MakeSeed()

const fewSlots = 256

// code returns the number of v, a new one if v was not seen.
func (d *dictionary) code(v []byte) int32 { return d.find(v, hashOf(v)) }

func hashOf(v []byte) uint64 { return maphash.Bytes(seed, v) >> 32 }

func (d *dictionary) find(v []byte, hash uint64) int32 {
	if d.values.Len()*3 >= len(d.slots)*2 {
		d.grow()
	}
	mask := uint64(len(d.slots) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		slot := d.slots[i]
		if slot == 0 {
			d.values.Append(v)
			n := uint64(d.values.Len())
			d.slots[i] = hash<<32 | n
			return int32(n - 1)
		}
		if slot>>32 == hash {
			n := int(uint32(slot)) - 1
			if bytes.Equal(d.values.At(n), v) {
				return int32(n)
			}
		}
	}
}

// run is how many values are looked up together.
const run = 128

// largeTable is the number of slots from which on a table is not to be found in
// the nearest caches.
const largeTable = 4 << 10

// codes appends the numbers of the values slab[off[0]:off[1]] … to dst, at most
// run of them, empty ones left out if skip.
//
// In a large table each look-up waits three times for memory: for the slot, for
// where its value lies, and for the value. So all slots are asked for first,
// then all places, then all values: requests that do not wait for each other
// are on their way at the same time.
func (d *dictionary) codes(dst []int32, slab []byte, off []uint32, skip bool) []int32 {
	var hashes [run]uint64
	n := 0
	for i, start := range off[:len(off)-1] {
		if stop := off[i+1]; stop > start || !skip {
			hashes[n] = hashOf(slab[start:stop])
			n++
		}
	}
	if len(d.slots) >= largeTable {
		d.fetch(hashes[:n])
	}
	n = 0
	for i, start := range off[:len(off)-1] {
		if stop := off[i+1]; stop > start || !skip {
			dst = append(dst, d.find(slab[start:stop], hashes[n]))
			n++
		}
	}
	return dst
}

// fetch brings near what looking up the hashes will read.
func (d *dictionary) fetch(hashes []uint64) {
	var at [run]uint32
	mask := uint64(len(d.slots) - 1)
	for i, h := range hashes {
		at[i] = uint32(d.slots[h&mask])
	}
	for i := range hashes {
		if at[i] != 0 {
			at[i] = d.values.Off[at[i]-1]
		}
	}
	var sum byte
	for i := range hashes {
		if at[i] < uint32(len(d.values.Slab)) {
			sum += d.values.Slab[at[i]]
		}
	}
	d.fetched = sum
}

func (d *dictionary) grow() {
	old := d.slots
	d.slots = make([]uint64, max(fewSlots, 2*len(old)))
	mask := uint64(len(d.slots) - 1)
	for _, slot := range old {
		if slot == 0 {
			continue
		}
		i := slot >> 32 & mask
		for d.slots[i] != 0 {
			i = (i + 1) & mask
		}
		d.slots[i] = slot
	}
}

// reset empties the dictionary. It keeps its memory, but not a table so much
// too large that clearing it again and again would cost more than growing.
func (d *dictionary) reset() {
	if len(d.slots) > fewSlots && d.values.Len() < len(d.slots)/16 {
		d.slots = make([]uint64, len(d.slots)/4)
	} else {
		clear(d.slots)
	}
	d.values.Reset()
}
