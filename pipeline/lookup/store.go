package lookup

import (
	"errors"
	"fmt"
	"iter"
	"sort"

	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/snapshot"
)

// ErrNotFound is what a snapshot does not hold.
var ErrNotFound = errors.New("not found")

// A Store is one snapshot, open for looking into it.
type Store struct{ snap *snapshot.Snapshot }

// New looks into s.
func New(s *snapshot.Snapshot) *Store { return &Store{s} }

// Snapshot returns the snapshot that is looked into.
func (s *Store) Snapshot() *snapshot.Snapshot { return s.snap }

// only returns the snapshot as if it held these files alone.
func (s *Store) only(files ...snapshot.File) *snapshot.Snapshot {
	view, manifest := *s.snap, *s.snap.Manifest
	manifest.Files = files
	view.Manifest = &manifest
	return &view
}

// filled returns the parts of a table that have rows, in their order.
func (s *Store) filled(table string) []snapshot.File {
	var parts []snapshot.File
	for _, f := range s.snap.Parts(table) {
		if f.Rows > 0 {
			parts = append(parts, f)
		}
	}
	return parts
}

// partOf returns the one part of a sorted list that can hold a person: the last
// whose first person does not lie behind.
func partOf(parts []snapshot.File, person string, firstOf func(snapshot.File) (string, error)) (part snapshot.File, ok bool, err error) {
	n := sort.Search(len(parts), func(i int) bool {
		if err != nil {
			return true
		}
		first, e := firstOf(parts[i])
		err = e
		return first > person
	})
	if n == 0 || err != nil {
		return part, false, err
	}
	return parts[n-1], true, nil
}

// firstPerson returns the first person of the first batch.
func firstPerson[R any](batches iter.Seq2[R, error], of func(R) *record.Text) (string, error) {
	for rows, err := range batches {
		if err != nil {
			return "", err
		}
		if person := of(rows); person.Len() > 0 {
			return string(person.At(0)), nil
		}
	}
	return "", nil
}

func notFound(what, id, number string) error {
	return fmt.Errorf("snapshot %s has no %s %s: %w", number, what, id, ErrNotFound)
}
