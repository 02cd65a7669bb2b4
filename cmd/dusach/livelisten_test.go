package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline"
)

// What is served counts what was taken, and readiness waits for the memory.
func TestLiveMetrics(t *testing.T) {
	m := newLiveMetrics()
	get := func(path string) (int, string) {
		w := httptest.NewRecorder()
		m.handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		return w.Code, w.Body.String()
	}
	if code, _ := get("/healthz"); code != 200 {
		t.Errorf("healthz %d", code)
	}
	if code, _ := get("/readyz"); code != 503 {
		t.Errorf("readyz %d before the memory is back", code)
	}
	m.Ready(7)
	b := &pipeline.LiveBite{Forms: 3, Refusals: 1, Repeats: 2, Known: 10, Unpublished: 6, Publishing: true,
		Matches:    []time.Duration{time.Millisecond, 2 * time.Millisecond},
		Partitions: []pipeline.PartitionLag{{Partition: 4, Next: 10, End: 15}}}
	b.Codes[reason.NameOneWord] = 2
	m.Took(b)
	if code, _ := get("/readyz"); code != 200 {
		t.Errorf("readyz %d", code)
	}
	_, text := get("/metrics")
	for _, line := range []string{
		`dusach_live_messages_total{outcome="form"} 3`, `dusach_live_messages_total{outcome="refusal"} 1`,
		`dusach_live_lag_messages{partition="4"} 5`, `dusach_live_known_forms 10`, `dusach_live_unpublished_messages 6`,
		`dusach_live_reason_codes_total{code="` + reason.NameOneWord.String() + `"} 2`, `dusach_live_match_seconds_sum{publishing="true"} 0.003`,
	} {
		if !strings.Contains(text, line+"\n") {
			t.Errorf("no line %s", line)
		}
	}
	for _, step := range []struct {
		do   func()
		want string
	}{
		{m.Publishing, "dusach_live_publishing 1"},
		{func() { m.Published(&pipeline.Summary{Elapsed: time.Second}, 2) }, "dusach_live_publishing 0"},
		{func() {}, "dusach_live_unpublished_messages 2"},
	} {
		step.do()
		if _, text := get("/metrics"); !strings.Contains(text, step.want+"\n") {
			t.Errorf("no line %s", step.want)
		}
	}
}
