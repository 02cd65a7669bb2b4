package similarity

import "math/bits"

// ends returns the lowest and the highest bit of each lane of a word, and how far
// they stand apart.
func (g *group) ends() (low, high uint64, top uint) {
	if g.wide {
		return 0x0000_0001_0000_0001, 0x8000_0000_8000_0000, 31
	}
	return 0x0001_0001_0001_0001, 0x8000_8000_8000_8000, 15
}

// editsWords is the walk in plain Go, one word of lanes after the other: the twin of
// the vector kernels, and what runs where there are none.
func (g *group) editsWords(rows []byte, d *[4]uint64, swaps bool) {
	low, high, top := g.ends()
	for word := range d {
		switch {
		case g.rows[word] == 0:
		case swaps:
			d[word] = g.osaWord(rows, word, d[word], low, high, top&63)
		default:
			d[word] = g.levenshteinWord(rows, word, d[word], low, high, top&63)
		}
	}
}

// levenshteinWord is myers in each lane of a word. Sums and shifts do not cross
// from lane to lane; low and high are the lowest and highest bits of all lanes, top
// is how far they stand apart. A pattern ends at the highest bit of its lane: the
// rows below it match nothing and stay as they are, above the first row of the
// matrix.
func (g *group) levenshteinWord(rows []byte, word int, d, low, high uint64, top uint) uint64 {
	vp, vn := g.rows[word&3], uint64(0)
	for _, row := range rows {
		eq := g.masks[row%maskRows][word&3] | vn
		t := eq & vp
		d0 := ((t&^high + vp&^high) ^ (t^vp)&high) ^ vp | eq
		hp := vn | ^(d0 | vp)
		hn := d0 & vp
		d += hp&high>>top - hn&high>>top
		hp = hp<<1 | low
		vp = hn<<1&^low | ^(d0 | hp)
		vn = hp & d0
	}
	return d
}

// osaWord is hyyro in each lane of a word.
func (g *group) osaWord(rows []byte, word int, d, low, high uint64, top uint) uint64 {
	vp, vn, d0, before := g.rows[word&3], uint64(0), uint64(0), uint64(0)
	for _, row := range rows {
		x := g.masks[row%maskRows][word&3]
		swap := (^d0 & x) << 1 &^ low & before
		eq := x | vn
		t := eq & vp
		d0 = ((t&^high + vp&^high) ^ (t^vp)&high) ^ vp | eq | swap
		hp := vn | ^(d0 | vp)
		hn := d0 & vp
		d += hp&high>>top - hn&high>>top
		hp = hp<<1 | low
		vp = hn<<1&^low | ^(d0 | hp)
		vn = hp & d0
		before = x
	}
	return d
}

// subsequenceWords is lcsShort in each lane of a word: v begins as the bits of the
// patterns, and those of them that end clear belong to the subsequence. Rows below
// a pattern stay clear.
func (g *group) subsequenceWords(rows []byte, v *[4]uint64) {
	_, high, _ := g.ends()
	for word := range v {
		if g.rows[word] == 0 {
			continue
		}
		w := v[word]
		for _, row := range rows {
			u := w & g.masks[row%maskRows][word]
			w = (w&^high + u&^high) ^ (w^u)&high | w&^u
		}
		v[word] = w
	}
}

// countGrown turns what subsequence leaves into lengths.
func (g *group) countGrown(v *[4]uint64) {
	width := g.width()
	for word := range v {
		grown, n := g.rows[word]&^v[word], uint64(0)
		for shift := 0; shift < 64; shift += width {
			n |= uint64(bits.OnesCount64(grown>>shift&(1<<width-1))) << shift
		}
		v[word] = n
	}
}
