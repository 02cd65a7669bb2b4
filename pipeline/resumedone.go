package pipeline

import (
	"encoding/json"
	"path/filepath"

	"github.com/dusach/dusach/pipeline/state"
)

// A publishedMark is written before a snapshot is published. Where the store names
// that snapshot, the run came to its end, whether or not its process lived to say so.
type publishedMark struct {
	Snapshot string
	Summary  *Summary // all but what the machine was asked for
}

// alreadyDone is a commission that an earlier process has published.
type alreadyDone struct{ summary *Summary }

func (*alreadyDone) Error() string { return "BUG: a run that is done is no error" }

// markPublished notes that the next step publishes.
func (p *Pipeline) markPublished(r *run, job Job) error {
	if r.log == nil {
		return nil
	}
	return r.log.noteNow(&logEntry{Published: &publishedMark{r.draft.Number, p.summary(r, job, 0)}}, []string{}...)
}

// publishedBefore returns what a process did that published the snapshot which the
// store names now, for the same commission, and was killed before it removed its
// scratch in a folder; nil if there was none. Whatever cannot be read tells nothing:
// taking up the run will say why.
func publishedBefore(folder, current string, c *commission) *Summary {
	journal, entries, err := state.OpenJournal(filepath.Join(folder, journalName))
	if err != nil {
		return nil
	}
	defer func() { _ = journal.Close() }()
	if len(entries) < 2 {
		return nil
	}
	var first, last logEntry
	if json.Unmarshal(entries[0], &first) != nil || json.Unmarshal(entries[len(entries)-1], &last) != nil || first.Begun == nil || last.Published == nil {
		return nil
	}
	same := *c
	same.Previous = first.Begun.Previous // it is what that run has added to
	if last.Published.Snapshot != current || same.differs(first.Begun) != "" {
		return nil
	}
	return last.Published.Summary
}
