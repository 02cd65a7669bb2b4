package address

// number reads "12", "007", "12/3A", "31-33-35", "45/2B-C". Leading zeros of
// the first part are dropped.
func (s *scratch) number(text []byte, i int, sep, flags uint8) int {
	ward := s.afterWard()
	t := s.open(i, sep, flags|tokNumber)
	for i+1 < len(text) && text[i] == '0' && digit(text[i+1]) {
		i++
	}
	for i < len(text) && len(s.let)-int(t.lo) < maxWord {
		c := text[i]
		switch {
		case digit(c):
		case asciiLetter(c):
			if !numberLetter(text, i) {
				goto done
			}
			c |= 0x20
		case c == '/' || c == '-':
			if ward || i+1 == len(text) || !digit(text[i+1]) && !(asciiLetter(text[i+1]) && numberLetter(text, i+1) && !opensName(text, i+1)) {
				goto done
			}
		default:
			goto done
		}
		s.let, s.mark = append(s.let, c), append(s.mark, 0)
		i++
	}
done:
	s.close(t, i)
	return i
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// afterWard reports whether the last word is the keyword of a numbered ward or
// district: in "P.7-45/12" the number ends at the hyphen.
func (s *scratch) afterWard() bool {
	if s.n == 0 {
		return false
	}
	t := &s.tok[s.n-1]
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
