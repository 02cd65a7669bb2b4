package ledger

import (
	"crypto/rand"
	"errors"
	"os"

	"github.com/dusach/dusach/pipeline/say"
)

// Append adds decisions to the ledger of a store and returns them as they stand
// there. Several processes may append: one after the other. Once it returns without
// an error they are durable; one that is no decision lets none in. A crash may leave
// the first of them.
func Append(store string, list []Decision) (added []Decision, err error) {
	added = append(added, list...)
	for i := range added {
		if err := added[i].Check(); err != nil {
			return nil, err
		}
		added[i].Salt = rand.Text()
	}
	if err := os.MkdirAll(Dir(store), 0o700); err != nil {
		return nil, CannotWrite(err)
	}
	f, err := openLocked(File(store), os.O_RDWR|os.O_CREATE)
	if err != nil {
		return nil, CannotWrite(err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	l := &Ledger{}
	if err := l.read(f); err != nil {
		return nil, say.Errorf("sổ duyệt %s: %w", "ledger %s: %w", f.Name(), err)
	}
	var lines []byte
	before := l.Head()
	for i := range added {
		d := &added[i]
		d.Number, d.Before = len(l.List)+i+1, before
		if err := d.seal(); err != nil {
			return nil, err
		}
		line, err := d.encode()
		if err != nil {
			return nil, err
		}
		if len(line) > maxLine {
			return nil, say.Errorf("quyết định dài quá %d byte", "a decision is longer than %d bytes", maxLine)
		}
		lines, before = append(lines, line...), d.Hash
	}
	if err := write(f, l.size, l.torn, lines); err != nil {
		return nil, CannotWrite(err)
	}
	return added, syncDir(Dir(store))
}

// write puts lines behind what counts. What a failure leaves of them is taken
// away; where even that fails it has no end, or is a whole prefix of the lines that
// the chain allows.
func write(f *os.File, at, torn int64, lines []byte) error {
	if torn > 0 {
		if err := f.Truncate(at); err != nil {
			return err
		}
	}
	_, err := f.WriteAt(lines, at)
	if err == nil {
		err = f.Sync()
	}
	if err != nil {
		return errors.Join(err, f.Truncate(at))
	}
	return nil
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return CannotWrite(err)
	}
	return errors.Join(d.Sync(), d.Close())
}

// CannotWrite says that the ledger cannot be written.
func CannotWrite(err error) error {
	return say.Errorf("không ghi được sổ duyệt: %w", "the ledger of reviews cannot be written: %w", err)
}
