package similarity

import "math/bits"

// Jaro returns the Jaro similarity, 0..1: the share of bytes that both texts
// have near the same place, less half of those out of order. Two empty texts
// are equal (1).
func Jaro(a, b []byte) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) == 0 {
		if len(b) == 0 {
			return 1
		}
		return 0
	}
	if len(b) > 64 {
		return jaroLong(a, b)
	}
	if len(b) <= pairText {
		if found, ok := jaroFound(a, b); ok {
			return found.value(len(a), len(b))
		}
	}
	return jaroTable(a, b)
}

// jaroTable is Jaro by a table of letters, for texts up to 64 bytes.
func jaroTable(a, b []byte) float64 {
	var small [alphabet]uint64
	if fill(&small, a) {
		return jaroSmall(&small, a, b)
	}
	var pm [256]uint64
	fillAll(&pm, a)
	return jaroShort(&pm, a, b)
}

// JaroWinkler returns the Jaro similarity raised for a common beginning of up to
// four bytes, by a tenth of what is missing a byte, when it is above 0.7.
func JaroWinkler(a, b []byte) float64 {
	if len(a) > 0 && len(b) > 0 && max(len(a), len(b)) <= pairText {
		if found, ok := jaroFound(a, b); ok {
			sim := found.value(len(a), len(b))
			if sim > winklerFrom {
				return raised(sim, int(found>>16&7))
			}
			return sim
		}
	}
	return winkler(Jaro(a, b), a, b)
}

// pairText is the longest text of which a vector register holds all.
const pairText = 16

// A pairFound is what the vector kernel finds in two texts: how many bytes are
// common, from bit 8 how many of them are out of order, from bit 16 with how many,
// of four at most, both begin.
type pairFound uint64

// value is jaroFormula without its divisions by lengths.
func (f pairFound) value(la, lb int) float64 {
	c := int(f & 31)
	if c == 0 {
		return 0
	}
	return (quotients[c][la&31] + quotients[c][lb&31] + quotients[c-int(f>>8&31)/2][c]) / 3
}

func winkler(sim float64, a, b []byte) float64 {
	if sim <= winklerFrom {
		return sim
	}
	n := min(len(a), len(b), 4)
	i := 0
	for i < n && a[i] == b[i] {
		i++
	}
	return raised(sim, i)
}

// winklerFrom is the similarity above which a common beginning raises it.
const winklerFrom = 0.7

// raised is a similarity raised for a common beginning of n bytes.
func raised(sim float64, n int) float64 { return sim + float64(n)*0.1*(1-sim) }

// reach is how far apart, in places, two bytes may lie and still be common.
func reach(longer int) int { return max(longer/2-1, 0) }

// jaroSmall takes, for each byte of b in turn, the first free equal byte of a
// within reach; pm is built from a. Walking a over b pairs the same bytes: for
// one letter, both orders step through its places from left to right and skip a
// place only when it is out of reach of all that follow.
func jaroSmall(pm *[alphabet]uint64, a, b []byte) float64 {
	r := reach(max(len(a), len(b)))
	window := uint64(1)<<(r+1) - 1
	var usedA, usedB uint64
	for j, c := range b {
		hit := pm[slots[c]&(alphabet-1)] & window &^ usedA
		usedA |= hit & -hit
		usedB |= nonzero(hit) << (j & 63)
		if j < r {
			window = window<<1 | 1
		} else {
			window <<= 1
		}
	}
	return jaroValue(a, b, usedA, usedB)
}

func jaroShort(pm *[256]uint64, a, b []byte) float64 {
	r := reach(max(len(a), len(b)))
	window := uint64(1)<<(r+1) - 1
	var usedA, usedB uint64
	for j, c := range b {
		hit := pm[c] & window &^ usedA
		usedA |= hit & -hit
		usedB |= nonzero(hit) << (j & 63)
		if j < r {
			window = window<<1 | 1
		} else {
			window <<= 1
		}
	}
	return jaroValue(a, b, usedA, usedB)
}

// nonzero is 1 when x has a bit set, else 0, without a branch.
func nonzero(x uint64) uint64 { return (x | -x) >> 63 }

func jaroValue(a, b []byte, usedA, usedB uint64) float64 {
	common := bits.OnesCount64(usedA)
	if common == 0 {
		return 0
	}
	swapped := 0
	for usedA != 0 {
		i, j := bits.TrailingZeros64(usedA), bits.TrailingZeros64(usedB)
		if a[i] != b[j] {
			swapped++
		}
		usedA &= usedA - 1
		usedB &= usedB - 1
	}
	return jaroFormula(common, swapped, len(a), len(b))
}

func jaroFormula(common, swapped, la, lb int) float64 {
	c := float64(common)
	return (c/float64(la) + c/float64(lb) + (c-float64(swapped/2))/c) / 3
}
