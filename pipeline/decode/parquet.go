package decode

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/apache/arrow/go/v15/parquet"
	"github.com/apache/arrow/go/v15/parquet/file"
	"github.com/apache/arrow/go/v15/parquet/pqarrow"
	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// parquetTable scans a Parquet file by column, some rows at a time.
//
// Every column has a reader of its own: the record reader of the library
// starts a goroutine for each column, and a panic there, which a crafted file
// can cause, would end the process. Here it is caught and costs the file.
type parquetTable struct {
	names   []string
	columns []*column
	rows    int64 // read so far
	total   int64 // by the file's own word
	broken  error
}

// OpenParquet opens a Parquet file, which it does not close. Columns of nested
// values are left out.
func OpenParquet(f *os.File, _ int64) (record.Table, error) {
	return openParquet(f, memory.NewGoAllocator())
}

// ParquetRows returns how many rows a Parquet file says that it has.
func ParquetRows(f *os.File) (n int64, err error) {
	err = guard(func() error {
		r, err := file.NewParquetReader(f)
		if err == nil {
			n = r.NumRows()
		}
		return err
	})
	return n, err
}

func openParquet(f parquet.ReaderAtSeeker, mem memory.Allocator) (t *parquetTable, err error) {
	t = &parquetTable{}
	err = guard(func() error { return t.open(f, mem) })
	if err != nil {
		return nil, errors.Join(err, t.Close())
	}
	return t, nil
}

func (t *parquetTable) open(f parquet.ReaderAtSeeker, mem memory.Allocator) error {
	r, err := file.NewParquetReader(f, file.WithReadProps(parquet.NewReaderProperties(memory.NewGoAllocator())))
	if err != nil {
		return err
	}
	t.total = r.NumRows()
	fr, err := pqarrow.NewFileReader(r, pqarrow.ArrowReadProperties{}, mem)
	if err != nil {
		return err
	}
	groups := make([]int, r.NumRowGroups())
	for i := range groups {
		groups[i] = i
	}
	for i, field := range fr.Manifest.Fields {
		if len(field.Children) > 0 {
			continue
		}
		c, err := fr.GetFieldReader(context.Background(), i, map[int]bool{field.ColIndex: true}, groups)
		if err != nil {
			return fmt.Errorf("column %d: %w", i+1, err)
		}
		t.names = append(t.names, field.Field.Name)
		t.columns = append(t.columns, &column{reader: c})
	}
	if len(t.columns) == 0 {
		return errors.New("no column of plain values")
	}
	return nil
}

// guard turns a panic into an error.
func guard(do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the reader gave up: %v", p)
		}
	}()
	return do()
}

func (t *parquetTable) Names() []string { return t.names }

// Rows returns how many rows the file says that it has.
func (t *parquetTable) Rows() int64 { return t.total }

// Next appends rows to c. What it appends is whole also if it fails.
func (t *parquetTable) Next(ctx context.Context, c *record.Chunk, rows int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if t.broken != nil {
		return t.broken
	}
	t.broken = guard(func() error { return t.next(c, rows) })
	if t.broken != nil && t.broken != io.EOF {
		c.Cells.Cancel()
		c.Cells.Truncate(len(c.Rows) * len(t.columns))
	}
	return t.broken
}

func (t *parquetTable) next(c *record.Chunk, rows int) error {
	n := -1
	for i, col := range t.columns {
		got, err := col.load(rows)
		if err != nil {
			return fmt.Errorf("column %d: %w", i+1, err)
		}
		if n >= 0 && got != n {
			return fmt.Errorf("column %d has fewer or more rows than the one before it", i+1)
		}
		n = got
	}
	for range n {
		for _, col := range t.columns {
			c.Cells.Slab = col.append(c.Cells.Slab)
			c.Cells.Close()
		}
		t.rows++
		c.AddRow(t.rows, nil, reason.Set{})
	}
	switch {
	case n > 0:
		return nil
	case t.rows != t.total:
		return fmt.Errorf("it says that it holds %d rows", t.total)
	}
	return io.EOF
}

// Close frees the memory of all columns.
func (t *parquetTable) Close() error {
	return guard(func() error {
		for _, c := range t.columns {
			c.close()
		}
		t.columns = nil
		return nil
	})
}
