package state

import (
	"encoding/binary"
	"math"

	"github.com/dusach/dusach/matchers"
	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// Entries of the log as bytes. Each Append has a Read that is its inverse and
// reports damage as an error.

// A Known is what the log keeps of a form to match others against it. Its
// names are numbers into the log's names.
type Known struct {
	ID        []byte // as it came
	Content   [16]byte
	Collected normalize.Date
	Origin    record.Origin
	Packed    []byte
}

// AppendKnown appends k as bytes.
func AppendKnown(dst []byte, k *Known) []byte {
	dst = appendOrigin(dst, k.Origin)
	dst = binary.LittleEndian.AppendUint32(dst, uint32(k.Collected))
	dst = append(dst, k.Content[:]...)
	dst = appendBytes(dst, k.ID)
	return append(dst, k.Packed...)
}

// ReadKnown reads what AppendKnown wrote; width is the size of a packed record.
// The result points into b.
func ReadKnown(b []byte, width int) (k Known, err error) {
	const head = 12 + 4 + 16
	if len(b) < head {
		return k, errRow
	}
	k.Origin = readOrigin(b)
	k.Collected = normalize.Date(binary.LittleEndian.Uint32(b[12:]))
	copy(k.Content[:], b[16:])
	id, rest, ok := takeBytes(b[head:], true)
	if !ok || len(rest) != width {
		return k, errRow
	}
	k.ID, k.Packed = id, rest
	return k, nil
}

func appendOrigin(dst []byte, o record.Origin) []byte {
	dst = binary.LittleEndian.AppendUint32(dst, o.Source)
	return binary.LittleEndian.AppendUint64(dst, uint64(o.Position))
}

func readOrigin(b []byte) record.Origin {
	return record.Origin{Source: binary.LittleEndian.Uint32(b), Position: int64(binary.LittleEndian.Uint64(b[4:]))}
}

// AppendName appends a name key as bytes.
func AppendName(dst []byte, k *normalize.NameKey) []byte {
	dst = append(dst, k.N, k.Surname, k.Given, k.Flags)
	for i := range k.Base {
		dst = binary.LittleEndian.AppendUint64(dst, k.Base[i])
		dst = binary.LittleEndian.AppendUint32(dst, k.Marks[i])
	}
	return dst
}

// ReadName reads what AppendName wrote.
func ReadName(b []byte) (k normalize.NameKey, err error) {
	if len(b) != 4+12*normalize.MaxNameWords {
		return k, errRow
	}
	k.N, k.Surname, k.Given, k.Flags = b[0], b[1], b[2], b[3]
	if k.N == 0 || k.N > normalize.MaxNameWords {
		return k, errRow
	}
	for i := range k.Base {
		k.Base[i] = binary.LittleEndian.Uint64(b[4+12*i:])
		k.Marks[i] = binary.LittleEndian.Uint32(b[12+12*i:])
	}
	return k, nil
}

// AppendLink appends a link as bytes.
func AppendLink(dst []byte, l *record.Link) []byte {
	dst = binary.LittleEndian.AppendUint32(dst, l.A)
	dst = binary.LittleEndian.AppendUint32(dst, l.B)
	dst = binary.LittleEndian.AppendUint32(dst, math.Float32bits(l.Weight))
	dst = append(dst, l.Rule)
	for _, level := range l.Levels {
		dst = append(dst, byte(level))
	}
	return dst
}

// ReadLink reads what AppendLink wrote.
func ReadLink(b []byte) (l record.Link, err error) {
	if len(b) != 13+len(l.Levels) {
		return l, errRow
	}
	l.A, l.B = binary.LittleEndian.Uint32(b), binary.LittleEndian.Uint32(b[4:])
	l.Weight, l.Rule = math.Float32frombits(binary.LittleEndian.Uint32(b[8:])), b[12]
	for i := range l.Levels {
		l.Levels[i] = matchers.Level(b[13+i])
	}
	return l, nil
}

// AppendRefusal appends refusal i of r as bytes.
func AppendRefusal(dst []byte, r *record.Refusals, i int) []byte {
	dst = appendOrigin(dst, r.Origin[i])
	dst = binary.LittleEndian.AppendUint64(dst, r.Codes[i][0])
	dst = binary.LittleEndian.AppendUint64(dst, r.Codes[i][1])
	dst = appendBytes(dst, r.Key.At(i))
	dst = appendBytes(dst, r.Office.At(i))
	return append(dst, r.Raw.At(i)...)
}

// ReadRefusal appends a refusal to r.
func ReadRefusal(b []byte, r *record.Refusals) error {
	const head = 12 + 16
	if len(b) < head {
		return errRow
	}
	codes := reason.Set{binary.LittleEndian.Uint64(b[12:]), binary.LittleEndian.Uint64(b[20:])}
	id, rest, ok := takeBytes(b[head:], true)
	office, raw, ok := takeBytes(rest, ok)
	if !ok {
		return errRow
	}
	r.Append(id, office, raw, readOrigin(b), codes)
	return nil
}

// AppendRepeat appends where a form came again.
func AppendRepeat(dst, id []byte, at record.Origin) []byte {
	return append(appendOrigin(dst, at), id...)
}

// ReadRepeat reads what AppendRepeat wrote. The id points into b.
func ReadRepeat(b []byte) (id []byte, at record.Origin, err error) {
	if len(b) < 12 {
		return nil, at, errRow
	}
	return b[12:], readOrigin(b), nil
}
