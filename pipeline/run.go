package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/dusach/dusach/pipeline/decode"
	"github.com/dusach/dusach/pipeline/erasure"
	"github.com/dusach/dusach/pipeline/intake"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/report"
	"github.com/dusach/dusach/pipeline/review"
	"github.com/dusach/dusach/pipeline/snapshot"
	"github.com/dusach/dusach/pipeline/state"
)

// run is one bite on its way: the memory of the house and the snapshot that is
// being drafted.
type run struct {
	ctx      context.Context
	reader   *intake.Reader
	sample   *sampler // of what reader reads; nil: all of it
	draft    *snapshot.Draft
	progress Progress
	before   *before             // nil where the store was empty
	once     bool                // nothing is compared again after publishing
	erased   *erasure.Tombstones // of the store; nil: none
	erase    *erasing            // what this run is to erase; nil: nothing
	topics   []snapshot.Input    // how far topics were read into the snapshot to be

	cellar     *cellar
	log        *logbook // nil: nobody can go on if the run is ended half-way
	shelving   []*shelver
	passed     int                   // blocking rules that an earlier process has judged
	ruled      func(rules int) error // hears that the first so many are; nil: nobody does
	quarantine *snapshot.QuarantineWriter
	origins    *snapshot.OriginsWriter
	refused    *report.Tally // of refusals, while forms are read
	tally      *report.Tally
	pairs      *record.PairCounts
	counts     snapshot.Counts
	reviews    int64 // pairs that wait for a person's decision
	bySource   []record.SourceCount
	today      string
	damaged    []*intake.FileError
	learnt     bool           // the model was learnt from the records of the run
	sides      []uint8        // of each record, where only pairs across two inputs count
	ledger     *review.Ledger // what people decided about forms of the store; nil: nothing
	decided    decisions      // that of it which is about records of the run
	wrong      WrongMerges
	job        *Job         // nil where nothing is promised: live
	done       atomic.Int64 // forms that were merged
	citizens   atomic.Int64 // that were written
	toWrite    int64        // of all citizens

	mu    sync.Mutex
	times walk
	meter meter
}

func (r *run) addTimes(w *walk) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.times.add(w)
}

// bite is a chunk on its way through the first rooms.
type bite struct {
	chunk   *record.Chunk // to be decoded, or
	forms   *record.Forms // decoded before
	number  int
	cleaned *record.Cleaned
	err     error
}

// bitesAWorker is how many bites are on their way for each worker.
const bitesAWorker = 2

// readAll reads every input: workers decode and standardize chunks at the same
// time, and one goroutine keeps what they made in the order of the chunks.
func (p *Pipeline) readAll(r *run) error {
	ctx, cancel := context.WithCancel(r.ctx)
	defer cancel()
	slots := bitesAWorker*p.cfg.Workers + 1 // bites at most on their way
	free := make(chan *record.Cleaned, slots)
	for range slots {
		free <- &record.Cleaned{}
	}
	todo, done := make(chan bite), make(chan bite, slots)
	var doors error
	go func() {
		defer close(todo)
		doors = p.open(ctx, r, free, todo)
	}()
	var work error
	go func() {
		work = each(p.cfg.Workers, func(int) error { return p.work(ctx, r, todo, done) })
		close(done)
	}()
	err := p.keepAll(r, free, done)
	cancel()
	for range done {
	}
	if err := cmp.Or(err, doors, work); err != nil { // the later ones follow from the first
		return err
	}
	if err := r.read(p.cfg.Workers); err != nil {
		return err
	}
	return p.setSides(r)
}

