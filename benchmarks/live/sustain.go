package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"os/exec"
	"slices"
	"strings"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"

	"github.com/dusach/dusach/fixtures/corpus"
)

// A sustained is one measurement of how fast live takes forms in once so many
// are known, with the topic holding more than it can take.
type sustained struct {
	*trial
	cmd      *exec.Cmd
	listen   string
	log      strings.Builder
	rates    []float64 // forms of each second
	from, to sample    // the ends of the window
	calm     sample    // when the topic was drained, before forms trickle
	end      sample
	fill     time.Duration
	ended    chan error // live did
}

// sustain produces the forms, lets live take all of them and measures from the
// moment on at which enough are known.
func (t *trial) sustain(ctx context.Context) (string, error) {
	s := &sustained{trial: t}
	log.Printf("producing %d forms", t.forms+t.more)
	if err := t.makeTopic(ctx); err != nil {
		return "", err
	}
	if err := t.produceCorpus(ctx, t.forms+t.more, t.seed, 0); err != nil {
		return "", err
	}
	if err := s.begin(ctx); err != nil {
		return "", err
	}
	defer func() {
		_ = s.cmd.Process.Kill()
		if err := <-s.ended; err == nil {
			log.Print("live had ended by itself")
		}
	}()
	began := time.Now()
	var err error
	if s.from, err = s.wait(ctx, func(m sample) bool { return m.known() >= float64(t.forms)*.97 }); err != nil { // .03: refused, or sent twice
		return "", err
	}
	s.fill = time.Since(began)
	log.Printf("%.0f known after %s; measuring", s.from.known(), s.fill.Round(time.Second))
	if err := s.measure(ctx); err != nil {
		return "", err
	}
	if s.calm, err = s.wait(ctx, func(m sample) bool { return m.sum("dusach_live_lag_messages") == 0 && m.known() > s.from.known() }); err != nil {
		return "", err
	}
	log.Printf("drained; 1,000 forms a second for %s", t.trickle)
	if err := t.produceCorpus(ctx, int(t.trickle.Seconds())*1000, t.seed+1, 1000); err != nil {
		return "", err
	}
	if s.end, err = s.wait(ctx, func(m sample) bool { return m.sum("dusach_live_lag_messages") == 0 }); err != nil {
		return "", err
	}
	return s.result(), nil
}

// begin starts live, which publishes a quarter on in what is measured.
func (s *sustained) begin(ctx context.Context) error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	s.listen = l.Addr().String()
	if err := l.Close(); err != nil {
		return err
	}
	s.cmd = exec.CommandContext(ctx, s.dusach, "live", "--brokers", s.address, "--topic", topic, "--out", s.path("live"), "--listen", s.listen,
		"--every-forms", fmt.Sprint(s.forms+s.more/4))
	s.cmd.Stdout, s.cmd.Stderr = &s.log, &s.log
	if err := s.cmd.Start(); err != nil {
		return err
	}
	s.ended = make(chan error, 1)
	go func() { s.ended <- s.cmd.Wait() }()
	return nil
}

// measure samples every second until the window is over or the topic drained.
func (s *sustained) measure(ctx context.Context) error {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	last := s.from
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
		now, err := s.sample()
		if err != nil {
			return err
		}
		s.rates = append(s.rates, (now.known()-last.known())/now.at.Sub(last.at).Seconds())
		s.to, last = now, now
		if now.at.Sub(s.from.at) >= s.window || now.sum("dusach_live_lag_messages") == 0 {
			return nil
		}
	}
}

// wait samples until a condition holds.
func (s *sustained) wait(ctx context.Context, until func(sample) bool) (sample, error) {
	for {
		m, err := s.sample()
		if err == nil && until(m) {
			return m, nil
		}
		select {
		case <-ctx.Done():
			return m, ctx.Err()
		case err := <-s.ended:
			s.ended <- err
			return m, fmt.Errorf("live ended: %w\n%s", err, tail([]byte(s.log.String())))
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// produceCorpus sends n invented forms to random partitions, so many a second; 0: as
// fast as it goes.
func (t *trial) produceCorpus(ctx context.Context, n int, seed uint64, rate int) error {
	client, err := t.client()
	if err != nil {
		return err
	}
	defer client.Close()
	o := corpus.Defaults()
	o.Forms, o.Seed, o.Hard = int64(n), seed, t.hard
	in, out := io.Pipe()
	go func() {
		_, err := corpus.WriteText(ctx, o, out, nil, true)
		out.CloseWithError(err)
	}()
	rng := t.random(seed)
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<24)
	var burst []*kgo.Record
	send := func() error {
		err := client.ProduceSync(ctx, burst...).FirstErr()
		burst = burst[:0]
		return err
	}
	most := 5000
	if rate > 0 {
		most = rate / 10
	}
	next := time.Now()
	for lines.Scan() {
		burst = append(burst, &kgo.Record{Value: slices.Clone(lines.Bytes()), Partition: rng.Int32N(int32(t.partitions))})
		if len(burst) < most {
			continue
		}
		if err := send(); err != nil {
			return err
		}
		if rate > 0 {
			next = next.Add(100 * time.Millisecond)
			time.Sleep(time.Until(next))
		}
	}
	if err := lines.Err(); err != nil {
		return err
	}
	return send()
}
