package ledger

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/dusach/dusach/pipeline/say"
)

// Dir is the folder of reviews in a store.
func Dir(store string) string { return filepath.Join(store, "reviews") }

const ledgerName = "decisions.jsonl"

// File is the file of the ledger of a store.
func File(store string) string { return filepath.Join(Dir(store), ledgerName) }

// maxLine is the length of a line of the ledger at most, in bytes.
const maxLine = 16 << 10

// A Ledger is every decision of a store in the order in which they were made.
type Ledger struct {
	List []Decision
	size int64 // bytes of the file that hold them
	torn int64 // bytes behind them: a line of which a crash left a part
}

// Head returns the hash of the last decision, "" where there is none. It stands for
// the whole ledger.
func (l *Ledger) Head() string {
	if len(l.List) == 0 {
		return ""
	}
	return l.List[len(l.List)-1].Hash
}

// First returns the ledger as it was when it had n decisions.
func (l *Ledger) First(n int) *Ledger { return &Ledger{List: l.List[:min(n, len(l.List))]} }

// Read reads the ledger of a store and proves its chain. A store without one has
// an empty one. A last line without an end was never acknowledged, and does not
// count.
func Read(store string) (*Ledger, error) {
	name := File(store)
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return &Ledger{}, nil
	}
	if err != nil {
		return nil, say.Errorf("không đọc được sổ duyệt: %w", "the ledger of reviews cannot be read: %w", err)
	}
	defer f.Close()
	l := &Ledger{}
	if err := l.read(f); err != nil {
		return nil, say.Errorf("sổ duyệt %s: %w", "ledger %s: %w", name, err)
	}
	return l, nil
}

func (l *Ledger) read(r io.Reader) error {
	in := bufio.NewReaderSize(r, maxLine)
	for {
		line, err := in.ReadSlice('\n')
		switch {
		case errors.Is(err, io.EOF):
			l.torn = int64(len(line))
			return nil
		case errors.Is(err, bufio.ErrBufferFull):
			return broken(len(l.List) + 1)
		case err != nil:
			return err
		}
		d, err := parse(line)
		if err != nil || d.Number != len(l.List)+1 || d.Before != l.Head() {
			return broken(len(l.List) + 1)
		}
		l.List = append(l.List, d)
		l.size += int64(len(line))
	}
}

// broken says that a line is not what was written.
func broken(line int) error {
	return say.Errorf("dòng %d không nối đúng chuỗi băm: sổ đã bị sửa hoặc hỏng; hãy lấy lại từ bản sao lưu", "line %d does not fit the chain of hashes: the ledger was changed or damaged; restore it from a backup", line)
}

// parse reads a line and proves its hash: written again, it has to give the same
// bytes. One that was erased has the hash that it had, which stands in the line
// behind it; that it was erased by right is for the audit log to say.
func parse(line []byte) (d Decision, err error) {
	in := json.NewDecoder(bytes.NewReader(line))
	in.DisallowUnknownFields()
	if err := in.Decode(&d); err != nil {
		return d, err
	}
	want := d
	if d.Erased != 0 {
		if !d.erasedWell() {
			return d, errors.New("erased by halves")
		}
	} else if err := want.seal(); err != nil {
		return d, err
	}
	again, err := want.encode()
	if err == nil && !bytes.Equal(again, line) {
		err = errors.New("other bytes")
	}
	return d, err
}

// seal fills in the hash of a decision.
func (d *Decision) seal() error {
	d.Hash = ""
	line, err := d.encode()
	if err != nil {
		return err
	}
	sum := sha256.Sum256(line)
	d.Hash = hex.EncodeToString(sum[:])
	return nil
}

func (d *Decision) encode() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(d)
	return b.Bytes(), err
}
