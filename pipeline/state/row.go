package state

import (
	"encoding/binary"
	"errors"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// AppendRow appends record i of r as bytes: its place in the run, its codes, a bit for
// each clean column that has a value, those values, its hand, and the raw values that
// the hand does not give back.
func AppendRow(dst []byte, place uint64, r *record.FormRows, i int) []byte {
	dst = binary.LittleEndian.AppendUint64(dst, place)
	dst = binary.LittleEndian.AppendUint64(dst, r.Codes[i][0])
	dst = binary.LittleEndian.AppendUint64(dst, r.Codes[i][1])
	bits := len(dst)
	for range (len(r.Clean) + 7) / 8 {
		dst = append(dst, 0)
	}
	for c := range r.Clean {
		if v := r.Clean[c].At(i); len(v) > 0 {
			dst[bits+c>>3] |= 1 << (c & 7)
			dst = appendBytes(dst, v)
		}
	}
	from, to := r.Raw.Row(i)
	dst = binary.AppendUvarint(dst, uint64(r.Raw.Hand[i]))
	kept := 0
	for _, given := range r.Raw.Given[from:to] {
		if !given {
			kept++
		}
	}
	dst = binary.AppendUvarint(dst, uint64(kept))
	for e := from; e < to; e++ {
		if !r.Raw.Given[e] {
			dst = binary.AppendUvarint(dst, uint64(r.Raw.Field[e]))
			dst = appendBytes(dst, r.Raw.Value.At(e))
		}
	}
	return dst
}

// RowPlace returns the place of a row without reading the rest.
func RowPlace(row []byte) uint64 { return binary.LittleEndian.Uint64(row) }

// RowValue returns the value of one of the clean columns of a row without reading
// the rest.
func RowValue(row []byte, columns, column int) []byte {
	bits, rest := row[rowHead:], row[rowHead+(columns+7)/8:]
	for c := 0; ; c++ {
		if bits[c>>3]&(1<<(c&7)) == 0 {
			if c == column {
				return nil
			}
			continue
		}
		v, next, ok := takeBytes(rest, true)
		if !ok {
			panic(errRow)
		}
		if rest = next; c == column {
			return v
		}
	}
}

const rowHead = 24 // place and codes

var errRow = errors.New("BUG: a row in scratch is damaged")

// ReadRow appends a row to r, without its person, and returns its place.
func ReadRow(row []byte, r *record.FormRows) (place uint64, err error) {
	head := rowHead + (len(r.Clean)+7)/8
	if len(row) < head {
		return 0, errRow
	}
	place = RowPlace(row)
	codes := reason.Set{binary.LittleEndian.Uint64(row[8:]), binary.LittleEndian.Uint64(row[16:])}
	bits, rest := row[rowHead:head], row[head:]
	ok := true
	for c := range r.Clean {
		if bits[c>>3]&(1<<(c&7)) != 0 {
			var v []byte
			v, rest, ok = takeBytes(rest, ok)
			r.Clean[c].Slab = append(r.Clean[c].Slab, v...)
		}
		r.Clean[c].Close()
	}
	hand, rest, ok := takeUvarint(rest, ok)
	n, rest, ok := takeUvarint(rest, ok)
	raw := r.Restore(record.Hand(hand))
	for range n {
		var f uint64
		var v []byte
		f, rest, ok = takeUvarint(rest, ok)
		v, rest, ok = takeBytes(rest, ok)
		if !ok {
			break
		}
		raw.Add(record.Field(f), v)
	}
	raw.Close()
	r.Codes = append(r.Codes, codes)
	r.N++
	if !ok || len(rest) != 0 {
		return 0, errRow
	}
	return place, nil
}

func appendBytes(dst, v []byte) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(v)))
	return append(dst, v...)
}

// takeUvarint, take and takeBytes take a value off the front of b; ok turns false
// and stays so where b is too short.
func takeUvarint(b []byte, ok bool) (uint64, []byte, bool) {
	n, w := binary.Uvarint(b)
	if !ok || w <= 0 {
		return 0, nil, false
	}
	return n, b[w:], true
}

func take(b []byte, n int, ok bool) (v, rest []byte, still bool) {
	if !ok || len(b) < n {
		return nil, nil, false
	}
	return b[:n], b[n:], true
}

func takeBytes(b []byte, ok bool) (v, rest []byte, still bool) {
	n, b, ok := takeUvarint(b, ok)
	if !ok || uint64(len(b)) < n {
		return nil, nil, false
	}
	return b[:n], b[n:], true
}
