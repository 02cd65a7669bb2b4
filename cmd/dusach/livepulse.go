package main

import (
	"fmt"
	"sync"
	"time"

	"github.com/dusach/dusach/pipeline"
)

// How long a run may stand still before it is called ill. A bite takes less than
// a minute even where millions are known, and an idle loop turns every few
// seconds; the partitions are asked every half a minute, for up to a minute.
const (
	stillFor  = 2 * time.Minute // the loop has not turned
	unreadFor = 5 * time.Minute // messages wait, and none is taken
	awayFor   = 3 * time.Minute // no broker has said how far the topic goes
)

// A pulse tells a run that works or waits from one that hangs.
type pulse struct {
	now func() time.Time

	mu     sync.Mutex
	ready  bool
	turned time.Time // the loop did
	asked  time.Time // a broker answered
	behind time.Time // since when messages wait and none is taken; zero: they do not
}

func (p *pulse) set(f func(now time.Time)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	f(p.now())
}

func (p *pulse) begun() {
	p.set(func(now time.Time) { p.ready, p.turned, p.asked = true, now, now })
}

func (p *pulse) alive() { p.set(func(now time.Time) { p.turned = now }) }

func (p *pulse) took() { p.set(func(time.Time) { p.behind = time.Time{} }) }

// answered notes how far the partitions have been read.
func (p *pulse) answered(partitions []pipeline.PartitionLag) {
	var waiting int64
	for _, l := range partitions {
		waiting += l.End - l.Next
	}
	p.set(func(now time.Time) {
		p.asked = now
		switch {
		case waiting == 0:
			p.behind = time.Time{}
		case p.behind.IsZero():
			p.behind = now
		}
	})
}

// health is an error where the run hangs, so that starting it again may help.
// Messages that wait while no broker answers are not the run's fault.
func (p *pulse) health() (err error) {
	p.set(func(now time.Time) {
		still, unread := now.Sub(p.turned), now.Sub(p.behind)
		switch {
		case !p.ready: // a memory that is coming back takes as long as it takes
		case still > stillFor:
			err = fmt.Errorf("the loop has stood still for %s", still.Round(time.Second))
		case !p.behind.IsZero() && unread > unreadFor && now.Sub(p.asked) <= awayFor:
			err = fmt.Errorf("messages wait, and none was taken for %s", unread.Round(time.Second))
		}
	})
	return err
}

// readiness is an error where no form that is sent now would be taken in soon.
func (p *pulse) readiness() (err error) {
	p.set(func(now time.Time) {
		if !p.ready {
			err = fmt.Errorf("the memory is being brought back")
		} else if away := now.Sub(p.asked); away > awayFor {
			err = fmt.Errorf("no broker has answered for %s", away.Round(time.Second))
		}
	})
	return err
}
