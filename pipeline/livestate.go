package pipeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"

	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/review"
	"github.com/dusach/dusach/pipeline/snapshot"
	"github.com/dusach/dusach/pipeline/standardize"
	"github.com/dusach/dusach/pipeline/state"
)

// liveDir is the folder of the log in a store.
func liveDir(store string) string { return filepath.Join(store, "state", "live") }

// recall brings the memory back: from the log, if it goes on from what CURRENT
// names; from that snapshot and the topic behind it, if the log is lost, was
// overtaken by another command or belongs to another epoch.
func (l *live) recall(ctx context.Context, p *Pipeline) error {
	current, there, err := l.open(p)
	switch {
	case err != nil:
		return err
	case !there && current == nil:
		return nil
	case !there:
		return l.begin(ctx, current)
	}
	ours, err := l.reconcile(current)
	if err != nil {
		return err
	}
	if !ours {
		return l.rebuild(ctx, current)
	}
	return l.load(ctx)
}

// open opens the published snapshot, nil where there is none, and the log, and
// reports whether the log has a head.
func (l *live) open(p *Pipeline) (current *snapshot.Snapshot, there bool, err error) {
	current, err = snapshot.Open(l.job.Store, "")
	if err != nil && !errors.Is(err, snapshot.ErrNoSnapshot) {
		return nil, false, err
	}
	if current != nil {
		if err := p.sameType(current); err != nil {
			return nil, false, err
		}
		if l.erased, err = tombstonesOf(current, l.job.ForgetKey); err != nil {
			return nil, false, err
		}
	}
	log, err := state.OpenLog(liveDir(l.job.Store), state.LogOptions{Warn: l.progress.Warn})
	if err != nil {
		return nil, false, fmt.Errorf("%w; move the folder away and start again: it is then built from the last snapshot and the topic", err)
	}
	l.memory = p.newMemory(log)
	there, err = log.Head(&l.head)
	if err == nil && there && l.head.Version != headVersion {
		err = fmt.Errorf("the state of store %s is of layout %d, this version writes %d: use the version that wrote it", l.job.Store, l.head.Version, headVersion)
	}
	return current, there, err
}

// reconcile reports whether the log goes on from the published snapshot under
// this epoch.
func (l *live) reconcile(current *snapshot.Snapshot) (ours bool, err error) {
	h := &l.head
	if h.Planned != nil && current != nil && h.Planned.is(current.Manifest) {
		h.Published = *h.Planned
	}
	h.Planned = nil
	published := ""
	if current != nil {
		published = current.Number
	}
	switch {
	case h.Published.Snapshot == published && h.Epoch == l.p.epoch():
		return true, nil
	case current == nil && h.Published.Snapshot != "":
		return false, fmt.Errorf("store %s: its state goes on from snapshot %s, but CURRENT is gone: restore the snapshots", l.job.Store, h.Published.Snapshot)
	case current == nil:
		return false, fmt.Errorf("store %s: its state was made under another model, rules or version, and nothing is published yet: go on with those, or remove %s to read the topic again from its beginning",
			l.job.Store, liveDir(l.job.Store))
	}
	return false, nil
}

// rebuild puts a log aside that does not go on from the published snapshot, and
// begins another one. Messages that only the log knew are read again, so it is
// kept unless the broker holds them.
func (l *live) rebuild(ctx context.Context, current *snapshot.Snapshot) error {
	list, err := l.topic.Stretches(ctx)
	if err != nil {
		return err
	}
	offsets := offsetsOf(current.Manifest)
	for _, s := range list {
		next, ok := offsets[offsetKey(l.topic.Name(), s.Partition)]
		if !ok {
			if _, read := l.head.Offsets[offsetKey(l.topic.Name(), s.Partition)]; !read {
				continue
			}
			next = 0 // all that the log read of it came after the snapshot
		}
		if err := l.topic.Check(next, s); err != nil {
			return fmt.Errorf("store %s: its state does not go on from snapshot %s, which another command published, and cannot be built again: %w",
				l.job.Store, current.Number, err)
		}
	}
	l.progress.Warn(fmt.Errorf("the state does not go on from snapshot %s: building it again from there", current.Number))
	p := l.p
	if err := errors.Join(l.log.Close(), state.RemoveLog(liveDir(l.job.Store))); err != nil {
		return err
	}
	log, err := state.OpenLog(liveDir(l.job.Store), state.LogOptions{Warn: l.progress.Warn})
	if err != nil {
		return err
	}
	l.memory = p.newMemory(log)
	return l.begin(ctx, current)
}

