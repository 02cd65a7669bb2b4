package snapshot

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// A faultyDisk is the file system with faults: one call fails, or at one call
// the power goes and every later one fails. It remembers what was not synced,
// so that powerLoss can take it away.
type faultyDisk struct {
	osDisk
	mu    sync.Mutex
	calls int
	at    int   // the call that fails, from 1; 0 for none
	err   error // what it fails with
	dead  bool  // after the power went
	gone  bool  // the failing call takes the power with it

	linked atomic.Int32 // names given to files of the snapshot before

	names []nameChange // not yet durable
	files map[string]*faultyFile
}

var errPowerLoss = errors.New("the power went")

// A nameChange is a change of a folder, and how to take it back.
type nameChange struct {
	dir  string
	undo func() error
}

// call counts a call and reports how it fails.
func (d *faultyDisk) call() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.dead {
		return errPowerLoss
	}
	d.calls++
	if d.calls != d.at {
		return nil
	}
	d.dead = d.gone
	return d.err
}

func (d *faultyDisk) changed(name string, undo func() error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.names = append(d.names, nameChange{filepath.Dir(name), undo})
}

func (d *faultyDisk) MkdirAll(dir string) error {
	if err := d.call(); err != nil {
		return err
	}
	for name := dir; ; name = filepath.Dir(name) {
		if _, err := os.Stat(name); err == nil {
			break
		}
		defer d.changed(name, func() error { return os.RemoveAll(name) })
	}
	return d.osDisk.MkdirAll(dir)
}

func (d *faultyDisk) Rename(from, to string) error {
	if err := d.call(); err != nil {
		return err
	}
	before, berr := os.ReadFile(to)
	if err := d.osDisk.Rename(from, to); err != nil {
		return err
	}
	d.mu.Lock()
	delete(d.files, to) // what had the name has none now
	for name, f := range d.files {
		if rest, ok := strings.CutPrefix(name, from); ok && (rest == "" || rest[0] == filepath.Separator) {
			delete(d.files, name)
			d.files[to+rest] = f
		}
	}
	d.mu.Unlock()
	d.changed(to, func() error {
		if err := os.Rename(to, from); err != nil || berr != nil {
			return err
		}
		return os.WriteFile(to, before, 0o644)
	})
	return nil
}

func (d *faultyDisk) Link(old, name string) error {
	if err := d.call(); err != nil {
		return err
	}
	d.changed(name, func() error { return os.Remove(name) })
	d.linked.Add(1)
	return d.osDisk.Link(old, name)
}

func (d *faultyDisk) RemoveAll(path string) error {
	if err := d.call(); err != nil {
		return err
	}
	return d.osDisk.RemoveAll(path)
}

func (d *faultyDisk) SyncDir(dir string) error {
	if err := d.call(); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.names = slices.DeleteFunc(d.names, func(c nameChange) bool { return c.dir == dir })
	return nil
}

func (d *faultyDisk) Create(name string) (file, error) {
	if err := d.call(); err != nil {
		return nil, err
	}
	f, err := d.osDisk.Create(name)
	if err != nil {
		return nil, err
	}
	out := &faultyFile{file: f, disk: d}
	d.mu.Lock()
	if d.files == nil {
		d.files = map[string]*faultyFile{}
	}
	d.files[name] = out
	d.mu.Unlock()
	d.changed(name, func() error { return os.Remove(name) })
	return out, nil
}

// A faultyFile knows how many of its bytes are durable.
type faultyFile struct {
	file
	disk            *faultyDisk
	written, synced int64
}

// Write fails as a full disk does: half of the bytes went through.
func (f *faultyFile) Write(p []byte) (int, error) {
	if err := f.disk.call(); err != nil {
		if f.disk.dead && !errors.Is(err, errPowerLoss) {
			return 0, err
		}
		n, _ := f.file.Write(p[:len(p)/2])
		f.written += int64(n)
		return n, err
	}
	n, err := f.file.Write(p)
	f.written += int64(n)
	return n, err
}

func (f *faultyFile) Sync() error {
	if err := f.disk.call(); err != nil {
		return err
	}
	f.synced = f.written // in our book: the real disk need not be waited for
	return nil
}

func (f *faultyFile) Close() error {
	err := f.disk.call()
	return errors.Join(err, f.file.Close())
}

// powerLoss takes away what was not durable: of the bytes, all, or none, or it
// tears the last page; of the names, the last undo of them.
func (d *faultyDisk) powerLoss(bytes string, undo int) error {
	for name, f := range d.files {
		if f.synced == f.written || bytes == "kept" {
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			continue // removed since
		}
		if bytes == "torn" {
			for i := f.synced + (f.written-f.synced)/2; i < int64(len(data)); i++ {
				data[i] = 0
			}
		} else {
			data = data[:f.synced]
		}
		if err := os.WriteFile(name, data, 0o644); err != nil {
			return err
		}
	}
	for i := len(d.names) - 1; i >= max(0, len(d.names)-undo); i-- {
		if err := d.names[i].undo(); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}
