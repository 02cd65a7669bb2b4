package pipeline_test

import (
	"context"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/dusach/dusach/pipeline"
	"github.com/dusach/dusach/pipeline/intake"
)

// latecomers produces more messages once a snapshot is being made, and holds it
// up until they are durable.
type latecomers struct {
	pipeline.Quiet
	produce func()
	once    sync.Once
	took    chan struct{}
	t       *testing.T
}

func (l *latecomers) Ready(int)                          {}
func (l *latecomers) Alive()                             {}
func (l *latecomers) Asked([]pipeline.PartitionLag)      {}
func (l *latecomers) Published(*pipeline.Summary, int64) {}
func (l *latecomers) Publishing() {
	if l.produce != nil {
		go l.produce()
		l.produce = nil
	}
}

func (l *latecomers) Took(b *pipeline.LiveBite) {
	if b.Publishing {
		l.once.Do(func() { close(l.took) })
	}
}

func (l *latecomers) Stage(name string, _, _ int64) {
	if name != "merge" {
		return
	}
	select {
	case <-l.took:
	case <-time.After(30 * time.Second):
		l.t.Error("nothing was read while a snapshot was being made")
	}
}

// While a snapshot is made, reading goes on; what comes meanwhile is in the next
// one, even where it takes an id that a form of this one has.
func TestLiveReadsWhileItPublishes(t *testing.T) {
	lines := jsonForms(t, 300, 55)
	dir := t.TempDir()
	want := tables(t, clean(t, filepath.Join(dir, "batch"), 2, 100, write(t, filepath.Join(dir, "all.jsonl"), "", withEnds(lines))), lawful...)
	rng := rand.New(rand.NewPCG(3, 3))
	b := newBroker(t, 2)
	b.produce(rng, lines[:150])
	l := &latecomers{took: make(chan struct{}), t: t, produce: func() { b.produce(rng, lines[150:]) }}
	store := filepath.Join(dir, "live")
	job := pipeline.LiveJob{Store: store, Version: "test", Command: "dusach live", EveryForms: 100, Watcher: l, BiteWait: time.Millisecond,
		Topic: intake.TopicOptions{Brokers: b.addrs, Topic: "forms", Wait: 20 * time.Millisecond, Rows: 20}}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		_, err := pipeline.New(liveConfig(t, 2, 50)).Live(ctx, job, l)
		ended <- err
	}()
	select {
	case <-l.took:
	case err := <-ended:
		t.Fatalf("live ended: %v", err)
	}
	cancel() // in the midst of a publication
	if err := <-ended; err == nil {
		t.Error("a cancelled run reports no error")
	}
	b.drain(store, liveConfig(t, 2, 50))
	verified(t, store)
	equal(t, "read while publishing", want, tables(t, store, lawful...))
}
