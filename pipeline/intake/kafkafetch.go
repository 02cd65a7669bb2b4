package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/protocol"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// A Delivery is a chunk of messages of one partition, in rising order of their
// offsets, which are the positions of the rows. Everything from offset From to
// before Next is in it or was never a message. The receiver releases the chunk.
type Delivery struct {
	Partition  int
	From, Next int64
	End        int64         // what the partition held at the time: 1 + its last offset
	Oldest     time.Time     // when the first message was produced
	Chunk      *record.Chunk // nil where Next moved over no message
	Skipped    int64         // offsets without a message: compacted away, or marks of transactions
}

// Read reads a partition from offset next on, as the given source, until ctx
// ends or send returns false, and hands on chunk by chunk. What fails is tried again, for ever, as a
// broker may be away for hours; it gives up with a LostError where the broker
// holds next no more, and where only people can help.
func (t *Topic) Read(ctx context.Context, partition int, source uint32, next int64, send func(Delivery) bool) error {
	f := &fetcher{Topic: t, partition: partition, source: source, next: next}
	pause := time.Duration(0)
	for ctx.Err() == nil {
		d, err := f.fetch(ctx)
		if err == nil {
			pause = 0
			if d.Next > d.From && !send(d) {
				return nil
			}
			continue
		}
		if ctx.Err() != nil {
			break
		}
		if lost := (*LostError)(nil); errors.As(err, &lost) || !retriable(err) {
			return err
		}
		if pause == 0 {
			t.opt.Warn(fmt.Errorf("topic %s, partition %d: %w; trying again", t.opt.Topic, partition, err))
		}
		pause = min(max(2*pause, 50*time.Millisecond), 2*time.Second)
		sleep(ctx, pause)
	}
	return nil
}

// SourceName is how a partition is called in tables of origins.
func SourceName(topic string, partition int) string {
	return fmt.Sprintf("kafka:%s/%d", topic, partition)
}

// A fetcher reads one partition.
type fetcher struct {
	*Topic
	partition int
	source    uint32
	next      int64
	gap       int64 // an offset at which a message was missing when it was asked for last; see follows
	held      bool  // gap is set
	value     []byte
	table     *record.Header // of the last message in Arrow's format
}

// fetch asks the broker once and returns what came.
func (f *fetcher) fetch(ctx context.Context) (Delivery, error) {
	ask, cancel := context.WithTimeout(ctx, f.opt.Wait+30*time.Second)
	defer cancel()
	res, err := f.client.Fetch(ask, &kafka.FetchRequest{Topic: f.opt.Topic, Partition: f.partition, Offset: f.next,
		MinBytes: 1, MaxBytes: int64(f.opt.Bytes), MaxWait: f.opt.Wait})
	if err == nil {
		err = res.Error
	}
	if errors.Is(err, kafka.OffsetOutOfRange) {
		return Delivery{}, f.outOfRange(ctx)
	}
	if err != nil {
		return Delivery{}, err
	}
	d := Delivery{Partition: f.partition, From: f.next, Next: f.next, End: res.HighWatermark}
	err = f.take(res.Records, &d)
	if d.Chunk != nil && len(d.Chunk.Rows) == 0 {
		d.Chunk.Release()
		d.Chunk = nil
	}
	f.next = d.Next
	if d.Next > d.From { // what came before the damage is good
		return d, nil
	}
	return d, err
}

// outOfRange tells an offset that is gone from one that a new leader does not
// know yet.
func (f *fetcher) outOfRange(ctx context.Context) error {
	list, err := f.Stretches(ctx)
	if err != nil {
		return err
	}
	for _, s := range list {
		if s.Partition == f.partition {
			if err := f.Check(f.next, s); err != nil {
				return err
			}
		}
	}
	return kafka.OffsetOutOfRange
}

// take adds records to a delivery until its chunk is full. kafka-go ends a
// batch early and without a word where it is cut or damaged: that shows as a
// gap before the next batch, or as nothing at all, and is asked for again.
func (f *fetcher) take(records kafka.RecordReader, d *Delivery) error {
	for _, batch := range batches(records) {
		control := false
		if _, ok := batch.(*protocol.ControlBatch); ok {
			control = true
		}
		for {
			r, err := batch.ReadRecord()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				return err
			}
			full, err := f.record(r, control, d)
			if err != nil || full {
				return err
			}
		}
	}
	return nil
}

