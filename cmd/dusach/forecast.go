package main

import (
	"math"
	"time"
)

// A forecast reckons how long a stage and the stages after it will still take: the
// stage at hand by its own speed so far, those to come by what they cost beside it.
type forecast struct {
	stages []string // of the run, in order; nil: only the stage at hand is reckoned
	forms  int64    // of the run, as far as is known

	name  string
	since time.Time
	first float64 // share that was done before this process began on it
}

// cleanStages are the stages of a clean that take time.
var cleanStages = []string{"read", "block", "merge", "snapshot"}

// What a form costs in a stage, beside reading it. Measured on 300,000 and
// 10 million forms of difficulty 2 (benchmarks/results/2026-12-01-pairs.txt and
// docs/decisions/blocking-rules.md): blocks grow with the forms, 4 candidate
// pairs a form at 200,000 and 46 at 10 million, and a pair costs .034.
func costs(stage string, forms int64) float64 {
	switch stage {
	case "read":
		return 1
	case "block":
		return .05 + .034*4*math.Pow(max(float64(forms), 1)/200_000, .62)
	case "merge":
		return .4
	case "snapshot":
		return .2
	}
	return 0
}

// Before so much of a stage is done, and so long, nobody can tell.
const (
	leastShare = .02
	leastTime  = 5 * time.Second
)

// begins notes that a stage begins, of which a share is done already.
func (f *forecast) begins(name string, now time.Time, share float64) {
	f.name, f.since, f.first = name, now, share
}

// left returns what is left of the stage of which a share is done, and of the whole
// run: 0 where that cannot be told. ok is false where neither can.
func (f *forecast) left(now time.Time, share float64) (stage, run time.Duration, ok bool) {
	spent, done := now.Sub(f.since), share-f.first
	if spent < leastTime || done < leastShare || share > 1 {
		return 0, 0, false
	}
	whole := float64(spent) / done
	stage = time.Duration(whole * (1 - share))
	mine := costs(f.name, f.forms)
	at := -1
	for i, name := range f.stages {
		if name == f.name {
			at = i
		}
	}
	if at < 0 || mine == 0 {
		return stage, 0, true
	}
	run = stage
	for _, name := range f.stages[at+1:] {
		run += time.Duration(whole * costs(name, f.forms) / mine)
	}
	return stage, run, true
}
