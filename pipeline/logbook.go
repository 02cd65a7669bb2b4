package pipeline

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/pipeline/intake"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/snapshot"
	"github.com/dusach/dusach/pipeline/state"
)

// A logbook is what a run leaves in a folder of its own in scratch, so that the same
// command goes on from there if the process is killed: shelves that have names, and a
// journal of what is done. What an entry of the journal names was durable before the
// entry was written, so whatever the journal holds is true.
type logbook struct {
	folder string
	store  string

	mu      sync.Mutex
	journal *state.Journal
	shelves map[string]*state.Shelf // by the names of their files
	every   int64                   // forms between two entries while they are read
	inputs  int                     // of the position that entries told so far
	bites   int                     // of cellar.base, likewise
	taken   *taken                  // what an earlier process did; nil: nothing
	missing map[string]bool         // shelves that entries name and that are not there
	noting  chan error              // of the entry that is being written; nil: none
	counts  bool                    // that entry is not the first
	marks   int                     // entries after the first, durable
}

// The shelves of a run that can go on.
const (
	shelfRows   = "rows"   // see cellar
	shelfClaims = "claims" //
	shelfTrail  = "trail"  //
	shelfMemo   = "memo"   // see memo
	shelfLinks  = "links"  // see linksJudged
	shelfMoved  = "moved"  // see gatherer

	shelfCitizens = "citizens-" // and a part
)

func bucketsOf(shelf string) int {
	switch shelf {
	case shelfTrail:
		return trailBuckets
	case shelfMemo:
		return memoBuckets
	case shelfLinks:
		return linksBuckets
	}
	if strings.HasPrefix(shelf, shelfCitizens) {
		return citizensBuckets
	}
	return shelves
}

// A logEntry is one entry of the journal. One of its parts is set, besides Shelves.
type logEntry struct {
	Begun     *commission       `json:",omitempty"`
	Read      *readMark         `json:",omitempty"`
	Resolved  *awardsMark       `json:",omitempty"`
	Judged    *judgedMark       `json:",omitempty"`
	Settled   *settledMark      `json:",omitempty"`
	Moved     bool              `json:",omitempty"` // rows are where their persons are
	Part      *partMark         `json:",omitempty"`
	Province  *provinceMark     `json:",omitempty"`
	Published *publishedMark    `json:",omitempty"`
	Shelves   map[string][]byte `json:",omitempty"` // what was put onto each since the entry before
	Gone      []string          `json:",omitempty"` // shelves that nobody needs any more
}

// A readMark says how far forms were read. Lists hold what came since the mark before.
type readMark struct {
	Whole    bool // all was read
	Done     []intake.Done
	Rows     int64 // of the input after them
	Replayed int   // forms of the snapshot before
	Bases    []uint32
	Forms    int
	Counts   snapshot.Counts
	BySource []record.SourceCount
	Latest   normalize.Date
}

// taken is what the entries of an earlier process come to.
type taken struct {
	read      readMark // lists whole
	resolved  *awardsMark
	judged    *judgedMark // links of all rules so far are on their shelf
	settled   *settledMark
	moved     bool
	parts     map[int]*partMark
	provinces map[uint8]*provinceMark
}

const (
	journalName = "journal"
	runPrefix   = "dusach-run-"
	pointerName = "scratch" // in the state of the store: which folder holds its run
)

func pointerOf(store string) string { return filepath.Join(store, "state", pointerName) }

// scratchOf returns the folder of the unfinished run of a store, "" if there is none.
func scratchOf(store string) string {
	data, err := os.ReadFile(pointerOf(store))
	folder := strings.TrimSpace(string(data))
	if err != nil || !strings.HasPrefix(filepath.Base(folder), runPrefix) {
		return ""
	}
	if info, err := os.Lstat(folder); err != nil || !info.IsDir() {
		return ""
	}
	return folder
}

// dropScratch removes what an unfinished run of a store left behind. The caller has
// the lease of the store. Where the store is a copy, the run may be that of another
// process: then its scratch is not touched.
func dropScratch(store string) error {
	var err error
	if folder := scratchOf(store); folder != "" {
		_ = state.Happens("remove")
		if !state.JournalInUse(filepath.Join(folder, journalName)) {
			err = os.RemoveAll(folder)
		}
	}
	if e := os.Remove(pointerOf(store)); !errors.Is(e, os.ErrNotExist) {
		err = errors.Join(err, e)
	}
	return err
}

