package block

import (
	"cmp"
	"slices"
)

// The digits of the sort: three of eleven bits, from the top of the key.
const (
	digitBits = 11
	digits    = 3
	lowest    = 64 - digits*digitBits
)

// sortKeys orders keys by (key, record): a radix sort by the upper half of the
// key, after which only keys that share it by chance are out of order. The sort is
// stable and records come in rising order, so ties need no pass of their own.
// spare is the second buffer; both are returned for reuse.
func sortKeys(keys, spare []keyed) (sorted, other []keyed) {
	if cap(spare) < len(keys) {
		spare = make([]keyed, len(keys))
	}
	spare = spare[:len(keys)]
	var counts [digits][1 << digitBits]uint32
	for i := range keys {
		for p := range counts {
			counts[p][keys[i].key>>(lowest+digitBits*p)&(1<<digitBits-1)]++
		}
	}
	for p := range counts {
		if single(&counts[p], len(keys)) {
			continue
		}
		var at uint32
		for d := range counts[p] {
			n := counts[p][d]
			counts[p][d] = at
			at += n
		}
		for i := range keys {
			d := keys[i].key >> (lowest + digitBits*p) & (1<<digitBits - 1)
			spare[counts[p][d]] = keys[i]
			counts[p][d]++
		}
		keys, spare = spare, keys
	}
	settle(keys)
	return keys, spare
}

// settle orders the runs of keys whose upper half is the same, where they are not
// one key.
func settle(keys []keyed) {
	for from := 0; from < len(keys); {
		to, mixed := from+1, false
		for ; to < len(keys) && keys[to].key>>lowest == keys[from].key>>lowest; to++ {
			mixed = mixed || keys[to].key != keys[from].key
		}
		if mixed {
			slices.SortStableFunc(keys[from:to], func(a, b keyed) int { return cmp.Compare(a.key, b.key) })
		}
		from = to
	}
}

// single reports whether all keys have the same digit in this pass.
func single(counts *[1 << digitBits]uint32, n int) bool {
	for _, c := range counts {
		if c != 0 {
			return int(c) == n
		}
	}
	return true
}
