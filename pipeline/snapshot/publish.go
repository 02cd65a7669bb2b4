package snapshot

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/dusach/dusach/pipeline/say"
)

// Publish completes the draft with its manifest, moves it among the snapshots
// and lets CURRENT name it. The fields that the draft knows (Snapshot,
// Previous, Record, Files …) are filled in; m is the manifest as written.
//
// On an error the store is as it was. One case is undecided until the next
// Open: the last call of all, which makes the renamed CURRENT durable, failed.
// The snapshot is then complete on disk and CURRENT names either it or the one
// before.
func (d *Draft) Publish(m *Manifest) error {
	if err := d.publishHeld(m); err != nil {
		return err
	}
	return d.giveBack()
}

// publishHeld publishes and keeps the lease.
func (d *Draft) publishHeld(m *Manifest) error {
	d.syncs.Wait()
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.done {
		return errors.New("the draft is published or aborted")
	}
	if d.err != nil {
		return say.Errorf("bản chụp %s chưa được công bố: %w", "snapshot %s is not published: %w", d.Number, advise(d.err))
	}
	for name := range d.open {
		return fmt.Errorf("BUG: publishing while %s is being written", name)
	}
	m.SchemaVersion, m.Snapshot, m.Previous = SchemaVersion, d.Number, d.Previous
	m.CreatedBy = "dusach " + d.version
	m.Record, m.Rules = recordType(d.schema), d.rules
	m.Files = slices.Clone(d.files)
	if err := m.check(); err != nil {
		return say.Errorf("bản chụp %s chưa được công bố: %w", "snapshot %s is not published: %w", d.Number, err)
	}
	data, err := m.encode()
	if err != nil {
		return err
	}
	if err := d.publish(data); err != nil {
		return say.Errorf("công bố bản chụp %s: %w", "publishing snapshot %s: %w", d.Number, advise(err))
	}
	d.done = true
	return nil
}

func (d *Draft) publish(manifest []byte) error {
	if err := writeFile(d.disk, filepath.Join(d.folder, manifestName), manifest); err != nil {
		return err
	}
	if err := d.syncFolders(); err != nil {
		return err
	}
	snapshots := filepath.Join(d.Store, snapshotsDir)
	final := filepath.Join(snapshots, d.Number)
	if err := d.disk.Rename(d.folder, final); err != nil {
		return err
	}
	err := d.point(snapshots)
	if err == nil {
		return nil
	}
	// What CURRENT may name stays, even if nobody can say that it does.
	if now, cerr := current(d.Store); cerr == nil && now == d.Number {
		return err
	}
	if rerr := d.disk.Rename(final, d.folder); rerr != nil {
		err = errors.Join(err, d.disk.RemoveAll(final))
	}
	return err
}

// point lets CURRENT name the draft, which lies among the snapshots now.
func (d *Draft) point(snapshots string) error {
	for _, dir := range []string{snapshots, filepath.Dir(d.folder)} {
		if err := d.disk.SyncDir(dir); err != nil {
			return err
		}
	}
	name := filepath.Join(d.Store, currentName)
	if err := writeFile(d.disk, name+".new", []byte(d.Number+"\n")); err != nil {
		return err
	}
	if err := d.disk.Rename(name+".new", name); err != nil {
		return err
	}
	return d.disk.SyncDir(d.Store)
}

// syncFolders makes the names in the draft durable, from the leaves to the
// folder that holds the store.
func (d *Draft) syncFolders() error {
	dirs := []string{}
	for dir := range d.dirs {
		dirs = append(dirs, dir)
	}
	slices.SortFunc(dirs, func(a, b string) int { return strings.Compare(b, a) })
	for _, dir := range dirs {
		if err := d.disk.SyncDir(filepath.Join(d.folder, filepath.FromSlash(dir))); err != nil {
			return err
		}
	}
	for _, dir := range []string{d.folder, filepath.Dir(d.folder), filepath.Join(d.Store, stateDir), d.Store} {
		if err := d.disk.SyncDir(dir); err != nil {
			return err
		}
	}
	// The store's own name lies in a folder that we may be unable to read.
	err := d.disk.SyncDir(filepath.Dir(filepath.Clean(d.Store)))
	if errors.Is(err, os.ErrPermission) {
		return nil
	}
	return err
}

// ErrNoSnapshot is returned where a store has no published snapshot.
var ErrNoSnapshot = say.Errorf("chưa công bố bản chụp nào", "nothing is published yet")

// current returns the snapshot that CURRENT names.
func current(store string) (string, error) {
	data, err := os.ReadFile(filepath.Join(store, currentName))
	if errors.Is(err, os.ErrNotExist) {
		return "", ErrNoSnapshot
	}
	if err != nil {
		return "", err
	}
	number := strings.TrimSpace(string(data))
	if !isNumber(number) {
		return "", fmt.Errorf("%s does not name a snapshot: it should hold one line as 000042", currentName)
	}
	return number, nil
}
