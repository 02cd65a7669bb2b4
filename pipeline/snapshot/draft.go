package snapshot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/dusach/dusach/pipeline/audit"
	"github.com/dusach/dusach/pipeline/erasure"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/say"
)

// Options say who writes a snapshot, and of what.
type Options struct {
	Schema  *record.Schema // the record type; nil is the collection form
	Version string         // of dusach, for the files' CreatedBy
	Command string         // for whoever finds the store in use, as "dusach clean"
	Lease   *Lease         // of the store, where the caller has it already and keeps it
	Keep    bool           // what a process that was killed left of this draft: Adopt says which files count

	disk disk // nil is the file system
}

// A Draft is a snapshot that is being written. Its parts may be written by
// several goroutines at once; Begin, Publish and Abort are called by one.
type Draft struct {
	// Store is the store's folder, Number the snapshot to be ("000042") and
	// Previous the one that is published now, or empty.
	Store, Number, Previous string

	schema  *record.Schema
	version string
	disk    disk
	lease   *Lease
	lent    bool   // the lease is the caller's
	folder  string // in the store's state until it is published

	syncs   sync.WaitGroup // files that are being made durable
	syncing chan struct{}  // how many at a time
	keep    bool           // see Options

	mu    sync.Mutex
	err   error // the first that making a file durable gave
	files []File
	rules []string
	open  map[string]bool
	dirs  map[string]bool
	done  bool

	settling map[string]chan struct{} // by path, closed once the file is durable or cannot be

	before map[string]File     // what the snapshot before holds, by path
	tables map[string][]*table // writers that no part uses, by layout
}

// The names in a store's folder.
const (
	currentName  = "CURRENT"
	snapshotsDir = "snapshots"
	stateDir     = "state"
	draftDir     = "draft"
	manifestName = "manifest.json"
)

var storeNames = []string{currentName, currentName + ".new", snapshotsDir, stateDir, "reviews", audit.Dir, erasure.KeyName}

// Begin opens a draft of the next snapshot of the store in folder store, which
// must be absent, empty or a store, and takes its lease. What a crashed writer
// left behind is cleared away.
func Begin(ctx context.Context, store string, o Options) (*Draft, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if o.Schema == nil {
		o.Schema = record.FormSchema
	}
	if o.disk == nil {
		o.disk = osDisk{}
	}
	if err := CheckSchema(o.Schema); err != nil {
		return nil, err
	}
	if err := CheckFolder(store); err != nil {
		return nil, err
	}
	d := &Draft{Store: store, schema: o.Schema, version: o.Version, disk: o.disk,
		open: map[string]bool{}, dirs: map[string]bool{}, settling: map[string]chan struct{}{}, keep: o.Keep, tables: map[string][]*table{}, syncing: make(chan struct{}, syncsAtOnce)}
	d.lease, d.lent = o.Lease, o.Lease != nil
	if err := d.begin(o.Command); err != nil {
		err = say.Errorf("kho %s: %w", "store %s: %w", store, advise(err))
		if d.lease != nil {
			err = errors.Join(err, d.Abort())
		}
		return nil, err
	}
	return d, nil
}

func (d *Draft) begin(command string) error {
	state := filepath.Join(d.Store, stateDir)
	if err := d.disk.MkdirAll(state); err != nil {
		return err
	}
	var err error
	if !d.lent {
		if d.lease, err = takeLease(state, command); err != nil {
			return err
		}
		if err := finishErasure(d.disk, d.Store); err != nil {
			return err
		}
	}
	// Only now is what CURRENT says the last word.
	if d.Previous, err = current(d.Store); err != nil && !errors.Is(err, ErrNoSnapshot) {
		return err
	}
	next := 1
	if d.Previous != "" {
		n, err := strconv.Atoi(d.Previous)
		if err != nil {
			return err
		}
		next = n + 1
	}
	if d.Previous != "" {
		d.remember()
	}
	d.Number = fmt.Sprintf("%06d", next)
	if err := d.clear(); err != nil {
		return err
	}
	d.folder = filepath.Join(state, draftDir, d.Number)
	if err := d.disk.MkdirAll(d.folder); err != nil {
		return err
	}
	return d.disk.MkdirAll(filepath.Join(d.Store, snapshotsDir))
}

// clear removes what a writer that crashed left: a draft, or a snapshot that
// CURRENT never came to name. Only the next number can be such a one; anything
// beyond it means that CURRENT was lost or set back by hand.
func (d *Draft) clear() error {
	left := []string{prunedDir}
	if _, err := os.Stat(filepath.Join(d.Store, stateDir, draftDir, d.Number)); !d.keep || err != nil {
		left = append(left, draftDir)
	}
	if final := filepath.Join(d.Store, snapshotsDir, d.Number); d.keep && len(left) > 1 {
		// Ended between the last two steps of publishing, it lies among the snapshots.
		if err := d.disk.RemoveAll(filepath.Join(d.Store, stateDir, draftDir)); err != nil {
			return err
		}
		if _, err := os.Stat(final); err == nil {
			if err := d.disk.MkdirAll(filepath.Join(d.Store, stateDir, draftDir)); err != nil {
				return err
			}
			if err := d.disk.Rename(final, filepath.Join(d.Store, stateDir, draftDir, d.Number)); err != nil {
				return err
			}
		}
		left = left[:1]
	}
	for _, left := range left {
		if err := d.disk.RemoveAll(filepath.Join(d.Store, stateDir, left)); err != nil {
			return err
		}
	}
	entries, err := os.ReadDir(filepath.Join(d.Store, snapshotsDir))
	if err != nil {
		if errors.Is(err, os.ErrNotExist) {
			return nil
		}
		return err
	}
	for _, e := range entries {
		if isNumber(e.Name()) && e.Name() > d.Number {
			return say.Errorf("đã có bản chụp %s, nhưng %s ghi %q: hãy ghi số của bản chụp muốn tiếp tục vào %s", "snapshot %s is there, but %s names %q: write the number of the snapshot to go on from into %s",
				e.Name(), currentName, d.Previous, currentName)
		}
	}
	return d.disk.RemoveAll(filepath.Join(d.Store, snapshotsDir, d.Number))
}

