package pipeline

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/dusach/dusach/pipeline/decode"
	"github.com/dusach/dusach/pipeline/intake"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/standardize"
	"github.com/dusach/dusach/pipeline/state"
)

// take takes a bite in: clean records, refusals, names, links and offsets, all
// in one commit. When it returns without an error, the bite is durable.
func (l *live) take(ctx context.Context, bite []intake.Delivery) error {
	var told LiveBite
	start := time.Now()
	cleaned, err := l.readBite(ctx, bite)
	if err != nil {
		return err
	}
	told.Read = time.Since(start)
	b := l.log.Begin()
	defer func() {
		if b != nil {
			b.Discard()
		}
	}()
	rows := 0
	for _, c := range cleaned {
		if c != nil {
			rows += c.Records.N
		}
	}
	if err := l.full(rows); err != nil {
		return err
	}
	from, repeats, links := l.known.Len(), l.head.Repeats, len(l.links)
	for i, d := range bite {
		if c := cleaned[i]; c != nil {
			if err := l.keep(&c.Records, b); err != nil {
				return err
			}
			if err := l.refuse(&c.Refused, b); err != nil {
				return err
			}
			if l.dead != nil {
				if err := l.dead.Send(ctx, d.Partition, &c.Refused); err != nil {
					return err
				}
			}
			told.count(c)
			d.Chunk.Release()
		}
		l.setNext(d.Partition, d.Next)
		l.targets[d.Partition] = max(l.targets[d.Partition], d.End)
	}
	start = time.Now()
	if err := l.match(ctx, from); err != nil {
		return err
	}
	told.Match = time.Since(start)
	for _, j := range l.judges {
		told.Matches = append(told.Matches, j.took...)
	}
	start = time.Now()
	done := b
	b = nil
	if err := l.commit(done, false); err != nil {
		return err
	}
	told.Commit = time.Since(start)
	told.Repeats = int(l.head.Repeats - repeats)
	told.Forms -= told.Repeats
	told.Links = len(l.links) - links
	l.report(&told, bite)
	return nil
}

// refuse puts refusals into a bite.
func (m *memory) refuse(r *record.Refusals, b *state.Bite) error {
	for i := range r.Len() {
		m.buf = state.AppendRefusal(m.buf[:0], r, i)
		if err := b.Put(state.LogRefusal, m.head.Refusals, m.buf); err != nil {
			return err
		}
		m.head.Refusals++
	}
	return nil
}

// readBite takes the chunks of a bite through the first two rooms, some at the
// same time. A delivery without a chunk gives nil. The rooms stay, with what
// they remember, and so does the memory of what they make, until the next bite.
func (l *live) readBite(ctx context.Context, bite []intake.Delivery) ([]*record.Cleaned, error) {
	for len(l.readers) < l.p.cfg.Workers {
		l.readers = append(l.readers, l.p.newReader())
	}
	for len(l.cleaned) < len(bite) {
		l.cleaned = append(l.cleaned, new(record.Cleaned))
	}
	out := make([]*record.Cleaned, len(bite))
	var next atomic.Int64
	err := each(min(len(l.readers), len(bite)), func(n int) error {
		w := l.readers[n]
		w.ctx = ctx
		for {
			i := int(next.Add(1)) - 1
			if i >= len(bite) || w.err != nil {
				return w.err
			}
			if bite[i].Chunk != nil {
				out[i] = l.cleaned[i]
				l.p.readOne(w, bite[i].Chunk, out[i])
			}
		}
	})
	return out, err
}

func (p *Pipeline) newReader() *reader {
	return &reader{
		decode:      decode.New(p.cfg.Schema()),
		standardize: standardize.New(p.cfg.Packing, standardize.Options{Today: p.cfg.Epoch}),
	}
}

// readOne is read, with the refusals of both rooms together.
func (p *Pipeline) readOne(w *reader, chunk *record.Chunk, out *record.Cleaned) {
	p.read(w, chunk, out)
	w.refused.Merge(&out.Refused, &w.decoded.Refused)
	out.Refused, w.refused = w.refused, out.Refused
	w.times[roomDecode].Rows += int64(w.decoded.Forms.N)
}
