package pipeline

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/dusach/dusach/pipeline/intake"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/report"
	"github.com/dusach/dusach/pipeline/review"
	"github.com/dusach/dusach/pipeline/snapshot"
	"github.com/dusach/dusach/pipeline/state"
)

// A publication under way: the memory as it was when it began, and the snapshot
// that is made of it while reading goes on.
type publishing struct {
	*live
	memory *memory // frozen
	run    *run
	plan   publication
	start  time.Time
	house  *Pipeline
}

// publishIfNew begins to publish what is known as the next snapshot, unless all
// of it is published already, and what people decided with it, or a publication is
// under way.
func (l *live) publishIfNew(ctx context.Context) error {
	if l.publishing {
		return nil
	}
	ledger, err := review.Read(l.job.Store)
	if err != nil {
		return err
	}
	if l.head.unpublished() == 0 && (l.head.messages() == 0 || len(ledger.List) == l.head.Published.Reviews) {
		return nil
	}
	draft, err := snapshot.Begin(ctx, l.job.Store, snapshot.Options{Schema: l.p.cfg.Schema(), Version: l.job.Version, Command: l.job.Command, Lease: l.lease})
	if err != nil {
		return err
	}
	p := &publishing{live: l, memory: l.frozen(), start: time.Now(), house: l.p}
	if !l.job.StopAtEnd || !l.drained() { // reading comes first
		house := *l.p
		house.cfg.Workers = max(1, house.cfg.Workers/2)
		p.house = &house
	}
	if p.run, err = l.draftRun(ctx, draft, p.memory); err != nil {
		return errors.Join(err, draft.Abort())
	}
	p.run.ledger, l.ledger = ledger, ledger
	l.publishing = true
	l.watcher.Publishing()
	l.others.Go(func() {
		err := errors.Join(p.publish(ctx), p.run.cellar.close(), draft.Abort())
		if err != nil {
			l.fail(ctx, err)
		}
	})
	return nil
}

// publish makes the snapshot and publishes it. The loop writes into the head
// what is going to be published before CURRENT is turned: after a crash CURRENT
// says whether it was.
func (p *publishing) publish(ctx context.Context) error {
	clusters, err := p.house.publishLive(p.run, p.memory)
	if err != nil {
		return err
	}
	p.plan = p.memory.head.plan(p.run.draft.Number, p.run.counts, len(p.run.ledger.List))
	err = p.between(ctx, func() error {
		p.head.Planned = &p.plan
		return p.commit(p.log.Begin(), false)
	})
	if err != nil {
		return err
	}
	job := Job{Store: p.job.Store, Today: p.job.Today, Lang: p.job.Lang, Version: p.job.Version}
	if err := p.p.finish(p.run, job); err != nil {
		return err
	}
	if p.job.Keep != (snapshot.Retention{}) {
		if _, err := snapshot.Prune(p.job.Store, p.job.Keep, time.Now(), false); err != nil {
			p.progress.Warn(err)
		}
	}
	before, was := p.memory.persons(clusters)
	return p.between(ctx, func() error {
		p.head.Published, p.head.Planned = p.plan, nil
		p.head.Published.Counts = p.run.counts
		if err := p.commit(p.log.Begin(), false); err != nil {
			return err
		}
		p.before, p.was = before, was
		p.live.publishing = false
		p.last = p.p.summary(p.run, job, time.Since(p.start))
		p.watcher.Published(p.last, p.head.unpublished())
		return nil
	})
}

// draftRun is a run that has read everything that a frozen memory knows, on its
// way to be published.
func (l *live) draftRun(ctx context.Context, draft *snapshot.Draft, m *memory) (*run, error) {
	n, h, done := m.known.Len(), &m.head, &m.head.Published
	cellar, err := m.emptyCellar(l.p.cfg.Tmp)
	if err != nil {
		return nil, err
	}
	r := &run{
		ctx: ctx, draft: draft, progress: l.progress, today: l.job.Today,
		reader: intake.New(nil, intake.Options{Schema: l.p.cfg.Schema(), Sources: m.sources}),
		cellar: cellar,
		pairs:  m.head.Pairs,
		topics: m.inputs(),
	}
	r.counts.Forms = int64(n)
	r.counts.Quarantine = int64(h.Refusals - done.Refusals)
	r.counts.Repeats = int64(h.Repeats - done.Repeats)
	r.counts.Forgotten = int64(h.Forgotten - done.Forgotten)
	r.counts.FormsIn = r.counts.Forms + r.counts.Quarantine + r.counts.Repeats + r.counts.Forgotten
	r.erased = l.erased
	r.bySource = make([]record.SourceCount, len(m.sources.Names()))
	for i := int(done.Records); i < n; i++ {
		r.bySource[m.origin[i].Source].Forms++
	}
	if r.refused, err = report.NewTally(l.p.cfg.Schema(), ""); err != nil {
		return nil, err
	}
	if done.Snapshot != "" {
		s, err := snapshot.Open(l.job.Store, done.Snapshot)
		if err != nil {
			return nil, err
		}
		r.before = &before{snapshot: s, forms: int(done.Records), person: m.before, ids: m.was}
	}
	return r, nil
}

