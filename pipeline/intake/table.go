package intake

import (
	"io"
	"os"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/say"
)

// readParquet reads a Parquet file through the opener of the options.
func (r *run) readParquet(f *os.File, size int64) error {
	if r.opt.Parquet == nil {
		return r.failWhole(nil, refuse(say.Errorf("ở đây không đọc tệp Parquet", "Parquet files are not read here"), say.Words{VI: "hãy ghi dạng CSV", EN: "write it as CSV"}))
	}
	t, err := r.opt.Parquet(f, size)
	if err != nil {
		return r.failWhole(nil, refuse(say.Errorf("không phải tệp Parquet đọc được: %w", "not a readable Parquet file: %w", err), say.Words{VI: "hãy ghi lại: tệp bị hỏng", EN: "write it again: it is damaged"}))
	}
	defer t.Close()
	if counted, ok := t.(interface{ Rows() int64 }); ok {
		r.rowsOf = counted.Rows()
	}
	header, known := r.mapper.header(t.Names(), 0)
	if known == 0 {
		return r.failWhole(nil, r.unknownHeader(t.Names()))
	}
	return r.sendTable(t, header)
}

// sendTable hands the rows of a table on.
func (r *run) sendTable(t record.Table, header *record.Header) error {
	last := int64(0)
	for {
		c := r.chunk(header, record.Cells)
		err := t.Next(r.ctx, c, r.opt.Rows)
		if n := len(c.Rows); n > 0 {
			last = c.Rows[n-1].Position
		}
		damaged := err != nil && err != io.EOF && r.ctx.Err() == nil
		if damaged {
			c.AddRow(last+1, nil, reason.Of(reason.FormFileUnreadable))
		}
		if !r.send(c) {
			return errStopped
		}
		switch {
		case err == io.EOF:
			return nil
		case damaged:
			return r.fail(last, err)
		case err != nil:
			return err
		}
	}
}

func (r *run) unknownHeader(names []string) error {
	return refuse(say.Errorf("không nhận ra cột nào: %v", "no known column: %v", describe(names)),
		say.Words{VI: "hãy ghi tên cột ở dòng đầu, như " + r.mapper.expected(), EN: "name its columns in a first line, as " + r.mapper.expected()})
}
