package pipeline_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dusach/dusach/fixtures/corpus"
	"github.com/dusach/dusach/pipeline"
	"github.com/dusach/dusach/pipeline/say"
)

// under cleans some forms with a ceiling.
func under(t *testing.T, memory int64, store, input string, progress pipeline.Progress) error {
	t.Helper()
	cfg, err := pipeline.DefaultConfig(nil)
	if err != nil {
		t.Fatal(err)
	}
	cfg.Workers, cfg.BatchSize, cfg.Memory, cfg.Tmp = 2, 1000, memory, t.TempDir()
	_, err = pipeline.New(cfg).Clean(context.Background(), pipeline.Job{Inputs: []string{input}, Store: store, Lang: "vi", Version: "test"}, progress)
	return err
}

// stages remembers whether anything was begun.
type stages struct {
	pipeline.Quiet
	begun []string
}

func (s *stages) Stage(name string, _, _ int64) { s.begun = append(s.begun, name) }

// A ceiling changes how a run goes, not what it publishes.
func TestTheCeilingChangesNothing(t *testing.T) {
	header, rows := forms(t, 3000, 17)
	dir := t.TempDir()
	input := write(t, filepath.Join(dir, "forms.csv"), header, rows)
	want := tables(t, clean(t, filepath.Join(dir, "free"), 2, 1000, input), lawful...)
	store := filepath.Join(dir, "tight")
	if err := under(t, 222<<20, store, input, pipeline.Quiet{}); err != nil {
		t.Fatal(err)
	}
	equal(t, "under a ceiling", want, tables(t, store, lawful...))
}

// What does not fit is refused: before anything is read where the input tells its
// size, else as soon as it is known. The message says the least that would do.
func TestWhatDoesNotFitIsRefused(t *testing.T) {
	dir := t.TempDir()
	o := corpus.Defaults()
	o.Forms, o.Seed = 3000, 17
	for _, name := range []string{"forms.parquet", "forms.csv"} {
		input, store := filepath.Join(dir, name), filepath.Join(dir, "store-"+name)
		if _, err := corpus.WriteFiles(context.Background(), o, input, ""); err != nil {
			t.Fatal(err)
		}
		progress := new(stages)
		err := under(t, 212<<20, store, input, progress)
		if err == nil {
			t.Fatalf("%s: cleaned in less memory than the process alone takes", name)
		}
		if text := say.Text(err, "en"); !strings.Contains(text, "--memory 212MiB is too little for") || !strings.Contains(text, "give at least 213MiB") {
			t.Errorf("%s: %s", name, text)
		}
		if text := say.Text(err, "vi"); !strings.Contains(text, "hãy cho ít nhất 213MiB") {
			t.Errorf("%s: %s", name, text)
		}
		if name == "forms.parquet" && len(progress.begun) > 0 {
			t.Errorf("%s: %v was begun", name, progress.begun)
		}
		if _, err := os.Stat(filepath.Join(store, "CURRENT")); err == nil {
			t.Errorf("%s: something was published", name)
		}
	}
}
