package pipeline

import (
	"context"
	"fmt"
	"time"
)

// A Stage is one room: it reads in, fills out, and keeps neither.
// The same in, on the same memory, gives the same out. One value is used by
// one goroutine.
type Stage[In, Out any] interface {
	Do(ctx context.Context, in In, out Out) error
}

// room numbers the stages, in the order of the house.
type room uint8

const (
	roomIntake room = iota
	roomDecode
	roomStandardize
	roomKeep
	roomBlock
	roomCompare
	roomDecide
	roomCluster
	roomMerge
	roomReport
	roomSnapshot
	numRooms
)

var roomNames = [numRooms]string{"intake", "decode", "standardize", "keep", "block", "compare", "decide", "cluster", "merge", "report", "snapshot"}

func (r room) String() string { return roomNames[r] }

// StageTime is what a stage took, summed over workers.
type StageTime struct {
	Stage   string        `json:"stage"`
	Busy    time.Duration `json:"busy_ns"`
	Rows    int64         `json:"rows"`
	Batches int64         `json:"batches"`
}

// walk is one way through the rooms: it stops at the first error and keeps the
// time of every stage.
type walk struct {
	ctx   context.Context
	err   error
	times [numRooms]StageTime
}

// through takes in through one stage into out. After the first error it does
// nothing; the error names the stage.
func through[In, Out any](w *walk, r room, s Stage[In, Out], in In, out Out) {
	if w.err != nil {
		return
	}
	start := time.Now()
	if err := s.Do(w.ctx, in, out); err != nil {
		w.err = fmt.Errorf("%s: %w", r, err)
	}
	w.times[r].Busy += time.Since(start)
	w.times[r].Batches++
}

// spent adds time to a stage that is no Stage: the doors and the cellar.
func (w *walk) spent(r room, since time.Time, rows int) {
	w.times[r].Busy += time.Since(since)
	w.times[r].Rows += int64(rows)
	w.times[r].Batches++
}

// rows counts what went through some stages.
func (w *walk) rows(n int, rooms ...room) {
	for _, r := range rooms {
		w.times[r].Rows += int64(n)
	}
}

// add sums the times of another walk.
func (w *walk) add(v *walk) {
	for r := range w.times {
		w.times[r].Busy += v.times[r].Busy
		w.times[r].Rows += v.times[r].Rows
		w.times[r].Batches += v.times[r].Batches
	}
}
