package snapshot

import (
	"errors"
	"os"
	"slices"

	"github.com/dusach/dusach/pipeline/audit"
	"github.com/dusach/dusach/pipeline/review/ledger"
)

// What people decided on erased forms is erased with them. Nobody can append to the
// ledger meanwhile; a decision that came in before that is erased too. The entry of
// the audit log says which they were, and is durable before they go: so a line
// without content that no entry accounts for was not erased by right.
func (u *unfinished) scrubReviews(d disk, store string) (err error) {
	forms := map[string]bool{}
	for _, id := range u.Forms {
		forms[id] = true
	}
	if err := u.scrubLedger(d, store, forms); err != nil {
		return err
	}
	files, err := ledger.Samples(store)
	if err != nil {
		return err
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		out, changed, err := ledger.ScrubSample(data, forms)
		switch {
		case err != nil: // of no use to anybody: it has to be drawn again
			err = d.RemoveAll(name)
		case changed:
			err = replaceSecret(d, name, out)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (u *unfinished) scrubLedger(d disk, store string, forms map[string]bool) (err error) {
	l, err := ledger.Lock(store)
	if err != nil || l == nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	numbers, changed := l.Scrub(forms, u.Entry.Seq)
	if !slices.Equal(numbers, u.Entry.Decisions) {
		u.Entry.Decisions = numbers
		u.Entry.Reseal()
		if err := u.note(d, store); err != nil {
			return err
		}
	}
	if !changed {
		return nil
	}
	data, err := l.Encode()
	if err != nil {
		return err
	}
	return replaceSecret(d, ledger.File(store), data)
}

// replaceSecret is replaceFile for what others may not read.
func replaceSecret(d disk, name string, data []byte) error {
	if err := writeFile(d, name+".new", data); err != nil {
		return err
	}
	if err := os.Chmod(name+".new", 0o600); err != nil {
		return err
	}
	return renamed(d, name)
}

// checkReviews compares the decisions that are erased with those that the audit
// log accounts for.
func checkReviews(c *check, store string, log []*audit.Entry) {
	l, err := ledger.Read(store)
	if err != nil {
		c.fault("%v", errors.Unwrap(err))
		return
	}
	accounted := map[int]int{}
	for _, e := range log {
		for _, n := range e.Decisions {
			accounted[n] = e.Seq
			if n > len(l.List) {
				c.fault("decision %d, which audit entry %d accounts for, is not in the ledger", n, e.Seq)
			}
		}
	}
	for i := range l.List {
		if n, by := l.List[i].Number, l.List[i].Erased; accounted[n] != by {
			c.fault("decision %d: erased under audit entry %d, accounted for by %d (0: none)", n, by, accounted[n])
		}
	}
}
