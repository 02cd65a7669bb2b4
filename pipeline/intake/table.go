package intake

import (
	"io"
	"os"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// readParquet reads a Parquet file through the opener of the options.
func (r *run) readParquet(f *os.File, size int64) error {
	if r.opt.Parquet == nil {
		return r.failWhole(nil, refuse("write it as CSV", "Parquet files are not read here"))
	}
	t, err := r.opt.Parquet(f, size)
	if err != nil {
		return r.failWhole(nil, refuse("write it again: it is damaged", "not a readable Parquet file: %w", err))
	}
	defer t.Close()
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
	return refuse("name its columns in a first line, as "+r.mapper.expected(), "no known column: %s", describe(names))
}
