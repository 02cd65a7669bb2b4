package decode

import "bytes"

// split cuts a row of separated values into s.values. The rules are those by
// which intake found the end of the row: a field that begins with a quote ends
// at a quote before a separator or the end of the row, two quotes within it
// are one, and any other quote is a character.
func (s *Stage) split(row []byte, delimiter byte, quoted bool) {
	for i := 0; ; i++ {
		if quoted && i < len(row) && row[i] == '"' {
			i = s.quotedField(row, i+1, delimiter)
		} else {
			n := bytes.IndexByte(row[i:], delimiter)
			if n < 0 {
				n = len(row) - i
			}
			s.values = append(s.values, row[i:i+n:i+n])
			i += n
		}
		if i >= len(row) {
			return
		}
	}
}

// quotedField adds the field whose text begins at start and returns the place
// after it.
func (s *Stage) quotedField(row []byte, start int, delimiter byte) int {
	doubled := false
	i := start
	for {
		q := bytes.IndexByte(row[i:], '"')
		if q < 0 { // a row that is refused: the field was never closed
			i = len(row)
			s.values = append(s.values, row[start:i:i])
			return i
		}
		i += q + 1
		if i == len(row) || row[i] == delimiter {
			break
		}
		if row[i] == '"' {
			doubled = true
			i++
		}
	}
	text := row[start : i-1 : i-1]
	if doubled {
		text = s.undouble(text)
	}
	s.values = append(s.values, text)
	return i
}

// undouble returns text with each two quotes in a row made one.
func (s *Stage) undouble(text []byte) []byte {
	start := len(s.arena)
	for {
		q := bytes.IndexByte(text, '"')
		if q < 0 {
			break
		}
		s.arena = append(s.arena, text[:q+1]...)
		text = text[q+1:]
		if len(text) > 0 && text[0] == '"' {
			text = text[1:]
		}
	}
	s.arena = append(s.arena, text...)
	return s.arena[start:len(s.arena):len(s.arena)]
}
