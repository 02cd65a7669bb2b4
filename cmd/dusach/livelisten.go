package main

import (
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline"
)

// liveMetrics is what a live run tells of itself, for Prometheus: counts, ages
// and codes, and nothing of any person.
type liveMetrics struct {
	pulse      pulse
	registry   *prometheus.Registry
	messages   *prometheus.CounterVec
	codes      *prometheus.CounterVec
	links      prometheus.Counter
	skipped    prometheus.Counter
	seconds    *prometheus.HistogramVec
	perForm    *prometheus.HistogramVec
	delay      prometheus.Histogram
	lag        *prometheus.GaugeVec
	known      prometheus.Gauge
	waiting    prometheus.Gauge
	last       prometheus.Gauge
	published  prometheus.Gauge
	asked      prometheus.Gauge
	publishing prometheus.Histogram
	underWay   prometheus.Gauge
}

func newLiveMetrics() *liveMetrics {
	spans := prometheus.ExponentialBuckets(0.0005, 2, 18)
	counter := func(name, help string) prometheus.CounterOpts {
		return prometheus.CounterOpts{Namespace: "dusach_live", Name: name, Help: help}
	}
	gauge := func(name, help string) prometheus.Gauge {
		return prometheus.NewGauge(prometheus.GaugeOpts{Namespace: "dusach_live", Name: name, Help: help})
	}
	histogram := func(name, help string, buckets []float64) prometheus.HistogramOpts {
		return prometheus.HistogramOpts{Namespace: "dusach_live", Name: name, Help: help, Buckets: buckets}
	}
	m := &liveMetrics{
		pulse:    pulse{now: time.Now},
		registry: prometheus.NewRegistry(),
		messages: prometheus.NewCounterVec(counter("messages_total", "Messages that are durable, by what became of them."), []string{"outcome"}),
		codes:    prometheus.NewCounterVec(counter("reason_codes_total", "Forms and refusals that bear a reason code."), []string{"code"}),
		links:    prometheus.NewCounter(counter("links_total", "Pairs of forms found that may be one citizen.")),
		skipped:  prometheus.NewCounter(counter("offsets_skipped_total", "Offsets without a message: compacted away, or marks of transactions.")),
		seconds:  prometheus.NewHistogramVec(histogram("bite_seconds", "Time of a bite by step.", spans), []string{"step"}),
		perForm: prometheus.NewHistogramVec(histogram("match_seconds",
			"Time to match one form against all that are known, once its turn came; while a snapshot was being made, and else.",
			prometheus.ExponentialBuckets(4e-6, 1.5, 28)), []string{"publishing"}),
		delay: prometheus.NewHistogram(histogram("delay_seconds", "Age of the oldest message of a bite when it is durable.", prometheus.ExponentialBuckets(0.01, 2, 18))),
		lag: prometheus.NewGaugeVec(prometheus.GaugeOpts{Namespace: "dusach_live", Name: "lag_messages",
			Help: "Messages that the broker holds and live has not read; every partition has it."}, []string{"partition"}),
		known:      gauge("known_forms", "Forms in memory."),
		waiting:    gauge("unpublished_messages", "Messages that no snapshot holds yet."),
		last:       gauge("last_commit_timestamp_seconds", "When a bite became durable last."),
		published:  gauge("last_published_timestamp_seconds", "When a snapshot was published last."),
		asked:      gauge("last_answer_timestamp_seconds", "When a broker last said how far the topic goes."),
		underWay:   gauge("publishing", "1 while a snapshot is being made."),
		publishing: prometheus.NewHistogram(histogram("publish_seconds", "Time of a publication.", prometheus.ExponentialBuckets(0.1, 2, 16))),
	}
	m.registry.MustRegister(m.messages, m.codes, m.links, m.skipped, m.seconds, m.perForm, m.delay, m.lag, m.known, m.waiting, m.last, m.published, m.publishing, m.underWay, m.asked,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Ready says that the memory is back.
func (m *liveMetrics) Ready(known int) {
	m.known.Set(float64(known))
	m.pulse.begun()
}

// Alive says that the loop turns.
func (m *liveMetrics) Alive() { m.pulse.alive() }

// Asked says how far every partition has been read, also one in which nothing
// comes.
func (m *liveMetrics) Asked(partitions []pipeline.PartitionLag) {
	m.setLags(partitions)
	m.asked.SetToCurrentTime()
	m.pulse.answered(partitions)
}

func (m *liveMetrics) setLags(partitions []pipeline.PartitionLag) {
	for _, p := range partitions {
		m.lag.WithLabelValues(strconv.Itoa(p.Partition)).Set(float64(p.End - p.Next))
	}
}

// Took counts a bite.
func (m *liveMetrics) Took(b *pipeline.LiveBite) {
	m.messages.WithLabelValues("form").Add(float64(b.Forms))
	m.messages.WithLabelValues("repeat").Add(float64(b.Repeats))
	m.messages.WithLabelValues("refusal").Add(float64(b.Refusals))
	m.messages.WithLabelValues("forgotten").Add(float64(b.Forgotten))
	for code, n := range b.Codes {
		if n > 0 {
			m.codes.WithLabelValues(reason.Code(code).String()).Add(float64(n))
		}
	}
	m.links.Add(float64(b.Links))
	m.skipped.Add(float64(b.Skipped))
	for step, d := range map[string]time.Duration{"read": b.Read, "match": b.Match, "commit": b.Commit} {
		m.seconds.WithLabelValues(step).Observe(d.Seconds())
	}
	each := m.perForm.WithLabelValues(strconv.FormatBool(b.Publishing))
	for _, d := range b.Matches {
		each.Observe(d.Seconds())
	}
	if !b.Oldest.IsZero() {
		m.delay.Observe(time.Since(b.Oldest).Seconds())
	}
	m.setLags(b.Partitions)
	m.pulse.took()
	m.known.Set(float64(b.Known))
	m.waiting.Set(float64(b.Unpublished))
	m.last.SetToCurrentTime()
}

// Publishing says that a snapshot is being made.
func (m *liveMetrics) Publishing() { m.underWay.Set(1) }

// Published counts a publication.
func (m *liveMetrics) Published(s *pipeline.Summary, unpublished int64) {
	m.waiting.Set(float64(unpublished))
	m.underWay.Set(0)
	m.published.SetToCurrentTime()
	m.publishing.Observe(s.Elapsed.Seconds())
}

// handler serves /metrics, /healthz (the run works or waits, and does not hang)
// and /readyz (the memory is back and the broker answers).
func (m *liveMetrics) handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /healthz", probe(m.pulse.health))
	mux.HandleFunc("GET /readyz", probe(m.pulse.readiness))
	return mux
}

// probe answers 200, or 503 with what is wrong.
func probe(check func() error) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		if err := check(); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "ok")
	}
}

// listen serves the metrics until the returned function is called.
func (m *liveMetrics) listen(address string) (stop func(), err error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("--listen: %w", err)
	}
	s := &http.Server{Handler: m.handler(), ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = s.Serve(l) }() // where it ends, nothing answers: whoever asks notices
	return func() { _ = s.Close() }, nil
}
