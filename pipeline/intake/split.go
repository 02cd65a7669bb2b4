package intake

import "bytes"

// scanLine reads a line of separated values from the beginning of a record.
// It returns the number of fields; whether the last one is a quoted field that
// is still open at the end of the line; and whether the line keeps to the
// grammar strictly: quotes only around fields, doubled within.
//
// A quote that stands anywhere else is read as a character, as spreadsheets
// do. That can only join fields and never part them, so the width of the
// header tells whether the reading was right.
func scanLine(line []byte, delimiter byte) (fields int, open, strict bool) {
	strict = true
	for i := 0; ; i++ { // i is at the beginning of a field
		fields++
		if i < len(line) && line[i] == '"' {
			end, loose := closeQuote(line, i+1, delimiter)
			if loose {
				strict = false
			}
			if end < 0 {
				return fields, true, strict
			}
			i = end
		} else {
			n := bytes.IndexByte(line[i:], delimiter)
			if n < 0 {
				n = len(line) - i
			}
			if strict && bytes.IndexByte(line[i:i+n], '"') >= 0 {
				strict = false
			}
			i += n
		}
		if i >= len(line) {
			return fields, false, strict
		}
	}
}

// closeQuote returns the place after the quote that closes the field whose
// text begins at i, or -1 if it stays open, and whether it passed a quote that
// was neither doubled nor at the end of a field.
func closeQuote(line []byte, i int, delimiter byte) (end int, loose bool) {
	for {
		q := bytes.IndexByte(line[i:], '"')
		if q < 0 {
			return -1, loose
		}
		i += q + 1
		switch {
		case i == len(line) || line[i] == delimiter:
			return i, loose
		case line[i] == '"':
			i++
		default:
			loose = true
		}
	}
}

// scanRest reads a further line of a record whose quoted field is still open.
// It returns whether a field is open at its end too, and whether the line can
// belong to the record at all: here, where nothing checks the width, a quote
// in the wrong place means that the field was never closed.
func scanRest(line []byte, delimiter byte) (open, valid bool) {
	end, loose := closeQuote(line, 0, delimiter)
	if loose {
		return false, false
	}
	if end < 0 {
		return true, true
	}
	if end == len(line) {
		return false, true
	}
	_, open, strict := scanLine(line[end+1:], delimiter)
	return open, strict
}
