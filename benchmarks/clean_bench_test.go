package benchmarks

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime/metrics"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dusach/dusach/fixtures/corpus"
	"github.com/dusach/dusach/pipeline"
)

var (
	sizes = flag.String("forms", "20000,100000", "sizes of corpora, in forms")
	hard  = flag.Int("hard", 2, "how hard the corpora are: 1, 2 or 3")
)

// BenchmarkClean cleans generated forms from CSV into a new store.
func BenchmarkClean(b *testing.B) {
	for text := range strings.SplitSeq(*sizes, ",") {
		forms, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			b.Fatalf("-forms %s: %v", *sizes, err)
		}
		b.Run(fmt.Sprintf("forms=%d", forms), func(b *testing.B) { benchmarkClean(b, forms) })
	}
}

func benchmarkClean(b *testing.B, forms int64) {
	input, size := generate(b, forms)
	cfg, err := pipeline.DefaultConfig(nil)
	if err != nil {
		b.Fatal(err)
	}
	cfg.BatchSize = 8192
	cfg.Tmp = b.TempDir()
	stores := b.TempDir()
	spent := map[string]time.Duration{}
	var peak uint64
	b.SetBytes(size)
	for i := 0; b.Loop(); i++ {
		store := filepath.Join(stores, strconv.Itoa(i))
		job := pipeline.Job{Inputs: []string{input}, Store: store, Lang: "en", Version: "benchmark", Command: "benchmark"}
		watch := watchMemory()
		summary, err := pipeline.New(cfg).Clean(context.Background(), job, silent{})
		peak = max(peak, watch.stop())
		if err != nil {
			b.Fatal(err)
		}
		if summary.Counts.FormsIn != forms {
			b.Fatalf("%d forms were read of %d", summary.Counts.FormsIn, forms)
		}
		for _, s := range summary.Stages {
			spent[s.Stage] += s.Busy
		}
		if err := os.RemoveAll(store); err != nil {
			b.Fatal(err)
		}
	}
	all := float64(b.N) * float64(forms)
	b.ReportMetric(all/b.Elapsed().Seconds(), "forms/s")
	b.ReportMetric(float64(peak)/float64(forms), "peak-B/form")
	for stage, d := range spent {
		b.ReportMetric(float64(d.Nanoseconds())/all, stage+"-ns/form")
	}
}

// generate writes a corpus and returns its file and how many bytes it has.
func generate(b *testing.B, forms int64) (name string, size int64) {
	folder := b.TempDir()
	name = filepath.Join(folder, "forms.csv")
	o := corpus.Defaults()
	o.Forms, o.Seed, o.Hard = forms, 1, *hard
	if _, err := corpus.WriteFiles(context.Background(), o, name, filepath.Join(folder, "truth.csv")); err != nil {
		b.Fatal(err)
	}
	info, err := os.Stat(name)
	if err != nil {
		b.Fatal(err)
	}
	return name, info.Size()
}

// silent is a progress that nobody sees.
type silent struct{}

func (silent) Stage(string, int64, int64) {}
func (silent) Warn(error)                 {}

// A memoryWatch looks at what Go's runtime holds of the system's memory, often
// enough to meet the peak of a run of seconds.
type memoryWatch struct {
	end     chan struct{}
	watcher sync.WaitGroup
	peak    uint64
}

func watchMemory() *memoryWatch {
	w := &memoryWatch{end: make(chan struct{})}
	w.watcher.Go(func() {
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for {
			w.peak = max(w.peak, held())
			select {
			case <-tick.C:
			case <-w.end:
				return
			}
		}
	})
	return w
}

func (w *memoryWatch) stop() uint64 {
	close(w.end)
	w.watcher.Wait()
	return w.peak
}

// held returns the bytes mapped by the runtime and not given back.
func held() uint64 {
	s := [2]metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(s[:])
	return s[0].Value.Uint64() - s[1].Value.Uint64()
}