// open sends the forms of the snapshot before and then the chunks of all inputs
// to the workers. A file that cannot be read is remembered, unless the run is
// strict.
func (p *Pipeline) open(ctx context.Context, r *run, free chan *record.Cleaned, todo chan<- bite) error {
	start := time.Now()
	var w walk
	defer func() { r.addTimes(&w) }()
	number := len(r.cellar.base)
	fresh := int64(0) // rows since the last mark
	mark := func(whole bool) error {
		if r.log == nil || !whole && fresh < r.log.every {
			return nil
		}
		if t := r.log.taken; t != nil && t.read.Whole {
			return nil
		}
		fresh = 0
		return r.markRead(ctx, free, whole)
	}
	send := func(b bite, rows int) error {
		w.spent(roomIntake, start, rows)
		b.number = number
		number++
		select {
		case b.cleaned = <-free:
			todo <- b
		case <-ctx.Done():
			return ctx.Err()
		}
		start = time.Now()
		fresh += int64(rows)
		return mark(false)
	}
	if r.before != nil {
		err := r.before.replay(ctx, p.cfg.Schema(), func(f *record.Forms) error { return send(bite{forms: f}, f.N) })
		if err != nil {
			return err
		}
	}
	chunks := r.reader.Chunks
	if r.sample != nil {
		chunks = r.sample.Chunks
	}
	for chunk, err := range chunks(ctx) {
		if err != nil {
			var file *intake.FileError
			if !p.cfg.Strict && errors.As(err, &file) {
				r.damaged = append(r.damaged, file)
				r.progress.Warn(file)
				continue
			}
			return err
		}
		if err := send(bite{chunk: chunk}, len(chunk.Rows)); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return mark(true)
}

// work takes bites through the pure rooms and shelves their rows.
func (p *Pipeline) work(ctx context.Context, r *run, todo <-chan bite, done chan<- bite) error {
	w := &reader{
		walk:        walk{ctx: ctx},
		decode:      decode.New(p.cfg.Schema()),
		standardize: p.standardizer(r.erased),
		seeker:      r.seeker(),
		shelver:     r.newShelver(),
	}
	for b := range todo {
		if b.forms != nil {
			through(&w.walk, roomStandardize, w.standardize, b.forms, b.cleaned)
		} else {
			p.readOne(w, b.chunk, b.cleaned)
			b.chunk.Release()
		}
		w.times[roomStandardize].Rows += int64(b.cleaned.Records.N)
		if w.err == nil {
			start := time.Now()
			w.err = w.shelver.shelve(b.number, &b.cleaned.Records)
			w.spent(roomKeep, start, 0)
		}
		if b.err = w.err; b.err == nil && b.forms != nil && len(b.cleaned.Forgotten) > 0 {
			b.err = errErasedIsThere
		}
		done <- b
	}
	err := w.shelver.close()
	r.addTimes(&w.walk)
	return err
}

// keepAll keeps the bites in the order of their numbers.
func (p *Pipeline) keepAll(r *run, free chan<- *record.Cleaned, done <-chan bite) error {
	waiting := map[int]bite{}
	var w walk
	for next := len(r.cellar.base); ; next++ {
		b, ok := waiting[next]
		for !ok {
			var open bool
			if b, open = <-done; !open {
				r.addTimes(&w)
				return nil
			}
			if b.err != nil {
				return b.err
			}
			if ok = b.number == next; !ok {
				waiting[b.number] = b
			}
		}
		delete(waiting, next)
		start := time.Now()
		if err := r.keep(b.cleaned); err != nil {
			return err
		}
		if err := p.fits(int64(r.cellar.known.Len()), r.cellar.words()); err != nil {
			return err
		}
		w.spent(roomKeep, start, b.cleaned.Records.N)
		free <- b.cleaned
		r.progress.Stage("read", int64(r.cellar.known.Len()), r.expected())
	}
}

// expected is about how many forms there will be, 0 while nobody knows.
func (r *run) expected() int64 {
	var known int64 // of the snapshot before
	if r.before != nil {
		known = r.before.snapshot.Manifest.Counts.Forms
	}
	rows := r.reader.Expected()
	if rows == 0 {
		return 0
	}
	return max(int64(r.cellar.known.Len()), known+rows)
}

// keep stores the records of a bite and quarantines its refusals.
func (r *run) keep(c *record.Cleaned) error {
	r.count(c)
	if err := r.cellar.keep(&c.Records); err != nil {
		return err
	}
	if r.draft == nil {
		return nil
	}
	for i := range c.Refused.Len() {
		r.cellar.trace = state.AppendRefusal(r.cellar.trace[:0], &c.Refused, i)
		if err := r.cellar.came.Put(trailRefused, r.cellar.trace); err != nil {
			return err
		}
	}
	return nil
}

// refuse puts what was refused into quarantine, in the order in which it came.
func (r *run) refuse() error {
	var rows record.Refusals
	flush := func() error {
		r.refused.Refusals(&rows)
		var origins record.OriginRows
		for i := range rows.Len() {
			origins.Add(rows.Key.At(i), rows.Origin[i], record.Refused)
		}
		if err := r.origins.WriteRows(&origins); err != nil {
			return err
		}
		err := r.quarantine.WriteRows(&rows)
		rows.Reset()
		return err
	}
	err := r.cellar.trail.Bucket(trailRefused, func(row []byte) error {
		if err := state.ReadRefusal(row, &rows); err != nil || rows.Len() < refusalBatch {
			return err
		}
		return flush()
	})
	if err != nil {
		return err
	}
	return flush()
}

// refusalBatch is how many refusals go to the writer at once; their bytes may be
// many.
const refusalBatch = 256

// count counts the rows of a bite by source.
func (r *run) count(c *record.Cleaned) {
	add := func(origins []record.Origin, to func(*record.SourceCount) *uint64) {
		for _, o := range origins {
			if o.Source == replayed {
				continue
			}
			for int(o.Source) >= len(r.bySource) {
				r.bySource = append(r.bySource, record.SourceCount{})
			}
			*to(&r.bySource[o.Source])++
		}
	}
	add(c.Records.Origin, func(s *record.SourceCount) *uint64 { return &s.Forms })
	add(c.Refused.Origin, func(s *record.SourceCount) *uint64 { return &s.Refused })
	add(c.Forgotten, func(s *record.SourceCount) *uint64 { return &s.Forgotten })
	r.counts.FormsIn += int64(c.Len())
	r.counts.Quarantine += int64(c.Refused.Len())
	r.counts.Forgotten += int64(len(c.Forgotten))
}

// read ends the reading: repeats are found, the date of the scorecard is known.
func (r *run) read(workers int) error {
	if err := r.cellar.came.Close(); err != nil {
		return err
	}
	if r.draft != nil {
		if err := errors.Join(r.refuse(), r.carryOver(), r.quarantine.Close()); err != nil {
			return err
		}
	}
	repeats, err := r.resolve(workers)
	if err != nil {
		return err
	}
	r.counts.Repeats += int64(repeats)
	r.counts.Forms = int64(r.cellar.known.Len() - repeats)
	if r.counts.FormsIn == 0 {
		return fmt.Errorf("no form was found in the input")
	}
	if r.draft == nil {
		return nil
	}
	if err := r.nothing(); err != nil {
		return err
	}
	return r.setToday()
}

// nothing is an error where publishing would only do harm: no file could be
// read, or a good snapshot would give way to one without any form. What was
// refused row by row is worth a first snapshot: it holds the quarantine.
func (r *run) nothing() error {
	switch {
	case r.counts.Forms > 0, r.erase != nil:
		return nil
	case r.counts.Quarantine <= int64(len(r.damaged)):
		return fmt.Errorf("no file of the input could be read, see above")
	case r.draft.Previous != "":
		return fmt.Errorf("no usable form was found in the input: snapshot %s stays as it is; clean into an empty folder to see in its quarantine what was refused", r.draft.Previous)
	}
	return nil
}
