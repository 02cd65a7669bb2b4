package pipeline_test

import (
	"context"
	"path/filepath"
	"slices"
	"testing"

	"github.com/dusach/dusach/fixtures/corpus"
	"github.com/dusach/dusach/matchers/model"
	"github.com/dusach/dusach/pipeline"
)

func planOf(t *testing.T, cfg pipeline.Config, file string, sample int) *pipeline.Plan {
	t.Helper()
	cfg.Tmp, cfg.Workers, cfg.BatchSize = t.TempDir(), 2, 1000
	plan, err := pipeline.New(cfg).Plan(context.Background(), pipeline.PlanJob{Inputs: []string{file}, Sample: sample}, pipeline.Quiet{})
	if err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(filepath.Join(cfg.Tmp, "*")); len(left) > 0 {
		t.Errorf("plan left %v behind", left)
	}
	return plan
}

func planConfig(t *testing.T) pipeline.Config {
	t.Helper()
	cfg, err := pipeline.DefaultConfig(nil)
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

func corpusFile(t *testing.T, n int64) string {
	t.Helper()
	o := corpus.Defaults()
	o.Forms, o.Seed, o.Hard = n, 777, 2
	file := filepath.Join(t.TempDir(), "forms.csv")
	if _, err := corpus.WriteFiles(context.Background(), o, file, ""); err != nil {
		t.Fatal(err)
	}
	return file
}

// What half of the forms foretells is what all of them show, within the band.
func TestPlanOfHalf(t *testing.T) {
	file, cfg := corpusFile(t, 20_000), planConfig(t)
	whole, half := planOf(t, cfg, file, 0), planOf(t, cfg, file, 15_000)
	if whole.Share != 1 || half.Share != .5 || half.Rows != whole.Rows || half.Sample < 9_500 || half.Sample > 10_500 {
		t.Fatalf("shares %v and %v; %d of %d rows", whole.Share, half.Share, half.Sample, half.Rows)
	}
	in := func(e pipeline.Estimate, x float64) bool { return e.Low <= x && x <= e.High }
	if !in(half.Pairs, whole.Pairs.Value) || half.Pairs.High > 1.5*half.Pairs.Low {
		t.Errorf("%v pairs foretold, there are %v", half.Pairs, whole.Pairs.Value)
	}
	outside := 0
	for i := range whole.Rules {
		if !in(half.Rules[i].Whole, float64(whole.Rules[i].Pairs)) {
			outside++
		}
	}
	if outside*10 > len(whole.Rules) {
		t.Errorf("%d of %d rules are outside their bands of two standard errors", outside, len(whole.Rules))
	}
	if !in(around(half.Snapshot), whole.Snapshot.Value) || !in(around(half.Scratch), whole.Scratch.Value) {
		t.Errorf("snapshot and scratch: %v and %v foretold, %v and %v taken", half.Snapshot, half.Scratch, whole.Snapshot, whole.Scratch)
	}
}

// The sample depends on what rows say, not on their order.
func TestPlanKnowsNoOrder(t *testing.T) {
	header, rows := forms(t, 3_000, 11)
	dir, cfg := t.TempDir(), planConfig(t)
	a := planOf(t, cfg, write(t, filepath.Join(dir, "a.csv"), header, rows), 1_000)
	slices.Reverse(rows)
	b := planOf(t, cfg, write(t, filepath.Join(dir, "b.csv"), header, rows), 1_000)
	if a.Sample != b.Sample || a.Pairs != b.Pairs || a.Sample > 1_000 || a.Sample == 0 || a.Matches != b.Matches {
		t.Errorf("%d rows with %v pairs; in reverse %d with %v", a.Sample, a.Pairs, b.Sample, b.Pairs)
	}
}

// What the refinements leave out is what the same rules bring without them.
func TestPlanLeavesOut(t *testing.T) {
	file, cfg := corpusFile(t, 10_000), planConfig(t)
	cfg.SizeClass = model.Nation // more keys are hot
	refined := planOf(t, cfg, file, 0)
	cfg.Rules = slices.Clone(cfg.Rules)
	for i := range cfg.Rules {
		cfg.Rules[i], _ = cfg.Rules[i].Whole()
	}
	whole := planOf(t, cfg, file, 0)
	if refined.LeftOut == 0 || whole.LeftOut != 0 {
		t.Fatalf("%d pairs left out, %d without refinements", refined.LeftOut, whole.LeftOut)
	}
	if more := int64(whole.Pairs.Value - refined.Pairs.Value); more != refined.LeftOut {
		t.Errorf("%d pairs are left out, the whole rules bring %d more", refined.LeftOut, more)
	}
	if more := whole.Matches - refined.Matches; more != refined.Lost {
		t.Errorf("%d matches are left out, the whole rules bring %d more", refined.Lost, more)
	}
}

// around allows an estimate to be a quarter off, as small snapshots are.
func around(e pipeline.Estimate) pipeline.Estimate {
	return pipeline.Estimate{Value: e.Value, Low: .75 * e.Value, High: 1.25 * e.Value}
}
