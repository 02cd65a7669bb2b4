package similarity

// jaroLong is Jaro for texts over 64 bytes: a scan of the window for each byte.
func jaroLong(a, b []byte) float64 {
	var room [2][blockText / 64]uint64
	usedA, usedB := room[0][:], room[1][:]
	if len(b) > blockText {
		words := (len(b) + 63) / 64
		all := make([]uint64, 2*words)
		usedA, usedB = all[:words], all[words:]
	}
	r, common := reach(len(b)), 0
	for j, c := range b {
		for i := max(0, j-r); i <= min(j+r, len(a)-1); i++ {
			if a[i] == c && !has(usedA, i) {
				usedA[i/64] |= 1 << (i % 64)
				usedB[j/64] |= 1 << (j % 64)
				common++
				break
			}
		}
	}
	if common == 0 {
		return 0
	}
	swapped, j := 0, -1
	for i := range a {
		if !has(usedA, i) {
			continue
		}
		for j++; !has(usedB, j); j++ {
		}
		if a[i] != b[j] {
			swapped++
		}
	}
	return jaroFormula(common, swapped, len(a), len(b))
}

func has(set []uint64, i int) bool { return set[i/64]>>(i%64)&1 != 0 }
