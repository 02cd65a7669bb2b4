package similarity

// alphabet is the size of the table for folded text: letters, digits, space and
// one slot for all other bytes. Clearing 512 bytes a call instead of 2048 is a
// third of the cost of a short comparison.
const alphabet = 64

// other is the slot of bytes outside the folded alphabet; a pattern that holds
// one needs the full table, in a text it matches nothing.
const other = alphabet - 1

var slots = func() (t [256]uint8) {
	for i := range t {
		t[i] = other
	}
	for c := byte('a'); c <= 'z'; c++ {
		t[c] = c - 'a'
	}
	for c := byte('0'); c <= '9'; c++ {
		t[c] = c - '0' + 26
	}
	t[' '] = 36
	return t
}()

// fill sets bit i of the slot of pattern[i]. It reports false, with the table
// spoilt, when the pattern leaves the folded alphabet.
func fill(pm *[alphabet]uint64, pattern []byte) bool {
	bit := uint64(1)
	for _, c := range pattern {
		pm[slots[c]&(alphabet-1)] |= bit
		bit <<= 1
	}
	return pm[other] == 0
}

func fillAll(pm *[256]uint64, pattern []byte) {
	bit := uint64(1)
	for _, c := range pattern {
		pm[c] |= bit
		bit <<= 1
	}
}
