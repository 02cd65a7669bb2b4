package intake

import (
	"bufio"
	"bytes"
	"io"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/say"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// asUTF8 returns the text of r without its byte order mark, from UTF-16 if the
// mark or the pattern of zero bytes says so. Any other encoding is left as it
// is: it is judged row by row.
func asUTF8(r *bufio.Reader) io.Reader {
	head, _ := r.Peek(4096)
	endian, skip := unicode.Endianness(unicode.LittleEndian), 0
	switch {
	case bytes.HasPrefix(head, []byte{0xEF, 0xBB, 0xBF}):
		_, _ = r.Discard(3)
		return r
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}):
		skip = 2
	case bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		endian, skip = unicode.BigEndian, 2
	case zerosAt(head, 1):
	case zerosAt(head, 0):
		endian = unicode.BigEndian
	default:
		return r
	}
	_, _ = r.Discard(skip)
	return transform.NewReader(r, unicode.UTF16(endian, unicode.IgnoreBOM).NewDecoder())
}

// zerosAt reports whether head is text in UTF-16 whose high bytes lie at odd
// (1) or even (0) places: many of them are zero, and none of the others.
func zerosAt(head []byte, parity int) bool {
	high, low := 0, 0
	for i, b := range head {
		if b != 0 {
			continue
		}
		if i&1 == parity {
			high++
		} else {
			low++
		}
	}
	return low == 0 && high*5 > len(head)
}

// readText reads separated values or JSON lines.
func (r *run) readText(src *bufio.Reader, json bool) error {
	s := &splitter{src: asUTF8(src), eol: '\n'}
	for len(s.buf) < sniffSize && s.fill() {
	}
	if len(s.buf) == 0 {
		return r.brokenText(s, r.emptyText(s))
	}
	if bytes.IndexByte(s.buf, '\n') < 0 && bytes.IndexByte(s.buf, '\r') >= 0 {
		s.eol = '\r'
	}
	header, format := (*record.Header)(nil), record.Delimited
	var err error
	if json {
		format = record.JSONLines
		header, err = r.jsonHeader(s)
	} else {
		header, err = r.findHeader(s)
	}
	if err != nil {
		return r.brokenText(s, err)
	}
	s.width, s.delimiter = len(header.Names), header.Delimiter
	for more := true; more; {
		c := r.chunk(header, format)
		more = s.next(c, r.opt.Rows, r.opt.Bytes)
		if !r.send(c) {
			return errStopped
		}
	}
	if s.err != io.EOF {
		return r.fail(s.line, s.err)
	}
	return nil
}

func (r *run) emptyText(s *splitter) error {
	if s.err != io.EOF {
		return s.err
	}
	return refuse(say.Errorf("tệp rỗng", "the file is empty"), sendOrLeave)
}

// brokenText refuses a text of which no row can be read.
func (r *run) brokenText(s *splitter, err error) error {
	return r.failWhole(s.buf[:min(len(s.buf), maxDamaged)], err)
}

// failWhole refuses a file of which no row could be read: head is kept.
func (r *run) failWhole(head []byte, err error) error {
	c := r.chunk(noHeader, record.Delimited)
	c.AddRow(1, head, reason.Of(reason.FormFileUnreadable))
	if !r.send(c) {
		return errStopped
	}
	return r.fail(0, err)
}

var noHeader = &record.Header{}

// fail reports that the file at hand, or what follows position in it, cannot
// be read.
func (r *run) fail(position int64, err error) error {
	return &FileError{Path: r.path, Position: position, Advice: adviceFor(err), Err: err}
}
