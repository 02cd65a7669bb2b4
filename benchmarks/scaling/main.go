//go:build unix

// Command scaling cleans corpora of growing size and says how the cost grows:
//
//	go run ./benchmarks/scaling -dir /data/scaling -sizes 1,3,10,30,104
//
// For each size in millions of forms it generates Parquet (difficulty 2, with the
// truth of a sample of the persons), cleans it, verifies the store and evaluates
// it, one after the other, and keeps what each step printed and took in -dir. What
// is there already is not done again, so a run that was stopped goes on with the
// same command. Inputs and stores are removed once their size is measured, unless
// -keep is given. At the end, or at once with -report, it prints the exponents of
// growth, a table of the parts of a run against the bandwidth of the machine, which
// it measures first, and draws the growth into scaling.svg and scaling.png.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
)

type options struct {
	dir, dusach, memory string
	sizes               []float64 // millions of forms
	seed                uint64
	workers             int
	keep, report        bool
}

func main() {
	log.SetFlags(log.Ltime)
	var o options
	var sizes string
	flag.StringVar(&o.dir, "dir", "", "folder for inputs, stores and results (required)")
	flag.StringVar(&o.dusach, "dusach", "", "the dusach to measure (default: built from this checkout)")
	flag.StringVar(&o.memory, "memory", "", "passed on to clean, as 16GiB")
	flag.StringVar(&sizes, "sizes", "1,3,10,30,104", "millions of forms")
	flag.Uint64Var(&o.seed, "seed", 1606, "of the corpora")
	flag.IntVar(&o.workers, "workers", 0, "passed on to clean; 0: one a CPU")
	flag.BoolVar(&o.keep, "keep", false, "keep inputs and stores")
	flag.BoolVar(&o.report, "report", false, "measure nothing, report what -dir holds")
	flag.Parse()
	for text := range strings.SplitSeq(sizes, ",") {
		n, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
		if err != nil || n <= 0 {
			log.Fatalf("-sizes %q: want numbers of millions, as 1,3,10", sizes)
		}
		o.sizes = append(o.sizes, n)
	}
	if o.dir == "" {
		log.Fatal("-dir is missing: name a folder with room for 500 bytes a form of the largest size")
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, &o); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, o *options) error {
	if err := os.MkdirAll(o.dir, 0o755); err != nil {
		return err
	}
	machine, err := loadOr(filepath.Join(o.dir, "machine.json"), func() (*bandwidth, error) { return probe(o.dir) })
	if err != nil {
		return fmt.Errorf("measuring the machine: %w", err)
	}
	var all []*measured
	for _, n := range o.sizes {
		name := filepath.Join(o.dir, fmt.Sprintf("result-%g.json", n))
		if _, err := os.Stat(name); err != nil && o.report {
			continue
		}
		m, err := loadOr(name, func() (*measured, error) { return measure(ctx, o, n) })
		if err != nil {
			return fmt.Errorf("%g million forms: %w", n, err)
		}
		all = append(all, m)
	}
	if len(all) == 0 {
		return fmt.Errorf("%s holds no result", o.dir)
	}
	report(os.Stdout, machine, all)
	return draw(o.dir, all)
}
