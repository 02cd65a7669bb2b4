package main

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/dusach/dusach/pipeline"
)

// A run that waits is healthy however long; one that hangs is not, and says so
// only once it has hung for long enough.
func TestPulse(t *testing.T) {
	const second = time.Second
	behind := []pipeline.PartitionLag{{Partition: 0, Next: 5, End: 5}, {Partition: 1, Next: 3, End: 9}}
	level := []pipeline.PartitionLag{{Partition: 0, Next: 5, End: 5}, {Partition: 1, Next: 9, End: 9}}
	type step struct {
		after       time.Duration
		do          func(m *liveMetrics)
		well, ready bool
	}
	idle := func(m *liveMetrics) { m.Alive() }
	ask := func(l []pipeline.PartitionLag) func(*liveMetrics) {
		return func(m *liveMetrics) { m.Alive(); m.Asked(l) }
	}
	for name, steps := range map[string][]step{
		"a memory that comes back for an hour": {
			{0, func(*liveMetrics) {}, true, false}, {time.Hour, func(*liveMetrics) {}, true, false},
			{0, func(m *liveMetrics) { m.Ready(7) }, true, true},
		},
		"nothing comes for a day": {
			{0, func(m *liveMetrics) { m.Ready(7) }, true, true}, {0, ask(level), true, true},
			{24 * time.Hour, ask(level), true, true},
		},
		"a loop that stands still": {
			{0, func(m *liveMetrics) { m.Ready(7) }, true, true}, {stillFor, func(*liveMetrics) {}, true, true},
			{second, func(*liveMetrics) {}, false, true}, {0, idle, true, true},
		},
		"messages that nobody takes": {
			{0, func(m *liveMetrics) { m.Ready(7) }, true, true}, {0, ask(behind), true, true},
			{unreadFor, ask(behind), true, true}, {second, ask(behind), false, true},
			{0, func(m *liveMetrics) { m.Took(&pipeline.LiveBite{}) }, true, true},
			{0, ask(behind), true, true}, {unreadFor + second, ask(level), true, true}, {second, ask(behind), true, true},
		},
		"messages that are taken without ever being all": {
			{0, func(m *liveMetrics) { m.Ready(7); m.Asked(behind) }, true, true},
			{unreadFor - second, func(m *liveMetrics) { m.Took(&pipeline.LiveBite{}); ask(behind)(m) }, true, true},
			{2 * second, ask(behind), true, true}, {unreadFor - 3*second, ask(behind), true, true},
		},
		"a broker that is away": {
			{0, func(m *liveMetrics) { m.Ready(7) }, true, true}, {0, ask(behind), true, true},
			{awayFor, idle, true, true}, {second, idle, true, false}, {time.Hour, idle, true, false},
			{0, ask(level), true, true},
		},
	} {
		t.Run(name, func(t *testing.T) {
			now := time.Unix(1_000_000, 0)
			m := newLiveMetrics()
			m.pulse.now = func() time.Time { return now }
			for i, s := range steps {
				now = now.Add(s.after)
				s.do(m)
				for path, want := range map[string]bool{"/healthz": s.well, "/readyz": s.ready} {
					w := httptest.NewRecorder()
					m.handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
					if got := w.Code; got != map[bool]int{true: 200, false: 503}[want] {
						t.Errorf("step %d: %s answers %d: %s", i, path, got, w.Body)
					}
				}
			}
		})
	}
}
