package block

import (
	"runtime"
	"sync"
)

// A run holds the postings of some records by bucket: the leading bits of the
// hash of the key.
type run struct {
	bits  uint
	start []uint32 // of each bucket, and the end of the last
	tags  []uint16 // of each posting, see Index.tagOf; one more at the end
	recs  []uint32 // of each posting
}

func (r *run) bytes() int64 {
	return 4*int64(len(r.start)) + 2*int64(len(r.tags)) + 4*int64(len(r.recs))
}

// merged returns the postings of two runs of one size as one with twice the
// buckets. Those of one bucket part by the first bit of their tag that the
// buckets did not tell yet; base is the bits of the smallest run.
func merged(a, b *run, base uint) run {
	n := len(a.recs) + len(b.recs)
	out := run{bits: a.bits + 1, start: make([]uint32, 2*len(a.start)-1), tags: make([]uint16, n+1), recs: make([]uint32, n)}
	next := uint16(1) << (tagBits - 1 - (a.bits - base))
	buckets, workers := len(a.start)-1, runtime.GOMAXPROCS(0)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() { out.fill(a, b, next, buckets*w/workers, buckets*(w+1)/workers) })
	}
	wg.Wait()
	out.start[2*buckets] = uint32(n)
	return out
}

// fill makes the buckets that come of those from from to to of two runs.
func (r *run) fill(a, b *run, next uint16, from, to int) {
	at := a.start[from] + b.start[from]
	for bucket := from; bucket < to; bucket++ {
		for half, bit := range [2]uint16{0, next} {
			r.start[2*bucket+half] = at
			for _, of := range [2]*run{a, b} {
				for i := of.start[bucket]; i < of.start[bucket+1]; i++ {
					if of.tags[i]&next == bit {
						r.tags[at], r.recs[at] = of.tags[i], of.recs[i]
						at++
					}
				}
			}
		}
	}
}

// young are the postings of the records that are in no run yet.
type young struct {
	records int
	heads   []uint32 // 1 + the youngest posting of each bucket; a power of two long
	list    []posting
}

type posting struct {
	hash uint64
	next uint32 // 1 + an older one of the same bucket; 0: there is none
	rec  uint32
}

func (y *young) bytes() int64 { return 4*int64(len(y.heads)) + 16*int64(cap(y.list)) }

// take adds the postings of a record.
func (y *young) take(x *Index, rec int, v *values, keys *[]uint64) {
	v.turn(x.known.Row(uint32(rec)))
	for r := range x.rules {
		*keys = x.appendKeys((*keys)[:0], &x.rules[r], v)
		for _, key := range *keys {
			y.add(hashOf(key, r), uint32(rec))
		}
	}
	y.records++
}

func (y *young) add(hash uint64, rec uint32) {
	if len(y.list) == len(y.heads) {
		y.grow()
	}
	head := &y.heads[hash&uint64(len(y.heads)-1)]
	y.list = append(y.list, posting{hash, *head, rec})
	*head = uint32(len(y.list))
}

func (y *young) grow() {
	y.heads = make([]uint32, max(1<<12, 2*len(y.heads)))
	for i := range y.list {
		head := &y.heads[y.list[i].hash&uint64(len(y.heads)-1)]
		y.list[i].next, *head = *head, uint32(i+1)
	}
}

// first returns the youngest posting of the bucket of a hash, as next does.
func (y *young) first(hash uint64) uint32 {
	if len(y.heads) == 0 {
		return 0
	}
	return y.heads[hash&uint64(len(y.heads)-1)]
}

// sorted returns the postings as a run of 2^bits buckets.
func (y *young) sorted(bits uint) run {
	r := run{bits: bits, start: make([]uint32, 1<<bits+1), tags: make([]uint16, len(y.list)+1), recs: make([]uint32, len(y.list))}
	for i := range y.list {
		r.start[y.list[i].hash>>(64-bits)+1]++
	}
	for i := range r.start[1:] {
		r.start[i+1] += r.start[i]
	}
	for i := range y.list {
		p := &y.list[i]
		at := &r.start[p.hash>>(64-bits)]
		r.tags[*at], r.recs[*at] = uint16(p.hash>>(64-bits-tagBits)), p.rec
		*at++
	}
	copy(r.start[1:], r.start) // each begins where the one before ended
	r.start[0] = 0
	return r
}

// reset empties y and keeps its memory.
func (y *young) reset() {
	clear(y.heads)
	y.list, y.records = y.list[:0], 0
}
