package columnar

import (
	"bufio"
	"encoding/binary"
	"io"

	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// Limits bound the pages of a file. A page ends with the row in which it
// reaches one of them.
type Limits struct {
	PageRows  int
	PageBytes int // before compression; of text that is not in a dictionary
}

// A File writes one Parquet file after the other: Begin, the columns of a row
// group, EndGroup, …, Close. It keeps its memory from file to file. It is for
// one goroutine.
type File struct {
	Limits Limits

	out       *bufio.Writer
	at        int64 // bytes written
	err       error // of the first write that failed
	elements  []format.SchemaElement
	columns   []Column
	sorting   []format.SortingColumn
	createdBy string
	groups    []format.RowGroup
	indexes   [][]pageIndex // by group and column
	rows      int64         // of all groups

	zstd   *zstd.Encoder
	dense  *zstd.Encoder // of large dictionaries that are worth it
	thrift *thrift.Encoder
	sorter sorter
	// Buffers of one page.
	page, packed, scratch []byte
	other, otherPacked    []byte
	offsets               []uint32
	wide                  []int64
}

// New returns a writer for files of a table: its columns in their order, and
// the names of those by which rows are ordered. Call Begin first.
func New(table string, defs []Def, order []string, createdBy string) *File {
	f := &File{createdBy: createdBy, Limits: Limits{PageRows: 32 << 10, PageBytes: 1 << 20}}
	f.elements, f.columns = schema(table, defs)
	for rank, name := range order {
		for i := range f.columns {
			if c := &f.columns[i]; c.path[0] == name {
				c.ordered = rank == 0
				f.sorting = append(f.sorting, format.SortingColumn{ColumnIdx: int32(i)})
			}
		}
	}
	f.zstd, f.dense = packer(zstd.SpeedFastest), packer(zstd.SpeedBetterCompression)
	f.out = bufio.NewWriterSize(nil, 256<<10)
	f.thrift = thrift.NewEncoder(new(thrift.CompactProtocol).NewWriter(f))
	return f
}

// packer returns a compressor of pages.
func packer(level zstd.EncoderLevel) *zstd.Encoder {
	// Ids hold nothing twice, but their letters are few: at the fastest level they
	// would be left as they are, were it not asked for.
	z, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(level), zstd.WithEncoderConcurrency(1),
		zstd.WithAllLitEntropyCompression(true), zstd.WithZeroFrames(true), zstd.WithEncoderCRC(false))
	if err != nil {
		panic("BUG: " + err.Error())
	}
	return z
}

// Begin begins a file. What was not closed before is forgotten.
func (f *File) Begin(out io.Writer) {
	f.out.Reset(out)
	f.at, f.err, f.rows = 0, nil, 0
	f.groups, f.indexes = nil, nil
	for i := range f.columns {
		f.columns[i].reset()
	}
	io.WriteString(f, "PAR1") //nolint:errcheck // f.err keeps it
}

// Column returns leaf i: columns are numbered as they were defined, where a
// list of pairs counts twice.
func (f *File) Column(i int) *Column { return &f.columns[i] }

// Write writes bytes of the format. It is for the encoder of headers.
func (f *File) Write(b []byte) (int, error) {
	if f.err != nil {
		return 0, f.err
	}
	n, err := f.out.Write(b)
	f.at += int64(n)
	f.err = err
	return n, err
}

// Close ends the open group and the file.
func (f *File) Close() error {
	if err := f.EndGroup(); err != nil {
		return err
	}
	if err := f.writeIndexes(); err != nil {
		return err
	}
	footer := f.at
	about := format.FileMetaData{
		Version: 2, Schema: f.elements, NumRows: f.rows, RowGroups: f.groups, CreatedBy: f.createdBy,
	}
	if about.RowGroups == nil {
		about.RowGroups = []format.RowGroup{}
	}
	for range f.columns {
		about.ColumnOrders = append(about.ColumnOrders, format.ColumnOrder{Value: &format.TypeDefinedOrder{}})
	}
	if err := f.thrift.Encode(&about); err != nil {
		return err
	}
	tail := binary.LittleEndian.AppendUint32(nil, uint32(f.at-footer))
	if _, err := f.Write(append(tail, "PAR1"...)); err != nil {
		return err
	}
	return f.out.Flush()
}
