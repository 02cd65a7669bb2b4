package evaluate

import (
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// truthColumns are the columns of a truth file; the first two are needed.
var truthColumns = []string{"form_id", "person_id", "malformed", "process", "share"}

// ReadTruth reads a truth file. Errors name the row, never its content.
func ReadTruth(path string) (*Truth, error) {
	t := newTruth()
	read := readTruthCSV
	if strings.HasSuffix(path, ".parquet") {
		read = readTruthParquet
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("opening the truth: %w", err)
	}
	defer file.Close()
	if err := read(file, path, t); err != nil {
		return nil, fmt.Errorf("reading the truth %s: %w", path, err)
	}
	if len(t.entries) == 0 {
		return nil, fmt.Errorf("the truth %s has no rows", path)
	}
	t.sort()
	return t, nil
}

func readTruthCSV(file *os.File, path string, t *Truth) error {
	plain, err := unpack(file, path)
	if err != nil {
		return err
	}
	defer plain.Close()
	r := csv.NewReader(plain)
	r.ReuseRecord = true
	header, err := r.Read()
	if errors.Is(err, io.EOF) {
		return errors.New("the file is empty")
	}
	if err != nil {
		return err
	}
	at, err := locate(header)
	if err != nil {
		return err
	}
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err // of package csv: line and column only
		}
		var v [5]string
		for k, i := range at {
			if i >= 0 {
				v[k] = row[i]
			}
		}
		if err := t.add(v[0], v[1], v[2], v[3], v[4]); err != nil {
			return err
		}
	}
}

// locate returns where the columns of the truth are, -1 for one that is not.
func locate(header []string) (at [5]int, err error) {
	for i := range header {
		header[i] = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(header[i], "\ufeff")))
	}
	for k, name := range truthColumns {
		at[k] = slices.Index(header, name)
	}
	if at[0] < 0 || at[1] < 0 {
		return at, errors.New("no column form_id or no column person_id in the header; expected: " + strings.Join(truthColumns, ","))
	}
	return at, nil
}

func unpack(file *os.File, path string) (io.ReadCloser, error) {
	switch {
	case strings.HasSuffix(path, ".gz"):
		return gzip.NewReader(file)
	case strings.HasSuffix(path, ".zst"):
		d, err := zstd.NewReader(file)
		if err != nil {
			return nil, err
		}
		return d.IOReadCloser(), nil
	}
	return io.NopCloser(file), nil
}
