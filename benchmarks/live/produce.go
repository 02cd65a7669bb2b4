package main

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kmsg"
	"github.com/twmb/franz-go/pkg/sasl/scram"
)

const topic = "forms"

// lines is a file of forms, one a line, held once.
type lines struct {
	data []byte
	ends []int
}

func readLines(name string) (*lines, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	l := &lines{}
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<24)
	for s.Scan() {
		l.data = append(l.data, s.Bytes()...)
		l.ends = append(l.ends, len(l.data))
	}
	return l, s.Err()
}

func (l *lines) at(i int) []byte {
	from := 0
	if i > 0 {
		from = l.ends[i-1]
	}
	return l.data[from:l.ends[i]]
}

func (t *trial) client() (*kgo.Client, error) {
	opts := []kgo.Opt{kgo.SeedBrokers(t.address), kgo.DefaultProduceTopic(topic), kgo.RecordPartitioner(kgo.ManualPartitioner()),
		kgo.ProducerBatchCompression(kgo.ZstdCompression()), kgo.RequestRetries(1000), kgo.RecordDeliveryTimeout(10 * time.Minute)}
	if t.scram {
		pem, err := os.ReadFile(filepath.Join(t.broker, "ca.pem"))
		if err != nil {
			return nil, err
		}
		roots := x509.NewCertPool()
		roots.AppendCertsFromPEM(pem)
		opts = append(opts, kgo.DialTLSConfig(&tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}),
			kgo.SASL(scram.Auth{User: "dusach", Pass: "invented-pw"}.AsSha512Mechanism()))
	}
	return kgo.NewClient(opts...)
}

// produce makes the topic and sends every form in random order, some of them
// twice, spread over about the time that the killings take.
func (t *trial) produce(ctx context.Context) error {
	client, err := t.client()
	if err != nil {
		return err
	}
	defer client.Close()
	if err := t.makeTopic(ctx); err != nil {
		return err
	}
	rng := t.random(2)
	order := rng.Perm(len(t.lines.ends))
	for range t.resent {
		order = append(order, rng.IntN(len(t.lines.ends)))
	}
	const burst = 500
	pause := t.pause(len(order) / burst)
	for from := 0; from < len(order); from += burst {
		var records []*kgo.Record
		for _, i := range order[from:min(from+burst, len(order))] {
			records = append(records, &kgo.Record{Value: t.lines.at(i), Partition: rng.Int32N(int32(t.partitions))})
		}
		if err := client.ProduceSync(ctx, records...).FirstErr(); err != nil {
			return fmt.Errorf("producing: %w", err)
		}
		t.sent.Add(int64(len(records)))
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
	return nil
}

func (t *trial) makeTopic(ctx context.Context) error {
	client, err := t.client()
	if err != nil {
		return err
	}
	defer client.Close()
	create := kmsg.NewPtrCreateTopicsRequest()
	of := kmsg.NewCreateTopicsRequestTopic()
	of.Topic, of.NumPartitions, of.ReplicationFactor = topic, int32(t.partitions), 1
	create.Topics = append(create.Topics, of)
	if _, err := create.RequestWith(ctx, client); err != nil {
		return fmt.Errorf("making the topic: %w", err)
	}
	return nil
}

// pause is how long to wait between bursts so that forms still come while live
// dies for the last time.
func (t *trial) pause(bursts int) time.Duration {
	deaths := time.Duration(t.options.kills+2*t.options.restarts) * (t.lifeMin + t.lifeMax) / 2
	return deaths / time.Duration(max(1, bursts))
}
