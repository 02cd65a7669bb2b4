package pipeline_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/twmb/franz-go/pkg/kmsg"

	"github.com/dusach/dusach/pipeline"
	"github.com/dusach/dusach/pipeline/snapshot"
)

// While a live runs, nobody else writes the store, and is told who does; a lease
// that a process left which died, here or on another machine, holds nobody up.
func TestLiveKeepsOthersOut(t *testing.T) {
	lines := jsonForms(t, 20, 8)
	dir := t.TempDir()
	store, b := filepath.Join(dir, "store"), newBroker(t, 1)
	b.produce(rand.New(rand.NewPCG(1, 1)), lines)
	b.drain(store, liveConfig(t, 1, 10))
	published, _ := contentOf(t, store)
	stale := `{"pid":1,"host":"another-machine","command":"dusach live"}` + "\n"
	if err := os.WriteFile(filepath.Join(store, "state", "lease"), []byte(stale), 0o644); err != nil {
		t.Fatal(err)
	}
	stop := b.living(store, liveConfig(t, 1, 10))
	visible(t, store, published[0].id, time.Minute)
	input := write(t, filepath.Join(dir, "more.jsonl"), "", withEnds(lines[:3]))
	for what, f := range map[string]func() error{
		"clean": func() error {
			_, err := pipeline.New(liveConfig(t, 1, 10)).Clean(context.Background(), pipeline.Job{Inputs: []string{input}, Store: store}, pipeline.Quiet{})
			return err
		},
		"live": func() error {
			_, err := pipeline.New(liveConfig(t, 1, 10)).Live(context.Background(), b.job(store), pipeline.Quiet{})
			return err
		},
		"forget": func() error { _, err := forget(t, store, []string{published[0].id}); return err },
	} {
		err := f()
		if !errors.Is(err, snapshot.ErrLeased) || !strings.Contains(err.Error(), "held by dusach live, process ") || strings.Contains(err.Error(), "another-machine") {
			t.Errorf("%s on a store that lives: %v", what, err)
		}
	}
	stop()
	clean(t, store, 1, 10, input)
}

// A store that is set back to a backup, published and unpublished messages and
// all, reads again what came since: no form is lost, none is counted twice.
func TestLiveFromABackup(t *testing.T) {
	for _, withState := range []bool{true, false} {
		lines := jsonForms(t, 300, 71)
		dir := t.TempDir()
		want := tables(t, clean(t, filepath.Join(dir, "batch"), 2, 100, write(t, filepath.Join(dir, "all.jsonl"), "", withEnds(lines))), lawful...)
		store, backup, b := filepath.Join(dir, "store"), filepath.Join(dir, "backup"), newBroker(t, 3)
		rng, cfg := rand.New(rand.NewPCG(2, 2)), liveConfig(t, 2, 40)
		b.produce(rng, lines[:100])
		b.drain(store, cfg)
		b.produce(rng, lines[100:180])
		unpublished(t, b, store, cfg, 80)
		if err := os.CopyFS(backup, os.DirFS(store)); err != nil {
			t.Fatal(err)
		}
		b.produce(rng, lines[180:])
		b.drain(store, cfg)
		if !withState {
			if err := os.RemoveAll(filepath.Join(backup, "state")); err != nil {
				t.Fatal(err)
			}
		}
		b.drain(backup, cfg)
		verified(t, backup)
		equal(t, "from the backup", want, tables(t, backup, lawful...))
		if c := countsOf(t, backup); c.FormsIn != 300 {
			t.Errorf("with its state %v: %d forms in, 300 were sent", withState, c.FormsIn)
		}
	}
}

// Partitions that are added to the topic are read from their first message, by a
// live that begins and by a state that is built again.
func TestLivePartitionsAdded(t *testing.T) {
	lines := jsonForms(t, 200, 72)
	dir := t.TempDir()
	want := tables(t, clean(t, filepath.Join(dir, "batch"), 2, 100, write(t, filepath.Join(dir, "all.jsonl"), "", withEnds(lines))), lawful...)
	store, b := filepath.Join(dir, "store"), newBroker(t, 1)
	rng, cfg := rand.New(rand.NewPCG(3, 3)), liveConfig(t, 2, 40)
	b.produce(rng, lines[:80])
	b.drain(store, cfg)
	for i, n := range []int32{2, 5} {
		req := kmsg.NewPtrCreatePartitionsRequest()
		topic := kmsg.NewCreatePartitionsRequestTopic()
		topic.Topic, topic.Count = "forms", n
		req.Topics = append(req.Topics, topic)
		req.TimeoutMillis = 5000
		if _, err := req.RequestWith(context.Background(), b.client); err != nil {
			t.Fatal(err)
		}
		b.client.ForceMetadataRefresh()
		time.Sleep(300 * time.Millisecond)
		b.parts = n
		b.produce(rng, lines[80+60*i:140+60*i])
		if i == 1 {
			if err := os.RemoveAll(filepath.Join(store, "state")); err != nil {
				t.Fatal(err)
			}
		}
		b.drain(store, cfg)
	}
	verified(t, store)
	equal(t, "partitions added", want, tables(t, store, lawful...))
	s, err := snapshot.Open(store, "")
	if err != nil {
		t.Fatal(err)
	}
	if c := s.Manifest.Counts; c.FormsIn != 200 || len(s.Manifest.Inputs) != 5 {
		t.Errorf("%d forms in of %d partitions, 200 were sent to 5", c.FormsIn, len(s.Manifest.Inputs))
	}
}
