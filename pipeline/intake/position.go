package intake

import "github.com/dusach/dusach/pipeline/record"

// A Position says how far the inputs were read.
type Position struct {
	Done []Done // inputs, in order
	Rows int64  // of the input after them
}

// Done is an input that was read to its end.
type Done struct {
	Rows    int64
	Failed  bool // a FileError was reported
	Sources []string
	File    *File // nil where it could not be opened
}

// Position returns how far the inputs were read, chunks that were yielded included.
// It may be asked while a chunk is being yielded and at the end.
func (r *Reader) Position() Position {
	return Position{Done: r.ended[:len(r.ended):len(r.ended)], Rows: r.rows}
}

// Resume lets the next Chunks go on after a position of a reader of the same
// inputs. Whatever cannot be read is reported again.
func (r *Reader) Resume(p Position) { r.from = p }

// again takes the input at hand as it was read before, and reports whether that is
// all there is to do: what could not be read is to be read, and reported, again.
func (r *run) again(i int) bool {
	r.skip = 0
	if i > len(r.from.Done) {
		return false
	}
	if i == len(r.from.Done) {
		r.skip = r.from.Rows
		return false
	}
	was := r.from.Done[i]
	if was.Failed {
		r.skip = was.Rows
		return false
	}
	for _, name := range was.Sources {
		r.begin(name)
	}
	if was.File != nil {
		r.files = append(r.files, *was.File)
	}
	r.Reader.ended = append(r.Reader.ended, was)
	r.shares.rows.Add(was.Rows)
	return true
}

// ends notes that the input at hand was read to its end.
func (r *run) ends(err error, sources, files int) {
	d := Done{Rows: r.rows, Failed: err != nil, Sources: r.opt.Sources.Names()[sources:]}
	if len(r.files) > files {
		d.File = &r.files[files]
	}
	r.Reader.ended = append(r.Reader.ended, d)
	r.rows = 0
}

// unread takes the rows off a chunk that were read before.
func (r *run) unread(c *record.Chunk) {
	n := int(min(r.skip, int64(len(c.Rows))))
	r.skip -= int64(n)
	c.Rows = c.Rows[n:]
	if c.Format == record.Cells && n > 0 {
		c.Cells.Off = c.Cells.Off[n*len(c.Header.Names):]
	}
}
