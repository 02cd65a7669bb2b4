package similarity

import "math/bits"

// A packed word holds at most 12 letters of 5 bits, letter i in bits 5i..5i+4
// (0 = no letter), and its number of letters in bits 60-63.
const (
	letterBits = 5
	lowBits    = 0x0084210842108421          // the lowest bit of each of the 12 fields
	topBits    = lowBits << (letterBits - 1) // the highest bit of each field
	allLetters = 1<<60 - 1
	gapBits    = allLetters &^ lowBits // what lies between two rows
)

// PackedLen returns the number of letters of a packed word.
func PackedLen(w uint64) int { return int(w >> 60) }

// PackedNear reports whether at most one edit (a letter replaced, added, left
// out, or two neighbours swapped) separates two packed words: OSA of 0 or 1.
func PackedNear(a, b uint64) bool {
	la, lb := a>>60, b>>60
	a, b = a&allLetters, b&allLetters
	if a == b {
		return la == lb
	}
	p := uint(bits.TrailingZeros64(a^b)) / letterBits * letterBits // bits of the common beginning
	ra, rb := a>>p, b>>p
	switch {
	case la == lb:
		return ra>>letterBits == rb>>letterBits ||
			ra>>(2*letterBits) == rb>>(2*letterBits) && swapTwo(ra) == rb&(1<<(2*letterBits)-1)
	case la == lb+1:
		return ra>>letterBits == rb
	case lb == la+1:
		return rb>>letterBits == ra
	}
	return false
}

// swapTwo returns the first two letters in the other order.
func swapTwo(w uint64) uint64 {
	return w>>letterBits&31 | w&31<<letterBits
}

// PackedOSA returns the OSA distance of two packed words.
func PackedOSA(a, b uint64) int {
	la, lb := int(a>>60), int(b>>60)
	a, b = a&allLetters, b&allLetters
	if a == b && la == lb {
		return 0
	}
	if x := a ^ b; x != 0 {
		p := bits.TrailingZeros64(x) / letterBits
		a, b, la, lb = a>>(p*letterBits), b>>(p*letterBits), la-p, lb-p
	}
	if la > lb {
		a, b, la, lb = b, a, lb, la
	}
	if la <= 1 {
		return packedTiny(a, b, la, lb)
	}
	return packedRows(a, b, la)
}

// packedTiny is the distance when the rest of one word has at most one letter.
func packedTiny(a, b uint64, la, lb int) int {
	if la == 1 && packedEqual(b, a&31) != 0 {
		return lb - 1
	}
	return lb
}

// packedEqual returns the lowest bit of each field of w that holds letter c.
func packedEqual(w, c uint64) uint64 {
	x := w ^ c*lowBits
	// A field is zero where adding 15 to its low four bits leaves the top bit clear.
	t := (x &^ topBits) + (topBits - lowBits) | x
	return (^t & topBits) >> (letterBits - 1)
}

// packedRows is Hyyrö's walk with one row every five bits. In the addition the
// bits between rows are set in one operand, so a carry crosses them unchanged.
func packedRows(a, b uint64, la int) int {
	vp, vn, d0, before, d := uint64(lowBits), uint64(0), uint64(0), uint64(0), la
	last := uint(la-1) * letterBits
	for ; b != 0; b >>= letterBits {
		x := packedEqual(a, b&31)
		tr := ((^d0 & x) << letterBits) & before
		wide := vp | gapBits
		d0 = (((x & vp) + wide) ^ wide | x | vn | tr) & lowBits
		hp := (vn | ^(d0 | vp)) & lowBits
		hn := d0 & vp
		d += int(hp>>last&1) - int(hn>>last&1)
		hp = hp<<letterBits&allLetters | 1
		vp = (hn<<letterBits | ^(d0 | hp)) & lowBits
		vn = hp & d0
		before = x
	}
	return d
}
