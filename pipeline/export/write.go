package export

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/dusach/dusach/pipeline/snapshot"
)

// TableClusters is the table that is not stored but made of forms.
const TableClusters = "clusters"

// Tables and Formats list what can be asked for.
var (
	Tables  = append(slices.Clone(snapshot.Tables), TableClusters)
	Formats = []string{"csv", "xlsx", "jsonl"}
)

// Options say what is exported and how.
type Options struct {
	Table  string // one of Tables
	Format string // one of Formats
	// Province is the 34-edition code of the province whose citizens, with
	// their forms and links, are exported; -1 is all.
	Province int
	Office   string // with the table quarantine: the office whose forms are exported
	BOM      bool   // begin a CSV file so that Excel takes it for UTF-8
	Mask     bool   // hide the middle of identity and telephone numbers
}

// Check reports what cannot be asked for.
func (o *Options) Check() error {
	switch {
	case !slices.Contains(Tables, o.Table):
		return fmt.Errorf("there is no table %q: name one of %s", o.Table, strings.Join(Tables, ", "))
	case !slices.Contains(Formats, o.Format):
		return fmt.Errorf("there is no format %q: name one of %s", o.Format, strings.Join(Formats, ", "))
	case o.Province > 99:
		return fmt.Errorf("there is no province %d: use its two-digit code, as 01; 00 is unknown", o.Province)
	case o.Province >= 0 && (o.Table == snapshot.TableQuarantine || o.Table == snapshot.TableHistory):
		return fmt.Errorf("the table %s does not know provinces: leave the province out", o.Table)
	case o.Office != "" && o.Table != snapshot.TableQuarantine:
		return errors.New("an office selects rows of the table quarantine only")
	}
	return nil
}

// Write writes a table of a snapshot to w and returns the number of rows.
func Write(ctx context.Context, s *snapshot.Snapshot, o Options, w io.Writer) (rows int64, err error) {
	if err := o.Check(); err != nil {
		return 0, err
	}
	var in *province
	if o.Province >= 0 {
		ids := o.Table == snapshot.TableLinks || o.Table == snapshot.TableSplits || o.Table == snapshot.TableOrigins
		if in, err = openProvince(ctx, s, uint8(o.Province), ids); err != nil {
			return 0, err
		}
	}
	var t table
	switch o.Table {
	case snapshot.TableForms:
		t = forms(ctx, s, in)
	case snapshot.TableCitizens:
		t = citizens(ctx, s, in)
	case snapshot.TableLinks:
		t = links(ctx, s, in)
	case snapshot.TableSplits:
		t = splits(ctx, s, in)
	case snapshot.TableOrigins:
		t = origins(ctx, s, in)
	case snapshot.TableQuarantine:
		t = quarantine(ctx, s, o.Office)
	case snapshot.TableHistory:
		t = history(ctx, s)
	case TableClusters:
		t = clusters(ctx, s, in)
	}
	if o.Mask {
		t.rows = masked(t)
	}
	switch o.Format {
	case "csv":
		return writeCSV(t, w, o.BOM)
	case "xlsx":
		return writeXLSX(t, w, o.Table)
	default:
		return writeJSON(t, w)
	}
}

// masked hides numbers in every column but those that name forms and citizens.
func masked(t table) func(func(*row, error) bool) {
	open := make([]bool, len(t.header))
	for i, name := range t.header {
		open[i] = slices.Contains([]string{"form_id", "person_id", "form_a", "form_b", "by_form_a", "by_form_b", "became"}, name)
	}
	return func(yield func(*row, error) bool) {
		for r, err := range t.rows {
			if err == nil {
				for i := range r.cells {
					if c := &r.cells[i]; !open[i] && c.kind != number {
						c.Text, c.JSON = appendMasked(nil, c.Text), appendMasked(nil, c.JSON)
					}
				}
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

// writeCSV writes comma separated values.
func writeCSV(t table, w io.Writer, bom bool) (n int64, err error) {
	if bom {
		if _, err := io.WriteString(w, "\ufeff"); err != nil {
			return 0, err
		}
	}
	out := csv.NewWriter(w)
	if err := out.Write(t.header); err != nil {
		return 0, err
	}
	line := make([]string, len(t.header))
	var cell []byte
	for r, err := range t.rows {
		if err != nil {
			return n, err
		}
		for i, c := range r.cells {
			if c.kind == number {
				line[i] = string(c.Text)
				continue
			}
			cell = appendSafe(cell[:0], c.Text)
			line[i] = string(cell)
		}
		if err := out.Write(line); err != nil {
			return n, err
		}
		n++
	}
	out.Flush()
	return n, out.Error()
}

// writeJSON writes one object a line.
func writeJSON(t table, w io.Writer) (n int64, err error) {
	out := bufio.NewWriterSize(w, 64<<10)
	names := make([][]byte, len(t.header))
	for i, name := range t.header {
		names[i] = append(appendJSON(nil, []byte(name)), ':')
	}
	var line []byte
	for r, err := range t.rows {
		if err != nil {
			return n, err
		}
		line = append(line[:0], '{')
		for i, c := range r.cells {
			if i > 0 {
				line = append(line, ',')
			}
			line = append(line, names[i]...)
			switch {
			case c.kind == parsed:
				line = append(line, c.JSON...)
			case len(c.Text) == 0:
				line = append(line, "null"...)
			case c.kind == number:
				line = append(line, c.Text...)
			default:
				line = appendJSON(line, c.Text)
			}
		}
		line = append(line, '}', '\n')
		if _, err := out.Write(line); err != nil {
			return n, err
		}
		n++
	}
	return n, out.Flush()
}
