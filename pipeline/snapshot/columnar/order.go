package columnar

import (
	"cmp"
	"encoding/binary"
	"slices"

	"github.com/dusach/dusach/pipeline/record"
)

// A sorter puts the values of a dictionary in order. Neighbours in order share
// their beginning, so a large dictionary is compressed to two thirds of what it
// takes in the order of arrival. Addresses share their end: in the order of
// ends they are compressed by a quarter more.
type sorter struct {
	byEnd   bool
	entries []entry
	spare   []entry
	rank    []int32
}

type entry struct {
	key   uint64 // the next eight bytes of the value
	value int32
}

// depth is how many bytes of a value are looked at: equal beginnings of that
// length lie together, which is all that compression wants.
const depth = 48

// ranks returns the place of each value of t in the order of their bytes, read
// from the last one on if byEnd. It is valid until the next call.
func (s *sorter) ranks(t *record.Text, byEnd bool) []int32 {
	s.byEnd = byEnd
	n := t.Len()
	s.entries = slices.Grow(s.entries[:0], n)[:n]
	for i := range s.entries {
		s.entries[i] = entry{s.eight(t.At(i), 0), int32(i)}
	}
	s.sort(t, s.entries, 8)
	s.rank = slices.Grow(s.rank[:0], n)[:n]
	for place, e := range s.entries {
		s.rank[e.value] = int32(place)
	}
	return s.rank
}

// sort orders entries by their keys and then, where keys are equal, by the
// bytes from at on.
func (s *sorter) sort(t *record.Text, entries []entry, at int) {
	s.byKey(entries)
	if at >= depth {
		return
	}
	for from := 0; from < len(entries); {
		to := from + 1
		for to < len(entries) && entries[to].key == entries[from].key {
			to++
		}
		if to-from > 1 && entries[from].key&0xff != 0 {
			for i := from; i < to; i++ {
				entries[i].key = s.eight(t.At(int(entries[i].value)), at)
			}
			s.sort(t, entries[from:to], at+8)
		}
		from = to
	}
}

// byKey orders entries by their keys, those of equal keys by their numbers, as
// they stand: few by comparing, many byte by byte, the last one first.
func (s *sorter) byKey(entries []entry) {
	if len(entries) < 1024 {
		slices.SortFunc(entries, func(a, b entry) int {
			if a.key != b.key {
				return cmp.Compare(a.key, b.key)
			}
			return cmp.Compare(a.value, b.value)
		})
		return
	}
	var counts [8][256]uint32
	for _, e := range entries {
		for b := range counts {
			counts[b][byte(e.key>>(8*b))]++
		}
	}
	s.spare = slices.Grow(s.spare[:0], len(entries))[:len(entries)]
	from, to := entries, s.spare
	for b := range counts {
		c := &counts[b]
		if int(c[byte(entries[0].key>>(8*b))]) == len(entries) {
			continue // one and the same in all
		}
		sum := uint32(0)
		for v, n := range c {
			c[v] = sum
			sum += n
		}
		for _, e := range from {
			v := byte(e.key >> (8 * b))
			to[c[v]] = e
			c[v]++
		}
		from, to = to, from
	}
	if &from[0] != &entries[0] {
		copy(entries, from)
	}
}

// eight returns the eight bytes of v from at on as a number of the same order.
func (s *sorter) eight(v []byte, at int) uint64 {
	at = min(at, len(v))
	if s.byEnd {
		return lastEight(v[:len(v)-at])
	}
	return eight(v[at:])
}

// lastEight returns the last eight bytes of v, the last one first.
func lastEight(v []byte) uint64 {
	if len(v) >= 8 {
		return binary.LittleEndian.Uint64(v[len(v)-8:])
	}
	var k uint64
	for i, b := range v {
		k |= uint64(b) << (64 - 8*(len(v)-i))
	}
	return k
}

// eight returns the first eight bytes of v as a number of the same order,
// zeroes after its end.
func eight(v []byte) uint64 {
	if len(v) >= 8 {
		return binary.BigEndian.Uint64(v)
	}
	var k uint64
	for i, b := range v {
		k |= uint64(b) << (56 - 8*i)
	}
	return k
}
