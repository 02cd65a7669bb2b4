package intake

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/segmentio/kafka-go"

	"github.com/dusach/dusach/pipeline/record"
)

// The third door: a topic of Kafka. It is read by kafka-go's Client and not by
// its Reader, for the Reader hides what this door has to know: it skips what
// the broker no longer holds without a word, and does not tell a message that
// was lost from an offset that never was one. Every message is known by its
// topic, partition and offset; where reading goes on from is the caller's to
// say, as nobody but the state knows what became of a message.

// TopicOptions say which topic to read and how to reach it.
type TopicOptions struct {
	Brokers []string // host:port
	Topic   string
	Auth    KafkaAuth

	Rows, Bytes int           // a chunk is closed at the end of a fetch, or after so many rows or bytes; 0: 4,096 and 1 MiB
	Wait        time.Duration // for the first byte of a fetch; 0: 500 ms
	Schema      *record.Schema
	Pool        *record.ChunkPool
	Warn        func(error) // hears of what is tried again; may be nil
	Arrow       ArrowOpener // how a message in Arrow's IPC format is opened; nil: such messages are refused
}

// An ArrowOpener opens a message that holds a stream in Arrow's IPC format.
// Decode provides it, as it provides the ParquetOpener.
type ArrowOpener func(message []byte) (record.Table, error)

func (o *TopicOptions) setDefaults() {
	if o.Rows <= 0 {
		o.Rows = 4096
	}
	if o.Bytes <= 0 {
		o.Bytes = 1 << 20
	}
	if o.Wait <= 0 {
		o.Wait = 500 * time.Millisecond
	}
	if o.Schema == nil {
		o.Schema = record.FormSchema
	}
	if o.Pool == nil {
		o.Pool = &record.ChunkPool{}
	}
	if o.Warn == nil {
		o.Warn = func(error) {}
	}
}

// A Topic is a topic that can be read.
type Topic struct {
	opt       TopicOptions
	client    *kafka.Client
	transport *kafka.Transport
	mapper    *mapper
	header    *record.Header // of messages that name their own fields
}

// OpenTopic returns the door to a topic. It asks no broker yet.
func OpenTopic(opt TopicOptions) (*Topic, error) {
	opt.setDefaults()
	if len(opt.Brokers) == 0 || opt.Topic == "" {
		return nil, errors.New("BUG: a topic without brokers or name")
	}
	transport, err := opt.Auth.transport()
	if err != nil {
		return nil, err
	}
	transport.MetadataTopics = []string{opt.Topic}
	m := newMapper(opt.Schema, nil)
	return &Topic{opt: opt, transport: transport,
		mapper: m,
		client: &kafka.Client{Addr: kafka.TCP(opt.Brokers...), Transport: transport},
		header: &record.Header{Resolve: m.resolveBytes}}, nil
}

// Close gives the connections back.
func (t *Topic) Close() { t.transport.CloseIdleConnections() }

// Name returns the name of the topic.
func (t *Topic) Name() string { return t.opt.Topic }

// A Stretch is what the broker holds of a partition: the offsets from First to
// before Next.
type Stretch struct {
	Partition   int
	First, Next int64
}

// patience is how long a broker that does not answer is asked again before the
// question is given up.
const patience = 60 * time.Second

// ErrAway says that no broker answered for as long as patience lasts.
var ErrAway = errors.New("no broker answers")

// Stretches lists the partitions of the topic, in order, and what the broker
// holds of each. A broker that cannot be reached is asked again for a minute;
// then the error is ErrAway.
func (t *Topic) Stretches(ctx context.Context) ([]Stretch, error) {
	var last error
	for start, pause := time.Now(), 100*time.Millisecond; ; pause = min(2*pause, 2*time.Second) {
		list, err := t.stretches(ctx)
		if err == nil || !retriable(err) {
			return list, err
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if last == nil {
			t.opt.Warn(fmt.Errorf("topic %s: %w; asking again", t.opt.Topic, err))
		}
		if last = err; time.Since(start) > patience {
			return nil, fmt.Errorf("topic %s on %s: %w: %w: check --brokers, the name of the topic and the rights to read it",
				t.opt.Topic, strings.Join(t.opt.Brokers, ","), ErrAway, last)
		}
		sleep(ctx, pause)
	}
}

func (t *Topic) stretches(ctx context.Context) ([]Stretch, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	meta, err := t.client.Metadata(ctx, &kafka.MetadataRequest{Topics: []string{t.opt.Topic}})
	if err != nil {
		return nil, err
	}
	var list []Stretch
	var ask []kafka.OffsetRequest
	for _, topic := range meta.Topics {
		if topic.Name != t.opt.Topic {
			continue
		}
		if topic.Error != nil {
			return nil, topic.Error
		}
		for _, p := range topic.Partitions {
			list = append(list, Stretch{Partition: p.ID, First: -1, Next: -1})
			ask = append(ask, kafka.FirstOffsetOf(p.ID), kafka.LastOffsetOf(p.ID))
		}
	}
	if len(list) == 0 {
		return nil, kafka.UnknownTopicOrPartition
	}
	offsets, err := t.client.ListOffsets(ctx, &kafka.ListOffsetsRequest{Topics: map[string][]kafka.OffsetRequest{t.opt.Topic: ask}})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(list, func(a, b Stretch) int { return a.Partition - b.Partition })
	for _, o := range offsets.Topics[t.opt.Topic] {
		if o.Error != nil {
			return nil, o.Error
		}
		for i := range list {
			if list[i].Partition == o.Partition {
				list[i].First, list[i].Next = max(list[i].First, o.FirstOffset), max(list[i].Next, o.LastOffset)
			}
		}
	}
	for _, s := range list {
		if s.First < 0 || s.Next < s.First {
			return nil, kafka.LeaderNotAvailable // asked in the middle of an election
		}
	}
	return list, nil
}

// retriable reports whether asking again may help: all but wrong credentials
// and missing rights, which only people mend.
func retriable(err error) bool {
	for _, final := range []kafka.Error{kafka.SASLAuthenticationFailed, kafka.TopicAuthorizationFailed,
		kafka.ClusterAuthorizationFailed, kafka.UnsupportedSASLMechanism, kafka.IllegalSASLState, kafka.InvalidTopic} {
		if errors.Is(err, final) {
			return false
		}
	}
	return true
}

// sleep waits for d or until ctx ends.
func sleep(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// A LostError says that a topic does not hold what is to be read next.
type LostError struct {
	Topic string
	Want  int64 // next offset to read
	Held  Stretch
}

func (e *LostError) Error() string {
	where := fmt.Sprintf("topic %s, partition %d", e.Topic, e.Held.Partition)
	if e.Want < e.Held.First {
		return fmt.Sprintf("%s: the broker no longer holds the offsets %d to %d, which were never read: restore them, or a newer copy of the store",
			where, e.Want, e.Held.First-1)
	}
	return fmt.Sprintf("%s ends before offset %d, but the store has read up to %d: is it another topic or cluster, or was the topic made anew?",
		where, e.Held.Next, e.Want)
}

// Check reports whether offset want can be read next from a partition that
// holds s.
func (t *Topic) Check(want int64, s Stretch) error {
	if want < s.First || want > s.Next {
		return &LostError{t.opt.Topic, want, s}
	}
	return nil
}
