package intake

import (
	"bytes"
	"io"
	"slices"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// A splitter cuts text into rows. It works in the memory of the chunk that is
// being filled, so that a byte is copied only when its row falls to the next.
type splitter struct {
	src       io.Reader
	eol       byte
	delimiter byte // 0: every line is a row
	width     int  // number of columns

	buf   []byte // what was read and not yet handed on
	tail  []byte // memory for what is left of buf between two chunks
	pos   int    // of the next row in buf
	line  int64  // lines before pos
	alone int64  // lines up to this one are rows of their own: see record
	err   error  // why src gave no more: io.EOF or damage
}

// fill reads more of the source and reports whether there was any.
func (s *splitter) fill() bool {
	for s.err == nil {
		s.buf = slices.Grow(s.buf, readSize)
		n, err := s.src.Read(s.buf[len(s.buf) : len(s.buf)+readSize])
		s.buf = s.buf[:len(s.buf)+n]
		s.err = err
		if n > 0 {
			return true
		}
	}
	return false
}

// lineAt returns the line that begins at from: its end and the beginning of
// the next. A line longer than maxRecord is cut there; the last line of the
// source may be without an end (open).
func (s *splitter) lineAt(from int) (end, next int, cut, open bool) {
	at := from
	for {
		i := bytes.IndexByte(s.buf[at:], s.eol)
		if i >= 0 && at+i-from <= maxRecord {
			return at + i, at + i + 1, false, false
		}
		if i >= 0 || len(s.buf)-from > maxRecord {
			return from + maxRecord, from + maxRecord, true, false
		}
		at = len(s.buf)
		if !s.fill() {
			return len(s.buf), len(s.buf), false, true
		}
	}
}

// next adds rows to c until it holds rows rows or bytes bytes, and reports
// whether more may follow. It leaves s.buf empty or with what comes after c.
func (s *splitter) next(c *record.Chunk, rows, size int) bool {
	s.buf, s.pos = append(c.Data[:0], s.buf[s.pos:]...), 0
	more := true
	for more && len(c.Rows) < rows && s.pos < size {
		more = s.record(c)
	}
	c.Data = s.buf[:s.pos]
	s.tail = append(s.tail[:0], s.buf[s.pos:]...)
	s.buf, s.pos = s.tail, 0
	return more
}

// record adds the row that begins at pos, if there is one, and reports whether
// the source goes on.
func (s *splitter) record(c *record.Chunk) bool {
	end, next, cut, open := s.lineAt(s.pos)
	if open && (end == s.pos || s.err != io.EOF) {
		if s.err != io.EOF { // what is left of a damaged source
			s.add(c, end, false, reason.Of(reason.FormFileUnreadable))
		}
		s.pos = next
		return false
	}
	line := trimReturn(s.buf[s.pos:end])
	switch {
	case cut:
		s.add(c, end, false, reason.Of(reason.FormRowUnreadable))
	case isBlank(line):
	case s.delimiter == 0 || bytes.IndexByte(line, '"') < 0:
		s.add(c, s.pos+len(line), false, reason.Set{})
	default:
		if _, unclosed, _ := scanLine(line, s.delimiter); !unclosed {
			s.add(c, s.pos+len(line), true, reason.Set{})
		} else if e, n, lines := s.spanning(next); lines > 0 {
			s.add(c, e, true, reason.Set{})
			next = n
			s.line += lines
		} else {
			s.add(c, s.pos+len(line), true, reason.Of(reason.FormRowUnreadable))
		}
	}
	if !cut {
		s.line++
	}
	s.pos = next
	return !open
}

// spanning looks for the end of a row whose quoted field is open at the end of
// its first line. It returns the end of the row, the beginning of the next and
// how many lines it takes after the first; no lines at all if the field was
// never closed, so that the row ends with its first line.
//
// A field counts as never closed where a following line is by itself a row of
// the right width, where a quote stands in the middle of its text, or where it
// is still open at maxRecord bytes or the end of the source. The lines that
// were looked at in vain are then rows of their own, never beginnings: a source
// that is full of open quotes is read twice and not once for each of them.
func (s *splitter) spanning(from int) (end, next int, lines int64) {
	first := s.line + 1
	if first <= s.alone {
		return 0, 0, 0
	}
	for at := from; ; at = next {
		var cut, last bool
		end, next, cut, last = s.lineAt(at)
		line := trimReturn(s.buf[at:end])
		open, valid := scanRest(line, s.delimiter)
		broken := last && (open || s.err != io.EOF)
		if cut || broken || !valid || s.isWhole(line) || next-s.pos > maxRecord {
			s.alone = first + lines
			return 0, 0, 0
		}
		lines++
		if !open {
			return at + len(line), next, lines
		}
	}
}

// isWhole reports whether a line is by itself a row of the right width.
func (s *splitter) isWhole(line []byte) bool {
	fields, open, strict := scanLine(line, s.delimiter)
	return strict && !open && fields == s.width
}

func (s *splitter) add(c *record.Chunk, end int, quoted bool, codes reason.Set) {
	c.Rows = append(c.Rows, record.Row{
		Position: s.line + 1, Start: uint32(s.pos), End: uint32(end), Quoted: quoted, Codes: codes,
	})
}

func trimReturn(line []byte) []byte {
	if n := len(line); n > 0 && line[n-1] == '\r' {
		return line[:n-1]
	}
	return line
}

func isBlank(line []byte) bool {
	for _, b := range line {
		if b != ' ' {
			return false
		}
	}
	return true
}
