package state

import (
	"encoding/binary"
	"fmt"
	"os"
	"sync"

	"github.com/klauspost/compress/s2"
)

// blockSize is how much a bucket gathers before it is compressed and written.
const blockSize = 64 << 10

// A Shelf is a scratch file of rows in numbered buckets. Put is for one
// goroutine; Bucket may be called by several once Flush has returned.
type Shelf struct {
	file    *os.File
	at      int64
	buckets []bucket
	packed  []byte
	raw     int64 // bytes before compression
}

type bucket struct {
	open   []byte  // rows not yet written
	blocks []block // written, in order
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
	return &Shelf{file: f, buckets: make([]bucket, n)}, nil
}

// Len returns the number of buckets.
func (s *Shelf) Len() int { return len(s.buckets) }

// Rows returns the number of rows of a bucket.
func (s *Shelf) Rows(b int) int { return s.buckets[b].rows }

// Size returns the bytes on disk and the bytes they stand for.
func (s *Shelf) Size() (disk, raw int64) { return s.at, s.raw }

// Put adds a row to a bucket. The row is copied.
func (s *Shelf) Put(b int, row []byte) error {
	k := &s.buckets[b]
	k.open = binary.AppendUvarint(k.open, uint64(len(row)))
	k.open = append(k.open, row...)
	k.rows++
	if len(k.open) < blockSize {
		return nil
	}
	return s.write(k)
}

func (s *Shelf) write(k *bucket) error {
	if n := s2.MaxEncodedLen(len(k.open)); cap(s.packed) < n {
		s.packed = make([]byte, n)
	}
	packed := s2.Encode(s.packed[:cap(s.packed)], k.open)
	if _, err := s.file.WriteAt(packed, s.at); err != nil {
		return fmt.Errorf("writing scratch (is the disk full? choose another folder with --tmp): %w", err)
	}
	k.blocks = append(k.blocks, block{s.at, uint32(len(packed))})
	s.at += int64(len(packed))
	s.raw += int64(len(k.open))
	k.open = k.open[:0]
	return nil
}

// Flush writes what is still open and frees the buffers. No Put may follow.
func (s *Shelf) Flush() error {
	for i := range s.buckets {
		k := &s.buckets[i]
		if len(k.open) > 0 {
			if err := s.write(k); err != nil {
				return err
			}
		}
		k.open = nil
	}
	s.packed = nil
	return nil
}

// buffers are the two that reading a block needs.
type buffers struct{ packed, open []byte }

var bufferPool = sync.Pool{New: func() any { return new(buffers) }}

// Bucket calls visit for each row of a bucket in the order of Put. The row is
// valid until visit returns.
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
				return fmt.Errorf("reading scratch: bucket %d is damaged", b)
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
	if _, err := s.file.ReadAt(packed, k.at); err != nil {
		return fmt.Errorf("reading scratch: %w", err)
	}
	open, err := s2.Decode(buf.open[:cap(buf.open)], packed)
	if err != nil {
		return fmt.Errorf("reading scratch: %w", err)
	}
	buf.open = open
	return nil
}

// Close frees the disk.
func (s *Shelf) Close() error { return s.file.Close() }
