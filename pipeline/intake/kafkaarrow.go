package intake

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"

	"github.com/segmentio/kafka-go/protocol"

	"github.com/dusach/dusach/pipeline/record"
)

// isArrow reports whether a message looks like a stream in Arrow's IPC format:
// no text in any encoding begins so.
func isArrow(message []byte) bool { return bytes.HasPrefix(message, []byte{0xff, 0xff, 0xff, 0xff}) }

// What became of a message in Arrow's format.
type arrowOutcome uint8

const (
	rowsTaken   arrowOutcome = iota
	rowsLater                // it has other columns than the delivery: the next one begins with it
	rowsRefused              // it cannot be read, or no column is known
)

// rows adds the rows of the message at hand to a delivery: all, under the offset
// of the message, or none.
func (f *fetcher) rows(r *protocol.Record, d *Delivery) arrowOutcome {
	if f.opt.Arrow == nil {
		return rowsRefused
	}
	t, err := f.opt.Arrow(f.value)
	if err != nil {
		return rowsRefused
	}
	defer t.Close()
	h := f.headerOf(t.Names())
	switch {
	case h == nil:
		return rowsRefused
	case d.Chunk != nil && d.Chunk.Header != h:
		return rowsLater
	case d.Chunk == nil:
		f.begin(r, h, record.Cells, d)
	}
	c := d.Chunk
	rows := len(c.Rows)
	for err == nil {
		err = t.Next(context.Background(), c, f.opt.Rows)
	}
	if !errors.Is(err, io.EOF) {
		c.Cells.Cancel()
		c.Cells.Truncate(rows * len(h.Names))
		c.Rows = c.Rows[:rows]
		if rows == 0 {
			c.Release()
			d.Chunk = nil
		}
		return rowsRefused
	}
	for i := rows; i < len(c.Rows); i++ {
		c.Rows[i].Position = r.Offset
	}
	d.Next = r.Offset + 1
	return rowsTaken
}

// headerOf returns what columns of these names are, the same header for the same
// names; nil where none of them is known.
func (f *fetcher) headerOf(names []string) *record.Header {
	if f.table != nil && slices.Equal(f.table.Names, names) {
		return f.table
	}
	h, known := f.mapper.header(names, 0)
	if known == 0 {
		return nil
	}
	f.table = h
	return h
}
