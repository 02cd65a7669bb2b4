package pipeline

import (
	"encoding/binary"
	"fmt"

	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/state"
)

// A memo is a copy in scratch of what a run knows in memory, so that another process
// can go on: packed records, names, and values in the order of their numbers. It
// takes about 45 bytes a form until pairs are judged.
type memo struct {
	shelf   *state.Shelf
	out     *state.Writer
	records int // that were written down
	names   int
	values  int
	row     []byte
}

// The buckets of a memo.
const (
	memoRecords = iota
	memoNames
	memoValues
	memoBuckets
)

// memoRows is how many records or names are a row of the memo: about a block.
const memoRows = 512

func newMemo(s *state.Shelf, k *record.Known) *memo {
	m := &memo{shelf: s, out: s.Writer(), names: 1, values: 1} // numbers 0 are the absent ones
	m.noted(k)
	return m
}

// noted takes what k holds for written down.
func (m *memo) noted(k *record.Known) {
	m.records, m.names = k.Len(), len(k.Names.Keys)
	if k.Values != nil {
		m.values = k.Values.Len()
	}
}

// keep writes down what k holds more than at the last time.
func (m *memo) keep(k *record.Known) error {
	if m == nil {
		return nil
	}
	for m.records < k.Len() {
		rows, n := k.Packed.Span(m.records, min(k.Len(), m.records+memoRows), k.Packing.Width)
		if err := m.out.Put(memoRecords, rows); err != nil {
			return err
		}
		m.records += n
	}
	for m.names < len(k.Names.Keys) {
		to := min(len(k.Names.Keys), m.names+memoRows)
		m.row = m.row[:0]
		for i := m.names; i < to; i++ {
			m.row = appendName(m.row, &k.Names.Keys[i])
		}
		if err := m.out.Put(memoNames, m.row); err != nil {
			return err
		}
		m.names = to
	}
	if k.Values == nil {
		return nil
	}
	for ; m.values < k.Values.Len(); m.values++ {
		if err := m.out.Put(memoValues, k.Values.At(uint32(m.values))); err != nil {
			return err
		}
	}
	return nil
}

// recallMemo fills k, which is empty, with what was written down.
func recallMemo(s *state.Shelf, k *record.Known) error {
	width := k.Packing.Width
	err := s.Bucket(memoRecords, func(rows []byte) error {
		if len(rows)%width != 0 {
			return state.ErrDamaged
		}
		for ; len(rows) > 0; rows = rows[width:] {
			copy(k.Packed.Add(width), rows)
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = s.Bucket(memoNames, func(rows []byte) error {
		for ; len(rows) >= nameSize; rows = rows[nameSize:] {
			key := readName(rows)
			if number := len(k.Names.Keys); k.Names.Add(&key, record.HashName(&key)) != uint32(number) {
				return fmt.Errorf("%w: a name stands twice", state.ErrDamaged)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.Bucket(memoValues, func(text []byte) error {
		if k.Values == nil {
			k.Values = record.NewValues()
		}
		if number := k.Values.Len(); k.Values.Add(text) != uint32(number) {
			return fmt.Errorf("%w: a value stands twice", state.ErrDamaged)
		}
		return nil
	})
}

const nameSize = normalize.MaxNameWords*(8+4) + 4

func appendName(dst []byte, k *normalize.NameKey) []byte {
	for _, w := range k.Base {
		dst = binary.LittleEndian.AppendUint64(dst, w)
	}
	for _, w := range k.Marks {
		dst = binary.LittleEndian.AppendUint32(dst, w)
	}
	return append(dst, k.N, k.Surname, k.Given, k.Flags)
}

func readName(b []byte) (k normalize.NameKey) {
	for i := range k.Base {
		k.Base[i] = binary.LittleEndian.Uint64(b[8*i:])
	}
	b = b[8*len(k.Base):]
	for i := range k.Marks {
		k.Marks[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	b = b[4*len(k.Marks):]
	k.N, k.Surname, k.Given, k.Flags = b[0], b[1], b[2], b[3]
	return k
}
