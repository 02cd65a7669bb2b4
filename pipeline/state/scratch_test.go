package state

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
)

// Freeing buckets gives disk back, in whatever order, and leaves the others as
// they are.
func TestFreeGivesDiskBack(t *testing.T) {
	f, err := os.CreateTemp(t.TempDir(), "shelf")
	if err != nil {
		t.Fatal(err)
	}
	const buckets, rows = 8, 20_000
	before := onDisk.now.Load()
	s := newShelf(shelfFile{f}, buckets)
	defer s.Close()
	w, noise := s.Writer(), rand.NewChaCha8([32]byte{2})
	row := make([]byte, 300)
	for i := range rows {
		_, _ = noise.Read(row)
		binary.LittleEndian.PutUint32(row, uint32(i))
		if err := w.Put(i%buckets, row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	whole, _ := s.Size()
	if peak := ScratchPeak(); peak < whole {
		t.Errorf("%d bytes lie on the shelf and the peak is %d", whole, peak)
	}
	for n, b := range rand.New(rand.NewPCG(1, 2)).Perm(buckets) {
		seen := 0
		if err := s.Bucket(b, func(row []byte) error {
			if i := int(binary.LittleEndian.Uint32(row)); i%buckets != b {
				return fmt.Errorf("row %d in bucket %d", i, b)
			}
			seen++
			return nil
		}); err != nil {
			t.Fatalf("bucket %d, after %d were freed: %v", b, n, err)
		}
		if seen != rows/buckets {
			t.Errorf("bucket %d has %d rows, want %d", b, seen, rows/buckets)
		}
		s.Free(b)
		s.Free(b) // once is enough
	}
	if _, ok := s.file.(puncher); !ok {
		t.Skip("this system cannot free a part of a file")
	}
	if left := whole - s.freed; left > 2*pageSize {
		t.Errorf("%d of %d bytes were not given back", left, whole)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	_ = s.Close()
	if now := onDisk.now.Load(); now != before {
		t.Errorf("scratch is %d bytes after all was closed, %d before", now, before)
	}
}