// begin fills an empty log with the forms of a snapshot, as they came. They
// walk through the house as new ones do.
func (l *live) begin(ctx context.Context, current *snapshot.Snapshot) error {
	from := &before{snapshot: current, ids: map[uint32][]byte{}}
	room := standardize.New(l.p.cfg.Packing, standardize.Options{Today: l.p.cfg.Epoch})
	b := l.log.Begin()
	var cleaned record.Cleaned
	err := from.replay(ctx, l.p.cfg.Schema(), func(f *record.Forms) error {
		if err := room.Do(ctx, f, &cleaned); err != nil {
			return err
		}
		at := l.known.Len()
		if err := l.full(f.N); err != nil {
			return err
		}
		if err := l.keep(&cleaned.Records, b); err != nil {
			return err
		}
		if err := l.match(ctx, at); err != nil {
			return err
		}
		l.progress.Stage("recall", int64(l.known.Len()), current.Manifest.Counts.Forms)
		return l.commit(b, true)
	})
	if err != nil {
		b.Discard()
		return err
	}
	if n := int64(l.known.Len()); n != current.Manifest.Counts.Forms || l.head.Repeats > 0 {
		b.Discard()
		return fmt.Errorf("of %d forms of snapshot %s only %d are accepted by this version: run dusach clean on the store first", current.Manifest.Counts.Forms, current.Number, n)
	}
	l.head.Offsets = offsetsOf(current.Manifest)
	l.head.Published = l.head.plan(current.Number, current.Manifest.Counts, decisionsOf(current.Manifest))
	l.before, l.was = from.person, from.ids
	return l.commit(b, false)
}

// load reads the log. On the way, where the snapshot ends, it finds out who was
// who in it.
func (l *live) load(ctx context.Context) error {
	h := &l.head
	for _, name := range h.Sources {
		l.sources.Add(name)
	}
	err := l.log.Each(state.LogName, 0, h.Names, func(n uint32, v []byte) error {
		k, err := state.ReadName(v)
		if err != nil || l.known.Names.Add(&k, record.HashName(&k)) != n+1 {
			return errors.Join(err, fmt.Errorf("the state is damaged: name %d came before", n))
		}
		return nil
	})
	if err != nil {
		return err
	}
	l.known.Names.WeighRest(l.p.cfg.Model.Terms.Rarity)
	err = l.log.Each(state.LogLink, 0, h.Links, func(_ uint32, v []byte) error {
		link, err := state.ReadLink(v)
		l.links = append(l.links, link)
		return err
	})
	if err != nil {
		return err
	}
	if err := l.loadRecords(ctx, 0, h.Published.Records); err != nil {
		return err
	}
	l.settleIDs()
	ledger, err := review.Read(l.job.Store)
	if err != nil {
		return err
	}
	l.ledger = ledger.First(h.Published.Reviews)
	clusters, err := l.settle(ctx, l.ledger)
	if err != nil {
		return err
	}
	l.before, l.was = l.persons(clusters)
	if err := l.loadRecords(ctx, h.Published.Records, h.Records); err != nil {
		return err
	}
	l.index.Take(l.known.Len())
	return nil
}

func (l *live) loadRecords(ctx context.Context, from, to uint32) error {
	width := l.p.cfg.Packing.Width
	return l.log.Each(state.LogRecord, from, to, func(n uint32, v []byte) error {
		if n&0xffff == 0 {
			l.progress.Stage("recall", int64(n), int64(l.head.Records))
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		k, err := state.ReadKnown(v, width)
		if err != nil {
			return err
		}
		copy(l.known.Packed.Add(width), k.Packed)
		key := keyOf(k.ID)
		l.known.AppendID(k.ID, key, k.Collected)
		l.content, l.origin = append(l.content, k.Content), append(l.origin, k.Origin)
		l.name(n, key)
		return nil
	})
}

// settle decides who is who among all that are in memory, under the decisions of
// people in a ledger.
func (m *memory) settle(ctx context.Context, ledger *review.Ledger) (*record.Clusters, error) {
	links := make([]record.Link, 0, len(m.links))
	for i := range m.links {
		if int(m.links[i].B) < m.known.Len() {
			links = append(links, m.links[i])
		}
	}
	r := &run{ctx: ctx, cellar: &m.cellar, progress: Quiet{}, ledger: ledger}
	links, err := m.p.follow(r, links)
	if err != nil {
		return nil, err
	}
	return m.p.settleAll(r, links)
}

// persons returns who is who among all that are in memory, and the ids of those
// whose own id was taken.
func (m *memory) persons(clusters *record.Clusters) (of []record.PersonKey, ids map[uint32][]byte) {
	of = make([]record.PersonKey, len(clusters.Founder))
	for i, founder := range clusters.Founder {
		of[i] = m.known.Key[founder]
	}
	ids = maps.Clone(m.known.Renamed)
	for n, id := range ids {
		ids[n] = bytes.Clone(id)
	}
	return of, ids
}
