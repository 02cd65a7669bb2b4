package state

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"

	"github.com/klauspost/compress/zstd"
)

// blockSize is how much a bucket gathers before it is compressed and written.
const blockSize = 64 << 10

// A Shelf is a scratch file of rows in numbered buckets. Writers put rows onto
// it, one a goroutine; once all are closed, Bucket may be called by several
// goroutines. Rows of one writer come back in their order; between writers
// there is none.
type Shelf struct {
	file scratch
	at   atomic.Int64 // bytes given to blocks
	raw  atomic.Int64 // bytes before compression

	mu      sync.Mutex
	buckets []bucket
	noted   []int    // blocks of each bucket that Note has told of
	tenants []uint16 // blocks that lie on each page, once buckets are freed
	freed   int64
	closed  atomic.Bool
}

type bucket struct {
	blocks []block
	rows   int
}

type block struct {
	at   int64
	size uint32
}

// NewShelf makes a shelf of n buckets in the folder dir. The file has no name
// once it is open, so that nothing is left behind however the run ends.
func NewShelf(dir string, n int) (*Shelf, error) {
	f, err := os.CreateTemp(dir, "dusach-*.shelf")
	if err != nil {
		return nil, fmt.Errorf("making a scratch file in %s (choose another folder with --tmp): %w", dir, err)
	}
	if err := os.Remove(f.Name()); err != nil {
		f.Close()
		return nil, fmt.Errorf("making a scratch file: %w", err)
	}
	return newShelf(shelfFile{f}, n), nil
}

// scratch is what a shelf needs of its file: the seam at which tests fill the
// disk.
type scratch interface {
	io.ReaderAt
	io.WriterAt
	io.Closer
	Sync() error
}

func newShelf(f scratch, n int) *Shelf { return &Shelf{file: f, buckets: make([]bucket, n)} }

// Len returns the number of buckets.
func (s *Shelf) Len() int { return len(s.buckets) }

// Rows returns the number of rows of a bucket.
func (s *Shelf) Rows(b int) int { return s.buckets[b].rows }

// Size returns the bytes on disk and the bytes they stand for.
func (s *Shelf) Size() (disk, raw int64) { return s.at.Load(), s.raw.Load() }

// A Writer puts rows onto a shelf. It holds a block of each bucket that it
// filled.
type Writer struct {
	shelf  *Shelf
	open   []openBlock
	packed []byte
}

// An openBlock holds the rows of a bucket that are not yet written.
type openBlock struct {
	bytes []byte
	rows  int
}

// Writer returns a new writer.
func (s *Shelf) Writer() *Writer {
	return &Writer{shelf: s, open: make([]openBlock, len(s.buckets))}
}

// Put adds a row to a bucket. The row is copied.
func (w *Writer) Put(b int, row []byte) error {
	k := &w.open[b]
	k.bytes = binary.AppendUvarint(k.bytes, uint64(len(row)))
	k.bytes = append(k.bytes, row...)
	k.rows++
	if len(k.bytes) < blockSize {
		return nil
	}
	return w.write(b)
}

// write compresses and writes the open block of a bucket. Only the list of
// blocks is shared between writers.
func (w *Writer) write(b int) error {
	k, s := &w.open[b], w.shelf
	packer := packers.Get().(*zstd.Encoder)
	packed := packer.EncodeAll(k.bytes, w.packed[:0])
	packers.Put(packer)
	w.packed = packed
	at := s.at.Add(int64(len(packed))) - int64(len(packed))
	onDisk.add(int64(len(packed)))
	if err := Happens("write"); err != nil {
		return writing(err)
	}
	if _, err := s.file.WriteAt(packed, at); err != nil {
		return writing(err)
	}
	s.raw.Add(int64(len(k.bytes)))
	s.mu.Lock()
	s.buckets[b].blocks = append(s.buckets[b].blocks, block{at, uint32(len(packed))})
	s.buckets[b].rows += k.rows
	s.mu.Unlock()
	k.bytes, k.rows = k.bytes[:0], 0
	return nil
}

// Flush writes what is still open.
func (w *Writer) Flush() error {
	for b := range w.open {
		if len(w.open[b].bytes) > 0 {
			if err := w.write(b); err != nil {
				return err
			}
		}
	}
	return nil
}

// Close writes what is still open and frees the buffers. No Put may follow.
func (w *Writer) Close() error {
	err := w.Flush()
	w.open, w.packed = nil, nil
	return err
}

// packers compress blocks. They take three times the time of an LZ4-like format
// and a quarter less disk, which is what a nation runs out of.
var packers = sync.Pool{New: func() any {
	z, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1),
		zstd.WithWindowSize(2*blockSize), zstd.WithEncoderCRC(true), zstd.WithLowerEncoderMem(true))
	if err != nil {
		panic("BUG: " + err.Error())
	}
	return z
}}

// buffers are what reading a block needs.
type buffers struct {
	packed, open []byte
	zstd         *zstd.Decoder
}

var bufferPool = sync.Pool{New: func() any {
	z, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true))
	if err != nil {
		panic("BUG: " + err.Error())
	}
	return &buffers{zstd: z}
}}

// Bucket calls visit for each row of a bucket. The row is valid until visit
// returns.
func (s *Shelf) Bucket(b int, visit func(row []byte) error) error {
	buf := bufferPool.Get().(*buffers)
	defer bufferPool.Put(buf)
	for _, k := range s.buckets[b].blocks {
		if err := s.read(k, buf); err != nil {
			return err
		}
		for rest := buf.open; len(rest) > 0; {
			n, w := binary.Uvarint(rest)
			if w <= 0 || uint64(len(rest)-w) < n {
				return fmt.Errorf("reading scratch: bucket %d: %w", b, ErrDamaged)
			}
			if err := visit(rest[w : w+int(n)]); err != nil {
				return err
			}
			rest = rest[w+int(n):]
		}
	}
	return nil
}

func (s *Shelf) read(k block, buf *buffers) error {
	if cap(buf.packed) < int(k.size) {
		buf.packed = make([]byte, k.size)
	}
	packed := buf.packed[:k.size]
	if _, err := s.file.ReadAt(packed, k.at); errors.Is(err, io.EOF) {
		return fmt.Errorf("reading scratch: %w: the file is cut off", ErrDamaged)
	} else if err != nil {
		return fmt.Errorf("reading scratch: %w", err)
	}
	open, err := buf.zstd.DecodeAll(packed, buf.open[:0]) // and compares its checksum
	if err != nil {
		return fmt.Errorf("reading scratch: %w: %w", ErrDamaged, err)
	}
	buf.open = open
	return nil
}

// Close frees the disk.
func (s *Shelf) Close() error {
	if !s.closed.Swap(true) {
		onDisk.add(s.freed - s.at.Load())
	}
	return s.file.Close()
}
