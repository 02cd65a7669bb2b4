package snapshot

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/dusach/dusach/pipeline/say"
)

// A draft of a process that was killed may hold files that are complete. Whoever knows
// which they are, and begins with Options.Keep, adopts them.

// ErrLost is returned by Adopt where a file is not what it was.
var ErrLost = say.Errorf("tệp của bản nháp bị mất hoặc hỏng", "a file of the draft is lost or damaged")

// Adopt makes files that an earlier process completed, and that were durable, files of
// the draft, and removes all others but those that are open. It is called before
// parts are written.
func (d *Draft) Adopt(files []File) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, f := range files {
		name := filepath.Join(d.folder, filepath.FromSlash(f.Path))
		info, err := os.Stat(name)
		if err != nil || info.Size() != f.Bytes || !holds(name, f.SHA256) {
			return ErrLost
		}
		for dir := path.Dir(f.Path); dir != "."; dir = path.Dir(dir) {
			d.dirs[dir] = true
		}
	}
	d.files = append(d.files, files...)
	return filepath.WalkDir(d.folder, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(d.folder, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if d.open[rel] || slices.ContainsFunc(files, func(f File) bool { return f.Path == rel }) {
			return nil
		}
		return d.disk.RemoveAll(name)
	})
}

// Durable waits until all complete files whose paths begin with prefix, and their
// names, are durable, and returns them.
func (d *Draft) Durable(prefix string) (files []File, err error) {
	d.mu.Lock()
	var waits []chan struct{}
	dirs := map[string]bool{}
	for _, f := range d.files {
		if strings.HasPrefix(f.Path, prefix) {
			files = append(files, f)
			dirs[path.Dir(f.Path)] = true
			if w := d.settling[f.Path]; w != nil {
				waits = append(waits, w)
			}
		}
	}
	d.mu.Unlock()
	for _, w := range waits {
		<-w
	}
	d.mu.Lock()
	err = d.err
	d.mu.Unlock()
	for dir := range dirs {
		err = errors.Join(err, d.disk.SyncDir(filepath.Join(d.folder, filepath.FromSlash(dir))))
	}
	return files, advise(err)
}

// Suspend ends the draft without publishing it and gives the lease back. Its files
// stay for a process that begins with Options.Keep.
func (d *Draft) Suspend() error {
	d.syncs.Wait()
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.done {
		return nil
	}
	d.done = true
	return d.giveBack()
}
