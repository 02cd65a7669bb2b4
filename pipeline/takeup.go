package pipeline

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/dusach/dusach/pipeline/intake"
	"github.com/dusach/dusach/pipeline/state"
)

// takeUp opens the logbook of the unfinished run in a folder, if that was begun for
// the same commission. why says what differs where it was not.
func takeUp(store, folder string, c *commission) (l *logbook, why string, err error) {
	l = &logbook{store: store, folder: folder, shelves: map[string]*state.Shelf{}, missing: map[string]bool{}}
	var entries [][]byte
	if l.journal, entries, err = state.OpenJournal(filepath.Join(folder, journalName)); err != nil {
		return nil, "", err
	}
	defer func() {
		if err != nil || why != "" {
			for _, s := range l.shelves {
				_ = s.Close()
			}
			_ = l.journal.Close()
			l = nil
		}
	}()
	if len(entries) == 0 {
		return l, "nothing", nil
	}
	for i, body := range entries {
		var e logEntry
		if err := json.Unmarshal(body, &e); err != nil {
			return l, "", fmt.Errorf("%w: entry %d of the journal", state.ErrDamaged, i)
		}
		if i == 0 {
			if why = c.differs(e.Begun); why != "" {
				return l, why, nil
			}
			continue
		}
		if err := l.replay(&e); err != nil {
			return l, "", err
		}
	}
	if l.taken == nil || l.taken.read.Forms == 0 {
		return l, "nothing", nil
	}
	if len(l.missing) > 0 {
		return l, "", fmt.Errorf("%w: a file is missing", state.ErrDamaged)
	}
	l.marks = len(entries) - 1
	return l, "", nil
}

// replay takes in one entry of an earlier process.
func (l *logbook) replay(e *logEntry) error {
	for name, note := range e.Shelves {
		s := l.shelves[name]
		if s == nil {
			var err error
			if s, err = state.OpenShelf(filepath.Join(l.folder, name), bucketsOf(name)); err != nil {
				if _, gone := os.Stat(filepath.Join(l.folder, name)); os.IsNotExist(gone) {
					l.missing[name] = true // unless a later entry says that nobody needs it
					continue
				}
				return err
			}
			l.shelves[name] = s
		}
		if err := s.Restore(note); err != nil {
			return err
		}
	}
	if l.taken == nil {
		l.taken = &taken{parts: map[int]*partMark{}, provinces: map[uint8]*provinceMark{}}
	}
	t := l.taken
	switch {
	case e.Read != nil:
		was := t.read
		t.read = *e.Read
		t.read.Done = slices.Concat(was.Done, e.Read.Done)
		t.read.Bases = slices.Concat(was.Bases, e.Read.Bases)
		l.inputs, l.bites = len(t.read.Done), len(t.read.Bases)
	case e.Resolved != nil:
		t.resolved = e.Resolved
	case e.Judged != nil:
		t.judged = e.Judged
	case e.Settled != nil:
		t.settled = e.Settled
	case e.Moved:
		t.moved = true
	case e.Part != nil:
		t.parts[e.Part.Part] = e.Part
	case e.Province != nil:
		t.provinces[e.Province.Province] = e.Province
	}
	for _, name := range e.Gone {
		delete(l.missing, name)
		if err := l.remove(name); err != nil {
			return err
		}
	}
	return nil
}

// restore makes the run know what the earlier process knew.
func (l *logbook) restore(r *run) error {
	c, t := r.cellar, &l.taken.read
	settled := l.settled()
	for _, name := range []string{shelfRows, shelfTrail, shelfMemo, shelfLinks} {
		if l.shelves[name] == nil && !(name == shelfMemo && settled) && !(name == shelfLinks && l.taken.judged == nil && !settled) {
			return fmt.Errorf("%w: a file is missing", state.ErrDamaged)
		}
	}
	if settled {
		c.known.Packed.Recount(t.Forms)
	} else if err := recallMemo(l.shelves[shelfMemo], &c.known); err != nil {
		return err
	}
	if c.known.Len() != t.Forms || c.trail.Rows(trailForms) != t.Forms || c.shelf.All() != t.Forms {
		return fmt.Errorf("%w: %d forms of %d", state.ErrDamaged, c.known.Len(), t.Forms)
	}
	c.base, c.latest = t.Bases, t.Latest
	r.counts, r.bySource = t.Counts, t.BySource
	r.reader.Resume(intake.Position{Done: t.Done, Rows: t.Rows})
	if r.before != nil {
		r.before.sent = t.Replayed
	}
	return nil
}
