package intake

import (
	"context"
	"errors"
	"iter"

	"github.com/dusach/dusach/pipeline/record"
)

// A Reader reads the inputs of a run, one after the other.
type Reader struct {
	opt    Options
	inputs []input
	mapper *mapper
	files  []File
	argOf  []int // of each of inputs: which of those given to New means it
	args   []int // the same, of each source

	ended []Done   // inputs that were read
	rows  int64    // that were read of the input at hand
	from  Position // where to begin

	shares shares
}

// A File is an input as it was read, for the manifest.
type File struct {
	Path   string
	Bytes  int64    // as stored, before decompression
	SHA256 [32]byte // of those bytes
}

// New returns a reader of inputs: files, folders (with all folders below, in
// the order of their names, hidden files left out), globs and "-" for standard
// input. What cannot be found is reported when its turn comes, as a FileError.
func New(inputs []string, opt Options) *Reader {
	opt.setDefaults()
	r := &Reader{opt: opt, mapper: newMapper(opt.Schema, opt.Headers)}
	for i, in := range inputs {
		for _, file := range expand([]string{in}) {
			r.inputs, r.argOf = append(r.inputs, file), append(r.argOf, i)
		}
	}
	return r
}

// Len returns the number of inputs.
func (r *Reader) Len() int { return len(r.inputs) }

// Paths returns the files that are to be read, in order; "-" is standard input.
func (r *Reader) Paths() []string {
	var all []string
	for _, in := range r.inputs {
		if in.err == nil {
			all = append(all, in.path)
		}
	}
	return all
}

// Sources returns the list in which sources are numbered: files, and the
// sheets of workbooks. It grows while chunks are read.
func (r *Reader) Sources() *record.Sources { return r.opt.Sources }

// Args returns, for each source that was read, which of the inputs given to New
// means it, from 0.
func (r *Reader) Args() []int { return r.args }

// Files returns what was read, in order, once all chunks are.
func (r *Reader) Files() []File { return r.files }

// Chunks yields the rows of all inputs in order, each chunk to be released by
// whoever receives it. A FileError stands for a file, or the rest of one, that
// cannot be read: its rows so far, and one refused row for the rest, have come
// before it, and the next file follows unless Options.Strict is set. Any other
// error ends the run.
func (r *Reader) Chunks(ctx context.Context) iter.Seq2[*record.Chunk, error] {
	return func(yield func(*record.Chunk, error) bool) {
		run := &run{Reader: r, ctx: ctx, yield: yield}
		r.beginShares()
		for i, in := range r.inputs {
			err := ctx.Err()
			if err == nil {
				run.arg = r.argOf[i]
				if run.again(i) {
					run.endShare(in)
					continue
				}
				sources, files := len(r.opt.Sources.Names()), len(r.files)
				err = run.read(in)
				run.endShare(in)
				if !errors.Is(err, errStopped) {
					run.ends(err, sources, files)
				}
			}
			if err != nil && !run.report(err) {
				return
			}
		}
	}
}

// errStopped ends a run whose receiver wants no more, or whose context ended.
var errStopped = errors.New("stopped")

// A run is one pass over the inputs.
type run struct {
	*Reader
	ctx    context.Context
	yield  func(*record.Chunk, error) bool
	number int   // of the next chunk
	done   bool  // the receiver wants no more
	skip   int64 // rows of the input at hand that were read before

	stored *stored // the input at hand, once it is open
	whole  bool    // it was read as a whole before its first row
	rowsOf int64   // that it has, where it tells

	path   string // of the input at hand
	arg    int    // which of the inputs given to New means it
	source uint32
}

// begin numbers a new source.
func (r *run) begin(name string) {
	r.source = r.opt.Sources.Add(name)
	for int(r.source) >= len(r.args) {
		r.args = append(r.args, r.arg)
	}
}

// chunk returns an empty chunk of the source at hand.
func (r *run) chunk(h *record.Header, format record.RowFormat) *record.Chunk {
	c := r.opt.Pool.Get()
	c.Source, c.Header, c.Format = r.source, h, format
	c.Declared, c.Encoding = r.opt.Declared, r.opt.Encoding
	return c
}

// report hands an error on and reports whether the run goes on: after a file
// that could not be read, unless the user is strict.
func (r *run) report(err error) bool {
	if r.done {
		return false
	}
	if errors.Is(err, errStopped) { // by the context, as the receiver is there
		err = r.ctx.Err()
	}
	file := (*FileError)(nil)
	goOn := errors.As(err, &file) && !r.opt.Strict
	r.done = !r.yield(nil, err) || !goOn
	return !r.done
}

// send hands a chunk on and reports whether the run goes on. A chunk without
// rows is not worth a number.
func (r *run) send(c *record.Chunk) bool {
	r.rows += int64(len(c.Rows))
	r.sent(len(c.Rows))
	if r.skip > 0 {
		r.unread(c)
	}
	if len(c.Rows) == 0 {
		c.Release()
		return r.ctx.Err() == nil
	}
	c.Number = r.number
	r.number++
	r.done = !r.yield(c, nil)
	return !r.done && r.ctx.Err() == nil
}
