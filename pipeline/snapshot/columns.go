package snapshot

import (
	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/parquet-go/parquet-go"
)

// span returns the function that weighs rows of v.
func span(v *record.Text) func(from, to int) int {
	return func(from, to int) int { return int(v.Off[to] - v.Off[from]) }
}

// batch returns the end and the weight of the rows from at that go to column l
// in one go, so that pages end where they are full.
func (t *table) batch(l *leaf, v *record.Text, at, n int) (end, bytes int) {
	end = min(n, at+batchValues, at+t.limits.pageRows-l.rows)
	if v == nil {
		return end, 0
	}
	bytes = int(v.Off[end] - v.Off[at])
	if room := t.limits.pageBytes - l.bytes; bytes >= room {
		end = firstFull(at, end, room, span(v))
		bytes = int(v.Off[end] - v.Off[at])
	}
	return end, bytes
}

// nulls are the values of rows that have none. Many columns of a form are empty
// for long stretches.
var nulls [batchValues]parquet.Value

// text writes rows from..to of a column of text; in a column that may be null
// an empty value is null.
func (t *table) text(column int, v *record.Text, from, to int) error {
	l := &t.leaves[column]
	for from < to {
		end, bytes := t.batch(l, v, from, to)
		if bytes == 0 && l.level > 0 {
			if err := t.hand(l, nulls[:end-from], end-from, 0); err != nil {
				return err
			}
			from = end
			continue
		}
		buf := t.scratch[:0]
		start := v.Off[from]
		for _, stop := range v.Off[from+1 : end+1] {
			switch {
			case l.level == 0:
				buf = append(buf, parquet.ByteArrayValue(v.Slab[start:stop]))
			case start == stop:
				buf = append(buf, l.null)
			default:
				buf = append(buf, parquet.ByteArrayValue(v.Slab[start:stop]).Level(0, 1, column))
			}
			start = stop
		}
		t.scratch = buf
		if err := t.put(l, end-from, bytes); err != nil {
			return err
		}
		from = end
	}
	return nil
}

// each writes rows from..to of a column that has no nulls, one value a row.
func (t *table) each(column, from, to int, value func(row int) parquet.Value) error {
	l := &t.leaves[column]
	for from < to {
		end, _ := t.batch(l, nil, from, to)
		t.scratch = t.scratch[:0]
		for row := from; row < end; row++ {
			t.scratch = append(t.scratch, value(row))
		}
		if err := t.put(l, end-from, 0); err != nil {
			return err
		}
		from = end
	}
	return nil
}

// codeValues are the names of the reason codes as values of a list.
var codeValues = func() (v [reason.NumCodes]parquet.Value) {
	for c := range v {
		v[c] = parquet.ByteArrayValue([]byte(reason.Code(c).String()))
	}
	return v
}()

// codes writes rows from..to of a list of reason codes.
func (t *table) codes(column int, sets []reason.Set, from, to int) error {
	l := &t.leaves[column]
	for from < to {
		end, _ := t.batch(l, nil, from, to)
		t.scratch = t.scratch[:0]
		bytes := 0
		for row, set := range sets[from:end] {
			if bytes += entryBytes * set.Len(); bytes >= t.limits.pageBytes-l.bytes {
				end = from + row + 1
			}
			if set.Empty() {
				t.scratch = append(t.scratch, l.null)
				continue
			}
			repetition := 0
			for c := range set.All() {
				t.scratch = append(t.scratch, codeValues[c].Level(repetition, 1, column))
				repetition = 1
			}
			if from+row+1 == end {
				break
			}
		}
		if err := t.put(l, end-from, bytes); err != nil {
			return err
		}
		from = end
	}
	return nil
}

// pairs writes rows from..to of a list of (field, text): the columns column
// and column+1. Row i has the entries off[i] to off[i+1].
func (t *table) pairs(column int, names []parquet.Value, off []uint32, fields []record.Field, v *record.Text, from, to int) error {
	name := func(e uint32) parquet.Value { return names[fields[e]] }
	if err := t.list(column, off, nil, from, to, name); err != nil {
		return err
	}
	return t.list(column+1, off, v, from, to, func(e uint32) parquet.Value { return parquet.ByteArrayValue(v.At(int(e))) })
}

// entryBytes is what an entry of a list takes beside its value.
const entryBytes = 8

// list writes rows from..to of one member of a list; its pages are cut by the
// bytes of v, if there is one.
func (t *table) list(column int, off []uint32, v *record.Text, from, to int, value func(entry uint32) parquet.Value) error {
	l := &t.leaves[column]
	weigh := func(from, to int) int {
		if v == nil || off[from] == off[to] {
			return entryBytes * int(off[to]-off[from])
		}
		return int(v.Off[off[to]] - v.Off[off[from]])
	}
	for from < to {
		end := min(to, from+batchValues, from+t.limits.pageRows-l.rows)
		end = firstFull(from, end, t.limits.pageBytes-l.bytes, weigh)
		t.scratch = t.scratch[:0]
		for row := from; row < end; row++ {
			if off[row] == off[row+1] {
				t.scratch = append(t.scratch, l.null)
				continue
			}
			for e := off[row]; e < off[row+1]; e++ {
				t.scratch = append(t.scratch, value(e).Level(min(1, int(e-off[row])), 1, column))
			}
		}
		if err := t.put(l, end-from, weigh(from, end)); err != nil {
			return err
		}
		from = end
	}
	return nil
}

// fieldValues are the names of the fields of s as values of a list.
func fieldValues(s *record.Schema) []parquet.Value {
	v := make([]parquet.Value, len(s.Fields))
	for i, f := range s.Fields {
		v[i] = parquet.ByteArrayValue([]byte(f.Name))
	}
	return v
}
