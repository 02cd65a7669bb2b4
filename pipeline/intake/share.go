package intake

import (
	"os"
	"sync/atomic"
)

// shares count the bytes of inputs, as they are stored, whose rows were handed on.
type shares struct {
	all  atomic.Int64 // of all inputs; 0: one of them does not tell
	done atomic.Int64 // of those that were read
	now  atomic.Int64 // of the one at hand
	rows atomic.Int64 // that were handed on
}

// Expected returns how many rows the inputs will give, by those so far and the share
// of bytes that was read for them; 0 where nobody knows, as of standard input. Chunks
// begins the count; others may ask meanwhile. A workbook, which tells no rows before it
// is read as a whole, counts once it ends.
func (r *Reader) Expected() int64 {
	all, read := r.shares.all.Load(), r.shares.done.Load()+r.shares.now.Load()
	if all <= 0 || read <= 0 {
		return 0
	}
	rows := r.shares.rows.Load()
	return max(rows, int64(float64(rows)*float64(all)/float64(read)))
}

func (r *Reader) beginShares() {
	r.shares.done.Store(0)
	r.shares.rows.Store(0)
	all := int64(0)
	for _, in := range r.inputs {
		info, err := os.Stat(in.path)
		switch {
		case in.err != nil || err != nil: // it will be reported, and has no rows
		case !info.Mode().IsRegular():
			r.shares.all.Store(0)
			return
		default:
			all += info.Size()
		}
	}
	r.shares.all.Store(all)
}

// sent counts n rows: of a table that knows how many it has, by rows; of text, by how
// far its file was read.
func (r *run) sent(n int) {
	r.shares.rows.Add(int64(n))
	switch {
	case r.stored == nil:
	case r.rowsOf > 0:
		r.shares.now.Store(int64(float64(r.stored.size) * float64(r.rows) / float64(r.rowsOf)))
	case !r.whole:
		r.shares.now.Store(r.stored.size)
	}
}

// endShare counts an input that was read, or given up.
func (r *run) endShare(in input) {
	r.stored, r.rowsOf, r.whole = nil, 0, false
	r.shares.now.Store(0)
	if info, err := os.Stat(in.path); err == nil && in.err == nil {
		r.shares.done.Add(info.Size())
	}
}
