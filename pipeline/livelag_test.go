package pipeline_test

import (
	"math/rand/v2"
	"testing"

	"github.com/dusach/dusach/pipeline"
)

// asked keeps what a run told of its partitions, and whether it said that it lives.
type asked struct {
	takeUntil
	lags  [][]pipeline.PartitionLag
	alive int
}

func (a *asked) Asked(p []pipeline.PartitionLag) { a.lags = append(a.lags, p) }
func (a *asked) Alive()                          { a.alive++ }

// Every partition has a lag from the start, also those in which nothing lies.
func TestLiveLagOfEveryPartition(t *testing.T) {
	b := newBroker(t, 3)
	b.parts = 1 // all go to partition 0
	b.produce(rand.New(rand.NewPCG(1, 1)), jsonForms(t, 20, 8)[:12])
	a := &asked{takeUntil: takeUntil{stop: func() {}}}
	b.drain(t.TempDir(), liveConfig(t, 1, 10), func(j *pipeline.LiveJob) { j.Watcher = a })
	if len(a.lags) < 2 || a.alive == 0 {
		t.Fatalf("asked %d times, alive %d times", len(a.lags), a.alive)
	}
	for at, want := range map[int]int64{0: 12, len(a.lags) - 1: 0} {
		for i, lag := range a.lags[at] {
			if lag.Partition != i || lag.End-lag.Next != map[bool]int64{true: want}[i == 0] {
				t.Errorf("answer %d: %+v", at, lag)
			}
		}
		if len(a.lags[at]) != 3 {
			t.Errorf("answer %d tells of %d partitions", at, len(a.lags[at]))
		}
	}
}
