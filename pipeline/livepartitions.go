package pipeline

import (
	"context"
	"errors"
	"time"

	"github.com/dusach/dusach/pipeline/intake"
)

// pulseEvery is how often a loop that has nothing to do says that it lives.
const pulseEvery = 5 * time.Second

// partitionsEvery is how often the topic is asked whether it has grown.
const partitionsEvery = 30 * time.Second

// watch asks the broker how far the topic goes, and begins to read every
// partition that is not being read yet.
func (l *live) watch(ctx context.Context) error {
	list, err := l.topic.Stretches(ctx)
	if err != nil {
		return err
	}
	return l.readAll(ctx, list)
}

// askOn asks the broker from time to time how far the topic goes. It waits for
// the answer on its own, so that the loop goes on while a broker is away.
func (l *live) askOn(ctx context.Context) {
	tick := time.NewTicker(partitionsEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		list, err := l.topic.Stretches(ctx)
		if ctx.Err() != nil {
			return
		}
		if err = l.heard(ctx, list, err); err != nil {
			l.fail(ctx, err)
			return
		}
	}
}

// heard acts on an answer of the broker. One that is away may come back: the
// partitions are asked again for ever as well.
func (l *live) heard(ctx context.Context, list []intake.Stretch, err error) error {
	if errors.Is(err, intake.ErrAway) {
		l.progress.Warn(err)
		return nil
	}
	if err != nil {
		return err
	}
	return l.between(ctx, func() error { return l.readAll(ctx, list) })
}

// readAll begins to read every partition that is not being read yet, each by a
// goroutine of its own, from where the state ends.
func (l *live) readAll(ctx context.Context, list []intake.Stretch) error {
	for _, s := range list {
		l.targets[s.Partition] = s.Next
		if l.reading[s.Partition] {
			continue
		}
		next, known := l.next(s.Partition)
		if !known {
			next = s.First
			l.setNext(s.Partition, next)
		}
		if err := l.topic.Check(next, s); err != nil {
			return err
		}
		l.reading[s.Partition] = true
		go l.readPartition(ctx, s.Partition, l.sourceOf(intake.SourceName(l.topic.Name(), s.Partition)), next)
	}
	l.watcher.Asked(l.lags(list))
	return nil
}

// readPartition hands on what a partition holds from offset next on, until ctx ends.
func (l *live) readPartition(ctx context.Context, partition int, source uint32, next int64) {
	err := l.topic.Read(ctx, partition, source, next, func(d intake.Delivery) bool {
		select {
		case l.arriving <- d:
			return true
		case <-ctx.Done():
			return false
		}
	})
	if err != nil {
		l.fail(ctx, err)
	}
}

// lags returns how far the partitions have been read. The broker's answer may be
// older than what was read since.
func (l *live) lags(list []intake.Stretch) []PartitionLag {
	lags := make([]PartitionLag, len(list))
	for i, s := range list {
		next, _ := l.next(s.Partition)
		lags[i] = PartitionLag{s.Partition, next, max(s.Next, next)}
	}
	return lags
}

// drained reports whether all that the topic held when it was last asked has
// been read.
func (l *live) drained() bool {
	for partition, target := range l.targets {
		if next, _ := l.next(partition); next < target {
			return false
		}
	}
	return true
}

// grew asks again, and reports whether there is more to read by now.
func (l *live) grew(ctx context.Context) (bool, error) {
	err := l.watch(ctx)
	return err == nil && !l.drained(), err
}
