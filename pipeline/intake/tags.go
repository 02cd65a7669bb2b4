package intake

import (
	"bufio"
	"bytes"
	"io"
	"strconv"

	"github.com/dusach/dusach/pipeline/say"
)

// A tagReader reads the tags of the XML of a sheet and nothing between them.
// The workbook library streams values alone; what it does not tell (the style
// of a cell, merged cells, whether the sheet is whole) stands in attributes of
// very plain tags, so this is enough and does not parse the text twice.
type tagReader struct {
	src *bufio.Reader
	tag []byte // after "<" and before ">", valid until the next
}

func newTagReader(r io.Reader) *tagReader {
	return &tagReader{src: bufio.NewReaderSize(r, readSize)}
}

// next moves to the next tag.
func (t *tagReader) next() error {
	for {
		_, err := t.src.ReadSlice('<')
		if err == nil {
			break
		}
		if err != bufio.ErrBufferFull {
			return err
		}
	}
	tag, err := t.src.ReadSlice('>')
	for err == bufio.ErrBufferFull { // no tag that matters is this long
		tag, err = t.src.ReadSlice('>')
	}
	if err != nil {
		return err
	}
	t.tag = tag[:len(tag)-1]
	return nil
}

// is reports whether the tag begins or ends ("/row") an element, in whatever
// namespace prefix.
func (t *tagReader) is(name string) bool {
	tag := t.tag
	if name[0] == '/' {
		if len(tag) == 0 || tag[0] != '/' {
			return false
		}
		tag, name = tag[1:], name[1:]
	}
	end := bytes.IndexAny(tag, " \t\r\n/")
	if end < 0 {
		end = len(tag)
	}
	if colon := bytes.IndexByte(tag[:end], ':'); colon >= 0 {
		tag, end = tag[colon+1:], end-colon-1
	}
	return string(tag[:end]) == name
}

// attr returns the value of an attribute, nil if there is none.
func (t *tagReader) attr(name string) []byte {
	rest := t.tag
	for {
		i := bytes.Index(rest, []byte(name))
		if i < 0 {
			return nil
		}
		before, after := rest[:i], rest[i+len(name):]
		if len(before) > 0 && before[len(before)-1] <= ' ' && len(after) > 2 && after[0] == '=' {
			value := after[2:]
			if end := bytes.IndexByte(value, after[1]); end >= 0 {
				return value[:end]
			}
		}
		rest = after
	}
}

// number returns an attribute that is a number, or other.
func (t *tagReader) number(name string, other int) int {
	if v := t.attr(name); v != nil {
		if n, err := strconv.Atoi(string(v)); err == nil {
			return n
		}
	}
	return other
}

// column returns the number of the column of a reference such as "AB12", from
// 1, or 0 if there is none.
func column(ref []byte) int {
	n := 0
	for _, b := range ref {
		if b < 'A' || b > 'Z' || n > maxColumns {
			break
		}
		n = n*26 + int(b-'A') + 1
	}
	return n
}

// row returns the number of the row of a reference, from 1, or 0.
func row(ref []byte) int {
	n, _ := strconv.Atoi(string(bytes.TrimLeft(ref, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")))
	return n
}

// A span is a range of merged cells, rows and columns from 1.
type span struct{ top, left, bottom, right int }

var errBreaksOff = say.Errorf("trang tính bị đứt giữa chừng", "the sheet breaks off")

// readSpans returns the merged cells of a sheet, and errBreaksOff if it is not
// whole.
func readSpans(r io.Reader) ([]span, error) {
	t := newTagReader(r)
	var spans []span
	closed := false
	for {
		err := t.next()
		if err == io.EOF && closed {
			return spans, nil
		}
		if err == io.EOF {
			return spans, errBreaksOff
		}
		if err != nil {
			return spans, err
		}
		switch {
		case t.is("/worksheet"):
			closed = true
		case t.is("mergeCell"):
			from, to, ok := bytes.Cut(t.attr("ref"), []byte{':'})
			s := span{row(from), column(from), row(to), column(to)}
			if ok && s.top > 0 && s.left > 0 && s.bottom >= s.top && s.right >= s.left {
				spans = append(spans, s)
			}
			if len(spans) > maxSpans {
				return spans, refuse(say.Errorf("hơn %d ô gộp", "more than %d merged cells", maxSpans), say.Words{VI: "hãy bỏ gộp ô", EN: "undo its merged cells"})
			}
		}
	}
}

// A mark is what a cell is beside its text.
type mark struct {
	column int
	style  int
	number bool // a number and no text
}

// marks reads the marks of cells row by row.
type marks struct {
	tags  *tagReader
	row   int // whose marks are in cells
	ahead int // row whose tag was read last
	cells []mark
}

// at moves to row n and returns its marks in order, none if the sheet has no
// such row.
func (m *marks) at(n int) []mark {
	if m.row == n {
		return m.cells
	}
	m.cells = m.cells[:0]
	for m.ahead < n {
		if m.tags.next() != nil {
			m.ahead = maxRows + 1
		} else if m.tags.is("row") {
			m.ahead = m.tags.number("r", m.ahead+1)
		}
	}
	m.row = n
	if m.ahead != n {
		return nil
	}
	for m.tags.next() == nil && !m.tags.is("/row") && !m.tags.is("/sheetData") {
		if m.tags.is("row") { // an empty row has no end
			m.ahead = m.tags.number("r", m.ahead+1)
			break
		}
		if !m.tags.is("c") {
			continue
		}
		c := mark{style: m.tags.number("s", 0)}
		kind := m.tags.attr("t")
		c.number = kind == nil || string(kind) == "n"
		if c.column = column(m.tags.attr("r")); c.column == 0 && len(m.cells) > 0 {
			c.column = m.cells[len(m.cells)-1].column + 1
		} else if c.column == 0 {
			c.column = 1
		}
		m.cells = append(m.cells, c)
	}
	return m.cells
}
