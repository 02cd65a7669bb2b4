package snapshot

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/dusach/dusach/pipeline/audit"
	"github.com/dusach/dusach/pipeline/erasure"
	"github.com/dusach/dusach/pipeline/say"
)

// Erasing forms is a publication that takes away what came before it: the
// successor without them is published, then the snapshots that hold them are
// withdrawn, the state that holds them is removed, and the act is entered in the
// audit log. What is to be done is written down before the successor is
// published. So CURRENT alone decides: before it names the successor nothing was
// done, after that the next writer of the store does the rest before anything
// else.

// An unfinished erasure is what STORE/audit/pending.json holds.
type unfinished struct {
	Snapshot   string       `json:"snapshot"`   // the successor
	Tombstones string       `json:"tombstones"` // SHA-256 of its file of tombstones
	Forms      []string     `json:"forms"`      // ids of what is erased, for as long as it is not done
	Entry      *audit.Entry `json:"entry"`
}

// ErrWithdrawn is returned where a snapshot was withdrawn because it held forms
// that were erased.
var ErrWithdrawn = say.Errorf("bản chụp đã bị thu hồi", "the snapshot was withdrawn")

func withdrawn(m *Manifest) error {
	return say.Errorf("bản chụp %s: %w, vì có phiếu đã được xóa theo yêu cầu; hãy dùng bản chụp %s hoặc mới hơn",
		"snapshot %s: %w, for it held forms that were lawfully erased; use snapshot %s or a later one", m.Snapshot, ErrWithdrawn, m.Superseded)
}

// PublishErasing publishes the draft, in which the erased forms are no more, and
// takes away what held them: the snapshots that entry lists as withdrawn and all
// of the state, and what people decided on the erased forms, which ids name. entry
// is sealed and becomes part of the audit log. A draft has written its tombstones before.
//
// On an error of the publication the store is as it was. An error after it
// leaves the rest to the next writer of the store: the forms are erased then.
func (d *Draft) PublishErasing(m *Manifest, entry *audit.Entry, ids []string) error {
	todo := unfinished{Snapshot: d.Number, Entry: entry, Forms: ids}
	for _, f := range d.files {
		if f.Path == erasure.FileName {
			todo.Tombstones = f.SHA256
		}
	}
	if todo.Tombstones == "" {
		return errors.New("BUG: erasing without tombstones")
	}
	log, err := audit.Read(filepath.Join(d.Store, audit.Dir))
	if err == nil {
		err = audit.Check(log)
	}
	if err != nil {
		return say.Errorf("sổ kiểm toán của kho %s: %w: hãy lấy lại từ bản sao lưu trước khi xóa tiếp", "the audit log of store %s: %w: bring it back from a backup before more is erased", d.Store, err)
	}
	entry.Snapshot = d.Number
	entry.Seal(audit.Last(log))
	if err := todo.note(d.disk, d.Store); err != nil {
		return advise(err)
	}
	if err := d.publishHeld(m); err != nil {
		if now, cerr := current(d.Store); cerr != nil || now != d.Number {
			err = errors.Join(err, d.disk.RemoveAll(audit.Pending(d.Store)))
		}
		return err
	}
	if err := finishErasure(d.disk, d.Store); err != nil {
		return errors.Join(say.Errorf("phiếu đã được xóa khỏi bản chụp %s, nhưng chưa dọn xong các bản cũ: %w; lệnh ghi kho tiếp theo sẽ dọn nốt",
			"the forms are erased from snapshot %s, but what held them is not all removed: %w; the next command that writes the store does the rest", d.Number, advise(err)), d.giveBack())
	}
	return d.giveBack()
}

// note makes what is to be done durable.
func (u *unfinished) note(d disk, store string) error {
	data, err := json.MarshalIndent(u, "", "  ")
	if err != nil {
		return err
	}
	if err := d.MkdirAll(filepath.Join(store, audit.Dir)); err != nil {
		return err
	}
	if err := replaceFile(d, audit.Pending(store), data); err != nil {
		return err
	}
	return d.SyncDir(store)
}

// replaceFile lets a name stand for new content, all of it or none.
func replaceFile(d disk, name string, data []byte) error {
	if err := writeFile(d, name+".new", data); err != nil {
		return err
	}
	return renamed(d, name)
}

// renamed gives the new file the name that is replaced.
func renamed(d disk, name string) error {
	if err := d.Rename(name+".new", name); err != nil {
		return err
	}
	return d.SyncDir(filepath.Dir(name))
}

