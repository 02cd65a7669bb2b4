package decode

import (
	"bytes"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// cells takes the values of row i of a table. Each is mended by itself: a
// table knows where a value ends whatever its bytes are.
func (s *Stage) cells(in *record.Chunk, i int) {
	width := len(in.Header.Names)
	for c := range width {
		s.values = append(s.values, s.mendCell(in.Cells.At(i*width+c)))
	}
}

func (s *Stage) mendCell(v []byte) []byte {
	high, control, valid := scan(v)
	if !valid || (high && bytes.Contains(v, replacement)) {
		s.codes.Add(reason.TextInvalidUTF8)
		start := len(s.arena)
		s.arena = appendMarked(s.arena, v)
		v = s.arena[start:]
	}
	s.control = s.control || control && hasControl(v)
	return v
}

// rawCells returns row i of a table as it is kept for quarantine: a JSON
// object of header and value, empty cells left out. A row that is a refusal
// brings its own bytes.
func (s *Stage) rawCells(in *record.Chunk, i int, own []byte) []byte {
	width := len(in.Header.Names)
	if len(own) > 0 || in.Cells.Len() < (i+1)*width {
		return own
	}
	s.raw = append(s.raw[:0], '{')
	for c, name := range in.Header.Names {
		v := in.Cells.At(i*width + c)
		if len(v) == 0 {
			continue
		}
		if len(s.raw) > 1 {
			s.raw = append(s.raw, ',')
		}
		s.raw = appendQuoted(s.raw, []byte(name))
		s.raw = append(s.raw, ':')
		s.raw = appendQuoted(s.raw, v)
	}
	s.raw = append(s.raw, '}')
	return s.raw
}

// appendQuoted appends v as a JSON string; a byte that is not UTF-8 stays as
// it is, so that nothing of what was received is lost.
func appendQuoted(dst, v []byte) []byte {
	const hex = "0123456789abcdef"
	dst = append(dst, '"')
	for _, b := range v {
		switch {
		case b == '"' || b == '\\':
			dst = append(dst, '\\', b)
		case b < ' ':
			dst = append(dst, '\\', 'u', '0', '0', hex[b>>4], hex[b&15])
		default:
			dst = append(dst, b)
		}
	}
	return append(dst, '"')
}
