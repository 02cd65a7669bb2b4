package similarity

// blockText is the longest text whose carries fit on the stack.
const blockText = 4096

// blocks computes Levenshtein (or OSA) distance for a pattern of any length: 64
// rows at a time, over the whole text, handing the horizontal differences at
// each block's last row to the next block. Carries are one bit a column.
func blocks(pattern, text []byte, osa bool) int {
	var room [3][blockText / 64]uint64
	words := (len(text) + 63) / 64
	up, down, swap := room[0][:], room[1][:], room[2][:]
	if words > len(up) {
		all := make([]uint64, 3*words)
		up, down, swap = all[:words], all[words:2*words], all[2*words:]
	}
	for i := range words {
		up[i] = ^uint64(0) // above the first row the distance grows by one a column
	}
	d := len(pattern)
	for start := 0; start < len(pattern); start += 64 {
		rows := pattern[start:min(start+64, len(pattern))]
		var pm [256]uint64
		fillAll(&pm, rows)
		if osa {
			d = start + len(rows) + hyyroBlock(&pm, len(rows), text, up, down, swap)
		} else {
			d = start + len(rows) + myersBlock(&pm, len(rows), text, up, down)
		}
	}
	return d
}

// myersBlock walks one block of rows. up and down hold, a bit a column, whether
// the distance above the block rises or falls there; on return, the same for the
// block's last row. It returns by how much that row's distance changed in all.
func myersBlock(pm *[256]uint64, m int, text []byte, up, down []uint64) int {
	vp, vn, d := ^uint64(0), uint64(0), 0
	shift := uint(m - 1)
	for j, c := range text {
		word, bit := j/64, uint(j%64)
		hpIn, hnIn := up[word]>>bit&1, down[word]>>bit&1
		x := pm[c] | vn
		eq := pm[c] | hnIn
		d0 := (((eq & vp) + vp) ^ vp) | eq | x
		hp := vn | ^(d0 | vp)
		hn := d0 & vp
		hpOut, hnOut := hp>>shift&1, hn>>shift&1
		d += int(hpOut) - int(hnOut)
		up[word] ^= (hpIn ^ hpOut) << bit
		down[word] ^= (hnIn ^ hnOut) << bit
		hp = hp<<1 | hpIn
		hn = hn<<1 | hnIn
		vp = hn | ^(d0 | hp)
		vn = hp & d0
	}
	return d
}

// hyyroBlock is myersBlock with transpositions across the block border: swap
// holds whether the row above could open a swap in that column.
func hyyroBlock(pm *[256]uint64, m int, text []byte, up, down, swap []uint64) int {
	vp, vn, d0, before, d := ^uint64(0), uint64(0), uint64(0), uint64(0), 0
	shift := uint(m - 1)
	for j, c := range text {
		word, bit := j/64, uint(j%64)
		hpIn, hnIn, swapIn := up[word]>>bit&1, down[word]>>bit&1, swap[word]>>bit&1
		x := pm[c]
		open := ^d0 & x
		tr := (open<<1 | swapIn) & before
		eq := x | hnIn
		d0 = (((eq & vp) + vp) ^ vp) | eq | vn | tr
		hp := vn | ^(d0 | vp)
		hn := d0 & vp
		hpOut, hnOut, swapOut := hp>>shift&1, hn>>shift&1, open>>shift&1
		d += int(hpOut) - int(hnOut)
		up[word] ^= (hpIn ^ hpOut) << bit
		down[word] ^= (hnIn ^ hnOut) << bit
		swap[word] ^= (swapIn ^ swapOut) << bit
		hp = hp<<1 | hpIn
		hn = hn<<1 | hnIn
		vp = hn | ^(d0 | hp)
		vn = hp & d0
		before = x
	}
	return d
}
