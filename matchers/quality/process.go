package quality

import (
	"fmt"
	"slices"
)

// ByProcess counts, for each process 0..n-1, the pairs in which at least one form
// went through it: process[i] is what happened to form i. A pair of forms of two
// processes counts for both. Forms counts the forms of the process.
func ByProcess(cluster, person []uint32, process []uint16, n int) []Pairs {
	if len(process) != len(cluster) || len(process) != len(person) {
		panic(fmt.Sprintf("BUG: %d processes for %d and %d labels", len(process), len(cluster), len(person)))
	}
	out := make([]Pairs, n)
	for _, p := range process {
		out[p].Forms++
	}
	key := make([]uint64, len(cluster))
	both := func(i int) uint64 { return uint64(cluster[i])<<32 | uint64(person[i]) }
	for i := range key {
		key[i] = both(i)
	}
	touching(key, process, func(p uint16, pairs uint64) { out[p].Right += pairs })
	for i := range key {
		key[i] = uint64(cluster[i])
	}
	touching(key, process, func(p uint16, pairs uint64) { out[p].Found += pairs })
	for i := range key {
		key[i] = uint64(person[i])
	}
	touching(key, process, func(p uint16, pairs uint64) { out[p].True += pairs })
	return out
}

// touching reports, for each group of forms with one key and each process in it,
// how many pairs of the group touch the process: all but those without it.
func touching(key []uint64, process []uint16, report func(p uint16, pairs uint64)) {
	order := make([]int32, len(key))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int {
		switch {
		case key[a] != key[b]:
			if key[a] < key[b] {
				return -1
			}
			return 1
		}
		return int(process[a]) - int(process[b])
	})
	for start, i := 0, 0; i <= len(order); i++ {
		if i < len(order) && key[order[i]] == key[order[start]] {
			continue
		}
		group := order[start:i]
		all := uint64(len(group))
		for from, j := 0, 0; all > 1 && j <= len(group); j++ {
			if j < len(group) && process[group[j]] == process[group[from]] {
				continue
			}
			if with := uint64(j - from); with > 0 {
				report(process[group[from]], choose2(all)-choose2(all-with))
			}
			from = j
		}
		start = i
	}
}
