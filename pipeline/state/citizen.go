package state

import (
	"encoding/binary"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// AppendCitizen appends citizen i of r as bytes. ReadCitizen is its inverse.
func AppendCitizen(dst []byte, r *record.CitizenRows, i int) []byte {
	dst = append(dst, r.Province[i])
	dst = binary.LittleEndian.AppendUint32(dst, r.Forms[i])
	dst = binary.LittleEndian.AppendUint64(dst, r.Flags[i][0])
	dst = binary.LittleEndian.AppendUint64(dst, r.Flags[i][1])
	for _, t := range []*record.Text{&r.Person, &r.FirstSeen, &r.LastSeen, &r.Status} {
		dst = appendBytes(dst, t.At(i))
	}
	for c := range r.Clean {
		dst = appendBytes(dst, r.Clean[c].At(i))
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
	for c := range r.Clean {
		v, rest, ok = takeBytes(rest, ok)
		r.Clean[c].Append(v)
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