// newLogbook begins a logbook in a new folder below tmp. The store names the folder
// before it is made: nothing that holds forms is ever without an owner.
func newLogbook(store, tmp string, c *commission) (*logbook, error) {
	if tmp == "" {
		tmp = os.TempDir()
	}
	tmp, err := filepath.Abs(tmp)
	if err != nil {
		return nil, err
	}
	l := &logbook{store: store, folder: filepath.Join(tmp, runPrefix+randomName()), shelves: map[string]*state.Shelf{}}
	if err := os.WriteFile(pointerOf(store), []byte(l.folder+"\n"), 0o600); err != nil {
		return nil, err
	}
	if err := os.Mkdir(l.folder, 0o700); err != nil {
		return nil, fmt.Errorf("making a scratch folder (choose another place with --tmp): %w", err)
	}
	if l.journal, _, err = state.OpenJournal(filepath.Join(l.folder, journalName)); err != nil {
		return nil, errors.Join(err, dropScratch(store))
	}
	return l, l.note(&logEntry{Begun: c})
}

// open gives the cellar its shelves: new ones, or those of an earlier process.
func (l *logbook) open(name string, buckets int) (*state.Shelf, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if s := l.shelves[name]; s != nil {
		return s, nil
	}
	s, err := state.CreateShelf(filepath.Join(l.folder, name), buckets)
	if err == nil {
		l.shelves[name] = s
	}
	return s, err
}

// note writes an entry down, and with it what was put onto some shelves so far, where
// the list is nil all: no writer to them holds anything back, nor writes before note
// returns. The entry becomes
// durable while the run goes on; an error of that is told by the next note or by
// settle.
func (l *logbook) note(e *logEntry, names ...string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.noteLocked(e, names)
}

func (l *logbook) noteLocked(e *logEntry, names []string) error {
	if err := l.settleLocked(); err != nil {
		return err
	}
	l.counts = e.Begun == nil
	e.Shelves = map[string][]byte{}
	var files []*state.Shelf
	if names == nil {
		names = slices.Collect(maps.Keys(l.shelves))
	}
	for _, name := range names {
		s := l.shelves[name]
		e.Shelves[name] = s.Note(nil)
		files = append(files, s)
	}
	body, err := json.Marshal(e)
	if err != nil {
		return err
	}
	l.noting = make(chan error, 1)
	go func() {
		for _, s := range files {
			if err := s.Sync(); err != nil {
				l.noting <- err
				return
			}
		}
		l.noting <- l.journal.Append(body)
	}()
	return nil
}

// noteNow does what note does, and waits until the entry is durable.
func (l *logbook) noteNow(e *logEntry, names ...string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.noteLocked(e, names); err != nil {
		return err
	}
	return l.settleLocked()
}

// settle waits until the last entry is durable.
func (l *logbook) settle() error {
	if l == nil {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.settleLocked()
}

func (l *logbook) settleLocked() error {
	if l.noting == nil {
		return nil
	}
	err := <-l.noting
	l.noting = nil
	if err == nil && l.counts {
		l.marks++
	}
	return err
}

// noteGone writes an entry down after which nobody reads some shelves again, and
// removes them.
func (l *logbook) noteGone(e *logEntry, gone []string, names ...string) error {
	e.Gone = gone
	if err := l.noteNow(e, names...); err != nil {
		return err
	}
	for _, name := range gone {
		if err := l.remove(name); err != nil {
			return err
		}
	}
	return nil
}

// shelf returns a shelf by the name of its file, nil if there is none.
func (l *logbook) shelf(name string) *state.Shelf {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.shelves[name]
}

func (l *logbook) remove(name string) error {
	_ = state.Happens("remove")
	l.mu.Lock()
	defer l.mu.Unlock()
	if s := l.shelves[name]; s != nil {
		if err := s.Close(); err != nil {
			return err
		}
		delete(l.shelves, name)
	}
	err := os.Remove(filepath.Join(l.folder, name))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}

// close ends the logbook. What it holds is kept for a process that goes on, or
// removed.
func (l *logbook) close(keep bool) error {
	err := l.settle()
	for _, s := range l.shelves {
		err = errors.Join(err, s.Close())
	}
	err = errors.Join(err, l.journal.Close())
	if !keep {
		err = errors.Join(err, dropScratch(l.store))
	}
	return err
}
