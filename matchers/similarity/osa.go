package similarity

// OSA returns the optimal string alignment distance: Levenshtein where swapping
// two neighbouring bytes also costs one, no part being edited twice.
func OSA(a, b []byte) int {
	a, b = trim(a, b)
	if len(a) == 0 {
		return len(b)
	}
	if len(a) > 64 {
		return blocks(a, b, true)
	}
	if len(a) == 1 && len(b) == 1 {
		return 1
	}
	var small [alphabet]uint64
	if fill(&small, a) {
		return hyyroSmall(&small, len(a), b)
	}
	var pm [256]uint64
	fillAll(&pm, a)
	return hyyro(&pm, len(a), b, len(a)+len(b))
}

// OSAWithin is OSA with an early end: it answers limit+1 as soon as the distance
// cannot be limit or less.
func OSAWithin(a, b []byte, limit int) int {
	if d := len(a) - len(b); d > limit || -d > limit {
		return limit + 1
	}
	a, b = trim(a, b)
	if len(a) == 0 {
		return atMost(len(b), limit)
	}
	if len(a) > 64 {
		return atMost(blocks(a, b, true), limit)
	}
	var pm [256]uint64
	fillAll(&pm, a)
	return atMost(hyyro(&pm, len(a), b, limit), limit)
}

// hyyro is myers with transpositions: a row also stays level where the last two
// bytes of the text are the last two of the pattern in reverse.
func hyyro(pm *[256]uint64, m int, text []byte, limit int) int {
	vp, vn, d0, before, d := ^uint64(0), uint64(0), uint64(0), uint64(0), m
	last := uint64(1) << (m - 1)
	for i, c := range text {
		x := pm[c]
		tr := ((^d0 & x) << 1) & before
		d0 = (((x & vp) + vp) ^ vp) | x | vn | tr
		hp := vn | ^(d0 | vp)
		hn := d0 & vp
		if hp&last != 0 {
			d++
		} else if hn&last != 0 {
			d--
		}
		// A later swap with the byte to come can lower a row by one at most.
		if d-(len(text)-1-i) > limit {
			return limit + 1
		}
		hp = hp<<1 | 1
		vp = hn<<1 | ^(d0 | hp)
		vn = hp & d0
		before = x
	}
	return d
}

func hyyroSmall(pm *[alphabet]uint64, m int, text []byte) int {
	vp, vn, d0, before, d := ^uint64(0), uint64(0), uint64(0), uint64(0), m
	shift := uint(m - 1)
	for _, c := range text {
		x := pm[slots[c]&(alphabet-1)]
		tr := ((^d0 & x) << 1) & before
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
