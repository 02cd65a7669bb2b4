package state

import (
	"encoding/binary"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// AppendCitizen appends citizen i of r as bytes: numbers, ids, a bit for each
// column that has a value, those values, origins. ReadCitizen is its inverse.
func AppendCitizen(dst []byte, r *record.CitizenRows, i int) []byte {
	dst = append(dst, r.Province[i])
	dst = binary.LittleEndian.AppendUint32(dst, r.Forms[i])
	dst = binary.LittleEndian.AppendUint64(dst, r.Flags[i][0])
	dst = binary.LittleEndian.AppendUint64(dst, r.Flags[i][1])
	for _, t := range []*record.Text{&r.Person, &r.FirstSeen, &r.LastSeen, &r.Status} {
		dst = appendBytes(dst, t.At(i))
	}
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
	from, to := r.Origins.Row(i)
	dst = binary.AppendUvarint(dst, uint64(to-from))
	for e := from; e < to; e++ {
		dst = binary.AppendUvarint(dst, uint64(r.Origins.Field[e]))
		dst = appendBytes(dst, r.Origins.Form.At(e))
	}
	return dst
}

// ReadCitizen appends a citizen to r.
func ReadCitizen(row []byte, r *record.CitizenRows) error {
	const head = 21
	if len(row) < head {
		return errRow
	}
	r.Province = append(r.Province, row[0])
	r.Forms = append(r.Forms, binary.LittleEndian.Uint32(row[1:]))
	r.Flags = append(r.Flags, reason.Set{binary.LittleEndian.Uint64(row[5:]), binary.LittleEndian.Uint64(row[13:])})
	rest, ok := row[head:], true
	var v []byte
	for _, t := range []*record.Text{&r.Person, &r.FirstSeen, &r.LastSeen, &r.Status} {
		v, rest, ok = takeBytes(rest, ok)
		t.Append(v)
	}
	var bits []byte
	bits, rest, ok = take(rest, (len(r.Clean)+7)/8, ok)
	for c := range r.Clean {
		if ok && bits[c>>3]&(1<<(c&7)) != 0 {
			v, rest, ok = takeBytes(rest, ok)
			r.Clean[c].Slab = append(r.Clean[c].Slab, v...)
		}
		r.Clean[c].Close()
	}
	n, rest, ok := takeUvarint(rest, ok)
	for range n {
		var f uint64
		f, rest, ok = takeUvarint(rest, ok)
		v, rest, ok = takeBytes(rest, ok)
		if !ok {
			break
		}
		r.Origins.Add(record.Field(f), v)
	}
	r.Origins.Close()
	r.N++
	if !ok || len(rest) != 0 {
		return errRow
	}
	return nil
}
