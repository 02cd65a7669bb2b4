package similarity

import "math/bits"

// A Unit is what a sequence may be made of where it is no text: numbers of
// syllables, packed words, code points. One place is one unit.
type Unit interface {
	~uint8 | ~uint16 | ~uint32 | ~uint64 | ~int32
}

// mask returns the places of a, at most 64, at which c stands. Names have few
// words: comparing them all costs less than a table.
func mask[U Unit](a []U, c U) (m uint64) {
	for i, x := range a {
		if x == c {
			m |= 1 << (i & 63)
		}
	}
	return m
}

// trimOf drops what both begin and end with, and puts the shorter first.
func trimOf[U Unit](a, b []U) (short, long []U) {
	if len(a) > len(b) {
		a, b = b, a
	}
	for len(a) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	return a[i:], b[i:]
}

// LevenshteinOf is Levenshtein for sequences of units. It allocates for sequences
// over 64 units, as do the other functions for units.
func LevenshteinOf[U Unit](a, b []U) int { return editsOf(a, b, false) }

// OSAOf is OSA for sequences of units.
func OSAOf[U Unit](a, b []U) int { return editsOf(a, b, true) }

// LevenshteinOfWithin is LevenshteinOf with a cut-off: limit+1 stands for every
// larger distance.
func LevenshteinOfWithin[U Unit](a, b []U, limit int) int {
	if d := len(a) - len(b); d > limit || -d > limit {
		return limit + 1
	}
	return atMost(editsOf(a, b, false), limit)
}

// OSAOfWithin is OSAOf with a cut-off.
func OSAOfWithin[U Unit](a, b []U, limit int) int {
	if d := len(a) - len(b); d > limit || -d > limit {
		return limit + 1
	}
	return atMost(editsOf(a, b, true), limit)
}

func editsOf[U Unit](a, b []U, swaps bool) int {
	a, b = trimOf(a, b)
	switch {
	case len(a) == 0:
		return len(b)
	case len(a) > 64:
		return editsLong(a, b, swaps)
	}
	// hyyro, with swaps or without.
	vp, vn, d0, before, d := ^uint64(0), uint64(0), uint64(0), uint64(0), len(a)
	shift := uint(len(a) - 1)
	for _, c := range b {
		x := mask(a, c)
		tr := ((^d0 & x) << 1) & before
		if !swaps {
			tr = 0
		}
		d0 = (((x & vp) + vp) ^ vp) | x | vn | tr
		hp := vn | ^(d0 | vp)
		hn := d0 & vp
		d += int(hp>>shift&1) - int(hn>>shift&1)
		hp = hp<<1 | 1
		vp = hn<<1 | ^(d0 | hp)
		vn = hp & d0
		before = x
	}
	return d
}

// editsLong fills the matrix, three rows of it at a time.
func editsLong[U Unit](a, b []U, swaps bool) int {
	two, one, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range one {
		one[j] = j
	}
	for i := range a {
		row[0] = i + 1
		for j := range b {
			d := min(one[j+1], row[j]) + 1
			if a[i] == b[j] {
				d = min(d, one[j])
			} else {
				d = min(d, one[j]+1)
			}
			if swaps && i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				d = min(d, two[j-1]+1)
			}
			row[j+1] = d
		}
		two, one, row = one, row, two
	}
	return one[len(b)]
}

// LCSOf is LCS for sequences of units.
func LCSOf[U Unit](a, b []U) int {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) > 64 {
		return lcsOfLong(a, b)
	}
	v := ^uint64(0)
	for _, c := range b {
		u := v & mask(a, c)
		v = (v + u) | (v - u)
	}
	return bits.OnesCount64(^v & (1<<len(a) - 1))
}

// LCSOfAtLeast is LCSOf with a cut-off: 0 stands for every length below least.
func LCSOfAtLeast[U Unit](a, b []U, least int) int {
	if min(len(a), len(b)) < least {
		return 0
	}
	if n := LCSOf(a, b); n >= least {
		return n
	}
	return 0
}

func lcsOfLong[U Unit](a, b []U) int {
	row := make([]int, len(b)+1)
	for i := range a {
		corner := 0
		for j := range b {
			above := row[j+1]
			if a[i] == b[j] {
				row[j+1] = corner + 1
			} else {
				row[j+1] = max(above, row[j])
			}
			corner = above
		}
	}
	return row[len(b)]
}

// JaroOf is Jaro for sequences of units.
func JaroOf[U Unit](a, b []U) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	switch {
	case len(a) == 0 && len(b) == 0:
		return 1
	case len(a) == 0:
		return 0
	}
	r := reach(len(b))
	var roomA, roomB [64]U
	var room [64]bool
	givenA, givenB := roomA[:0], roomB[:0] // units that both have, in the order of each
	used := room[:]
	if len(a) > len(used) {
		used = make([]bool, len(a))
	}
	for j, c := range b {
		for i := max(0, j-r); i <= min(j+r, len(a)-1); i++ {
			if a[i] == c && !used[i] {
				used[i] = true
				givenB = append(givenB, c)
				break
			}
		}
	}
	for i, c := range a {
		if used[i] {
			givenA = append(givenA, c)
		}
	}
	if len(givenA) == 0 {
		return 0
	}
	swapped := 0
	for i := range givenA {
		if givenA[i] != givenB[i] {
			swapped++
		}
	}
	return jaroFormula(len(givenA), swapped, len(a), len(b))
}

// JaroWinklerOf is JaroWinkler for sequences of units.
func JaroWinklerOf[U Unit](a, b []U) float64 {
	sim := JaroOf(a, b)
	if sim <= winklerFrom {
		return sim
	}
	i := 0
	for i < min(len(a), len(b), 4) && a[i] == b[i] {
		i++
	}
	return raised(sim, i)
}

// TokenSetOf returns the shared units over all units of both, with repeats and in
// any order. Two empty sequences are equal (1).
func TokenSetOf[U Unit](a, b []U) float64 {
	return jaccardShare(commonOf(a, b), len(a), len(b))
}

// DiceOf is TokenSetOf by the mean of both lengths: for units, what Dice is for grams.
func DiceOf[U Unit](a, b []U) float64 {
	return diceShare(commonOf(a, b), len(a), len(b))
}

// commonOf counts the units that both have, with repeats.
func commonOf[U Unit](a, b []U) (n int) {
	var room [gramRoom / 64]uint64
	taken := room[:]
	if len(b) > gramRoom {
		taken = make([]uint64, (len(b)+63)/64)
	}
	for _, x := range a {
		for j, y := range b {
			if x == y && !has(taken, j) {
				taken[j/64] |= 1 << (j % 64)
				n++
				break
			}
		}
	}
	return n
}