// CheckFolder reports whether a store can be written in folder store: it is
// absent, empty, or a store already.
func CheckFolder(store string) error {
	entries, err := os.ReadDir(store)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil
	case err != nil:
		if info, serr := os.Stat(store); serr == nil && !info.IsDir() {
			return say.Errorf("%s là tệp, không phải thư mục: hãy chọn chỗ khác cho kho", "%s is a file, not a folder: name another place for the store", store)
		}
		return say.Errorf("kho: %w", "store: %w", advise(err))
	}
	for _, e := range entries {
		if e.Name() == currentName {
			return nil
		}
	}
	for _, e := range entries {
		if !slices.Contains(storeNames, e.Name()) {
			return say.Errorf("%s chứa thứ khác (%s), không phải kho của dusach: hãy chọn thư mục trống hoặc mới", "%s holds other things (%s) and is no dusach store: name an empty or a new folder", store, e.Name())
		}
	}
	return nil
}

// isNumber reports whether name is that of a snapshot's folder.
func isNumber(name string) bool {
	return len(name) == 6 && strings.Trim(name, "0123456789") == ""
}

// create opens a new file of the draft, by its path with forward slashes.
func (d *Draft) create(name, table string) (*partFile, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.done {
		return nil, fmt.Errorf("%s: the draft is published or aborted", name)
	}
	if d.open[name] || slices.ContainsFunc(d.files, func(f File) bool { return f.Path == name }) {
		return nil, fmt.Errorf("%s is written already", name)
	}
	full := filepath.Join(d.folder, filepath.FromSlash(name))
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		d.dirs[dir] = true
	}
	if err := d.disk.MkdirAll(filepath.Dir(full)); err != nil {
		return nil, advise(err)
	}
	f, err := d.disk.Create(full)
	if err != nil {
		return nil, advise(err)
	}
	d.open[name] = true
	return &partFile{draft: d, file: f, hash: sha256.New(), about: File{Path: name, Table: table}}, nil
}

// Written returns the bytes of all complete files.
func (d *Draft) Written() (n int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, f := range d.files {
		n += f.Bytes
	}
	return n
}

// WriteFile adds a file that is no table, as report.html.
func (d *Draft) WriteFile(name string, data []byte) error {
	f, err := d.create(name, "")
	if err != nil {
		return err
	}
	if _, err := f.Write(data); err != nil {
		return errors.Join(say.Errorf("ghi %s: %w", "writing %s: %w", name, err), f.close(false))
	}
	return f.close(true)
}

// A partFile is one file of a draft while it is written. It counts and hashes
// what goes through it.
type partFile struct {
	draft *Draft
	file  file
	hash  interface {
		Write([]byte) (int, error)
		Sum([]byte) []byte
	}
	about File
}

func (p *partFile) Write(b []byte) (int, error) {
	n, err := p.file.Write(b)
	_, _ = p.hash.Write(b[:n]) // a hash cannot fail
	p.about.Bytes += int64(n)
	return n, advise(err)
}

// syncsAtOnce is how many files wait for the disk at a time: together they wait
// little longer than one.
const syncsAtOnce = 4

// close ends the file. A complete one is listed, and made durable while the
// writer goes on: Publish waits for that.
func (p *partFile) close(complete bool) error {
	d := p.draft
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.open, p.about.Path)
	if !complete {
		return p.file.Close()
	}
	p.about.SHA256 = hex.EncodeToString(p.hash.Sum(nil))
	d.files = append(d.files, p.about)
	settled := make(chan struct{})
	d.settling[p.about.Path] = settled
	d.syncs.Go(func() {
		defer close(settled)
		d.syncing <- struct{}{}
		err := p.settle()
		<-d.syncing
		if err == nil {
			return
		}
		d.mu.Lock()
		defer d.mu.Unlock()
		if d.err == nil {
			d.err = say.Errorf("ghi %s: %w", "writing %s: %w", p.about.Path, err)
		}
	})
	return nil
}

// Abort gives the draft up, unless it is published, and gives the lease back.
// It may be deferred.
func (d *Draft) Abort() error {
	d.syncs.Wait()
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.done {
		return nil
	}
	d.done = true
	err := d.disk.RemoveAll(filepath.Join(d.Store, stateDir, draftDir))
	return errors.Join(err, d.giveBack())
}

// giveBack gives the lease back, unless it is the caller's.
func (d *Draft) giveBack() error {
	if d.lent {
		return nil
	}
	return d.lease.release()
}
