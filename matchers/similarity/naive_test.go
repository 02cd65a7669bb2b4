package similarity

// Naive forms straight from the definitions: slow, short, and the judges when a
// kernel and matchr disagree.

func naiveEdit(a, b []byte, swaps bool) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+cost)
			if swaps && i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

// naiveDamerau searches breadth first over all texts within reach: only for tiny
// texts over the letters of both.
func naiveDamerau(a, b string) int {
	letters := map[byte]bool{}
	for i := range len(a) + len(b) {
		letters[(a + b)[i]] = true
	}
	limit := max(len(a), len(b))
	seen, front := map[string]bool{a: true}, []string{a}
	for d := 0; ; d++ {
		var next []string
		add := func(s string) {
			if len(s) <= limit+1 && !seen[s] {
				seen[s] = true
				next = append(next, s)
			}
		}
		for _, s := range front {
			if s == b {
				return d
			}
			for i := 0; i <= len(s); i++ {
				for c := range letters {
					add(s[:i] + string(rune(c)) + s[i:])
				}
				if i == len(s) {
					continue
				}
				add(s[:i] + s[i+1:])
				for c := range letters {
					add(s[:i] + string(rune(c)) + s[i+1:])
				}
				if i+1 < len(s) {
					add(s[:i] + string(s[i+1]) + string(s[i]) + s[i+2:])
				}
			}
		}
		front = next
	}
}

func naiveJaro(a, b []byte) float64 {
	if len(a) == 0 && len(b) == 0 {
		return 1
	}
	r := max(max(len(a), len(b))/2-1, 0)
	usedB := make([]bool, len(b))
	var fromA []byte
	for i, c := range a {
		for j := max(0, i-r); j <= min(i+r, len(b)-1); j++ {
			if !usedB[j] && b[j] == c {
				usedB[j] = true
				fromA = append(fromA, c)
				break
			}
		}
	}
	if len(fromA) == 0 {
		return 0
	}
	k, swapped := 0, 0
	for j, used := range usedB {
		if used {
			if b[j] != fromA[k] {
				swapped++
			}
			k++
		}
	}
	m := float64(len(fromA))
	return (m/float64(len(a)) + m/float64(len(b)) + (m-float64(swapped/2))/m) / 3
}

func naiveLCS(a, b []byte) int {
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

// pack packs letters a..z (at most 12) as normalize.Word.Base does.
func pack(s []byte) uint64 {
	w := uint64(len(s)) << 60
	for i, c := range s {
		w |= uint64(c-'a'+1) << (5 * i)
	}
	return w
}
