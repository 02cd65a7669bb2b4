package snapshot

import (
	"fmt"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// readText makes dst the values of a, n of them; an array that was not read
// gives empty values. A null is empty.
func readText(dst *record.Text, a arrow.Array, n int) error {
	dst.Reset()
	var offsets []int32
	var bytes []byte
	switch a := a.(type) {
	case nil:
		dst.Off = append(dst.Off, make([]uint32, n+1)...)
		return nil
	case *array.String:
		offsets, bytes = a.ValueOffsets(), a.ValueBytes()
	case *array.Binary:
		offsets, bytes = a.ValueOffsets(), a.ValueBytes()
	default:
		return fmt.Errorf("a column of text is of type %s", a.DataType())
	}
	if len(offsets) == 0 {
		offsets = []int32{0}
	}
	for _, o := range offsets {
		dst.Off = append(dst.Off, uint32(o-offsets[0]))
	}
	dst.Slab = append(dst.Slab, bytes...)
	return nil
}

// readSymbols makes dst the numbers of the values of a in names.
func readSymbols[T ~uint8 | ~uint32](dst []T, a arrow.Array, number func(string) (T, error)) ([]T, error) {
	text, ok := a.(*array.String)
	if !ok {
		return dst, fmt.Errorf("a column of names is missing or of another type")
	}
	dst = dst[:0]
	last, lastName := T(0), ""
	for i := range text.Len() {
		if name := text.Value(i); i == 0 || name != lastName {
			n, err := number(name)
			if err != nil {
				return dst, err
			}
			last, lastName = n, name
		}
		dst = append(dst, last)
	}
	return dst, nil
}

// among numbers the names of a closed list.
func among[T ~uint8](what string, names []string) func(string) (T, error) {
	return func(name string) (T, error) {
		for i := range names {
			if names[i] == name {
				return T(i), nil
			}
		}
		return 0, fmt.Errorf("%q is no %s that this version knows: use a newer dusach", name, what)
	}
}

// readNumbers makes dst the values of a column of numbers.
func readNumbers[T int64 | float64 | int32](dst []T, a arrow.Array) ([]T, error) {
	var values any
	switch a := a.(type) {
	case *array.Int64:
		values = a.Int64Values()
	case *array.Int32:
		values = a.Int32Values()
	case *array.Float64:
		values = a.Float64Values()
	}
	v, ok := values.([]T)
	if !ok {
		return dst, fmt.Errorf("a column of numbers is missing or of another type")
	}
	return append(dst[:0], v...), nil
}

// list returns the offsets and members of a list column.
func list(a arrow.Array) (offsets []int32, values arrow.Array, err error) {
	l, ok := a.(*array.List)
	if !ok {
		return nil, nil, fmt.Errorf("a column of lists is of another type")
	}
	at := l.Data().Offset()
	return l.Offsets()[at : at+l.Len()+1], l.ListValues(), nil
}

var codeOf = func() map[string]reason.Code {
	m := make(map[string]reason.Code, reason.NumCodes)
	for c := range reason.NumCodes {
		m[c.String()] = c
	}
	return m
}()

// readCodes makes dst the sets of a list of reason codes, n of them.
func readCodes(dst []reason.Set, a arrow.Array, n int) ([]reason.Set, error) {
	dst = dst[:0]
	if a == nil {
		return append(dst, make([]reason.Set, n)...), nil
	}
	offsets, values, err := list(a)
	if err != nil {
		return dst, err
	}
	names, ok := values.(*array.String)
	if !ok {
		return dst, fmt.Errorf("reason codes are of type %s", values.DataType())
	}
	for i := range n {
		var set reason.Set
		for e := offsets[i]; e < offsets[i+1]; e++ {
			c, ok := codeOf[names.Value(int(e))]
			if !ok {
				return dst, fmt.Errorf("%q is no reason code that this version knows: use a newer dusach", names.Value(int(e)))
			}
			set.Add(c)
		}
		dst = append(dst, set)
	}
	return dst, nil
}

// readPairs reads a list of (field, text), n rows of it, by adding each entry
// and ending each row.
func readPairs(a arrow.Array, n int, field map[string]record.Field, add func(record.Field, []byte), end func()) error {
	if a == nil {
		for range n {
			end()
		}
		return nil
	}
	offsets, values, err := list(a)
	if err != nil {
		return err
	}
	pair, ok := values.(*array.Struct)
	if !ok || pair.NumField() != 2 {
		return fmt.Errorf("the entries of a list are of type %s", values.DataType())
	}
	names, ok1 := pair.Field(0).(*array.String)
	texts, ok2 := pair.Field(1).(*array.String)
	if !ok1 || !ok2 {
		return fmt.Errorf("the entries of a list are of type %s", values.DataType())
	}
	for i := range n {
		for e := offsets[i]; e < offsets[i+1]; e++ {
			f, ok := field[names.Value(int(e))]
			if !ok {
				return fmt.Errorf("a list names a field that the record type does not have")
			}
			add(f, []byte(texts.Value(int(e))))
		}
		end()
	}
	return nil
}
