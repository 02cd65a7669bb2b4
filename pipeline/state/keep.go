package state

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"syscall"

	"github.com/dusach/dusach/pipeline/say"
)

// ErrDamaged is scratch that does not hold what was written to it.
var ErrDamaged = errors.New("scratch is damaged")

// Hook, where a test sets it, hears of every step that scratch takes, before it is
// taken: "write" a block, "sync" a file, "note" an entry of a journal, "free" a
// bucket, "remove" a file. Its error stands for one of the disk, but when something is
// freed or removed.
var Hook func(event string) error

// Happens tells Hook of an event.
func Happens(event string) error {
	if Hook != nil {
		return Hook(event)
	}
	return nil
}

// writing says what can be done about an error of writing scratch.
func writing(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return say.Errorf("ghi tệp tạm: %w: hãy dọn đĩa, hoặc chọn thư mục trên đĩa khác bằng --tmp, rồi chạy lại",
			"writing scratch: %w: free some space, or name a folder on another disk with --tmp, and run again", err)
	}
	return fmt.Errorf("writing scratch: %w", err)
}

// CreateShelf makes a shelf of n buckets whose file keeps its name until Discard, so
// that another process can open it.
func CreateShelf(name string, n int) (*Shelf, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, writing(err)
	}
	return newShelf(shelfFile{f}, n), nil
}

// OpenShelf opens the file of a shelf of n buckets, to which Restore then brings
// back what was noted of it. What lies beyond that is written over.
func OpenShelf(name string, n int) (*Shelf, error) {
	f, err := os.OpenFile(name, os.O_RDWR, 0o600)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%w: a file is missing", ErrDamaged)
	}
	if err != nil {
		return nil, fmt.Errorf("reading scratch: %w", err)
	}
	return newShelf(shelfFile{f}, n), nil
}

// Note appends where the blocks lie that were written since the Note before. It is
// called while no Writer writes; what it tells holds once Sync has returned.
func (s *Shelf) Note(dst []byte) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.noted == nil {
		s.noted = make([]int, len(s.buckets))
	}
	dst = binary.AppendUvarint(dst, uint64(s.at.Load()))
	dst = binary.AppendUvarint(dst, uint64(s.raw.Load()))
	for b := range s.buckets {
		k := &s.buckets[b]
		fresh := k.blocks[s.noted[b]:]
		dst = binary.AppendUvarint(dst, uint64(k.rows))
		dst = binary.AppendUvarint(dst, uint64(len(fresh)))
		for _, f := range fresh {
			dst = binary.AppendUvarint(dst, uint64(f.at))
			dst = binary.AppendUvarint(dst, uint64(f.size))
		}
		s.noted[b] = len(k.blocks)
	}
	return dst
}

// Restore brings back what one Note told, after those before it. A shelf must not be
// written to before all are back.
func (s *Shelf) Restore(note []byte) error {
	if s.noted == nil {
		s.noted = make([]int, len(s.buckets))
	}
	at, rest, ok := takeUvarint(note, true)
	raw, rest, ok := takeUvarint(rest, ok)
	for b := range s.buckets {
		var rows, n, from, size uint64
		rows, rest, ok = takeUvarint(rest, ok)
		n, rest, ok = takeUvarint(rest, ok)
		for i := uint64(0); ok && i < n; i++ {
			from, rest, ok = takeUvarint(rest, ok)
			size, rest, ok = takeUvarint(rest, ok)
			if ok = ok && from+size <= at && size < 1<<32; ok {
				s.buckets[b].blocks = append(s.buckets[b].blocks, block{int64(from), uint32(size)})
			}
		}
		s.buckets[b].rows, s.noted[b] = int(rows), len(s.buckets[b].blocks)
	}
	if !ok || len(rest) != 0 || int64(at) < s.at.Load() {
		return fmt.Errorf("%w: a note does not fit its shelf", ErrDamaged)
	}
	onDisk.add(int64(at) - s.at.Load())
	s.at.Store(int64(at))
	s.raw.Store(int64(raw))
	return nil
}

// Sync makes what was written durable.
func (s *Shelf) Sync() error {
	if err := Happens("sync"); err != nil {
		return writing(err)
	}
	if err := s.file.Sync(); err != nil {
		return writing(err)
	}
	return nil
}

// All returns the number of rows of all buckets.
func (s *Shelf) All() (n int) {
	for b := range s.buckets {
		n += s.buckets[b].rows
	}
	return n
}
