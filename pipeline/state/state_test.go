package state

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"syscall"
	"testing"

	"pgregory.net/rapid"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

func drawRow(t *rapid.T, r *record.FormRows) {
	value := rapid.SliceOfN(rapid.Byte(), 0, 40)
	for c := range r.Clean {
		r.Clean[c].Append(value.Draw(t, "clean"))
	}
	for range rapid.IntRange(0, 4).Draw(t, "raws") {
		r.Raw.Add(record.Field(rapid.IntRange(0, int(record.NumFormFields)-1).Draw(t, "field")), value.Draw(t, "raw"))
	}
	r.Raw.Close()
	r.Codes = append(r.Codes, reason.Set{rapid.Uint64().Draw(t, "codes")})
	r.N++
}

// What several writers put onto a shelf comes off it, bucket by bucket.
func TestShelfKeepsRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var in, out record.FormRows
		in.Reset(record.FormSchema)
		shelf, err := NewShelf("", 4)
		if err != nil {
			t.Fatal(err)
		}
		defer shelf.Close()
		n := rapid.IntRange(0, 20).Draw(t, "rows")
		var want [4][]uint64
		writers := []*Writer{shelf.Writer(), shelf.Writer()}
		var buf []byte
		for i := range n {
			drawRow(t, &in)
			b := rapid.IntRange(0, 3).Draw(t, "bucket")
			want[b] = append(want[b], uint64(i))
			buf = AppendRow(buf[:0], uint64(i), &in, i)
			if err := writers[rapid.IntRange(0, 1).Draw(t, "writer")].Put(b, buf); err != nil {
				t.Fatal(err)
			}
		}
		for _, w := range writers {
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
		}
		for b := range want {
			out.Reset(record.FormSchema)
			var got []uint64
			err := shelf.Bucket(b, func(row []byte) error {
				place, err := ReadRow(row, &out)
				if err == nil && place != RowPlace(row) {
					t.Fatalf("place %d, %d", place, RowPlace(row))
				}
				got = append(got, place)
				return err
			})
			if err != nil || len(got) != len(want[b]) {
				t.Fatalf("bucket %d: %d rows, error %v; want %d", b, len(got), err, len(want[b]))
			}
			for j, i := range got {
				same(t, &in, int(i), &out, j)
			}
			slices.Sort(got)
			if !slices.Equal(got, want[b]) {
				t.Fatalf("bucket %d holds rows %d, want %d", b, got, want[b])
			}
		}
	})
}

func same(t *rapid.T, in *record.FormRows, i int, out *record.FormRows, j int) {
	for c := range in.Clean {
		if !bytes.Equal(in.Clean[c].At(i), out.Clean[c].At(j)) {
			t.Fatalf("column %d of row %d changed", c, i)
		}
	}
	if in.Codes[i] != out.Codes[j] {
		t.Fatalf("codes of row %d changed", i)
	}
	f, e := in.Raw.Row(i)
	g, h := out.Raw.Row(j)
	if e-f != h-g {
		t.Fatalf("row %d has %d raw values, want %d", i, h-g, e-f)
	}
	for k := range e - f {
		if in.Raw.Field[f+k] != out.Raw.Field[g+k] || !bytes.Equal(in.Raw.Value.At(f+k), out.Raw.Value.At(g+k)) {
			t.Fatalf("raw value %d of row %d changed", k, i)
		}
	}
}

// A damaged row is an error and never a panic.
func TestReadRowRefusesDamage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var in, out record.FormRows
		in.Reset(record.FormSchema)
		drawRow(t, &in)
		row := AppendRow(nil, 7, &in, 0)
		cut := rapid.IntRange(0, len(row)-1).Draw(t, "cut")
		out.Reset(record.FormSchema)
		if _, err := ReadRow(row[:cut], &out); err == nil {
			t.Fatalf("a row cut at %d of %d bytes was read", cut, len(row))
		}
	})
}

// fullDisk is a file on a disk with little room left.
type fullDisk struct{ room int64 }

func (d fullDisk) WriteAt(b []byte, at int64) (int, error) {
	if at+int64(len(b)) > d.room {
		return 0, syscall.ENOSPC
	}
	return len(b), nil
}

func (d fullDisk) ReadAt([]byte, int64) (int, error) { return 0, io.ErrUnexpectedEOF }
func (d fullDisk) Close() error                      { return nil }
func (d fullDisk) Sync() error                       { return nil }

// Whoever meets a full disk is told what it is and what to do.
func TestFullScratchIsTold(t *testing.T) {
	row := make([]byte, 3000)
	noise := rand.NewChaCha8([32]byte{1}) // cannot be compressed
	for _, room := range []int64{0, 1000, 100_000} {
		w := newShelf(fullDisk{room}, 2).Writer()
		var err error
		for i := 0; i < 100 && err == nil; i++ {
			_, _ = noise.Read(row)
			err = w.Put(i%2, row)
		}
		if err == nil {
			err = w.Close()
		}
		if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "--tmp") {
			t.Errorf("with room for %d bytes: %v", room, err)
		}
	}
}
