package snapshot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/apache/arrow/go/v15/parquet"
	parquetfile "github.com/apache/arrow/go/v15/parquet/file"
	"github.com/apache/arrow/go/v15/parquet/pqarrow"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/say"
)

// A Snapshot is a published snapshot, open for reading. It may be read by
// several goroutines at once.
type Snapshot struct {
	Store    string // the store's folder
	Folder   string // the snapshot's folder in it
	Number   string // as "000042"
	Manifest *Manifest
	Schema   *record.Schema // the record type

	memory memory.Allocator
	pin    *os.File // its manifest, locked: nobody prunes the snapshot while it is open
}

// Close lets the snapshot be pruned. One that is not closed is when nothing
// refers to it any more.
func (s *Snapshot) Close() error {
	if s.pin == nil {
		return nil
	}
	return s.pin.Close()
}

// Open opens snapshot number of a store; an empty number is the one that
// CURRENT names. A store without one gives ErrNoSnapshot.
func Open(store, number string) (*Snapshot, error) {
	if _, err := os.Stat(store); err != nil {
		return nil, say.Errorf("kho: %w: hãy chọn thư mục mà `dusach clean --out` đã ghi", "store: %w: name the folder that `dusach clean --out` wrote", err)
	}
	if number == "" {
		var err error
		if number, err = current(store); err != nil {
			return nil, say.Errorf("kho %s: %w", "store %s: %w", store, err)
		}
	}
	if !isNumber(number) {
		return nil, say.Errorf("kho %s: %q không phải bản chụp: viết dạng 000042", "store %s: %q is no snapshot: name one as 000042", store, number)
	}
	s := &Snapshot{Store: store, Folder: filepath.Join(store, snapshotsDir, number), Number: number, memory: memory.DefaultAllocator, pin: hold(store, number)}
	if err := s.read(); err != nil {
		_ = s.Close()
		return nil, err
	}
	return s, nil
}

// read takes up the manifest of a snapshot that nobody may prune meanwhile.
func (s *Snapshot) read() (err error) {
	if s.Manifest, err = readManifest(s.Store, s.Number); err != nil {
		return err
	}
	if s.Manifest.Superseded != "" {
		return say.Errorf("kho %s: %w", "store %s: %w", s.Store, withdrawn(s.Manifest))
	}
	if s.Schema, err = s.Manifest.Record.schema(); err != nil {
		return say.Errorf("kho %s: bản chụp %s: %w", "store %s: snapshot %s: %w", s.Store, s.Number, err)
	}
	return nil
}

// hold keeps a snapshot from being pruned, as far as the file system can: nil
// where it cannot. The manifest is read after, so one that was pruned meanwhile
// is missed.
func hold(store, number string) *os.File {
	f, err := os.Open(filepath.Join(store, snapshotsDir, number, manifestName))
	if err != nil {
		return nil
	}
	if err := lockShared(f); err != nil {
		f.Close()
		return nil
	}
	return f
}

// readManifest reads the manifest of a snapshot, withdrawn or not.
func readManifest(store, number string) (*Manifest, error) {
	data, err := os.ReadFile(filepath.Join(store, snapshotsDir, number, manifestName))
	if errors.Is(err, os.ErrNotExist) {
		return nil, say.Errorf("kho %s không có bản chụp %s: %w", "store %s has no snapshot %s: %w", store, number, err)
	}
	if err != nil {
		return nil, say.Errorf("kho %s: %w", "store %s: %w", store, advise(err))
	}
	m := &Manifest{}
	if err := json.Unmarshal(data, m); err != nil {
		return nil, say.Errorf("kho %s: bản kê của bản chụp %s bị hỏng: %w", "store %s: the manifest of snapshot %s is damaged: %w", store, number, err)
	}
	if m.SchemaVersion > SchemaVersion {
		return nil, say.Errorf("kho %s: bản chụp %s thuộc kiểu %d, phiên bản này đọc đến %d: hãy dùng dusach mới hơn", "store %s: snapshot %s is of layout %d, this version reads up to %d: use a newer dusach",
			store, number, m.SchemaVersion, SchemaVersion)
	}
	for _, f := range m.Files {
		if !filepath.IsLocal(filepath.FromSlash(f.Path)) {
			return nil, fmt.Errorf("store %s: the manifest of snapshot %s names %q, outside the snapshot", store, number, f.Path)
		}
	}
	return m, nil
}

