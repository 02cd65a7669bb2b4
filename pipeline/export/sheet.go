package export

import (
	"fmt"
	"io"
	"iter"
)

// WriteSheet writes rows of text that no store holds, formula-safe as any other
// export: header, then a row of as many cells each. name is that of the sheet of a
// workbook.
func WriteSheet(w io.Writer, format, name string, bom bool, header []string, rows iter.Seq[[]string]) (int64, error) {
	t := table{header, func(yield func(*row, error) bool) {
		var r row
		for cells := range rows {
			r.reset()
			for _, c := range cells {
				r.text([]byte(c))
			}
			if !yield(&r, nil) {
				return
			}
		}
	}}
	switch format {
	case "csv":
		return writeCSV(t, w, bom)
	case "xlsx":
		return writeXLSX(t, w, name)
	case "jsonl":
		return writeJSON(t, w)
	}
	return 0, fmt.Errorf("there is no format %q: name one of csv, xlsx, jsonl", format)
}
