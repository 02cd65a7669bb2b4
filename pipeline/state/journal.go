package state

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"

	"github.com/cespare/xxhash/v2"
)

// A Journal is a file of entries, each whole or not there: one is 4 bytes of its
// length, 8 of the hash of its number and its bytes, and those. What follows an
// entry that is torn or damaged does not count.
type Journal struct {
	file *os.File
	at   int64
	n    uint64
}

const journalHead = 4 + 8

// ErrInUse is a journal that another process writes.
var ErrInUse = errors.New("the journal is in use")

// JournalInUse reports whether a process has a journal open.
func JournalInUse(name string) bool {
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return false
	}
	defer f.Close()
	return errors.Is(lockJournal(f), ErrInUse)
}

// OpenJournal opens a journal, or makes an empty one, and returns its entries. It
// goes on after the last that is sound. Until Close, or the end of the process, nobody
// else can open it: ErrInUse.
func OpenJournal(name string) (*Journal, [][]byte, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, nil, writing(err)
	}
	if err := lockJournal(f); err != nil {
		return nil, nil, errors.Join(err, f.Close())
	}
	j := &Journal{file: f}
	all, err := os.ReadFile(name)
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("reading the journal: %w", err), f.Close())
	}
	var entries [][]byte
	for rest := all; len(rest) >= journalHead; {
		n := uint64(binary.LittleEndian.Uint32(rest))
		if uint64(len(rest)-journalHead) < n {
			break
		}
		body := rest[journalHead : journalHead+n]
		if binary.LittleEndian.Uint64(rest[4:]) != j.sum(body) {
			break
		}
		entries, rest = append(entries, body), rest[journalHead+n:]
		j.at, j.n = j.at+journalHead+int64(n), j.n+1
	}
	if err := f.Truncate(j.at); err != nil {
		return nil, nil, errors.Join(writing(err), f.Close())
	}
	return j, entries, nil
}

func (j *Journal) sum(body []byte) uint64 {
	h := xxhash.NewWithSeed(j.n)
	_, _ = h.Write(body) // a hash cannot fail
	return h.Sum64()
}

// Append adds an entry and makes it durable. After an error the journal ends with
// the entry before.
func (j *Journal) Append(body []byte) error {
	if err := Happens("note"); err != nil {
		return writing(err)
	}
	frame := binary.LittleEndian.AppendUint32(make([]byte, 0, journalHead+len(body)), uint32(len(body)))
	frame = binary.LittleEndian.AppendUint64(frame, j.sum(body))
	frame = append(frame, body...)
	if _, err := j.file.WriteAt(frame, j.at); err != nil {
		return writing(err)
	}
	if err := j.file.Sync(); err != nil {
		return writing(err)
	}
	j.at, j.n = j.at+int64(len(frame)), j.n+1
	return nil
}

// Close closes the file.
func (j *Journal) Close() error { return j.file.Close() }