// emptyCellar is the memory as a run over all of it leaves it behind, but for what
// lies on its shelves.
func (m *memory) emptyCellar(tmp string) (c *cellar, err error) {
	c = &cellar{known: m.known, kept: m.kept, repeats: make([]bool, m.known.Len())}
	if c.shelf, err = state.NewShelf(tmp, shelves); err != nil {
		return nil, err
	}
	if c.trail, err = state.NewShelf(tmp, 1); err != nil {
		return nil, errors.Join(err, c.close())
	}
	return c, nil
}

// leaveTrail writes who all forms are; the snapshot before knows where the first
// ones came from.
func (m *memory) leaveTrail(c *cellar, before int) error {
	out := c.trail.Writer()
	for i := range m.origin {
		origin, collected := m.origin[i], m.known.Collected[i]
		if i < before {
			origin.Source = replayed
		}
		c.latest = max(c.latest, collected)
		c.trace = appendTrace(c.trace[:0], origin, collected, m.known.FormID.At(i))
		if err := out.Put(0, c.trace); err != nil {
			return err
		}
	}
	return out.Close()
}

// inputs are the stretches of partitions that a snapshot of now goes back to.
func (m *memory) inputs() (list []snapshot.Input) {
	for key, next := range m.head.Offsets {
		topic, partition := splitOffsetKey(key)
		list = append(list, snapshot.Input{Topic: topic, Partition: partition, NextOffset: next})
	}
	return sortedTopics(list)
}

// publishLive writes every table of a snapshot of all that is in memory.
func (p *Pipeline) publishLive(r *run, m *memory) (*record.Clusters, error) {
	var err error
	if r.quarantine, err = r.draft.Quarantine(0, r.reader.Sources()); err != nil {
		return nil, err
	}
	if r.origins, err = r.draft.Origins(0, r.reader.Sources()); err != nil {
		return nil, err
	}
	if err := m.leaveTrail(r.cellar, int(m.head.Published.Records)); err != nil {
		return nil, err
	}
	if err := r.carryOver(); err != nil {
		return nil, err
	}
	if err := m.publishRefusals(r); err != nil {
		return nil, err
	}
	if err := m.publishRepeats(r); err != nil {
		return nil, err
	}
	if err := r.quarantine.Close(); err != nil {
		return nil, err
	}
	if err := r.setToday(); err != nil {
		return nil, err
	}
	links, err := p.follow(r, slices.Clone(m.links))
	if err != nil {
		return nil, err
	}
	clusters, err := p.settleAll(r, links)
	if err != nil {
		return nil, err
	}
	if err := m.shelve(r, clusters); err != nil {
		return nil, err
	}
	return clusters, p.publishAll(r, clusters, links)
}

// shelve puts the rows of all forms on a shelf, by person.
func (m *memory) shelve(r *run, clusters *record.Clusters) error {
	start := time.Now()
	out := r.cellar.shelf.Writer()
	err := m.log.Each(state.LogRow, 0, m.head.Records, func(n uint32, row []byte) error {
		if n&0xfff == 0 {
			if err := r.ctx.Err(); err != nil {
				return err
			}
		}
		return out.Put(int(m.known.Key[clusters.Founder[n]][0]), row)
	})
	if err != nil {
		return err
	}
	var w walk
	w.spent(roomKeep, start, m.known.Len())
	r.addTimes(&w)
	return out.Close()
}

// publishRefusals writes the messages that were refused since the snapshot
// before.
func (m *memory) publishRefusals(r *run) error {
	var rows record.Refusals
	flush := func() error {
		r.refused.Refusals(&rows)
		var origins record.OriginRows
		for i := range rows.Len() {
			origins.Add(rows.Key.At(i), rows.Origin[i], record.Refused)
			r.bySource[rows.Origin[i].Source].Refused++
		}
		if err := r.origins.WriteRows(&origins); err != nil {
			return err
		}
		err := r.quarantine.WriteRows(&rows)
		rows.Reset()
		return err
	}
	err := m.log.Each(state.LogRefusal, m.head.Published.Refusals, m.head.Refusals, func(_ uint32, v []byte) error {
		if err := state.ReadRefusal(v, &rows); err != nil || rows.Len() < linkBatch {
			return err
		}
		return flush()
	})
	if err != nil {
		return err
	}
	return flush()
}

// publishRepeats writes where known forms came again since the snapshot before.
func (m *memory) publishRepeats(r *run) error {
	var rows record.OriginRows
	err := m.log.Each(state.LogRepeat, m.head.Published.Repeats, m.head.Repeats, func(_ uint32, v []byte) error {
		id, at, err := state.ReadRepeat(v)
		if err != nil {
			return err
		}
		rows.Add(id, at, record.Repeat)
		r.bySource[at.Source].Repeats++
		if rows.N < linkBatch {
			return nil
		}
		err = r.origins.WriteRows(&rows)
		rows.Reset()
		return err
	})
	if err != nil {
		return err
	}
	return r.origins.WriteRows(&rows)
}
