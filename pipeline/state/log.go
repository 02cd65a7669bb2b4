package state

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"
)

// A Log is the durable memory of a store that lives: forms, refusals, repeats
// and links by number, and how far each partition has been read, all of a bite
// in one synced commit. It is a Pebble database of six short key spaces; what
// is asked for by anything but its number is kept in memory and built again
// when the log is opened.
type Log struct {
	db *pebble.DB
}

// A Kind is a key space of the log. Within one, entries are numbered from 0.
type Kind byte

// The kinds of entries.
const (
	LogRecord  Kind = 'p' // what comparing needs of a form, and what tells it apart
	LogRow     Kind = 'r' // the form as it will be published, see AppendRow
	LogName    Kind = 'n' // a distinct name
	LogLink    Kind = 'l' // a pair of records
	LogRefusal Kind = 'q' // a message in quarantine
	LogRepeat  Kind = 'e' // a message that brought a known form again
	logHead    Kind = 'h' // the one entry that says how many of each there are
)

// LogOptions say where and how the log is kept.
type LogOptions struct {
	FS vfs.FS // nil: the disk
	// Warn hears what the database has to say of trouble; may be nil.
	Warn func(error)

	memTable uint64      // bytes, 0: the usual; less makes the tests see flushes
	fatal    func(error) // nil: panic, which ends the process
}

// OpenLog opens the log in folder dir and makes it where there is none.
func OpenLog(dir string, o LogOptions) (*Log, error) {
	if o.memTable == 0 {
		o.memTable = 32 << 20
	}
	opt := &pebble.Options{
		FS:           o.FS,
		Logger:       logger{o.Warn, o.fatal},
		MemTableSize: o.memTable,
		// Entries are written once, in rising order, and read in that order.
		L0CompactionThreshold: 4,
		CacheSize:             16 << 20,
	}
	db, err := openOrCreate(dir, opt)
	if err != nil {
		return nil, fmt.Errorf("the state in %s cannot be opened: %w", dir, err)
	}
	return &Log{db}, nil
}

// Close ends the log. What was committed is durable already.
func (l *Log) Close() error { return l.db.Close() }

// logger passes on what matters of a database's chatter.
type logger struct{ warn, fatal func(error) }

func (logger) Infof(string, ...any) {}

func (l logger) Errorf(format string, args ...any) {
	if l.warn != nil {
		l.warn(fmt.Errorf("state: "+format, args...))
	}
}

// Fatalf is called where the database can no longer be trusted. Ending the
// process is what keeps the store whole: what was committed is read again.
func (l logger) Fatalf(format string, args ...any) {
	l.Errorf(format, args...)
	if l.fatal != nil {
		l.fatal(fmt.Errorf(format, args...))
	}
	panic(errBroken{fmt.Errorf(format, args...)})
}

// errBroken is what a log panics with that cannot go on.
type errBroken struct{ error }

// key returns the key of entry n of a kind.
func key(k Kind, n uint32) (b [5]byte) {
	b[0] = byte(k)
	binary.BigEndian.PutUint32(b[1:], n)
	return b
}

// Head reads the head into v and reports whether there is one: a log without a
// head was never completed.
func (l *Log) Head(v any) (bool, error) {
	k := key(logHead, 0)
	data, closer, err := l.db.Get(k[:])
	if errors.Is(err, pebble.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("reading the state: %w", err)
	}
	defer closer.Close()
	if err := json.Unmarshal(data, v); err != nil {
		return false, fmt.Errorf("the head of the state is damaged: %w", err)
	}
	return true, nil
}

// Each calls visit for the entries of a kind from number from to before to, in
// order. The value is valid until visit returns. A gap is an error: an entry
// that the head counts and the log lacks was lost.
func (l *Log) Each(k Kind, from, to uint32, visit func(n uint32, value []byte) error) (err error) {
	if from >= to {
		return nil
	}
	low, high := key(k, from), key(k, to)
	it, err := l.db.NewIter(&pebble.IterOptions{LowerBound: low[:], UpperBound: high[:]})
	if err != nil {
		return fmt.Errorf("reading the state: %w", err)
	}
	defer func() { err = errors.Join(err, it.Close()) }()
	next := from
	for ok := it.First(); ok; ok = it.Next() {
		if n := binary.BigEndian.Uint32(it.Key()[1:]); n != next {
			return fmt.Errorf("the state lacks entry %c%d", k, next)
		}
		if err := visit(next, it.Value()); err != nil {
			return err
		}
		next++
	}
	if err := it.Error(); err != nil {
		return fmt.Errorf("reading the state: %w", err)
	}
	if next != to {
		return fmt.Errorf("the state lacks entry %c%d", k, next)
	}
	return nil
}

// Get calls visit with entry n of a kind.
func (l *Log) Get(k Kind, n uint32, visit func(value []byte) error) error {
	at := key(k, n)
	v, closer, err := l.db.Get(at[:])
	if err != nil {
		return fmt.Errorf("the state lacks entry %c%d: %w", k, n, err)
	}
	return errors.Join(visit(v), closer.Close())
}

// A Bite is what one commit adds. It is for one goroutine.
type Bite struct {
	log   *Log
	batch *pebble.Batch
}

// Begin begins a bite.
func (l *Log) Begin() *Bite { return &Bite{l, l.db.NewBatch()} }

// Put adds entry n of a kind. The value is copied.
func (b *Bite) Put(k Kind, n uint32, value []byte) error {
	at := key(k, n)
	return b.batch.Set(at[:], value, nil)
}

// Len returns how many bytes the bite holds.
func (b *Bite) Len() int { return b.batch.Len() }

// Commit writes the bite with the head that holds from then on, and returns
// once both are durable.
func (b *Bite) Commit(head any) error {
	data, err := json.Marshal(head)
	if err != nil {
		return err
	}
	at := key(logHead, 0)
	if err := b.batch.Set(at[:], data, nil); err != nil {
		return err
	}
	return b.commit(pebble.Sync)
}

// Spill writes what the bite holds without waiting for the disk: nothing
// counts before the head of a Commit says so. It is for filling a new log.
func (b *Bite) Spill() error {
	if err := b.commit(pebble.NoSync); err != nil {
		return err
	}
	b.batch = b.log.db.NewBatch()
	return nil
}

func (b *Bite) commit(w *pebble.WriteOptions) (err error) {
	defer func() {
		if p := recover(); p != nil {
			broken, ok := p.(errBroken)
			if !ok {
				panic(p)
			}
			err = broken.error
		}
	}()
	if err := b.batch.Commit(w); err != nil {
		return fmt.Errorf("writing the state (is the disk full?): %w", err)
	}
	return b.batch.Close()
}

// Discard gives a bite up that was not committed.
func (b *Bite) Discard() { _ = b.batch.Close() }

// RemoveLog removes the log in folder dir, whole or damaged. The folder is
// renamed first, so that a crash leaves either a log or none.
func RemoveLog(dir string) error {
	old := dir + ".old"
	if err := os.RemoveAll(old); err != nil {
		return err
	}
	if err := os.Rename(dir, old); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := syncDir(filepath.Dir(dir)); err != nil {
		return err
	}
	return os.RemoveAll(old)
}

func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := f.Sync(); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}
