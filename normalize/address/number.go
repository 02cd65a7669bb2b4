package address

// number reads "12", "007", "12/3A", "31-33-35", "45/2B-C". Leading zeros of
// the first part are dropped.
func (s *scratch) number(text []byte, i int, sep, flags uint8) int {
	t := s.open(i, sep, flags|tokNumber)
	lo, k, h := s.used, s.used, uint64(0)
	for i+1 < len(text) && text[i] == '0' && digit(text[i+1]) {
		i++
	}
	for i < len(text) && k-lo < maxWord {
		c := text[i]
		switch {
		case digit(c):
		case asciiLetter(c):
			if !numberLetter(text, i) {
				goto done
			}
			c |= 0x20
		case c == '/' || c == '-':
			if s.afterWard() || i+1 == len(text) || !digit(text[i+1]) && !(asciiLetter(text[i+1]) && numberLetter(text, i+1) && !opensName(text, i+1)) {
				goto done
			}
		default:
			goto done
		}
		s.let[k&(maxLetters-1)], s.mark[k&(maxLetters-1)] = c, 0
		h = h*hashPrime + uint64(c)
		k++
		i++
	}
done:
	s.used = k
	s.close(t, i, h)
	return i
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// afterWard reports whether the word before the last token is the keyword of a
// numbered ward or district: in "P.7-45/12" the number ends at the hyphen.
func (s *scratch) afterWard() bool {
	if s.n < 2 {
		return false
	}
	t := &s.tok[s.n-2]
	switch string(s.let[t.lo:t.hi]) {
	case "p", "f", "q", "phuong", "quan":
		return true
	}
	return false
}

// numberLetter reports whether the letter at i belongs to a house number: it
// stands alone ("12A", "2B-C"), nothing glued to it but a slash or a hyphen.
func numberLetter(text []byte, i int) bool {
	if i+1 == len(text) {
		return true
	}
	c := text[i+1]
	if c == '/' || c == '-' {
		return i+2 < len(text) && (digit(text[i+2]) || asciiLetter(text[i+2]))
	}
	return c == ' ' || c == ',' || c == ';' || c == ')' || c == '('
}

// opensName reports whether the letter at i may be the keyword of a unit:
// "12-X Hạnh Phúc".
func opensName(text []byte, i int) bool {
	switch text[i] | 0x20 {
	case 'p', 'f', 'q', 'x', 'h', 't', 'k':
		return i+1 < len(text) && text[i+1] == ' '
	}
	return false
}

// romanSet has a bit for each letter of a Roman numeral.
const romanSet = 1<<('i'&31) | 1<<('v'&31) | 1<<('x'&31)

// roman returns the value of a numeral up to 39, 0 for anything else.
func roman(w []byte) uint8 {
	if len(w) == 0 || len(w) > 6 {
		return 0
	}
	total, last := 0, 0
	for i := len(w) - 1; i >= 0; i-- {
		v := 0
		switch w[i] {
		case 'i':
			v = 1
		case 'v':
			v = 5
		case 'x':
			v = 10
		default:
			return 0
		}
		if v < last {
			total -= v
		} else {
			total, last = total+v, v
		}
	}
	if total < 1 || total > 39 {
		return 0
	}
	return uint8(total)
}
