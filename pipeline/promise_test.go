package pipeline_test

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/dusach/dusach/pipeline"
	"github.com/dusach/dusach/pipeline/review"
)

// A run that may merge more wrongly than the user allows publishes nothing; the
// bound comes from the model until a sample of the same epoch has all its answers.
func TestARunBelowThePromisePublishesNothing(t *testing.T) {
	header, rows := forms(t, 1500, 65)
	dir := t.TempDir()
	input := write(t, filepath.Join(dir, "forms.csv"), header, rows)
	store := filepath.Join(dir, "store")
	run := func(most float64) (*pipeline.Summary, error) {
		job := pipeline.Job{Inputs: []string{input}, Store: store, Lang: "vi", Version: "test", MaxWrong: &most}
		return pipeline.New(liveConfig(t, 2, 500)).Clean(t.Context(), job, pipeline.Quiet{})
	}
	var below *pipeline.BelowPromise
	if _, err := run(0); !errors.As(err, &below) || below.Wrong.AtMost <= 0 || below.Wrong.Sample != "" {
		t.Fatalf("nobody is that sure, and yet: %v", err)
	}
	if names, _ := filepath.Glob(filepath.Join(store, "snapshots", "*")); len(names) != 0 {
		t.Errorf("published: %v", names)
	}
	s, err := run(below.Wrong.AtMost + 1)
	if err != nil {
		t.Fatal(err)
	}
	if *s.Wrong != below.Wrong || s.Wrong.Expected >= s.Wrong.AtMost {
		t.Errorf("the same run expects %+v and %+v", *s.Wrong, below.Wrong)
	}

	_, _, snap := persons(t, store)
	m := snap.Manifest
	sample := &review.Sample{Name: review.SampleName(m.Snapshot, 100, 1), Snapshot: m.Snapshot, Epoch: m.Epoch, Forms: m.Counts.Forms}
	if err := sample.Draw(review.Pairs(t.Context(), snap), m.Epoch.MatchWeight, 100, 1); err != nil {
		t.Fatal(err)
	}
	merged := 0
	for _, d := range sample.Strata[:review.Waiting] {
		merged += d.Size
	}
	of, _, _ := persons(t, store)
	sizes := map[string]int{}
	for _, p := range of {
		sizes[p]++
	}
	want := 0
	for _, n := range sizes {
		want += n * (n - 1) / 2
	}
	if merged != want || merged == 0 {
		t.Fatalf("the strata hold %d merged pairs, there are %d", merged, want)
	}
	if err := sample.Keep(store); err != nil {
		t.Fatal(err)
	}
	if s, err = run(1e6); err != nil || s.Wrong.Sample != "" {
		t.Fatalf("a sample without answers counts: %+v, %v", s.Wrong, err)
	}
	decide(t, store, true, sample.Pairs()...)
	if _, err = run(1); !errors.As(err, &below) || below.Wrong.Sample != sample.Name || below.Wrong.Expected != 0 {
		t.Errorf("a judged sample does not count: %v", err)
	}
}
