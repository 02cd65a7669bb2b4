package snapshot

import (
	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// text writes rows from..to of a column of text; in a column that may be null
// an empty value is null.
func (t *table) text(column int, v *record.Text, from, to int) {
	t.Column(column).Texts(v, from, to)
}

// symbols writes rows from..to of a column of a closed list of names: row i has
// the number of(i).
func (t *table) symbols(column int, names [][]byte, from, to int, of func(row int) int) {
	c := t.Column(column)
	for i := from; i < to; i++ {
		n := of(i)
		c.Symbol(n, names[n], true)
	}
}

// numbers writes rows from..to of a column of numbers.
func (t *table) numbers(column, from, to int, of func(row int) uint64) {
	c := t.Column(column)
	for i := from; i < to; i++ {
		c.Number(of(i))
	}
}

// codeNames are the names of the reason codes.
var codeNames = func() (names [reason.NumCodes][]byte) {
	for c := range names {
		names[c] = []byte(reason.Code(c).String())
	}
	return names
}()

// codes writes rows from..to of a list of reason codes.
func (t *table) codes(column int, sets []reason.Set, from, to int) {
	c := t.Column(column)
	for _, set := range sets[from:to] {
		if set.Empty() {
			c.Empty()
			continue
		}
		first := true
		for code := range set.All() {
			c.Symbol(int(code), codeNames[code], first)
			first = false
		}
	}
}

// pairs writes rows from..to of a list of (field, text): the columns column
// and column+1. Row i has the entries off[i] to off[i+1].
func (t *table) pairs(column int, names [][]byte, off []uint32, fields []record.Field, v *record.Text, from, to int) {
	field := t.Column(column)
	for row := from; row < to; row++ {
		if off[row] == off[row+1] {
			field.Empty()
		}
		for e := off[row]; e < off[row+1]; e++ {
			field.Symbol(int(fields[e]), names[fields[e]], e == off[row])
		}
	}
	t.Column(column+1).Lists(off, v, from, to)
}

// namesOf returns names as bytes.
func namesOf(names []string) [][]byte {
	b := make([][]byte, len(names))
	for i, name := range names {
		b[i] = []byte(name)
	}
	return b
}

// fieldNames are the names of the fields of s.
func fieldNames(s *record.Schema) [][]byte {
	names := make([][]byte, len(s.Fields))
	for i, f := range s.Fields {
		names[i] = []byte(f.Name)
	}
	return names
}
