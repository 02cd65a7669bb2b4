package address

// A symbol is a letter with its marks, or without them.
type symbol uint16

const maxSymbols = 40

// osa returns the number of insertions, deletions, replacements and swaps of
// neighbours that make b of a, or limit+1 when more than limit are needed.
func osa(a, b []symbol, limit int) int {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > limit {
		return limit + 1
	}
	if len(a) == 0 {
		return len(b)
	}
	if limit == 1 {
		if len(a) == 1 && len(b) == 2 && misread(b[0], b[1], a[0]) {
			return 1
		}
		if len(b) == 1 || len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0] {
			return 1
		}
		return 2
	}
	return osaTable(a, b, limit)
}

func osaTable(a, b []symbol, limit int) int {
	var rows [3][maxSymbols + 1]uint8
	before, last, now := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		last[j] = uint8(j)
	}
	for i := 1; i <= len(a); i++ {
		now[0] = uint8(i)
		least := now[0]
		for j := 1; j <= len(b); j++ {
			d := last[j-1]
			if a[i-1] != b[j-1] {
				d = 1 + min(d, last[j], now[j-1])
				if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
					d = min(d, before[j-2]+1)
				}
				if j > 1 && misread(b[j-2], b[j-1], a[i-1]) {
					d = min(d, last[j-2]+1)
				}
				if i > 1 && misread(a[i-2], a[i-1], b[j-1]) {
					d = min(d, before[j-1]+1)
				}
			}
			now[j] = d
			least = min(least, d)
		}
		if int(least) > limit {
			return limit + 1
		}
		before, last, now = last, now, before
	}
	return min(int(last[len(b)]), limit+1)
}

// misread reports whether a machine takes the letter c for a and b, or the other
// way round.
func misread(a, b, c symbol) bool {
	switch byte(c) {
	case 'm':
		return a == 'r' && b == 'n'
	case 'n':
		return a == 'r' && b == 'i'
	case 'u':
		return a == 'i' && b == 'i' || a == 'l' && b == 'i'
	case 'd':
		return a == 'k' && b == 'l' // cl, in the form of appendCanon
	case 'h':
		return a == 'l' && b == 'i'
	}
	return false
}

// appendSymbols makes symbols of letters; marks may be nil.
func appendSymbols(dst []symbol, let, mark []byte) []symbol {
	for i, c := range let {
		s := symbol(c)
		if mark != nil {
			s |= symbol(mark[i]) << 8
		}
		dst = append(dst, s)
	}
	return dst
}

// appendCanon makes families of spellings one: y and i, c and k (Đắc, Đắk), x
// and s, ea and ia, chư and cư.
func appendCanon(dst, let []byte) []byte {
	if len(let) > 4 && let[0] == 'c' && let[1] == 'h' && let[2] == 'u' {
		dst = append(dst, 'k')
		let = let[2:]
	}
	for i, c := range let {
		switch c {
		case 'y', 'j':
			c = 'i'
		case 'c':
			c = 'k'
		case 'x':
			c = 's'
		case 'e':
			if i == 0 && len(let) > 1 && let[1] == 'a' {
				c = 'i'
			}
		}
		dst = append(dst, c)
	}
	return dst
}

// letterSet returns the letters that occur, as bits: one slip changes two of
// them at most.
func letterSet(let []byte) (set uint32) {
	for _, c := range let {
		set |= 1 << (c & 31)
	}
	return set
}