// finishErasure does what an erasure that was published has left to do. Each of
// its steps may be done again. It is called with the lease of the store.
func finishErasure(d disk, store string) error {
	data, err := os.ReadFile(audit.Pending(store))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var todo unfinished
	if err := json.Unmarshal(data, &todo); err != nil || !isNumber(todo.Snapshot) || todo.Entry == nil {
		return fmt.Errorf("%s is damaged: bring it back from a backup, or remove it if no erasure was under way", audit.Pending(store))
	}
	published, err := todo.published(store)
	if err != nil {
		return err
	}
	if published {
		if err := todo.finish(d, store); err != nil {
			return err
		}
	}
	if err := d.RemoveAll(audit.Pending(store)); err != nil {
		return err
	}
	return d.SyncDir(filepath.Join(store, audit.Dir))
}

// published reports whether the successor is, or was, what CURRENT names.
func (u *unfinished) published(store string) (bool, error) {
	now, err := current(store)
	if errors.Is(err, ErrNoSnapshot) || err == nil && now < u.Snapshot {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	m, err := readManifest(store, u.Snapshot)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	for _, f := range m.Files {
		if f.Path == erasure.FileName && f.SHA256 == u.Tombstones {
			return true, nil
		}
	}
	return false, nil
}

func (u *unfinished) finish(d disk, store string) error {
	for _, number := range u.Entry.Withdrawn {
		if err := withdraw(d, store, number, u.Snapshot); err != nil {
			return err
		}
	}
	if err := clearState(d, store); err != nil {
		return err
	}
	if err := u.scrubReviews(d, store); err != nil {
		return err
	}
	return replaceFile(d, filepath.Join(store, audit.Dir, u.Entry.Name()), u.Entry.Encode())
}

// withdraw removes the files of a snapshot. Its manifest says so first, so that
// no reader finds a file missing without a word.
func withdraw(d disk, store, number, by string) error {
	m, err := readManifest(store, number)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // no snapshot any more
	}
	if err != nil {
		return err
	}
	folder := filepath.Join(store, snapshotsDir, number)
	if m.Superseded == "" {
		m.Superseded, m.Files = by, []File{}
		data, err := m.encode()
		if err != nil {
			return err
		}
		if err := replaceFile(d, filepath.Join(folder, manifestName), data); err != nil {
			return err
		}
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Name() == manifestName {
			continue
		}
		if err := d.RemoveAll(filepath.Join(folder, e.Name())); err != nil {
			return err
		}
	}
	return d.SyncDir(folder)
}

// clearState removes all of the state but the lease: what a next run needs of it
// is built again from the snapshot.
func clearState(d disk, store string) error {
	dir := filepath.Join(store, stateDir)
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Name() == leaseName {
			continue
		}
		if err := d.RemoveAll(filepath.Join(dir, e.Name())); err != nil {
			return err
		}
	}
	return d.SyncDir(dir)
}

// Audited reports whether the store has an audit log.
func Audited(store string) bool {
	entries, err := os.ReadDir(filepath.Join(store, audit.Dir))
	return len(entries) > 0 || err != nil && !errors.Is(err, fs.ErrNotExist)
}

// checkErasure compares the audit log with the tombstones of the snapshot.
func (s *Snapshot) checkErasure() (*check, error) {
	c := newCheck(CheckErasure)
	log, err := audit.Read(filepath.Join(s.Store, audit.Dir))
	if err == nil {
		err = audit.Check(log)
	}
	if err != nil {
		c.fault("%v", err)
		return c, nil
	}
	entered, erased := map[string]bool{}, int64(0)
	for _, e := range log {
		if e.Snapshot > s.Number {
			continue
		}
		erased += e.Forms + e.Refusals + e.Repeats
		for _, t := range e.Tombstones {
			entered[t] = true
		}
	}
	if erased > s.Manifest.Counts.Forgotten {
		c.fault("%d forms were erased by the audit log, %d are counted as forgotten", erased, s.Manifest.Counts.Forgotten)
	}
	var set []string
	data, err := s.ReadFile(erasure.FileName)
	if err == nil {
		set, err = erasure.Listed(data)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		c.fault("%v", err)
	}
	for _, t := range set {
		if !entered[t] {
			c.fault("the tombstone %s stands in no audit entry: the log was cut off", t)
		}
		delete(entered, t)
	}
	for t := range entered {
		c.fault("the tombstone %s of the audit log is not in the snapshot", t)
	}
	checkReviews(c, s.Store, log)
	if _, err := os.Stat(audit.Pending(s.Store)); err == nil {
		c.fault("an erasure was not finished: the next command that writes the store finishes it")
	}
	return c, nil
}

// verifyWithdrawn checks that nothing is left of a withdrawn snapshot.
func verifyWithdrawn(store string, m *Manifest) (*Report, error) {
	files := newCheck(CheckFiles)
	root := filepath.Join(store, snapshotsDir, m.Snapshot)
	err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || name == filepath.Join(root, manifestName) {
			return err
		}
		files.fault("%s is left of a snapshot that was withdrawn", filepath.Base(name))
		return nil
	})
	return &Report{Snapshot: m.Snapshot, Superseded: m.Superseded, Counts: m.Counts, Checks: []Check{files.Check}}, err
}
