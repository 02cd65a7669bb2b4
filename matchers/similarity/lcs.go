package similarity

import "math/bits"

// LCS returns the length of the longest common subsequence: bytes that stand in
// both texts in the same order, with gaps.
func LCS(a, b []byte) int {
	if len(a) > len(b) {
		a, b = b, a
	}
	n := 0
	for len(a) > 0 && a[0] == b[0] {
		a, b, n = a[1:], b[1:], n+1
	}
	if len(a) <= 64 {
		var pm [256]uint64
		fillAll(&pm, a)
		return n + lcsShort(&pm, len(a), b)
	}
	return n + lcsLong(a, b)
}

// Indel returns the least number of bytes to insert or delete to turn a into b.
func Indel(a, b []byte) int { return len(a) + len(b) - 2*LCS(a, b) }

// lcsShort keeps a bit clear for each row where the subsequence grows.
func lcsShort(pm *[256]uint64, m int, text []byte) int {
	v := ^uint64(0)
	for _, c := range text {
		u := v & pm[c]
		v = (v + u) | (v - u)
	}
	return bits.OnesCount64(^v & (^uint64(0) >> (64 - uint(m))))
}

// lcsLong is lcsShort by blocks of 64 rows; carry holds the addition's carry, a
// bit a column, from the block above.
func lcsLong(a, b []byte) int {
	var room [blockText / 64]uint64
	carry := room[:]
	if len(b) > blockText {
		carry = make([]uint64, (len(b)+63)/64)
	}
	n := 0
	for start := 0; start < len(a); start += 64 {
		rows := a[start:min(start+64, len(a))]
		var pm [256]uint64
		fillAll(&pm, rows)
		v := ^uint64(0)
		for j, c := range b {
			u := v & pm[c]
			in := carry[j/64] >> (j % 64) & 1
			sum, out := bits.Add64(v, u, in)
			carry[j/64] ^= (in ^ out) << (j % 64)
			v = sum | (v &^ u)
		}
		n += bits.OnesCount64(^v & (^uint64(0) >> (64 - uint(len(rows)))))
	}
	return n
}
