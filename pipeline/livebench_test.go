package pipeline

import (
	"cmp"
	"context"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/dusach/dusach/fixtures/corpus"
	"github.com/dusach/dusach/pipeline/intake"
	"github.com/dusach/dusach/pipeline/state"
)

// BenchmarkLiveTake lets a memory take in DUSACH_KNOWN forms (100,000) in
// bites, without a broker, and tells of its last tenth what a form costs and how
// long the match of a single form took.
func BenchmarkLiveTake(b *testing.B) {
	known, err := strconv.Atoi(cmp.Or(os.Getenv("DUSACH_KNOWN"), "100000"))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		ctx, dir := context.Background(), b.TempDir()
		o := corpus.Defaults()
		o.Forms, o.Seed = int64(known), 4711
		file := filepath.Join(dir, "forms.jsonl")
		if _, err := corpus.WriteFiles(ctx, o, file, ""); err != nil {
			b.Fatal(err)
		}
		l := benchLive(b, dir)
		in := intake.New([]string{file}, intake.Options{Schema: l.p.cfg.Schema(), Rows: 1024})
		tail := &tailWatcher{from: known * 9 / 10}
		l.watcher = tail
		bite := &clean{}
		flush := func() {
			if err := cmp.Or(l.clean(ctx, bite), l.take(ctx, bite)); err != nil {
				b.Fatal(err)
			}
			bite.came, bite.rows = bite.came[:0], 0
		}
		for chunk, err := range in.Chunks(ctx) {
			if err != nil {
				b.Fatal(err)
			}
			bite.came, bite.rows = append(bite.came, intake.Delivery{Chunk: chunk}), bite.rows+len(chunk.Rows)
			if len(bite.came) == 8 {
				flush()
			}
		}
		flush()
		tail.report(b, l)
		if err := l.log.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// benchLive is a live run that nobody feeds.
func benchLive(b *testing.B, dir string) *live {
	cfg, err := DefaultConfig(nil)
	if err != nil {
		b.Fatal(err)
	}
	cfg.Workers, cfg.Tmp = runtime.GOMAXPROCS(0), dir
	log, err := state.OpenLog(filepath.Join(dir, "log"), state.LogOptions{})
	if err != nil {
		b.Fatal(err)
	}
	topic, err := intake.OpenTopic(intake.TopicOptions{Brokers: []string{"none:1"}, Topic: "none"})
	if err != nil {
		b.Fatal(err)
	}
	return &live{memory: New(cfg).newMemory(log), topic: topic, targets: map[int]int64{}, job: LiveJob{}}
}

// tailWatcher adds up what bites cost once so many forms are known.
type tailWatcher struct {
	unwatched
	from, forms         int
	read, match, commit time.Duration
	each                []time.Duration
}

func (w *tailWatcher) Took(b *LiveBite) {
	if b.Known < w.from {
		return
	}
	w.forms += b.Forms
	w.read, w.match, w.commit = w.read+b.Read, w.match+b.Match, w.commit+b.Commit
	w.each = append(w.each, b.Matches...)
}

func (w *tailWatcher) report(b *testing.B, l *live) {
	per := func(d time.Duration) float64 { return float64(d.Nanoseconds()) / float64(w.forms) / 1000 }
	slices.Sort(w.each)
	at := func(q float64) float64 { return float64(w.each[int(q*float64(len(w.each)-1))].Nanoseconds()) / 1000 }
	b.ReportMetric(per(w.read), "µs-read/form")
	b.ReportMetric(per(w.match), "µs-match/form")
	b.ReportMetric(per(w.commit), "µs-commit/form")
	b.ReportMetric(at(.5), "µs-p50")
	b.ReportMetric(at(.99), "µs-p99")
	b.ReportMetric(at(.999), "µs-p99.9")
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.HeapAlloc)/float64(l.known.Len()), "heap-B/form")
	b.ReportMetric(float64(l.index.Bytes())/float64(l.known.Len()), "index-B/form")
	var pairs uint64
	for _, j := range l.judges {
		pairs += j.decide.Counts().Total()
	}
	b.ReportMetric(float64(pairs)/float64(l.known.Len()), "pairs/form")
}
