package pipeline

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/dusach/dusach/pipeline/decode"
	"github.com/dusach/dusach/pipeline/erasure"
	"github.com/dusach/dusach/pipeline/intake"
	"github.com/dusach/dusach/pipeline/lookup"
	"github.com/dusach/dusach/pipeline/snapshot"
)

// LiveJob is a topic to live from.
type LiveJob struct {
	Topic      intake.TopicOptions
	Store      string
	Every      time.Duration      // publish so often, if anything came; 0: never by the clock
	EveryForms int64              // publish once so many messages are not published yet; 0: never by their number
	StopAtEnd  bool               // publish and end when the topic is drained
	Today      string             // ISO date of the scorecard; "": the latest collection date
	Lang       string             // of the report: "vi" or "en"
	Version    string             // of dusach
	Command    string             // for whoever finds the store in use
	DeadLetter string             // topic that refused messages are sent to as well; "": none
	Watcher    LiveWatcher        // nil: nobody
	ForgetKey  string             // as in Job
	Keep       snapshot.Retention // which earlier snapshots stay after each publication; the zero value: all
	BiteWait   time.Duration      // how long a bite is waited for to fill; 0: 50 ms
}

// A live run takes bites of messages until it is told to stop. It knows
// everybody; what it knows is durable bite by bite, and published on a
// schedule. One goroutine does all of it; others fetch, decode and compare.
type live struct {
	*memory
	job      LiveJob
	topic    *intake.Topic
	lease    *snapshot.Lease
	progress Progress
	watcher  LiveWatcher
	erased   *erasure.Tombstones // of the store; nil: none
	dead     *intake.DeadLetter  // nil where refused messages go to quarantine alone

	arriving   chan intake.Delivery
	bites      chan *clean // clean, to be taken in
	free       chan *clean // to be filled again
	errands    chan func()
	broken     chan error   // a partition that cannot be read on, a publication that failed
	reading    map[int]bool // partitions
	readers    []*reader
	targets    map[int]int64
	publishing bool
	others     sync.WaitGroup // goroutines that read the memory or write the store
	last       *Summary
	kin        kin // of the records, for whoever asks
	started    time.Time
}

// Live reads forms from a topic, matches each against everybody known and
// publishes snapshots, until ctx ends or, with StopAtEnd, the topic is drained.
// It returns what the last publication did, nil if there was none. Whatever
// stops it, even a crash, what was read is neither lost nor read twice: a next
// Live goes on behind the last bite that was committed.
func (p *Pipeline) Live(ctx context.Context, job LiveJob, progress Progress) (s *Summary, err error) {
	if p.cfg.Learn || p.cfg.LinkOnly {
		return nil, errors.New("live needs a model that is known before the first form: give --model")
	}
	lease, err := snapshot.TakeLease(job.Store, job.Command)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, lease.Release()) }()
	l := newLive(job, lease, progress)
	l.job.Topic.Schema, l.job.Topic.Warn, l.job.Topic.Arrow = p.cfg.Schema(), progress.Warn, decode.OpenArrow
	if l.topic, err = intake.OpenTopic(l.job.Topic); err != nil {
		return nil, err
	}
	defer l.topic.Close()
	if job.DeadLetter != "" {
		if l.dead, err = intake.OpenDeadLetter(l.job.Topic, job.DeadLetter); err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, l.dead.Close()) }()
	}
	defer func() {
		if l.memory != nil {
			err = errors.Join(err, l.log.Close())
		}
	}()
	if err := l.recall(ctx, p); err != nil {
		return nil, err
	}
	l.watcher.Ready(l.known.Len())
	defer l.others.Wait()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if err := l.loop(ctx); err != nil {
		return l.last, err
	}
	return l.last, nil
}

func newLive(job LiveJob, lease *snapshot.Lease, progress Progress) *live {
	l := &live{job: job, lease: lease, progress: progress, watcher: job.Watcher, started: time.Now(),
		arriving: make(chan intake.Delivery), bites: make(chan *clean), free: make(chan *clean, bitesUnderWay), errands: make(chan func()),
		broken: make(chan error), reading: map[int]bool{}, targets: map[int]int64{}}
	if l.watcher == nil {
		l.watcher = unwatched{}
	}
	return l
}

// loop takes bites and publishes until the run ends.
func (l *live) loop(ctx context.Context) error {
	if err := l.watch(ctx); err != nil {
		return err
	}
	l.others.Go(func() { l.cleanAll(ctx) })
	hush, err := lookup.Serve(ctx, l.job.Store, l.answer)
	if err != nil {
		l.progress.Warn(fmt.Errorf("nobody can ask this run for citizens: %w", err))
	} else {
		l.others.Go(func() { <-ctx.Done(); hush() })
	}
	var tick <-chan time.Time
	if l.job.Every > 0 {
		t := time.NewTicker(l.job.Every)
		defer t.Stop()
		tick = t.C
	}
	l.others.Go(func() { l.askOn(ctx) })
	pulse := time.NewTicker(pulseEvery)
	defer pulse.Stop()
	for {
		l.watcher.Alive()
		if l.job.StopAtEnd && l.drained() {
			if more, err := l.grew(ctx); err != nil || !more {
				return errors.Join(err, l.end(ctx, err))
			}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case err := <-l.broken:
			return err
		case <-tick:
			if err := l.publishIfNew(ctx); err != nil {
				return err
			}
		case <-pulse.C:
		case errand := <-l.errands:
			errand()
		case b := <-l.bites:
			if err := l.take(ctx, b); err != nil {
				return err
			}
			l.free <- b
			l.progress.Stage("live", l.head.messages(), 0)
			if l.job.EveryForms > 0 && l.head.unpublished() >= l.job.EveryForms {
				if err := l.publishIfNew(ctx); err != nil {
					return err
				}
			}
		}
	}
}

// end publishes what is not published yet, unless the run failed.
func (l *live) end(ctx context.Context, err error) error {
	if err != nil {
		return nil
	}
	if l.head.messages() == 0 {
		return fmt.Errorf("no form was found in topic %s", l.topic.Name())
	}
	pulse := time.NewTicker(pulseEvery)
	defer pulse.Stop()
	for {
		l.watcher.Alive()
		if err := l.publishIfNew(ctx); err != nil {
			return err
		}
		if !l.publishing { // nothing is new, decisions of people included
			return nil
		}
		select {
		case errand := <-l.errands:
			errand()
		case err := <-l.broken:
			return err
		case <-pulse.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// between has the loop run f between two bites, where nothing else changes the
// memory, and returns its error.
func (l *live) between(ctx context.Context, f func() error) error {
	done := make(chan error, 1)
	select {
	case l.errands <- func() { done <- f() }:
		return <-done
	case <-ctx.Done():
		return ctx.Err()
	}
}

// fail ends the run.
func (l *live) fail(ctx context.Context, err error) {
	select {
	case l.broken <- err:
	case <-ctx.Done():
	}
}
