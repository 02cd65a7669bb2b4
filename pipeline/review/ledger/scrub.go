package ledger

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/dusach/dusach/pipeline/say"
)

// InMemory marks decisions that Without left out: no line of a file says so.
const InMemory = -1

// A Locked ledger is one that nobody may append to until it is closed.
type Locked struct {
	Ledger
	f *os.File
}

// Lock reads the ledger of a store and holds it; nil where there is none.
func Lock(store string) (*Locked, error) {
	f, err := openLocked(File(store), os.O_RDWR)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, CannotWrite(err)
	}
	l := &Locked{f: f}
	if err := l.read(f); err != nil {
		f.Close()
		return nil, say.Errorf("sổ duyệt %s: %w", "ledger %s: %w", f.Name(), err)
	}
	return l, nil
}

// Close lets go of the ledger.
func (l *Locked) Close() error { return l.f.Close() }

// openLocked opens the file that has a name and locks it. Another process may have
// put another file there while the lock was waited for: then that one counts.
func openLocked(name string, flag int) (*os.File, error) {
	for {
		f, err := os.OpenFile(name, flag, 0o600)
		if err != nil {
			return nil, err
		}
		if err := lock(f); err != nil {
			return nil, errors.Join(err, f.Close())
		}
		ours, err := f.Stat()
		now, nerr := os.Stat(name)
		if err == nil && nerr == nil && os.SameFile(ours, now) {
			return f, nil
		}
		if err := errors.Join(err, f.Close()); err != nil {
			return nil, err
		}
		if nerr != nil && !errors.Is(nerr, fs.ErrNotExist) {
			return nil, nerr
		}
	}
}

// Scrub takes out of every decision that names one of the forms all that it says,
// under the entry of the audit log that accounts for it. It returns the numbers of
// all decisions that are erased under that entry, and whether there are new ones.
func (l *Ledger) Scrub(forms map[string]bool, entry int) (numbers []int, changed bool) {
	for i := range l.List {
		d := &l.List[i]
		if d.Erased == 0 && (forms[d.A] || forms[d.B]) {
			*d = Decision{Number: d.Number, Erased: entry, Before: d.Before, Hash: d.Hash}
			changed = true
		}
		if d.Erased == entry {
			numbers = append(numbers, d.Number)
		}
	}
	return numbers, changed
}

// Without is the ledger as it will be when decisions on the forms are erased.
func (l *Ledger) Without(forms map[string]bool) *Ledger {
	out := &Ledger{List: slices.Clone(l.List)}
	out.Scrub(forms, InMemory)
	return out
}

// Encode returns the bytes of the file of the ledger.
func (l *Ledger) Encode() ([]byte, error) {
	var all []byte
	for i := range l.List {
		line, err := l.List[i].encode()
		if err != nil {
			return nil, err
		}
		all = append(all, line...)
	}
	return all, nil
}

// erasedWell reports whether a line says nothing but that it was erased.
func (d *Decision) erasedWell() bool {
	return d.Erased > 0 && len(d.Hash) == 64 &&
		*d == Decision{Number: d.Number, Erased: d.Erased, Before: d.Before, Hash: d.Hash}
}

// Samples returns the files of the samples of a store. They hold pairs of forms too.
func Samples(store string) ([]string, error) {
	dir := filepath.Join(Dir(store), "samples")
	list, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var files []string
	for _, e := range list {
		if strings.HasSuffix(e.Name(), ".json") {
			files = append(files, filepath.Join(dir, e.Name()))
		}
	}
	return files, err
}

// A drawn sample is what matters here of review.Sample.
type drawn struct {
	Name     json.RawMessage `json:"name"`
	Snapshot json.RawMessage `json:"snapshot"`
	Epoch    json.RawMessage `json:"epoch"`
	Forms    json.RawMessage `json:"forms"`
	Strata   []struct {
		Stratum string      `json:"stratum"`
		Size    int         `json:"size"`
		Pairs   [][2]string `json:"pairs"`
	} `json:"strata"`
	Order []int `json:"order"`
}

// ScrubSample takes the pairs that name one of the forms out of a sample, as if they
// had never been there to be drawn, and reports whether there were any. What cannot be
// read as a sample is an error.
func ScrubSample(data []byte, forms map[string]bool) (out []byte, changed bool, err error) {
	var s drawn
	if err := json.Unmarshal(data, &s); err != nil {
		return nil, false, err
	}
	var moved []int // where each pair stands afterwards, -1: nowhere
	kept := 0
	for i := range s.Strata {
		d := &s.Strata[i]
		pairs := [][2]string{}
		for _, p := range d.Pairs {
			if forms[p[0]] || forms[p[1]] {
				moved, changed = append(moved, -1), true
				d.Size--
				continue
			}
			moved, pairs = append(moved, kept), append(pairs, p)
			kept++
		}
		d.Pairs = pairs
	}
	if !changed {
		return data, false, nil
	}
	order := []int{}
	for _, at := range s.Order {
		if at < 0 || at >= len(moved) {
			return nil, false, errors.New("a pair that is not there")
		}
		if moved[at] >= 0 {
			order = append(order, moved[at])
		}
	}
	s.Order = order
	out, err = json.MarshalIndent(s, "", " ")
	return append(out, '\n'), true, err
}
