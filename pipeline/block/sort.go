package block

// sortKeys orders keys by (key, record) with a radix sort of eleven bits a
// pass over the key; the sort is stable and records come in rising order, so
// ties need no pass of their own. spare is the second buffer; both are
// returned for reuse.
func sortKeys(keys, spare []keyed) (sorted, other []keyed) {
	const width = 11
	if cap(spare) < len(keys) {
		spare = make([]keyed, len(keys))
	}
	spare = spare[:len(keys)]
	var counts [6][1 << width]uint32
	for i := range keys {
		for p := range counts {
			counts[p][keys[i].key>>(width*p)&(1<<width-1)]++
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
			d := keys[i].key >> (width * p) & (1<<width - 1)
			spare[counts[p][d]] = keys[i]
			counts[p][d]++
		}
		keys, spare = spare, keys
	}
	return keys, spare
}

// single reports whether all keys have the same digit in this pass.
func single(counts *[1 << 11]uint32, n int) bool {
	for _, c := range counts {
		if c != 0 {
			return int(c) == n
		}
	}
	return true
}
