package main

import (
	"io"
	"os"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/dusach/dusach/pipeline"
)

// progress shows how a run goes on: a bar on a terminal; elsewhere a line at the end
// of a stage, and of a long one twice a minute.
type progress struct {
	messages
	mu       sync.Mutex
	bars     bool
	name     string // of the stage at hand
	since    time.Time
	told     time.Time // when the last line was written
	done     int64
	bar      *progressbar.ProgressBar
	forecast forecast
	now      func() time.Time // nil: time.Now; tests have another
}

// tellEvery is how often a long stage tells how far it is, where there is no bar.
const tellEvery = 30 * time.Second

func newProgress(cmd *cobra.Command) *progress {
	p := &progress{messages: newMessages(cmd)}
	f, isFile := p.out.(*os.File)
	p.bars = p.log == nil && isFile && term.IsTerminal(int(f.Fd()))
	return p
}

// Stage says how many of all units of a stage are done.
func (p *progress) Stage(name string, done, all int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	share := 0.0
	if all > 0 {
		share = float64(done) / float64(all)
	}
	now := p.clock()
	if name != p.name {
		p.end()
		p.name, p.since, p.told = name, now, now
		p.forecast.begins(name, now, share)
		if p.bars {
			p.bar = newBar(p.out, p.stageName(name), choose(stageUnits[name], p.lang), all)
		}
	}
	if name == "read" {
		p.forecast.forms = max(done, all)
	}
	if p.done = max(p.done, done); p.bar != nil {
		p.draw(now, done, all, share)
	} else if now.Sub(p.told) >= tellEvery {
		p.told = now
		stage, run, ok := p.forecast.left(now, share)
		p.reached(name, done, share, stage, run, ok)
	}
}

// draw moves the bar. One that cannot be drawn is no reason to stop.
func (p *progress) draw(now time.Time, done, all int64, share float64) {
	if all > 0 && all != p.bar.GetMax64() { // what was reckoned is known better now
		p.bar.ChangeMax64(all)
	}
	if stage, run, ok := p.forecast.left(now, share); ok {
		p.bar.Describe(p.stageName(p.name) + " (" + p.leftWords(stage, run) + ")")
	}
	_ = p.bar.Set64(done)
}

func (p *progress) clock() time.Time {
	if p.now == nil {
		return time.Now()
	}
	return p.now()
}

func newBar(out io.Writer, name, unit string, all int64) *progressbar.ProgressBar {
	if all <= 0 {
		all = -1
	}
	return progressbar.NewOptions64(all,
		progressbar.OptionSetWriter(out),
		progressbar.OptionSetDescription(name),
		progressbar.OptionShowCount(), progressbar.OptionShowIts(), progressbar.OptionSetItsString(unit), progressbar.OptionSetPredictTime(false),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish())
}

// Space tells what the run will take of the disk.
func (p *progress) Space(s pipeline.Space) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.space(s)
}

// Resumed tells from where a run goes on.
func (p *progress) Resumed(from pipeline.Resumed) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.resumed(from)
}

// end closes the stage at hand.
func (p *progress) end() {
	if p.name == "" {
		return
	}
	if p.bar != nil {
		_ = p.bar.Finish()
		p.bar = nil
	}
	p.stage(p.name, p.done, p.clock().Sub(p.since).Seconds())
	p.name, p.done = "", 0
}

// Warn shows what went wrong without ending the run.
func (p *progress) Warn(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.warn(err)
}

// finish ends the last stage.
func (p *progress) finish() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.end()
}
