package evaluate

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/parquet-go/parquet-go"
)

type truthRow struct {
	Form      string `parquet:"form_id,optional"`
	Person    string `parquet:"person_id,optional"`
	Malformed string `parquet:"malformed,optional"`
	Process   string `parquet:"process,optional"`
	Share     string `parquet:"share,optional"`
}

func readTruthParquet(file *os.File, _ string, t *Truth) (err error) {
	defer func() { // the library panics on some broken files
		if p := recover(); p != nil {
			err = fmt.Errorf("not a readable Parquet file: %v", p)
		}
	}()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	f, err := parquet.OpenFile(file, info.Size())
	if err != nil {
		return err
	}
	var names []string
	for _, c := range f.Schema().Columns() {
		names = append(names, c[0])
	}
	if _, err := locate(names); err != nil {
		return err
	}
	r := parquet.NewGenericReader[truthRow](f)
	defer func() { err = errors.Join(err, r.Close()) }()
	rows := make([]truthRow, 4096)
	for {
		n, err := r.Read(rows)
		for _, row := range rows[:n] {
			if err := t.add(row.Form, row.Person, row.Malformed, row.Process, row.Share); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
