package intake

import (
	"errors"
	"slices"
	"testing"

	"github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/protocol"
)

// messages are records of the given offsets, each with its offset as value.
func messages(offsets ...int64) protocol.RecordReader {
	var list []protocol.Record
	for _, o := range offsets {
		list = append(list, protocol.Record{Offset: o, Value: protocol.NewBytes([]byte{byte('a' + o%26)})})
	}
	return protocol.NewRecordReader(list...)
}

func txnMarks(offsets ...int64) protocol.RecordReader {
	var list []protocol.ControlRecord
	for _, o := range offsets {
		list = append(list, protocol.ControlRecord{Offset: o})
	}
	return protocol.NewControlBatch(list...)
}

func newFetcher(t *testing.T, next int64) *fetcher {
	t.Helper()
	topic, err := OpenTopic(TopicOptions{Brokers: []string{"nowhere:1"}, Topic: "forms", Rows: 100})
	if err != nil {
		t.Fatal(err)
	}
	return &fetcher{Topic: topic, next: next}
}

// taken gives the fetcher one response and returns the positions that it took.
func (f *fetcher) taken(batches ...protocol.RecordReader) (positions []int64, d Delivery, err error) {
	d = Delivery{From: f.next, Next: f.next}
	err = f.take(&protocol.RecordStream{Records: batches}, &d)
	if d.Chunk != nil {
		for i, r := range d.Chunk.Rows {
			positions = append(positions, r.Position)
			if got := string(d.Chunk.Bytes(i)); got != string(rune('a'+r.Position%26)) {
				panic("row " + got)
			}
		}
	}
	f.next = d.Next
	return positions, d, err
}

// A broker sends whole batches, from before what was asked for.
func TestFetchPassesOverWhatWasRead(t *testing.T) {
	f := newFetcher(t, 12)
	got, d, err := f.taken(messages(10, 11, 12, 13), messages(14))
	if err != nil || !slices.Equal(got, []int64{12, 13, 14}) || d.Next != 15 || d.Skipped != 0 {
		t.Errorf("took %v up to %d, %v", got, d.Next, err)
	}
	if got, d, err := f.taken(messages(10, 11, 12, 13, 14)); err != nil || got != nil || d.Next != 15 {
		t.Errorf("the same again: took %v up to %d, %v", got, d.Next, err)
	}
}

// A gap is asked for again before it is believed: a damaged batch ends early
// without a word.
func TestFetchDoubtsAGap(t *testing.T) {
	f := newFetcher(t, 0)
	got, d, err := f.taken(messages(0, 1), messages(5, 6))
	if err == nil || !slices.Equal(got, []int64{0, 1}) || d.Next != 2 {
		t.Fatalf("took %v up to %d, %v", got, d.Next, err)
	}
	if got, d, err = f.taken(messages(5, 6)); err == nil || got != nil || d.Next != 2 {
		t.Fatalf("asked again: took %v up to %d, %v", got, d.Next, err)
	}
	if got, d, err = f.taken(messages(5, 6)); err != nil || !slices.Equal(got, []int64{5, 6}) || d.Skipped != 3 {
		t.Fatalf("asked twice: took %v, skipped %d, %v", got, d.Skipped, err)
	}
	// … and one that was the reader's fault is filled.
	f = newFetcher(t, 0)
	if _, _, err := f.taken(messages(3)); err == nil {
		t.Fatal("a gap was believed at once")
	}
	if got, _, err := f.taken(messages(0, 1, 2, 3)); err != nil || !slices.Equal(got, []int64{0, 1, 2, 3}) {
		t.Fatalf("took %v, %v", got, err)
	}
}

// Marks of transactions have offsets and are no messages.
func TestFetchCountsMarks(t *testing.T) {
	f := newFetcher(t, 0)
	got, d, err := f.taken(messages(0, 1), txnMarks(2), messages(3), txnMarks(4))
	if err != nil || !slices.Equal(got, []int64{0, 1, 3}) || d.Next != 5 || d.Skipped != 2 {
		t.Errorf("took %v up to %d, skipped %d, %v", got, d.Next, d.Skipped, err)
	}
}

// A chunk is closed when it is full; what is left comes with the next fetch.
func TestFetchIsBounded(t *testing.T) {
	f := newFetcher(t, 0)
	f.opt.Rows = 2
	got, d, err := f.taken(messages(0, 1, 2), messages(3))
	if err != nil || !slices.Equal(got, []int64{0, 1}) || d.Next != 2 {
		t.Errorf("took %v up to %d, %v", got, d.Next, err)
	}
}

// Only people can mend wrong credentials; all else is tried again.
func TestRetriable(t *testing.T) {
	if retriable(kafka.SASLAuthenticationFailed) || !retriable(kafka.LeaderNotAvailable) || !retriable(errors.New("connection refused")) {
		t.Error("the wrong errors are tried again")
	}
}

func TestAuth(t *testing.T) {
	for name, c := range map[string]struct {
		auth KafkaAuth
		ok   bool
	}{
		"in the clear":        {KafkaAuth{}, true},
		"scram":               {KafkaAuth{User: "u", Password: "p", Mechanism: "scram-sha-256"}, true},
		"no password":         {KafkaAuth{User: "u"}, false},
		"plain in the clear":  {KafkaAuth{User: "u", Password: "p", Mechanism: "PLAIN"}, false},
		"plain over TLS":      {KafkaAuth{TLS: true, User: "u", Password: "p", Mechanism: "PLAIN"}, true},
		"unknown":             {KafkaAuth{User: "u", Password: "p", Mechanism: "KERBEROS"}, false},
		"no such file":        {KafkaAuth{CA: "nowhere.pem"}, false},
		"certificate, no key": {KafkaAuth{Cert: "nowhere.pem"}, false},
	} {
		if _, err := c.auth.transport(); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}
