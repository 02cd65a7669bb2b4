package pipeline_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kmsg"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline"
	"github.com/dusach/dusach/pipeline/intake"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/snapshot"
)

// TestLiveChild is no test but what TestLiveKilled kills.
func TestLiveChild(t *testing.T) {
	store := os.Getenv("DUSACH_TEST_STORE")
	if store == "" {
		t.Skip("the child of TestLiveKilled")
	}
	b := &broker{t: t, addrs: strings.Split(os.Getenv("DUSACH_TEST_BROKERS"), ",")}
	b.drain(store, liveConfig(t, 2, 16), func(j *pipeline.LiveJob) { j.StopAtEnd, j.EveryForms, j.Topic.Rows = false, 40, 8 })
}

// A process that is killed at any moment, while it reads, commits or publishes,
// loses nothing and counts nothing twice.
func TestLiveKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes")
	}
	for seed := range uint64(seeds(2)) {
		rng := rand.New(rand.NewPCG(seed, 9))
		lines := jsonForms(t, 400, 2000+seed)
		dir := t.TempDir()
		want := tables(t, clean(t, filepath.Join(dir, "batch"), 2, 100, write(t, filepath.Join(dir, "all.jsonl"), "", withEnds(lines))), lawful...)
		b := newBroker(t, 3)
		store := filepath.Join(dir, "live")
		const lives = 6
		for life := range lives {
			b.produce(rng, lines[life*len(lines)/lives:(life+1)*len(lines)/lives])
			child := exec.Command(os.Args[0], "-test.run=^TestLiveChild$")
			child.Env = append(os.Environ(), "DUSACH_TEST_STORE="+store, "DUSACH_TEST_BROKERS="+strings.Join(b.addrs, ","),
				"TMPDIR="+dir) // a killed child cannot tidy up
			if err := child.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Duration(50+rng.IntN(1500)) * time.Millisecond)
			if err := child.Process.Kill(); err != nil {
				t.Fatalf("the child was gone before it was killed: %v", err)
			}
			_ = child.Wait() // it was killed
		}
		b.drain(store, liveConfig(t, 2, 100))
		verified(t, store)
		equal(t, fmt.Sprint("killed, seed ", seed), want, tables(t, store, lawful...))
		s, err := snapshot.Open(store, "")
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Manifest.Counts.FormsIn; got != int64(len(lines)) {
			t.Errorf("seed %d: %d forms in, %d were sent", seed, got, len(lines))
		}
	}
}

// What cannot be read goes to quarantine as it came, with topic, partition and
// offset; marks of transactions are no messages, and do not hold up the end.
func TestLivePoison(t *testing.T) {
	b := newBroker(t, 1)
	line := jsonForms(t, 5, 3)[0]
	poison := []*kgo.Record{
		{Value: []byte(line)},
		{Value: []byte("no form at all")},
		{Value: nil},
		{Value: []byte(line), Headers: []kgo.RecordHeader{{Key: "schema_version", Value: []byte("2")}}},
		{Value: []byte(line), Headers: []kgo.RecordHeader{{Key: "schema_version", Value: []byte("1")}, {Key: "office_code", Value: []byte("X")}}},
	}
	client, err := kgo.NewClient(kgo.SeedBrokers(b.addrs...), kgo.DefaultProduceTopic("forms"), kgo.TransactionalID("office"))
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	ctx := context.Background()
	err = errors.Join(client.BeginTransaction(), client.ProduceSync(ctx, poison...).FirstErr(), client.EndTransaction(ctx, kgo.TryCommit))
	if err != nil {
		t.Fatal(err)
	}
	makeTopic(t, b, "mend")
	store := t.TempDir()
	b.drain(store, liveConfig(t, 1, 10), func(j *pipeline.LiveJob) { j.DeadLetter = "mend" })
	verified(t, store)
	deadLetters(t, b, "mend", []string{"1 no form at all", "2 ", "3 " + line})
	s, err := snapshot.Open(store, "")
	if err != nil {
		t.Fatal(err)
	}
	if c := s.Manifest.Counts; c.FormsIn != 5 || c.Forms != 1 || c.Repeats != 1 || c.Quarantine != 3 {
		t.Errorf("counts %+v", c)
	}
	if in := s.Manifest.Inputs; len(in) != 1 || in[0].Topic != "forms" || in[0].NextOffset < 5 {
		t.Errorf("inputs %+v", in)
	}
	var sources record.Sources
	var got []string
	for rows, err := range s.ReadQuarantine(ctx, &sources) {
		if err != nil {
			t.Fatal(err)
		}
		for i := range rows.Len() {
			if !rows.Codes[i].Has(reason.FormRowUnreadable) {
				t.Errorf("codes %v", rows.Codes[i])
			}
			got = append(got, fmt.Sprintf("%s@%d %s", sources.Name(rows.Origin[i].Source), rows.Origin[i].Position, rows.Raw.At(i)))
		}
	}
	if want := []string{"kafka:forms/0@1 no form at all", "kafka:forms/0@2 ", "kafka:forms/0@3 " + line}; !slices.Equal(got, want) {
		t.Errorf("quarantine %q, want %q", got, want)
	}
}

