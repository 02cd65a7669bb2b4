package pipeline

import (
	"context"
	"slices"
	"time"

	"github.com/dusach/dusach/pipeline/intake"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/report"
	"github.com/dusach/dusach/pipeline/snapshot"
	"github.com/dusach/dusach/pipeline/state"
)

// publishIfNew publishes what is known as the next snapshot, unless all of it
// is published already.
func (l *live) publishIfNew(ctx context.Context) error {
	if l.head.unpublished() == 0 {
		return nil
	}
	start := time.Now()
	draft, err := snapshot.Begin(ctx, l.job.Store, snapshot.Options{Schema: l.p.cfg.Schema(), Version: l.job.Version, Command: l.job.Command, Lease: l.lease})
	if err != nil {
		return err
	}
	defer draft.Abort()
	r, err := l.draftRun(ctx, draft)
	if err != nil {
		return err
	}
	defer r.cellar.shelf.Close()
	clusters, err := l.p.publishLive(r, l.memory)
	if err != nil {
		return err
	}
	// From here on a crash leaves it to CURRENT whether this was published.
	plan := l.head.plan(draft.Number, r.counts)
	l.head.Planned = &plan
	if err := l.commit(l.log.Begin(), false); err != nil {
		return err
	}
	job := Job{Store: l.job.Store, Today: l.job.Today, Lang: l.job.Lang, Version: l.job.Version}
	if err := l.p.finish(r, job); err != nil {
		return err
	}
	plan.Counts = r.counts
	l.head.Published, l.head.Planned = plan, nil
	if err := l.commit(l.log.Begin(), false); err != nil {
		return err
	}
	l.published(clusters)
	l.last = l.p.summary(r, job, time.Since(start))
	l.watcher.Published(l.last)
	return nil
}

// draftRun is a run that has read everything that live knows, on its way to be
// published.
func (l *live) draftRun(ctx context.Context, draft *snapshot.Draft) (*run, error) {
	sources := &record.Sources{}
	for _, name := range l.sources.Names() {
		sources.Add(name)
	}
	shelf, err := state.NewShelf(l.p.cfg.Tmp, shelves)
	if err != nil {
		return nil, err
	}
	n := l.known.Len()
	r := &run{
		ctx: ctx, draft: draft, progress: l.progress, today: l.job.Today,
		reader: intake.New(nil, intake.Options{Schema: l.p.cfg.Schema(), Sources: sources}),
		cellar: &cellar{known: l.known, shelf: shelf, origin: slices.Clone(l.origin), repeats: make([]bool, n)},
		pairs:  l.pairCounts(),
		topics: l.inputs(),
	}
	h, done := &l.head, &l.head.Published
	for i := range done.Records {
		r.cellar.origin[i].Source = replayed
	}
	r.counts.Forms = int64(n)
	r.counts.Quarantine = int64(h.Refusals - done.Refusals)
	r.counts.Repeats = int64(h.Repeats - done.Repeats)
	r.counts.FormsIn = r.counts.Forms + r.counts.Quarantine + r.counts.Repeats
	r.bySource = make([]record.SourceCount, len(sources.Names()))
	for i := int(done.Records); i < n; i++ {
		r.bySource[l.origin[i].Source].Forms++
	}
	if r.refused, err = report.NewTally(l.p.cfg.Schema(), ""); err != nil {
		return nil, err
	}
	if done.Snapshot != "" {
		s, err := snapshot.Open(l.job.Store, done.Snapshot)
		if err != nil {
			return nil, err
		}
		r.before = &before{snapshot: s, forms: int(done.Records), person: l.before, ids: l.was}
	}
	return r, nil
}

// inputs are the stretches of partitions that a snapshot of now goes back to.
func (l *live) inputs() (list []snapshot.Input) {
	for key, next := range l.head.Offsets {
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
	clusters, err := p.settleAll(r, slices.Clone(m.links))
	if err != nil {
		return nil, err
	}
	if err := m.shelve(r, clusters); err != nil {
		return nil, err
	}
	return clusters, p.publishAll(r, clusters, slices.Clone(m.links))
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
