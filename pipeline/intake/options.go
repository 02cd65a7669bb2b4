package intake

import (
	"io"
	"os"

	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/pipeline/record"
)

// Options says how to read. The zero value reads collection forms.
type Options struct {
	Schema *record.Schema // nil: record.FormSchema

	// Headers are further names of fields, by field: a configuration gives them.
	Headers map[string][]string

	// A chunk is closed after Rows rows, or at the end of the row that brings
	// its data to Bytes. 0: 8,192 rows, 8 MiB.
	Rows, Bytes int

	// Declared is set where the user says in which Encoding the text of all
	// inputs is; a byte order mark still comes first.
	Declared bool
	Encoding normalize.Encoding

	Strict  bool              // end the run at the first file that cannot be read
	TmpDir  string            // for tables that come compressed or from a pipe; "": the system's
	Stdin   io.Reader         // what "-" reads
	Sources *record.Sources   // where sources are numbered; nil: a list of the reader's own
	Parquet ParquetOpener     // how a Parquet file is opened; nil: such files are refused
	Pool    *record.ChunkPool // nil: a pool of the reader's own
}

// A ParquetOpener opens a Parquet file of size bytes. Decode provides it:
// intake knows lines and workbooks and no columnar formats.
type ParquetOpener func(f *os.File, size int64) (record.Table, error)

const (
	defaultRows  = 8192
	defaultBytes = 8 << 20
	readSize     = 128 << 10 // of one read from a source
	sniffSize    = 256 << 10 // what is looked at to tell format, header and separator
	maxRecord    = 8 << 20   // of one row of text; a longer one is refused in pieces
	maxDamaged   = 64 << 10  // bytes kept of a file of which no row could be read
	maxWorkbook  = 1 << 30   // bytes of an XLSX file
)

func (o *Options) setDefaults() {
	if o.Schema == nil {
		o.Schema = record.FormSchema
	}
	if o.Rows <= 0 {
		o.Rows = defaultRows
	}
	if o.Bytes <= 0 {
		o.Bytes = defaultBytes
	}
	if o.Sources == nil {
		o.Sources = &record.Sources{}
	}
	if o.Pool == nil {
		o.Pool = &record.ChunkPool{}
	}
}