// ReadFile returns the content of a file of the snapshot that is no table; it is
// fs.ErrNotExist where the snapshot has none of that name.
func (s *Snapshot) ReadFile(name string) ([]byte, error) {
	i := slices.IndexFunc(s.Manifest.Files, func(f File) bool { return f.Path == name })
	if i < 0 {
		return nil, fmt.Errorf("snapshot %s has no %s: %w", s.Number, name, fs.ErrNotExist)
	}
	data, err := os.ReadFile(filepath.Join(s.Folder, filepath.FromSlash(name)))
	if err != nil {
		return nil, advise(err)
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != s.Manifest.Files[i].SHA256 {
		return nil, say.Errorf("%s của bản chụp %s bị hỏng: hãy chạy `dusach verify`", "%s of snapshot %s is damaged: run `dusach verify`", name, s.Number)
	}
	return data, nil
}

// Numbers lists the snapshots of a store, the oldest first.
func Numbers(store string) ([]string, error) {
	entries, err := os.ReadDir(filepath.Join(store, snapshotsDir))
	if err != nil {
		return nil, say.Errorf("kho: %w", "store: %w", err)
	}
	var numbers []string
	for _, e := range entries {
		if isNumber(e.Name()) {
			numbers = append(numbers, e.Name())
		}
	}
	return numbers, nil
}

// Parts returns the files of a table in the order in which they are read.
func (s *Snapshot) Parts(table string) []File {
	var parts []File
	for _, f := range s.Manifest.Files {
		if f.Table == table {
			parts = append(parts, f)
		}
	}
	return parts
}

// scanRows is how many rows a scan hands on at a time.
const scanRows = 4 << 10

// A scanned batch is some rows of one part, by the names of the columns.
type scanned struct {
	part   File
	record arrow.Record
}

// column returns a column by its name, nil where it was not read.
func (b *scanned) column(name string) arrow.Array {
	if i := b.record.Schema().FieldIndices(name); len(i) > 0 {
		return b.record.Column(i[0])
	}
	return nil
}

// scan yields the rows of the given parts; no columns means all. A batch is
// valid until the next step.
func (s *Snapshot) scan(ctx context.Context, parts []File, columns []string) iter.Seq2[*scanned, error] {
	return func(yield func(*scanned, error) bool) {
		for _, part := range parts {
			more, err := s.scanPart(ctx, part, columns, yield)
			if err != nil {
				yield(nil, say.Errorf("đọc %s của bản chụp %s: %w", "reading %s of snapshot %s: %w", part.Path, s.Number, err))
				return
			}
			if !more {
				return
			}
		}
	}
}

// scanPart reports whether the loop body wants more.
func (s *Snapshot) scanPart(ctx context.Context, part File, columns []string, yield func(*scanned, error) bool) (more bool, err error) {
	rows, done, err := s.openPart(ctx, part, columns)
	if err != nil || rows == nil {
		return err == nil, err
	}
	defer done()
	batch := scanned{part: part}
	for {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		ok, err := next(rows)
		if err != nil {
			return false, err
		}
		if !ok {
			return true, nil
		}
		batch.record = rows.Record()
		if !yield(&batch, nil) {
			return false, nil
		}
	}
}

// next moves to the next rows. Arrow 15 reports io.EOF after a normal end, and
// panics on some damaged files.
func next(rows pqarrow.RecordReader) (ok bool, err error) {
	defer damaged(&err)
	if rows.Next() {
		return true, nil
	}
	if err := rows.Err(); err != nil && !errors.Is(err, io.EOF) {
		return false, err
	}
	return false, nil
}

func damaged(err *error) {
	if p := recover(); p != nil {
		*err = say.Errorf("tệp bị hỏng (%v): hãy chạy `dusach verify`", "the file is damaged (%v): run `dusach verify`", p)
	}
}

// openPart opens a part for a scan; rows is nil where the part is empty.
func (s *Snapshot) openPart(ctx context.Context, part File, columns []string) (rows pqarrow.RecordReader, done func(), err error) {
	if part.Rows == 0 {
		return nil, nil, nil
	}
	f, err := os.Open(filepath.Join(s.Folder, filepath.FromSlash(part.Path)))
	if err != nil {
		if m, merr := readManifest(s.Store, s.Number); merr == nil && m.Superseded != "" {
			err = withdrawn(m) // since it was opened
		}
		return nil, nil, err
	}
	defer func() {
		if err != nil {
			f.Close()
		}
	}()
	defer damaged(&err)
	pf, err := parquetfile.NewParquetReader(f, parquetfile.WithReadProps(parquet.NewReaderProperties(s.memory)))
	if err != nil {
		return nil, nil, err
	}
	reader, err := pqarrow.NewFileReader(pf, pqarrow.ArrowReadProperties{BatchSize: scanRows}, s.memory)
	if err != nil {
		return nil, nil, err
	}
	var leaves []int
	if len(columns) > 0 {
		schema := pf.MetaData().Schema
		for i := range schema.NumColumns() {
			if slices.Contains(columns, schema.Column(i).ColumnPath()[0]) {
				leaves = append(leaves, i)
			}
		}
		if len(leaves) == 0 {
			return nil, nil, fmt.Errorf("it has none of the columns %q", columns)
		}
	}
	rows, err = reader.GetRecordReader(ctx, leaves, nil)
	if err != nil {
		return nil, nil, err
	}
	return rows, func() {
		rows.Release()
		f.Close()
	}, nil
}
