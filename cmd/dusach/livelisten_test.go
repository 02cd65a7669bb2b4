package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
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
	m.Asked([]pipeline.PartitionLag{{Partition: 3, Next: 20, End: 20}, {Partition: 4, Next: 10, End: 17}})
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
		`dusach_live_lag_messages{partition="3"} 0`, `dusach_live_lag_messages{partition="4"} 5`, `dusach_live_known_forms 10`, `dusach_live_unpublished_messages 6`,
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

// docs/metrics.md tells of each metric that is served, and of no other.
func TestLiveMetricsDocumented(t *testing.T) {
	m := newLiveMetrics()
	m.Ready(1)
	m.Asked([]pipeline.PartitionLag{{}})
	b := &pipeline.LiveBite{Forms: 1, Matches: []time.Duration{1}}
	b.Codes[reason.NameOneWord] = 1
	m.Took(b)
	m.Published(&pipeline.Summary{}, 0)
	families, err := m.registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("../../docs/metrics.md")
	if err != nil {
		t.Fatal(err)
	}
	served := map[string]bool{}
	for _, f := range families {
		served[f.GetName()] = true
		if strings.HasPrefix(f.GetName(), "dusach_") && !strings.Contains(string(page), "`"+f.GetName()+"`") {
			t.Errorf("%s is not documented", f.GetName())
		}
	}
	for _, name := range regexp.MustCompile("`((?:dusach|go|process)_[a-z_]+)`").FindAllStringSubmatch(string(page), -1) {
		if !served[name[1]] {
			t.Errorf("%s is documented and not served", name[1])
		}
	}
}