// tryLive lives until the topic is drained and returns the error.
func (b *broker) tryLive(store string) error {
	job := pipeline.LiveJob{Store: store, StopAtEnd: true, Version: "test", Command: "dusach live", BiteWait: time.Millisecond,
		Topic: intake.TopicOptions{Brokers: b.addrs, Topic: "forms", Wait: 20 * time.Millisecond}}
	_, err := pipeline.New(liveConfig(b.t, 1, 10)).Live(context.Background(), job, pipeline.Quiet{})
	return err
}

// Where the broker no longer holds what was never read, live refuses and says
// so; a store from a backup, whose state is gone or older than its topic's
// beginning, is refused just so, and is as it was.
func TestLiveRefusesAHole(t *testing.T) {
	b := newBroker(t, 1)
	rng := rand.New(rand.NewPCG(5, 5))
	lines := jsonForms(t, 30, 4)
	store := t.TempDir()
	b.produce(rng, lines[:10])
	b.drain(store, liveConfig(t, 1, 10))
	b.produce(rng, lines[10:])
	deleteBefore(t, b, 15)
	var lost *intake.LostError
	if err := b.tryLive(store); !errors.As(err, &lost) || !strings.Contains(err.Error(), "no longer holds the offsets 10 to 14") {
		t.Fatalf("got %v", err)
	}
	if err := os.RemoveAll(filepath.Join(store, "state", "live")); err != nil {
		t.Fatal(err)
	}
	if err := b.tryLive(store); !errors.As(err, &lost) {
		t.Fatalf("without its state: %v", err)
	}
	verified(t, store)
	other := newBroker(t, 1) // another cluster, whose topic has the same name
	other.produce(rng, lines[:3])
	if err := other.tryLive(store); !errors.As(err, &lost) || !strings.Contains(err.Error(), "another topic or cluster") {
		t.Fatalf("another cluster: %v", err)
	}
}

func deleteBefore(t *testing.T, b *broker, offset int64) {
	t.Helper()
	req := kmsg.NewPtrDeleteRecordsRequest()
	topic := kmsg.NewDeleteRecordsRequestTopic()
	topic.Topic = "forms"
	p := kmsg.NewDeleteRecordsRequestTopicPartition()
	p.Offset = offset
	topic.Partitions = append(topic.Partitions, p)
	req.Topics = append(req.Topics, topic)
	if _, err := req.RequestWith(context.Background(), b.client); err != nil {
		t.Fatal(err)
	}
}

// A state that is lost is built again from the snapshot and the topic.
func TestLiveWithoutItsState(t *testing.T) {
	b := newBroker(t, 2)
	rng := rand.New(rand.NewPCG(6, 6))
	lines := jsonForms(t, 200, 5)
	dir := t.TempDir()
	want := tables(t, clean(t, filepath.Join(dir, "batch"), 2, 100, write(t, filepath.Join(dir, "all.jsonl"), "", withEnds(lines))), lawful...)
	store := filepath.Join(dir, "live")
	for _, part := range [][]string{lines[:70], lines[70:140], lines[140:]} {
		b.produce(rng, part)
		b.drain(store, liveConfig(t, 2, 32))
		if err := os.RemoveAll(filepath.Join(store, "state")); err != nil {
			t.Fatal(err)
		}
	}
	verified(t, store)
	equal(t, "without its state", want, tables(t, store, lawful...))
}

func makeTopic(t *testing.T, b *broker, name string) {
	t.Helper()
	req := kmsg.NewPtrCreateTopicsRequest()
	topic := kmsg.NewCreateTopicsRequestTopic()
	topic.Topic, topic.NumPartitions, topic.ReplicationFactor = name, 1, 1
	req.Topics = append(req.Topics, topic)
	if _, err := req.RequestWith(context.Background(), b.client); err != nil {
		t.Fatal(err)
	}
}

// deadLetters checks the messages of a topic: the offset that each had, and the
// message as it came.
func deadLetters(t *testing.T, b *broker, topic string, want []string) {
	t.Helper()
	client, err := kgo.NewClient(kgo.SeedBrokers(b.addrs...), kgo.ConsumeTopics(topic))
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	var got []string
	for len(got) < len(want) && ctx.Err() == nil {
		client.PollFetches(ctx).EachRecord(func(r *kgo.Record) {
			headers := map[string]string{}
			for _, h := range r.Headers {
				headers[h.Key] = string(h.Value)
			}
			if headers["topic"] != "forms" || headers["partition"] != "0" || headers["reason_codes"] == "" {
				t.Errorf("headers %v", headers)
			}
			got = append(got, headers["offset"]+" "+string(r.Value))
		})
	}
	if !slices.Equal(got, want) {
		t.Errorf("dead letters %q, want %q", got, want)
	}
}
