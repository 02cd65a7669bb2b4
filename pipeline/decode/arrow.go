package decode

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/ipc"
	"github.com/apache/arrow/go/v15/arrow/memory"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// What one message may unfold to: compressed buffers and dictionaries hold much
// in few bytes. A message of forms is far from it.
const (
	maxArrowBytes = 64 << 20 // of buffers, and of text
	maxArrowCells = 1 << 22  // rows × columns
)

// An arrowTable reads a message in Arrow's IPC format (a stream: a schema, then
// batches of rows). The message is hostile: it may hold less than it says, or
// unfold to more than memory; either is an error.
type arrowTable struct {
	names   []string
	plain   []int // columns of plain values
	reader  *ipc.Reader
	mem     *boundedMemory
	rows    int64
	text    int // bytes of it, so far
	columns []func(dst []byte, at int) []byte
	broken  error
}

// OpenArrow opens a message. Columns of nested values are left out. An error,
// also one of Next, means that nothing of the message is to be believed.
func OpenArrow(message []byte) (record.Table, error) {
	t := &arrowTable{mem: &boundedMemory{Allocator: memory.NewGoAllocator(), left: maxArrowBytes}}
	if err := guard(func() error { return t.open(message) }); err != nil {
		return nil, errors.Join(err, t.Close())
	}
	return t, nil
}

func (t *arrowTable) open(message []byte) error {
	var err error
	t.reader, err = ipc.NewReaderFromMessageReader(&arrowFrames{rest: message}, ipc.WithAllocator(t.mem))
	if err != nil {
		return err
	}
	for i, f := range t.reader.Schema().Fields() {
		if !arrow.IsNested(f.Type.ID()) {
			t.names, t.plain = append(t.names, f.Name), append(t.plain, i)
		}
	}
	if len(t.plain) == 0 {
		return errors.New("no column of plain values")
	}
	return nil
}

func (t *arrowTable) Names() []string { return t.names }

// Next appends the rows of the next batch, however many it has.
func (t *arrowTable) Next(ctx context.Context, c *record.Chunk, _ int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if t.broken == nil {
		t.broken = guard(func() error { return t.next(c) })
	}
	return t.broken
}

func (t *arrowTable) next(c *record.Chunk) error {
	if !t.reader.Next() {
		if err := t.reader.Err(); err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		return io.EOF
	}
	batch := t.reader.Record()
	width := int64(len(t.plain))
	if n := batch.NumRows(); n < 0 || n > maxArrowCells || (t.rows+n)*width > maxArrowCells {
		return fmt.Errorf("more than %d values", maxArrowCells)
	}
	t.columns = t.columns[:0]
	for _, i := range t.plain {
		t.columns = append(t.columns, arrowWriter(batch.Column(i), int(batch.NumRows())))
	}
	for at := range int(batch.NumRows()) {
		start := len(c.Cells.Slab)
		for _, write := range t.columns {
			c.Cells.Slab = write(c.Cells.Slab, at)
			c.Cells.Close()
		}
		if t.text += len(c.Cells.Slab) - start; t.text > maxArrowBytes {
			return fmt.Errorf("more than %d bytes of text", maxArrowBytes)
		}
		t.rows++
		c.AddRow(t.rows, nil, reason.Set{})
	}
	return nil
}

// arrowWriter returns how a value of a column of n rows is written, nothing for
// a null.
func arrowWriter(a arrow.Array, n int) func(dst []byte, at int) []byte {
	if a.Len() != n {
		panic("a column is of another length than the rows")
	}
	write := writer(a)
	if _, ok := a.(*array.Null); ok {
		return func(dst []byte, _ int) []byte { return dst }
	}
	return func(dst []byte, at int) []byte {
		if a.IsNull(at) {
			return dst
		}
		return write(dst, at)
	}
}

// Close frees the memory of the message.
func (t *arrowTable) Close() error {
	return guard(func() error {
		if t.reader != nil {
			t.reader.Release()
			t.reader = nil
		}
		return nil
	})
}

// boundedMemory gives out so many bytes in all, and then panics: the library
// has no other way to hear of it. OpenArrow and Next make an error of that.
type boundedMemory struct {
	memory.Allocator
	left int
}

func (b *boundedMemory) take(n int) {
	if n < 0 || n > b.left {
		panic(fmt.Sprintf("it unfolds to more than %d bytes", maxArrowBytes))
	}
	b.left -= n
}

// Allocate returns size bytes.
func (b *boundedMemory) Allocate(size int) []byte {
	b.take(size)
	return b.Allocator.Allocate(size)
}

// Reallocate returns size bytes that begin with those of old.
func (b *boundedMemory) Reallocate(size int, old []byte) []byte {
	b.take(max(0, size-len(old)))
	return b.Allocator.Reallocate(size, old)
}
