package pipeline_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kgo"

	"github.com/dusach/dusach/fixtures/corpus"
	"github.com/dusach/dusach/pipeline"
	"github.com/dusach/dusach/pipeline/intake"
	"github.com/dusach/dusach/pipeline/snapshot"
)

// jsonForms writes a small corpus, a part of it malformed, and returns its
// lines.
func jsonForms(t testing.TB, n int64, seed uint64) []string {
	t.Helper()
	o := corpus.Defaults()
	o.Forms, o.Seed, o.Malformed, o.Copies = n, seed, 0.15, 0.4
	file := filepath.Join(t.TempDir(), "forms.jsonl")
	if _, err := corpus.WriteFiles(context.Background(), o, file, ""); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimRight(line, "\r\n"); line != "" {
			lines = append(lines, line)
		}
	}
	// The door to files tells their format by the first line; a topic has none.
	whole := slices.IndexFunc(lines, func(l string) bool { return json.Valid([]byte(l)) })
	lines[0], lines[whole] = lines[whole], lines[0]
	return lines
}

// A broker is a fake one with a topic "forms".
type broker struct {
	t      testing.TB
	addrs  []string
	client *kgo.Client
	parts  int32
}

func newBroker(t testing.TB, partitions int32) *broker {
	t.Helper()
	c, err := kfake.NewCluster(kfake.NumBrokers(1), kfake.SeedTopics(partitions, "forms"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	client, err := kgo.NewClient(kgo.SeedBrokers(c.ListenAddrs()...), kgo.DefaultProduceTopic("forms"),
		kgo.RecordPartitioner(kgo.ManualPartitioner()), kgo.ProducerLinger(0))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	return &broker{t, c.ListenAddrs(), client, partitions}
}

// produce sends messages to partitions that rng chooses.
func (b *broker) produce(rng *rand.Rand, messages []string) {
	b.t.Helper()
	var records []*kgo.Record
	for _, m := range messages {
		records = append(records, &kgo.Record{Value: []byte(m), Partition: rng.Int32N(b.parts)})
	}
	if err := b.client.ProduceSync(context.Background(), records...).FirstErr(); err != nil {
		b.t.Fatal(err)
	}
}

// liveConfig is a small house.
func liveConfig(t testing.TB, workers, batch int) pipeline.Config {
	t.Helper()
	cfg, err := pipeline.DefaultConfig(nil)
	if err != nil {
		t.Fatal(err)
	}
	cfg.Workers, cfg.BatchSize, cfg.Tmp = workers, batch, t.TempDir()
	return cfg
}

// drain lives until the topic is drained.
func (b *broker) drain(store string, cfg pipeline.Config, change ...func(*pipeline.LiveJob)) *pipeline.Summary {
	b.t.Helper()
	job := b.job(store)
	job.StopAtEnd = true
	for _, c := range change {
		c(&job)
	}
	s, err := pipeline.New(cfg).Live(context.Background(), job, pipeline.Quiet{})
	if err != nil {
		b.t.Fatal(err)
	}
	return s
}

// job lives from the topic until it is stopped.
func (b *broker) job(store string) pipeline.LiveJob {
	return pipeline.LiveJob{Store: store, Lang: "vi", Version: "test", Command: "dusach live", BiteWait: time.Millisecond,
		Topic: intake.TopicOptions{Brokers: b.addrs, Topic: "forms", Wait: 20 * time.Millisecond}}
}

func verified(t testing.TB, store string) {
	t.Helper()
	reports, err := snapshot.VerifyStore(context.Background(), store, true)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range reports {
		if !r.Passed() {
			t.Fatalf("snapshot %s does not verify: %+v", r.Snapshot, r)
		}
	}
}

// Law 3: forms that come through Kafka, in any order, chunks and number of
// partitions, with several publications on the way, are the same citizens as
// one batch.
func TestLiveIsBatch(t *testing.T) {
	for seed := range uint64(seeds(12)) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			rng := rand.New(rand.NewPCG(seed, 7))
			lines := jsonForms(t, 40+rng.Int64N(120), 1000+seed)
			dir := t.TempDir()
			want := tables(t, clean(t, filepath.Join(dir, "batch"), 2, 100, write(t, filepath.Join(dir, "all.jsonl"), "", withEnds(lines))), lawful...)

			rng.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
			for range rng.IntN(20) { // a producer that sends again
				lines = append(lines, lines[rng.IntN(len(lines))])
			}
			b := newBroker(t, 1+rng.Int32N(5))
			store := filepath.Join(dir, "live")
			for len(lines) > 0 { // several lives, one after the other
				n := 1 + rng.IntN(len(lines))
				b.produce(rng, lines[:n])
				lines = lines[n:]
				b.drain(store, liveConfig(t, 1+rng.IntN(3), 1+rng.IntN(60)), func(j *pipeline.LiveJob) {
					j.EveryForms = rng.Int64N(80)
					j.Topic.Rows = 1 + rng.IntN(40)
				})
			}
			verified(t, store)
			equal(t, "live", want, tables(t, store, lawful...))
		})
	}
}

// seeds is how many random cases to try: DUSACH_SEEDS, or a few.
func seeds(few int) (n int) {
	if _, err := fmt.Sscan(os.Getenv("DUSACH_SEEDS"), &n); err != nil {
		return few
	}
	return n
}

func withEnds(lines []string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = l + "\n"
	}
	return out
}

// A store that clean and live write by turns ends as one batch does, and no
// message is read twice.
func TestLiveAndCleanByTurns(t *testing.T) {
	lines := jsonForms(t, 600, 77)
	dir := t.TempDir()
	want := tables(t, clean(t, filepath.Join(dir, "batch"), 2, 100, write(t, filepath.Join(dir, "all.jsonl"), "", withEnds(lines))), lawful...)
	rng := rand.New(rand.NewPCG(1, 1))
	rng.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	b := newBroker(t, 3)
	store := filepath.Join(dir, "store")
	cfg := liveConfig(t, 2, 64)
	n := len(lines) / 5
	clean(t, store, 2, 100, write(t, filepath.Join(dir, "a.jsonl"), "", withEnds(lines[:n])))
	b.produce(rng, lines[n:2*n])
	b.drain(store, cfg)
	b.produce(rng, lines[2*n:3*n])
	b.drain(store, cfg)
	clean(t, store, 2, 100, write(t, filepath.Join(dir, "b.jsonl"), "", withEnds(lines[3*n:4*n])))
	b.produce(rng, lines[4*n:])
	b.drain(store, cfg)
	verified(t, store)
	equal(t, "by turns", want, tables(t, store, lawful...))
	s, err := snapshot.Open(store, "")
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Manifest.Counts.FormsIn; got != int64(len(lines)) {
		t.Errorf("%d forms in, %d were sent", got, len(lines))
	}
}

// While a run lives, nobody else writes the store, and says who does.
func TestLiveHoldsTheStore(t *testing.T) {
	b := newBroker(t, 1)
	store := t.TempDir()
	lease, err := snapshot.TakeLease(store, "dusach live")
	if err != nil {
		t.Fatal(err)
	}
	defer lease.Release()
	job := pipeline.LiveJob{Store: store, Command: "dusach live", Topic: intake.TopicOptions{Brokers: b.addrs, Topic: "forms"}}
	if _, err := pipeline.New(liveConfig(t, 1, 10)).Live(context.Background(), job, pipeline.Quiet{}); !errors.Is(err, snapshot.ErrLeased) {
		t.Errorf("a second live: %v", err)
	}
}
