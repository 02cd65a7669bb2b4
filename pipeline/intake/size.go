package intake

import (
	"os"
	"path/filepath"
	"strings"
)

// Size returns the bytes of all inputs as they are stored, those that are packed
// (Parquet, workbooks, .gz, .zst) apart from plain text. Standard input and what
// cannot be found count nothing.
func (r *Reader) Size() (packed, plain int64) {
	for _, in := range r.inputs {
		info, err := os.Stat(in.path)
		if in.err != nil || err != nil || !info.Mode().IsRegular() {
			continue
		}
		switch strings.ToLower(filepath.Ext(in.path)) {
		case ".parquet", ".xlsx", ".gz", ".zst":
			packed += info.Size()
		default:
			plain += info.Size()
		}
	}
	return packed, plain
}
