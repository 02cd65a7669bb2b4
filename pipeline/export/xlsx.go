package export

import (
	"fmt"
	"io"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// maxRows is what a sheet holds, its header included. A longer table goes on
// in further sheets.
var maxRows = excelize.TotalRows

// A book writes a table to the sheets of a workbook, row by row.
type book struct {
	file    *excelize.File
	name    string // of the table
	header  []string
	out     *excelize.StreamWriter
	sheets  int
	row     int
	bold    int // styles
	differs int
	cells   []any
	cell    []byte
}

// writeXLSX writes a workbook. Every text is a text cell, so that leading zeros
// stay; cells in which the forms of a cluster differ are marked.
func writeXLSX(t table, w io.Writer, name string) (n int64, err error) {
	b := &book{file: excelize.NewFile(), name: name, header: t.header}
	defer b.file.Close()
	if err := b.styles(); err != nil {
		return 0, err
	}
	if err := b.sheet(); err != nil {
		return 0, err
	}
	for r, err := range t.rows {
		if err != nil {
			return n, err
		}
		if err := b.write(r); err != nil {
			return n, err
		}
		n++
	}
	if err := b.out.Flush(); err != nil {
		return n, err
	}
	_, err = b.file.WriteTo(w)
	return n, err
}

func (b *book) styles() (err error) {
	if b.bold, err = b.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}}); err != nil {
		return err
	}
	fill := excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFF2CC"}}
	b.differs, err = b.file.NewStyle(&excelize.Style{Fill: fill})
	return err
}

// sheet begins the next sheet, with the header as its frozen first row.
func (b *book) sheet() error {
	b.sheets++
	name := b.name
	if b.sheets == 1 {
		if err := b.file.SetSheetName("Sheet1", name); err != nil {
			return err
		}
	} else {
		if err := b.out.Flush(); err != nil {
			return err
		}
		name = b.name + " " + strconv.Itoa(b.sheets)
		if _, err := b.file.NewSheet(name); err != nil {
			return err
		}
	}
	var err error
	if b.out, err = b.file.NewStreamWriter(name); err != nil {
		return err
	}
	panes := &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}
	if err := b.out.SetPanes(panes); err != nil {
		return err
	}
	if err := b.out.SetColWidth(1, len(b.header), 18); err != nil {
		return err
	}
	b.cells = b.cells[:0]
	for _, h := range b.header {
		b.cells = append(b.cells, excelize.Cell{StyleID: b.bold, Value: h})
	}
	b.row = 1
	return b.out.SetRow("A1", b.cells)
}

func (b *book) write(r *row) error {
	if b.row == maxRows {
		if err := b.sheet(); err != nil {
			return err
		}
	}
	b.row++
	b.cells = b.cells[:0]
	for _, c := range r.cells {
		v, err := b.value(c)
		if err != nil {
			return err
		}
		if c.Differs {
			v = excelize.Cell{StyleID: b.differs, Value: v}
		}
		b.cells = append(b.cells, v)
	}
	return b.out.SetRow("A"+strconv.Itoa(b.row), b.cells)
}

func (b *book) value(c value) (any, error) {
	switch {
	case len(c.Text) == 0:
		return nil, nil
	case c.kind == number:
		f, err := strconv.ParseFloat(string(c.Text), 64)
		return f, err
	}
	b.cell = appendVisible(b.cell[:0], c.Text) // XML has no control characters
	safe := appendSafe(nil, b.cell)
	if len(safe) > excelize.TotalCellChars {
		safe = fmt.Appendf(cut(safe, excelize.TotalCellChars-60), " … (cut: %d bytes in all, see the Parquet file)", len(c.Text))
	}
	return string(safe), nil
}

// cut returns at most n bytes of v, whole characters.
func cut(v []byte, n int) []byte {
	for n > 0 && v[n]&0xc0 == 0x80 {
		n--
	}
	return v[:n:n]
}
