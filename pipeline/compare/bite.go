package compare

import (
	"github.com/dusach/dusach/matchers"
	"github.com/dusach/dusach/pipeline/record"
)

// biteSize is how many pairs go through the steps together: their records stay in
// the nearest caches.
const biteSize = 128

// A bite is some pairs on their way through the steps of a filter. Comparisons take
// it as a whole: one loop over its pairs costs less than as many calls, and a
// processor that looks ahead waits for the memory of several pairs at once.
type bite struct {
	k      *record.Known
	a, b   [biteSize][]byte // packed records
	levels []matchers.Levels
	// live are the pairs that may still become a link, and what is certain of the
	// weight of each pair and the most that it can be.
	live          []uint8
	room          [biteSize]uint8
	certain, most [biteSize]float32
	touched       uint64 // keeps the compiler from leaving the touching out
}

// A biteBinding judges the live pairs of a bite; c is the place of the comparison.
type biteBinding func(bite *bite, c int)

// open takes some pairs in, all alive. All their records are asked for before one of
// them is waited for.
func (b *bite) open(k *record.Known, pairs []record.Pair, levels []matchers.Levels) {
	b.k, b.levels, b.live = k, levels, b.room[:0]
	last := k.Packing.Width - 1
	var sum uint64
	for i := range pairs {
		x, y := k.Row(pairs[i].A), k.Row(pairs[i].B)
		b.a[i], b.b[i] = x, y
		if last >= 0 {
			sum += uint64(x[0]) + uint64(x[last]) + uint64(y[0]) + uint64(y[last])
		}
		b.live = append(b.live, uint8(i))
		b.certain[i] = 0
	}
	b.touched += sum
}

// drop lets the pairs go that cannot reach floor.
func (b *bite) drop(floor float32, filtered []bool) {
	n := 0
	for _, i := range b.live {
		if b.most[i] < floor {
			filtered[i] = true
			continue
		}
		b.live[n] = i
		n++
	}
	b.live = b.live[:n]
}

// oneByOne is the form for bites of a comparison that has none of its own.
func oneByOne(judge binding) biteBinding {
	return func(t *bite, c int) {
		for _, i := range t.live {
			l := &t.levels[i]
			l[c] = judge(t.k, t.a[i], t.b[i], l, 0)
		}
	}
}
