package intake

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/segmentio/kafka-go"

	"github.com/dusach/dusach/pipeline/record"
)

// A DeadLetter sends refused messages, as they came, to a topic of their own,
// for whoever mends and sends them again. Each is sent before it is committed,
// so none is missing there; after a crash one may be there twice: its headers
// topic, partition and offset tell.
type DeadLetter struct {
	writer    *kafka.Writer
	transport *kafka.Transport
	from      string
}

// OpenDeadLetter returns the way to a topic of the brokers that opt names.
func OpenDeadLetter(opt TopicOptions, topic string) (*DeadLetter, error) {
	if topic == opt.Topic {
		return nil, errors.New("--dead-letter is the topic that forms come from: name another one")
	}
	transport, err := opt.Auth.transport()
	if err != nil {
		return nil, err
	}
	transport.MetadataTopics = []string{topic}
	return &DeadLetter{from: opt.Topic, transport: transport, writer: &kafka.Writer{
		Addr: kafka.TCP(opt.Brokers...), Topic: topic, Transport: transport,
		RequiredAcks: kafka.RequireAll, BatchTimeout: 5 * time.Millisecond, Balancer: &kafka.RoundRobin{},
	}}, nil
}

// Send sends the refusals of a partition, and returns once the brokers have
// them. A broker that is away is tried again until ctx ends.
func (d *DeadLetter) Send(ctx context.Context, partition int, r *record.Refusals) error {
	var messages []kafka.Message
	for i := range r.Len() {
		messages = append(messages, kafka.Message{Value: r.Raw.At(i), Headers: []kafka.Header{
			{Key: "topic", Value: []byte(d.from)},
			{Key: "partition", Value: strconv.AppendInt(nil, int64(partition), 10)},
			{Key: "offset", Value: strconv.AppendInt(nil, r.Origin[i].Position, 10)},
			{Key: "reason_codes", Value: []byte(strings.Join(r.Codes[i].AppendStrings(nil), " "))},
		}})
	}
	for pause := 100 * time.Millisecond; len(messages) > 0; pause = min(2*pause, 2*time.Second) {
		err := d.writer.WriteMessages(ctx, messages...)
		if err == nil || ctx.Err() != nil || !retriable(err) {
			return err
		}
		if failed := (kafka.WriteErrors)(nil); errors.As(err, &failed) {
			messages = unsent(messages, failed)
		}
		sleep(ctx, pause)
	}
	return nil
}

// unsent returns the messages that failed.
func unsent(messages []kafka.Message, failed kafka.WriteErrors) (left []kafka.Message) {
	for i, err := range failed {
		if err != nil {
			left = append(left, messages[i])
		}
	}
	return left
}

// Close gives the connections back.
func (d *DeadLetter) Close() error {
	err := d.writer.Close()
	d.transport.CloseIdleConnections()
	return err
}
