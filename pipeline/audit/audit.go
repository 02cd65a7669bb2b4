// Package audit keeps the record of acts that a store has to account for, such as
// lawful erasure: who did what, when and why. It only grows. Each entry bears the
// hash of the one before and its own, so that one that was changed, taken out or
// put in shows; that the last ones were cut off shows only against what they
// tell of (verify compares them with the tombstones of the store).
//
// An entry is a file of its own, audit/000001.json, so that writing one can
// neither tear nor touch another. No entry holds personal data: whoever acts
// sees to it that the reason does not either.
package audit

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Dir is the folder of the log in a store.
const Dir = "audit"

// An Entry is one act.
type Entry struct {
	Seq    int    `json:"seq"` // from 1
	Time   string `json:"time"`
	Action string `json:"action"` // as "forget"
	By     string `json:"by"`
	Why    string `json:"why"`
	// Snapshot is the one that the act led to, Withdrawn those that it took away.
	Snapshot  string   `json:"snapshot,omitempty"`
	Withdrawn []string `json:"withdrawn,omitempty"`
	// How many there were, and their tombstones.
	Forms      int64    `json:"forms"`
	Refusals   int64    `json:"refusals"`
	Repeats    int64    `json:"repeats"`
	Tombstones []string `json:"tombstones,omitempty"`
	// Decisions are the numbers of people's decisions that named an erased form, and were erased with it.
	Decisions []int  `json:"decisions,omitempty"`
	Before    string `json:"before"` // Hash of the entry before, "" for the first
	Hash      string `json:"hash"`   // SHA-256 of the entry with an empty Hash
}

// Seal makes e the entry that follows last, nil where it is the first.
func (e *Entry) Seal(last *Entry) {
	e.Seq, e.Before = 1, ""
	if last != nil {
		e.Seq, e.Before = last.Seq+1, last.Hash
	}
	e.Hash = e.sum()
}

// Reseal gives e the hash of what it says by now. It must not stand in the log yet.
func (e *Entry) Reseal() { e.Hash = e.sum() }

func (e *Entry) sum() string {
	open := *e
	open.Hash = ""
	sum := sha256.Sum256(open.Encode())
	return hex.EncodeToString(sum[:])
}

// Encode returns the content of the file of the entry.
func (e *Entry) Encode() []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(e); err != nil {
		panic("BUG: " + err.Error())
	}
	return b.Bytes()
}

// Name returns the file of the entry in the folder of the log.
func (e *Entry) Name() string { return fmt.Sprintf("%06d.json", e.Seq) }

// Read returns all entries of the log in folder dir, in their order. One that
// cannot be read is an error; whether they belong together says Check.
func Read(dir string) ([]*Entry, error) {
	files, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var list []*Entry
	for _, f := range files {
		if f.Name() == pending || strings.HasSuffix(f.Name(), ".new") || f.IsDir() {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			return nil, err
		}
		e := &Entry{}
		if err := json.Unmarshal(data, e); err != nil || !bytes.Equal(e.Encode(), data) {
			return nil, fmt.Errorf("audit entry %s is damaged or was changed", f.Name())
		}
		if e.Name() != f.Name() {
			return nil, fmt.Errorf("audit entry %s says that it is %s", f.Name(), e.Name())
		}
		list = append(list, e)
	}
	slices.SortFunc(list, func(a, b *Entry) int { return a.Seq - b.Seq })
	return list, nil
}

// pending is the file of an act that has begun: it is no entry yet.
const pending = "pending.json"

// Pending returns the file of an act that has begun, in a store.
func Pending(store string) string { return filepath.Join(store, Dir, pending) }

// Check reports the first entry that does not follow from the one before.
func Check(list []*Entry) error {
	before := ""
	for i, e := range list {
		switch {
		case e.Seq != i+1:
			return fmt.Errorf("audit entry %d is missing", i+1)
		case e.Before != before:
			return fmt.Errorf("audit entry %d does not follow from the one before: one of them was changed", e.Seq)
		case e.Hash != e.sum():
			return fmt.Errorf("audit entry %d was changed: its hash is another one", e.Seq)
		}
		before = e.Hash
	}
	return nil
}

// Last returns the last entry, nil where there is none.
func Last(list []*Entry) *Entry {
	if len(list) == 0 {
		return nil
	}
	return list[len(list)-1]
}
