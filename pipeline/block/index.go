package block

import (
	"math/bits"
	"runtime"
	"sync"

	"github.com/dusach/dusach/pipeline/record"
)

// An Index finds the earlier records with which a record shares a key. It is
// the memory of the stage where records come one after the other: Blocks sorts
// the keys of all records, an Index grows by one record at a time, and both
// bring the same pairs under the same rules.
//
// A posting says that a record has a key. Postings of the youngest records are a
// hash table; when it holds enough they become a run, which is sorted by the
// hashes of the keys and never changed, and of two runs of one size one is made.
// So there are few runs, and a question touches two lines of memory in each; all
// keys of a record ask at once, so that those touches wait for each other no
// more than the machine must. Keys themselves are not kept: a few bits of their
// hash rule out nearly every stranger, and the rest are asked for their key again.
//
// Take is for one goroutine; Pairs may be called by several once it returned.
type Index struct {
	*compiled
	records int
	age     int  // how many records make a run
	bits    uint // of a hash, that number the buckets of the smallest run
	runs    []run
	young   young
	mine    values
	keys    []uint64
}

const (
	runRecords = 1 << 16 // of the smallest run
	doublings  = 6       // and of the largest: so many times twice as many
	tagBits    = 16
)

// NewIndex returns an empty index over known, which grows with it.
func NewIndex(known *record.Known, opt Options) *Index {
	return newIndex(compile(known, opt), runRecords)
}

func newIndex(c *compiled, age int) *Index {
	// Four buckets a record hold some six postings each: 12 bytes of tags.
	return &Index{compiled: c, age: age, bits: uint(bits.Len(uint(age-1))) + 2}
}

// Len returns the number of records taken.
func (x *Index) Len() int { return x.records }

// Bytes returns about how much memory the index holds.
func (x *Index) Bytes() int64 {
	n := x.young.bytes()
	for i := range x.runs {
		n += x.runs[i].bytes()
	}
	return n
}

// Take takes in the records from Len to to.
func (x *Index) Take(to int) {
	for x.young.records == 0 && to-x.records >= x.age { // a store that is opened
		built := make([]run, min((to-x.records)/x.age, runtime.GOMAXPROCS(0)))
		var wg sync.WaitGroup
		for i := range built {
			wg.Go(func() { built[i] = x.build(x.records + i*x.age) })
		}
		wg.Wait()
		x.records += len(built) * x.age
		for i := range built {
			x.push(built[i])
		}
	}
	for x.records < to {
		x.young.take(x, x.records, &x.mine, &x.keys)
		if x.records++; x.young.records == x.age {
			x.push(x.young.sorted(x.bits))
			x.young.reset()
		}
	}
}

// build makes the run of the records from from on.
func (x *Index) build(from int) run {
	var y young
	var v values
	var keys []uint64
	for i := range x.age {
		y.take(x, from+i, &v, &keys)
	}
	return y.sorted(x.bits)
}

// push adds the next run. Of two of one size one is made, as when counting in
// binary.
func (x *Index) push(r run) {
	x.runs = append(x.runs, r)
	for {
		n := len(x.runs)
		if n < 2 || x.runs[n-1].bits != x.runs[n-2].bits || x.runs[n-1].bits == x.bits+doublings {
			return
		}
		both := merged(&x.runs[n-2], &x.runs[n-1], x.bits)
		x.runs = append(x.runs[:n-2], both)
		clear(x.runs[n-1 : n])
	}
}

// hashOf is the hash of a key under a rule.
func hashOf(key uint64, rule int) uint64 { return record.Mix(key, uint64(rule)) }

// tagOf are the bits of a hash that follow those of the smallest run's buckets.
func (x *Index) tagOf(hash uint64) uint16 { return uint16(hash >> (64 - x.bits - tagBits)) }
