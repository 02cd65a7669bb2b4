package intake

import (
	"archive/zip"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/xuri/excelize/v2"
)

// A sheet is one list of a workbook, read row by row.
type sheet struct {
	run   *run
	book  *excelize.File
	style *styles
	title string
	part  *zip.File

	rows  *excelize.Rows
	marks marks
	close func()
	spans []span
	wide  map[int]bool // rows with a cell merged over three columns and more
	row   int          // read last

	broken error // the sheet breaks off
	held   line

	head   []line // the first rows, among which the header is
	header *record.Header
	fill   map[int]*filler // columns in which merged cells are filled down
	footer bool            // the end of the list was met
}

// A line is one row of a sheet.
type line struct {
	number int
	values []string
	codes  reason.Set
}

// open reads the merged cells and the header of a sheet. A sheet without a
// header leaves s.header nil.
func (s *sheet) open() error {
	s.close = func() {}
	r, err := s.part.Open()
	if err != nil {
		return notWorkbook(err)
	}
	s.spans, err = readSpans(r)
	r.Close()
	if errors.Is(err, errBreaksOff) {
		s.broken = refuse(err, saveAgain)
	} else if u := (*unreadable)(nil); err != nil && !errors.As(err, &u) {
		return notWorkbook(err)
	} else if err != nil {
		return err
	}
	s.wide = map[int]bool{}
	for _, sp := range s.spans {
		if sp.right-sp.left >= 2 {
			s.wide[sp.top] = true
		}
	}
	if r, err = s.part.Open(); err != nil {
		return notWorkbook(err)
	}
	s.marks.tags = newTagReader(r)
	s.close = func() { r.Close() }
	if s.rows, err = s.book.Rows(s.title); err != nil {
		return notWorkbook(err)
	}
	s.close = func() { r.Close(); s.rows.Close() }
	for len(s.head) < headerLines {
		l, err := s.next()
		if err == io.EOF || (err != nil && err == s.broken) {
			break
		}
		if err != nil {
			return err
		}
		s.head = append(s.head, l)
	}
	s.findHeader()
	if s.header == nil {
		return s.broken
	}
	return nil
}

// next returns the next row. The last one of a sheet that breaks off may be
// half a row, so it is held back.
func (s *sheet) next() (line, error) {
	if s.broken == nil {
		return s.read()
	}
	l, err := s.held, error(nil)
	if l.number == 0 {
		l, err = s.read()
	}
	if err == nil {
		s.held, err = s.read()
	}
	if err != nil {
		return line{}, s.broken
	}
	return l, nil
}

// read reads a row, with its values as people see them.
func (s *sheet) read() (line, error) {
	if !s.rows.Next() {
		if err := s.rows.Error(); err != nil {
			return line{}, notWorkbook(err)
		}
		return line{}, io.EOF
	}
	s.row++
	values, err := s.rows.Columns()
	if err != nil {
		return line{}, notWorkbook(err)
	}
	l := line{number: s.row, values: values}
	if len(values) == 0 {
		return l, nil
	}
	for _, m := range s.marks.at(s.row) {
		if m.column > len(values) || values[m.column-1] == "" {
			continue
		}
		v := &values[m.column-1]
		c := s.style.at(m.style)
		if m.number {
			*v = s.style.numberText(*v, c)
		} else if c.encoding != normalize.UTF8 && !s.run.opt.Declared {
			if now := string(normalize.AppendDecoded(nil, []byte(*v), c.encoding)); now != *v {
				*v = now
				l.codes.Add(reason.TextEncodingFixed)
			}
		}
	}
	return l, nil
}

// send hands the rows below the header on.
func (s *sheet) send() error {
	for more := true; more; {
		c := s.run.chunk(s.header, record.Cells)
		var failure error
		for len(c.Rows) < s.run.opt.Rows && failure == nil {
			failure = guard(func() error { return s.add(c) })
		}
		damaged := failure != nil && failure != io.EOF
		if damaged {
			c.AddRow(int64(s.row)+1, nil, reason.Of(reason.FormFileUnreadable))
		}
		if !s.run.send(c) {
			return errStopped
		}
		if damaged {
			return s.run.fail(int64(s.row), failure)
		}
		more = failure == nil
	}
	return nil
}

// add adds the next row to c, if it is one of the list.
func (s *sheet) add(c *record.Chunk) error {
	var l line
	if len(s.head) > 0 {
		l, s.head = s.head[0], s.head[1:]
	} else {
		var err error
		if l, err = s.next(); err != nil {
			return err
		}
	}
	if s.isDecoration(l) {
		return nil
	}
	for i := range s.header.Names {
		v := ""
		if i < len(l.values) {
			v = l.values[i]
		}
		if f := s.fill[i+1]; f != nil {
			v = f.value(l.number, v)
		}
		c.Cells.AppendString(v)
	}
	c.AddRow(int64(l.number), nil, l.codes)
	return nil
}

// A filler repeats the value of merged cells down one column: a household and
// its address are written once for all its members.
type filler struct {
	spans []span // of the column, from the top
	last  string
}

// filledDown are the fields that a household shares.
var filledDown = []record.Field{
	record.HouseholdNo, record.HeadName, record.HeadID, record.PermanentAddress, record.CurrentAddress,
}

func (s *sheet) makeFillers() {
	s.fill = map[int]*filler{}
	if !s.run.opt.Schema.IsForm() {
		return
	}
	for _, sp := range s.spans {
		if sp.bottom == sp.top || sp.left > len(s.header.Targets) {
			continue
		}
		t := s.header.Targets[sp.left-1]
		if (t.Role != record.RoleField && t.Role != record.RoleJoined) || !slices.Contains(filledDown, t.Field) {
			continue
		}
		if s.fill[sp.left] == nil {
			s.fill[sp.left] = &filler{}
		}
		s.fill[sp.left].spans = append(s.fill[sp.left].spans, sp)
	}
	for _, f := range s.fill {
		slices.SortFunc(f.spans, func(a, b span) int { return a.top - b.top })
	}
}

// value returns the value of row n, which is v unless a merged cell covers it.
func (f *filler) value(n int, v string) string {
	for len(f.spans) > 0 && f.spans[0].bottom < n {
		f.spans = f.spans[1:]
		f.last = ""
	}
	if len(f.spans) == 0 || n < f.spans[0].top {
		return v
	}
	if v != "" {
		f.last = v
	}
	return f.last
}

// isEmpty reports whether a sheet without a header holds nothing.
func (s *sheet) isEmpty() bool { return len(s.first()) == 0 }

// first returns the values of the first row that has any.
func (s *sheet) first() []string {
	for _, l := range s.head {
		if v := nonEmpty(l.values); len(v) > 0 {
			return v
		}
	}
	return nil
}

// isList reports whether a sheet without a header looks like a list of people
// all the same: several rows of three values and more.
func (s *sheet) isList() bool {
	rows := 0
	for _, l := range s.head {
		if len(nonEmpty(l.values)) >= 3 {
			rows++
		}
	}
	return rows >= 3
}

func nonEmpty(values []string) []string {
	var out []string
	for _, v := range values {
		if v = strings.TrimSpace(v); v != "" {
			out = append(out, v)
		}
	}
	return out
}