// batches returns the batches of a response one by one: a stream as a whole
// would pass over the marks of transactions, which have offsets of their own.
func batches(records kafka.RecordReader) []protocol.RecordReader {
	if s, ok := records.(*protocol.RecordStream); ok {
		return s.Records
	}
	return []protocol.RecordReader{records}
}

// record adds one record and reports whether the chunk is full.
func (f *fetcher) record(r *protocol.Record, control bool, d *Delivery) (full bool, err error) {
	key, value := r.Key, r.Value
	defer closeBytes(key, value)
	if r.Offset < d.Next { // brokers send whole batches; what was read is passed over
		return false, nil
	}
	if !f.follows(r.Offset, d) {
		return false, fmt.Errorf("the broker left out the offsets %d to %d", d.Next, r.Offset-1)
	}
	d.Skipped += r.Offset - d.Next
	if control {
		d.Next = r.Offset + 1
		d.Skipped++
		return false, nil
	}
	if f.full(d.Chunk) {
		return true, nil
	}
	var codes reason.Set
	f.value = f.value[:0]
	if value != nil {
		if f.value, err = appendAll(f.value, value); err != nil {
			return false, err
		}
	}
	if value == nil || !knownVersion(r.Headers) || len(f.value) > maxRecord {
		codes.Add(reason.FormRowUnreadable)
	} else if isArrow(f.value) {
		switch f.rows(r, d) {
		case rowsTaken:
			return false, nil
		case rowsLater:
			return true, nil
		}
		codes.Add(reason.FormRowUnreadable)
	}
	if d.Chunk != nil && d.Chunk.Format != record.JSONLines {
		return true, nil
	}
	if d.Chunk == nil {
		f.begin(r, f.header, record.JSONLines, d)
	}
	d.Chunk.AddRow(r.Offset, f.value, codes)
	d.Next = r.Offset + 1
	return false, nil
}

// begin gives a delivery its chunk.
func (f *fetcher) begin(r *protocol.Record, h *record.Header, format record.RowFormat, d *Delivery) {
	c := f.opt.Pool.Get()
	c.Source, c.Header, c.Format = f.source, h, format
	d.Chunk, d.Oldest = c, r.Time
}

// full reports whether a chunk has enough for a delivery.
func (f *fetcher) full(c *record.Chunk) bool {
	return c != nil && (len(c.Rows) >= f.opt.Rows || len(c.Data)+len(c.Cells.Slab) >= 4*f.opt.Bytes)
}

// follows reports whether a record may come after what was read. A gap may be
// true (the topic is compacted, a transaction left its mark) or the fault of a
// reader; it is believed when a second, separate fetch shows it too.
func (f *fetcher) follows(offset int64, d *Delivery) bool {
	if offset == d.Next {
		return true
	}
	if d.Next > d.From { // end the delivery here: the next fetch begins at the gap
		return false
	}
	if f.held && f.gap == d.Next {
		f.held = false
		return true
	}
	f.gap, f.held = d.Next, true
	return false
}

// schemaVersion is the version of the form that messages may declare.
const schemaVersion = "1"

// knownVersion reports whether the header schema_version, where there is one,
// names a version that this one reads: what another version means by a name is
// not for us to guess.
func knownVersion(headers []protocol.Header) bool {
	for _, h := range headers {
		if h.Key == "schema_version" && string(h.Value) != schemaVersion {
			return false
		}
	}
	return true
}

func appendAll(dst []byte, b protocol.Bytes) ([]byte, error) {
	n := b.Len()
	start := len(dst)
	dst = append(dst, make([]byte, n)...)
	_, err := io.ReadFull(b, dst[start:])
	return dst, err
}

func closeBytes(list ...protocol.Bytes) {
	for _, b := range list {
		if b != nil {
			b.Close()
		}
	}
}
