package export

import (
	"strconv"
	"unicode"
	"unicode/utf8"
)

// A kind says how a value stands in JSON; in the other formats all are text.
type kind uint8

const (
	text   kind = iota
	number      // Text is a JSON number
	parsed      // JSON holds the value
)

// A value is one cell. An empty Text is null.
type value struct {
	kind kind
	Text []byte
	JSON []byte // of kind parsed
	// Differs marks a cell of a cluster whose forms do not agree in it.
	Differs bool
}

// appendSafe appends a cell so that no spreadsheet takes it for a formula.
func appendSafe(dst, v []byte) []byte {
	if startsFormula(v) {
		dst = append(dst, '\'')
	}
	return append(dst, v...)
}

// startsFormula reports whether a spreadsheet could take v for a formula: it
// begins with tab or carriage return, or, after what looks like nothing, with
// one of = + - @ in any width.
func startsFormula(v []byte) bool {
	if len(v) > 0 && (v[0] == '\t' || v[0] == '\r') {
		return true
	}
	for len(v) > 0 {
		r, size := utf8.DecodeRune(v)
		switch {
		case r == '=', r == '+', r == '-', r == '@', r == '＝', r == '＋', r == '－', r == '＠', r == '−':
			return true
		case unicode.IsSpace(r), unicode.Is(unicode.Cf, r), unicode.IsControl(r):
			v = v[size:]
		default:
			return false
		}
	}
	return false
}

// appendVisible appends v with the bytes that no text file should hold, those
// that are no UTF-8 and control characters, as \xNN.
func appendVisible(dst, v []byte) []byte {
	for len(v) > 0 {
		r, size := utf8.DecodeRune(v)
		hidden := r == utf8.RuneError && size == 1 || r < ' ' && r != '\n' && r != '\t' || r == 0x7f
		if hidden {
			dst = append(dst, '\\', 'x', hex[v[0]>>4], hex[v[0]&15])
		} else {
			dst = append(dst, v[:size]...)
		}
		v = v[size:]
	}
	return dst
}

const hex = "0123456789abcdef"

// appendJSON appends v as a JSON string.
func appendJSON(dst, v []byte) []byte {
	dst = append(dst, '"')
	for len(v) > 0 {
		r, size := utf8.DecodeRune(v)
		switch {
		case r == '"' || r == '\\':
			dst = append(dst, '\\', byte(r))
		case r < ' ' || r == 0x7f:
			dst = append(dst, '\\', 'u', '0', '0', hex[r>>4], hex[r&15])
		default:
			dst = utf8.AppendRune(dst, r) // what is no UTF-8 becomes U+FFFD
		}
		v = v[size:]
	}
	return append(dst, '"')
}

// longRun is the length of a run of digits that is masked: identity numbers and
// telephone numbers have as many.
const longRun = 9

// appendMasked appends v with the middle of each long run of digits hidden, as
// 001*****1234.
func appendMasked(dst, v []byte) []byte {
	for i := 0; i < len(v); {
		end := i
		for end < len(v) && '0' <= v[end] && v[end] <= '9' {
			end++
		}
		if end == i {
			dst = append(dst, v[i])
			i++
			continue
		}
		for at := i; at < end; at++ {
			if end-i >= longRun && at >= i+3 && at < end-4 {
				dst = append(dst, '*')
			} else {
				dst = append(dst, v[at])
			}
		}
		i = end
	}
	return dst
}

// A row is the cells of one row, in reused memory.
type row struct {
	cells []value
	slab  []byte
}

func (r *row) reset() { r.cells, r.slab = r.cells[:0], r.slab[:0] }

// text adds a cell that stays valid while its memory does.
func (r *row) text(v []byte) { r.cells = append(r.cells, value{Text: v}) }

func (r *row) int(n int64) {
	from := len(r.slab)
	r.slab = strconv.AppendInt(r.slab, n, 10)
	r.cells = append(r.cells, value{kind: number, Text: r.slab[from:len(r.slab):len(r.slab)]})
}

func (r *row) float(n float64) {
	from := len(r.slab)
	r.slab = strconv.AppendFloat(r.slab, n, 'g', -1, 64)
	r.cells = append(r.cells, value{kind: number, Text: r.slab[from:len(r.slab):len(r.slab)]})
}

// parsed adds a cell that is shown as shown and stands in JSON as json.
func (r *row) parsed(show, json func([]byte) []byte) {
	from := len(r.slab)
	r.slab = show(r.slab)
	mid := len(r.slab)
	r.slab = json(r.slab)
	r.cells = append(r.cells, value{kind: parsed, Text: r.slab[from:mid:mid], JSON: r.slab[mid:len(r.slab):len(r.slab)]})
}
