package pipeline

import (
	"context"
	"time"

	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/state"
)

// take takes a bite in: clean records, refusals, names, links and offsets, all
// in one commit. When it returns without an error, the bite is durable.
func (l *live) take(ctx context.Context, bite *clean) error {
	told := LiveBite{Read: bite.took, Publishing: l.publishing}
	b := l.log.Begin()
	defer func() {
		if b != nil {
			b.Discard()
		}
	}()
	if err := l.full(bite.rows); err != nil {
		return err
	}
	from, repeats, links := l.known.Len(), l.head.Repeats, len(l.links)
	for i := range bite.came {
		d := &bite.came[i]
		if d.Chunk != nil {
			c := bite.cleaned[i]
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
			l.head.Forgotten += uint32(len(c.Forgotten))
			told.count(c)
			d.Chunk.Release()
		}
		l.setNext(d.Partition, d.Next)
		l.targets[d.Partition] = max(l.targets[d.Partition], d.End)
	}
	start := time.Now()
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
	l.report(&told, bite.came)
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
