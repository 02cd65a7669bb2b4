package pipeline

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/dusach/dusach/pipeline/decode"
	"github.com/dusach/dusach/pipeline/erasure"
	"github.com/dusach/dusach/pipeline/intake"
	"github.com/dusach/dusach/pipeline/record"
)

// clean is a bite that went through the first two rooms: what was made of each
// delivery that had a chunk.
type clean struct {
	came    []intake.Delivery
	cleaned []*record.Cleaned // as long as the longest came
	rows    int               // before they were cleaned
	took    time.Duration
}

// bitesUnderWay is how many bites there are: one is taken in while the next is
// made clean.
const bitesUnderWay = 2

// cleanAll makes bites and cleans them, each while the one before is taken in,
// until ctx ends.
func (l *live) cleanAll(ctx context.Context) {
	for range bitesUnderWay {
		l.free <- &clean{}
	}
	for {
		select {
		case b := <-l.free:
			if !l.gather(ctx, b) {
				return
			}
			if err := l.clean(ctx, b); err != nil {
				l.fail(ctx, err)
				return
			}
			select {
			case l.bites <- b:
			case <-ctx.Done():
				return
			}
		case <-ctx.Done():
			return
		}
	}
}

// gather waits for a delivery and then for more, until there are enough for a
// commit or none comes for a while. It reports false where ctx ended.
func (l *live) gather(ctx context.Context, b *clean) bool {
	b.came, b.rows = b.came[:0], 0
	add := func(d intake.Delivery) {
		b.came = append(b.came, d)
		if d.Chunk != nil {
			b.rows += len(d.Chunk.Rows)
		}
	}
	select {
	case d := <-l.arriving:
		add(d)
	case <-ctx.Done():
		return false
	}
	wait := l.job.BiteWait
	if wait <= 0 {
		wait = 50 * time.Millisecond
	}
	full := time.NewTimer(wait)
	defer full.Stop()
	for b.rows < l.p.cfg.BatchSize {
		select {
		case d := <-l.arriving:
			add(d)
		case <-full.C:
			return true
		case <-ctx.Done():
			return false
		}
	}
	return true
}

// clean takes the chunks of a bite through the first two rooms, some at the
// same time. The rooms stay, with what they remember, and so does the memory of
// what they make.
func (l *live) clean(ctx context.Context, b *clean) error {
	start := time.Now()
	for len(l.readers) < l.p.cfg.Workers {
		l.readers = append(l.readers, l.p.newReader(l.erased))
	}
	for len(b.cleaned) < len(b.came) {
		b.cleaned = append(b.cleaned, new(record.Cleaned))
	}
	var next atomic.Int64
	err := each(min(len(l.readers), len(b.came)), func(n int) error {
		w := l.readers[n]
		w.ctx = ctx
		for {
			i := int(next.Add(1)) - 1
			if i >= len(b.came) || w.err != nil {
				return w.err
			}
			if b.came[i].Chunk != nil {
				l.p.readOne(w, b.came[i].Chunk, b.cleaned[i])
			}
		}
	})
	b.took = time.Since(start)
	return err
}

func (p *Pipeline) newReader(erased *erasure.Tombstones) *reader {
	return &reader{
		decode:      decode.New(p.cfg.Schema()),
		standardize: p.standardizer(erased),
		seeker:      seekerIn(erased),
	}
}

// readOne is read, with the refusals of both rooms together.
func (p *Pipeline) readOne(w *reader, chunk *record.Chunk, out *record.Cleaned) {
	p.read(w, chunk, out)
	w.mergeRefusals(out)
	w.times[roomDecode].Rows += int64(w.decoded.Forms.N)
}
