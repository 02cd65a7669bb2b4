package block

import (
	"math"
	"slices"

	"github.com/dusach/dusach/pipeline/record"
)

// An Index finds the earlier records with which a record shares a key. It is
// the memory of the stage where records come one after the other: Blocks sorts
// the keys of all records, an Index grows by one record at a time, and both
// bring the same pairs under the same rules.
//
// It is a hash table of chains. A posting stands for a record under a key and is
// numbered record × slots + slot: a rule has as many slots as keys of a record at
// most; next leads from it to an older posting of
// the same bucket. Buckets are laid out in generations, each twice as large as
// the one before, so that the index grows without ever moving what it holds.
// Keys themselves are not kept: one byte of each rules out nearly every
// stranger in a bucket, and the rest are asked for their key again.
//
// Take is for one goroutine; Pairs may be called by several once it returned.
type Index struct {
	*compiled
	generations []generation
	next        [][]uint32 // by slab: of each posting, 1 + an older one; 0 ends a chain
	marks       [][]byte   // by slab: of each posting, a byte of its key; 0 where there is none
	records     int
	slots       int     // of a record
	slot        []int   // the first of each rule
	ruleOf      []uint8 // of each slot
}

// A generation holds the postings of the records from first on.
type generation struct {
	first int
	mask  uint64
	heads []uint32 // 1 + the youngest posting of each bucket
}

const (
	firstGeneration  = 1 << 10 // records
	largeGeneration  = 1 << 21
	bucketsPerRecord = 16
	indexSlab        = 1 << 14 // records
)

// NewIndex returns an empty index over known, which grows with it.
func NewIndex(known *record.Known, opt Options) *Index {
	x := &Index{compiled: compile(known, opt)}
	for r := range x.rules {
		x.slot = append(x.slot, x.slots)
		for range x.rules[r].most {
			x.ruleOf = append(x.ruleOf, uint8(r))
		}
		x.slots += x.rules[r].most
	}
	return x
}

// Len returns the number of records taken.
func (x *Index) Len() int { return x.records }

// Bytes returns about how much memory the index holds.
func (x *Index) Bytes() (n int64) {
	for i := range x.generations {
		n += int64(len(x.generations[i].heads)) * 4
	}
	return n + int64(len(x.next))*indexSlab*int64(x.slots)*5
}

// Take takes in the records from Len to to.
func (x *Index) Take(to int) {
	if int64(to)*int64(x.slots) >= math.MaxUint32 {
		panic("BUG: more records than postings can be numbered")
	}
	var v values
	var keys []uint64
	for ; x.records < to; x.records++ {
		g := x.room()
		v.turn(x.known.Row(uint32(x.records)))
		for r := range x.rules {
			keys = x.appendKeys(keys[:0], &x.rules[r], &v)
			for i, key := range keys {
				slab, at := x.place(x.records, x.slot[r]+i)
				head := &g.heads[bucketOf(key, r)&g.mask]
				x.next[slab][at], *head = *head, x.posting(x.records, x.slot[r]+i)+1
				x.marks[slab][at] = markOf(key)
			}
		}
	}
}

// room returns the generation of the next record and makes room for it.
func (x *Index) room() *generation {
	if x.records%indexSlab == 0 {
		x.next = append(x.next, make([]uint32, indexSlab*x.slots))
		x.marks = append(x.marks, make([]byte, indexSlab*x.slots))
	}
	n := len(x.generations)
	if n == 0 || x.records == x.generations[n-1].first+len(x.generations[n-1].heads)/bucketsPerRecord {
		size := min(firstGeneration<<n, largeGeneration) * bucketsPerRecord
		x.generations = append(x.generations, generation{x.records, uint64(size - 1), make([]uint32, size)})
		n++
	}
	return &x.generations[n-1]
}

func (x *Index) posting(rec, slot int) uint32 { return uint32(rec*x.slots + slot) }

// place returns where the posting of a record lies.
func (x *Index) place(rec, slot int) (slab, at int) {
	return rec / indexSlab, rec%indexSlab*x.slots + slot
}

// bucketOf and markOf take different bits of a key.
func bucketOf(key uint64, rule int) uint64 { return record.Mix(key, uint64(rule)) >> 20 }

func markOf(key uint64) byte { return max(1, byte(key>>33)) }

// A Prober asks an index. One value is used by one goroutine.
type Prober struct {
	index       *Index
	mine, other values
	keys, found []uint64
	seen        map[uint32]struct{}
}

// NewProber returns a prober of x.
func NewProber(x *Index) *Prober { return &Prober{index: x, seen: map[uint32]struct{}{}} }

// Pairs appends to dst the pairs of record rec with every earlier one, each
// under the first rule that brings it.
func (p *Prober) Pairs(rec uint32, dst []record.Pair) []record.Pair {
	x := p.index
	clear(p.seen)
	p.mine.turn(x.known.Row(rec))
	for r := range x.rules {
		p.keys = x.appendKeys(p.keys[:0], &x.rules[r], &p.mine)
		for _, key := range p.keys {
			bucket, mark := bucketOf(key, r), markOf(key)
			for i := range x.generations {
				g := &x.generations[i]
				if g.first > int(rec) {
					break
				}
				dst = p.chain(g.heads[bucket&g.mask], rec, r, key, mark, dst)
			}
		}
	}
	return dst
}

// chain follows the postings of a bucket.
func (p *Prober) chain(posting, rec uint32, rule int, key uint64, mark byte, dst []record.Pair) []record.Pair {
	x := p.index
	for posting != 0 {
		n := int(posting - 1)
		other, slot := n/x.slots, n%x.slots
		slab, at := x.place(other, slot)
		posting = x.next[slab][at]
		if int(x.ruleOf[slot]) != rule || uint32(other) >= rec || x.marks[slab][at] != mark {
			continue
		}
		p.other.turn(x.known.Row(uint32(other)))
		if p.found = x.appendKeys(p.found[:0], &x.rules[rule], &p.other); !slices.Contains(p.found, key) {
			continue
		}
		if _, ok := p.seen[uint32(other)]; ok {
			continue
		}
		p.seen[uint32(other)] = struct{}{}
		dst = append(dst, record.Pair{A: uint32(other), B: rec, Rule: uint8(rule)})
	}
	return dst
}
