package pipeline_test

import (
	"bytes"
	"context"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/dusach/dusach/matchers/model"
	"github.com/dusach/dusach/pipeline"
)

// learnBooks learns a model of books as `dusach train --config` does and returns its
// file.
func learnBooks(t *testing.T, workers int, linkOnly bool, inputs ...string) []byte {
	t.Helper()
	cfg, err := pipeline.ReadConfigToLearn(configFile(t, books), "")
	if err != nil {
		t.Fatal(err)
	}
	cfg.Workers, cfg.BatchSize, cfg.Tmp, cfg.LinkOnly = workers, 64, t.TempDir(), linkOnly
	e, err := pipeline.New(cfg).Learn(context.Background(), pipeline.Lesson{Inputs: inputs}, pipeline.Quiet{})
	if err != nil {
		t.Fatal(err)
	}
	m, err := model.EM(e.Counts, cfg.Comparisons.Describe(), e.EMOptions())
	if err != nil {
		t.Fatal(err)
	}
	m.Name, m.Values = cfg.Schema().Name, e.Values
	var b bytes.Buffer
	if err := m.Save(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A model of a configured type is a function of the records: not of their order, the
// files that they came in, or the workers; and it is the one that clean learns.
func TestTheModelOfATypeIsAFunctionOfTheRecords(t *testing.T) {
	dir := t.TempDir()
	header, first, second, _ := catalogues(600, 3)
	rows := append(append([]string{}, first...), second...)
	all := write(t, filepath.Join(dir, "all.csv"), header, rows)
	want := learnBooks(t, 1, false, all)
	rng := rand.New(rand.NewPCG(8, 8))
	rng.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	x, y := write(t, filepath.Join(dir, "x.csv"), header, rows[:100]), write(t, filepath.Join(dir, "y.csv"), header, rows[100:])
	if got := learnBooks(t, 3, false, x, y); !bytes.Equal(got, want) {
		t.Error("the order of the rows or the workers change the model")
	}
	store := filepath.Join(dir, "store")
	runConfigured(t, store, false, 2, all)
	if got := tables(t, store, "model.json")["model.json"]; !bytes.Equal(got, want) {
		t.Error("clean learns another model")
	}
}

// Two inputs that are only linked teach by the pairs across them.
func TestLinkOnlyLearnsAcross(t *testing.T) {
	dir := t.TempDir()
	header, first, second, _ := catalogues(600, 3)
	a, b := write(t, filepath.Join(dir, "a.csv"), header, first), write(t, filepath.Join(dir, "b.csv"), header, second)
	store := filepath.Join(dir, "store")
	runConfigured(t, store, true, 2, a, b)
	learnt := learnBooks(t, 1, true, a, b)
	if got := tables(t, store, "model.json")["model.json"]; !bytes.Equal(got, learnt) {
		t.Error("clean --link-only learns another model than train --link-only")
	}
	if bytes.Equal(learnt, learnBooks(t, 1, false, a, b)) {
		t.Error("pairs within an input count too")
	}
}
