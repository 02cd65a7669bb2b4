package similarity

// Levenshtein returns the least number of bytes to insert, delete or replace
// to turn a into b.
func Levenshtein(a, b []byte) int {
	a, b = trim(a, b)
	if len(a) == 0 {
		return len(b)
	}
	if len(a) > 64 {
		return blocks(a, b, false)
	}
	if len(a) == 1 && len(b) == 1 {
		return 1
	}
	var small [alphabet]uint64
	if fill(&small, a) {
		return myersSmall(&small, len(a), b)
	}
	var pm [256]uint64
	fillAll(&pm, a)
	return myers(&pm, len(a), b, len(a)+len(b))
}

// LevenshteinWithin is Levenshtein with an early end: it answers limit+1 as soon
// as the distance cannot be limit or less.
func LevenshteinWithin(a, b []byte, limit int) int {
	if d := len(a) - len(b); d > limit || -d > limit {
		return limit + 1
	}
	a, b = trim(a, b)
	if len(a) == 0 {
		return atMost(len(b), limit)
	}
	if len(a) > 64 {
		return atMost(blocks(a, b, false), limit)
	}
	var pm [256]uint64
	fillAll(&pm, a)
	return atMost(myers(&pm, len(a), b, limit), limit)
}

func atMost(d, limit int) int {
	if d > limit {
		return limit + 1
	}
	return d
}

// trim drops what both texts begin and end with, which no distance here needs,
// and puts the shorter text first.
func trim(a, b []byte) (short, long []byte) {
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

// myers walks text once; bit i of the vectors is row i of the matrix whose rows
// are the pattern (m of them, at most 64). It gives up once the distance must
// exceed limit: each byte left can lower it by one at most.
func myers(pm *[256]uint64, m int, text []byte, limit int) int {
	vp, vn, d := ^uint64(0), uint64(0), m
	last := uint64(1) << (m - 1)
	for i, c := range text {
		x := pm[c] | vn
		d0 := (((x & vp) + vp) ^ vp) | x
		hp := vn | ^(d0 | vp)
		hn := d0 & vp
		if hp&last != 0 {
			d++
		} else if hn&last != 0 {
			d--
		}
		if d-(len(text)-1-i) > limit {
			return limit + 1
		}
		hp = hp<<1 | 1
		vp = hn<<1 | ^(d0 | hp)
		vn = hp & d0
	}
	return d
}

// myersSmall is myers over the folded alphabet. A byte outside it matches nothing.
func myersSmall(pm *[alphabet]uint64, m int, text []byte) int {
	vp, vn, d := ^uint64(0), uint64(0), m
	shift := uint(m - 1)
	for _, c := range text {
		x := pm[slots[c]&(alphabet-1)] | vn
		d0 := (((x & vp) + vp) ^ vp) | x
		hp := vn | ^(d0 | vp)
		hn := d0 & vp
		d += int(hp>>shift&1) - int(hn>>shift&1)
		hp = hp<<1 | 1
		vp = hn<<1 | ^(d0 | hp)
		vn = hp & d0
	}
	return d
}
