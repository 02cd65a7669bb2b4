package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/dusach/dusach/pipeline"
)

// progress shows how a run goes on: a bar on a terminal, one line a stage
// elsewhere.
type progress struct {
	messages
	mu    sync.Mutex
	bars  bool
	name  string // of the stage at hand
	since time.Time
	done  int64
	bar   *progressbar.ProgressBar
}

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
	if name != p.name {
		p.end()
		p.name, p.since = name, time.Now()
		if p.bars {
			p.bar = newBar(p.out, name, all)
		}
	}
	p.done = max(p.done, done)
	if p.bar != nil {
		_ = p.bar.Set64(done) // a bar that cannot be drawn is no reason to stop
	}
}

func newBar(out io.Writer, name string, all int64) *progressbar.ProgressBar {
	if all <= 0 {
		all = -1
	}
	return progressbar.NewOptions64(all,
		progressbar.OptionSetWriter(out),
		progressbar.OptionSetDescription(fmt.Sprintf("%-12s", name)),
		progressbar.OptionShowCount(), progressbar.OptionShowIts(),
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
	p.stage(p.name, p.done, time.Since(p.since).Seconds())
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
