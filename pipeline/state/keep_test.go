package state

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"
)

// What was noted of a shelf comes back, whatever was written after; what was damaged
// is told.
func TestShelfComesBack(t *testing.T) {
	name := filepath.Join(t.TempDir(), "shelf")
	s, err := CreateShelf(name, 3)
	if err != nil {
		t.Fatal(err)
	}
	w := s.Writer()
	put := func(from, to int) {
		for i := from; i < to; i++ {
			if err := w.Put(i%3, fmt.Appendf(nil, "row %d", i)); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	put(0, 100)
	notes := [][]byte{s.Note(nil)}
	put(100, 130)
	notes = append(notes, s.Note(nil))
	put(130, 150)
	if err := errors.Join(s.Sync(), s.Close()); err != nil {
		t.Fatal(err)
	}
	back := func() *Shelf {
		s, err := OpenShelf(name, 3)
		for _, note := range notes {
			err = errors.Join(err, s.Restore(note))
		}
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	s = back()
	w = s.Writer()
	put(130, 140)
	n := 0
	for b := range 3 {
		i := b
		err := s.Bucket(b, func(row []byte) error {
			if want := fmt.Sprint("row ", i); string(row) != want {
				t.Errorf("bucket %d gave %q, want %q", b, row, want)
			}
			i, n = i+3, n+1
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if n != 140 || s.All() != 140 {
		t.Errorf("%d rows came back, %d are counted", n, s.All())
	}
	s.Close()
	if err := os.Truncate(name, 30); err != nil {
		t.Fatal(err)
	}
	s = back()
	defer s.Close()
	if err := s.Bucket(1, func([]byte) error { return nil }); !errors.Is(err, ErrDamaged) {
		t.Errorf("a file that was cut off: %v", err)
	}
}

// A journal gives back its sound beginning, however it was cut or damaged, and goes on
// from there.
func TestJournalIsItsSoundBeginning(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		name := filepath.Join(dir, "journal")
		_ = os.Remove(name)
		j, _, err := OpenJournal(name)
		if err != nil {
			t.Fatal(err)
		}
		entries := rapid.SliceOfN(rapid.SliceOf(rapid.Byte()), 1, 6).Draw(t, "entries")
		var ends []int
		at := 0
		for _, e := range entries {
			if err := j.Append(e); err != nil {
				t.Fatal(err)
			}
			at += journalHead + len(e)
			ends = append(ends, at)
		}
		j.Close()
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		hurt := rapid.IntRange(0, len(data)-1).Draw(t, "at")
		if rapid.Bool().Draw(t, "cut") {
			data = data[:hurt]
		} else {
			data[hurt] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		}
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
		sound := 0
		for sound < len(ends) && ends[sound] <= hurt {
			sound++
		}
		for _, more := range []int{0, 1} {
			j, have, err := OpenJournal(name)
			if err != nil {
				t.Fatal(err)
			}
			if len(have) != sound+more {
				t.Fatalf("%d entries, want %d", len(have), sound+more)
			}
			for i := range sound {
				if !bytes.Equal(have[i], entries[i]) {
					t.Fatalf("entry %d is %x, want %x", i, have[i], entries[i])
				}
			}
			if err := errors.Join(j.Append([]byte("next")), j.Close()); err != nil {
				t.Fatal(err)
			}
		}
	})
}
