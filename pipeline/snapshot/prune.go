package snapshot

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/dusach/dusach/pipeline/say"
)

// Retention says which earlier snapshots stay. What one of the two asks for is
// kept; with neither, all are.
type Retention struct {
	Last int           // so many, the published one among them; 0: not by their number
	Age  time.Duration // those published so recently; 0: not by the clock
}

// Pruned is what became of the snapshots of a store.
type Pruned struct {
	Removed []string `json:"removed"`
	Kept    []string `json:"kept"`
	InUse   []string `json:"in_use"` // of the kept, those that are being read and would have been removed
}

// The folder in the state to which snapshots go on their way out.
const prunedDir = "pruned"

// Prune removes the snapshots of a store that are not to be kept, oldest first.
// The published one stays whatever is asked, and so does one that a process has
// open. Parts that a later snapshot shares stay with that. The caller has the
// lease; now is the time by which ages are told: a snapshot is as old as its
// manifest. With dry set nothing is removed.
func Prune(store string, keep Retention, now time.Time, dry bool) (*Pruned, error) {
	return prune(osDisk{}, store, keep, now, dry)
}

func prune(d disk, store string, keep Retention, now time.Time, dry bool) (*Pruned, error) {
	out := &Pruned{Removed: []string{}, Kept: []string{}, InUse: []string{}}
	published, err := current(store)
	if err != nil {
		return nil, say.Errorf("kho %s: %w", "store %s: %w", store, err)
	}
	numbers, err := Numbers(store)
	if err != nil {
		return nil, err
	}
	slices.Reverse(numbers)
	whole := 0 // that were not withdrawn
	for _, number := range numbers {
		if number > published {
			continue // what a crashed writer left; the next one clears it away
		}
		stays, withdrawn, err := keep.stays(store, number, whole, now)
		if err != nil {
			return nil, err
		}
		if !withdrawn {
			whole++
		}
		if number == published || stays {
			out.Kept = append(out.Kept, number)
			continue
		}
		err = remove(d, store, number, dry)
		switch {
		case errors.Is(err, errLocked):
			out.InUse, out.Kept = append(out.InUse, number), append(out.Kept, number)
		case err != nil:
			return out, say.Errorf("bỏ bản chụp %s: %w", "removing snapshot %s: %w", number, advise(err))
		default:
			out.Removed = append(out.Removed, number)
		}
	}
	for _, list := range [][]string{out.Removed, out.Kept, out.InUse} {
		slices.Sort(list)
	}
	return out, nil
}

// stays reports whether a snapshot is to be kept, given how many later ones are.
func (r Retention) stays(store, number string, later int, now time.Time) (stays, withdrawn bool, err error) {
	m, err := readManifest(store, number)
	if errors.Is(err, fs.ErrNotExist) {
		return false, true, nil // no snapshot any more
	}
	if err != nil {
		return false, false, err
	}
	if m.Superseded != "" {
		withdrawn = true
	}
	info, err := os.Stat(filepath.Join(store, snapshotsDir, number, manifestName))
	if err != nil {
		return false, false, err
	}
	stays = r == Retention{} || r.Last > 0 && later < r.Last && !withdrawn || r.Age > 0 && now.Sub(info.ModTime()) < r.Age
	return stays, withdrawn, nil
}

// remove removes a snapshot that nobody has open: with one rename, so that a
// reader finds all of it or nothing.
func remove(d disk, store, number string, dry bool) error {
	folder := filepath.Join(store, snapshotsDir, number)
	f, err := os.OpenFile(filepath.Join(folder, manifestName), os.O_RDWR, 0)
	if err == nil {
		defer f.Close()
		err = lock(f)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if dry {
		return nil
	}
	out := filepath.Join(store, stateDir, prunedDir)
	if err := d.MkdirAll(out); err != nil {
		return err
	}
	if err := d.RemoveAll(filepath.Join(out, number)); err != nil {
		return err
	}
	if err := d.Rename(folder, filepath.Join(out, number)); err != nil {
		return err
	}
	for _, dir := range []string{filepath.Dir(folder), out} {
		if err := d.SyncDir(dir); err != nil {
			return err
		}
	}
	return d.RemoveAll(filepath.Join(out, number))
}

// AsOf returns the number of the last snapshot of a store whose data go no
// further than a day (ISO): by the date against which its scorecard was reckoned,
// which is the latest day on which a form was collected unless --today was given.
func AsOf(store, day string) (string, error) {
	published, err := current(store)
	if err != nil {
		return "", say.Errorf("kho %s: %w", "store %s: %w", store, err)
	}
	numbers, err := Numbers(store)
	if err != nil {
		return "", err
	}
	oldest := ""
	slices.Reverse(numbers)
	for _, number := range numbers {
		if number > published {
			continue
		}
		m, err := readManifest(store, number)
		if errors.Is(err, fs.ErrNotExist) || err == nil && (m.Superseded != "" || m.AsOf == "") {
			continue
		}
		if err != nil {
			return "", err
		}
		if m.AsOf <= day {
			return number, nil
		}
		oldest = number + " (" + m.AsOf + ")"
	}
	return "", say.Errorf("kho %s không có bản chụp nào của ngày %s hoặc trước đó: bản cũ nhất còn giữ là %s", "store %s has no snapshot of %s or before: the oldest that is kept is %s", store, day, oldest)
}
