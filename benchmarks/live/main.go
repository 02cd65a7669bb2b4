// Command live proves that dusach live loses nothing and counts nothing twice:
// forms are produced to a real broker while live is killed at random and the
// broker restarted, and what is published in the end is compared, byte for byte,
// with one dusach clean of the same forms.
//
//	go run ./benchmarks/live --forms 20000 --kills 10 --restarts 2 --dir /tmp/live
//
// With --sustain it measures: the topic is filled, live takes it in, and once
// --forms are known its rate, the times of matches, its memory and what it and
// the broker use of the processor are taken from its metrics, a publication
// among it; then forms trickle, and the time until they are known is taken.
//
//	go run ./benchmarks/live --sustain 10m --forms 10000000 --more 6000000
//
// It needs a JDK and Maven for the broker (broker.sh). The result is printed as
// text to be kept.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"time"
)

// options of a trial.
type options struct {
	forms, resent   int
	seed            uint64
	hard            int
	kills, restarts int
	partitions      int
	lifeMin         time.Duration // of a live before it is killed, at least …
	lifeMax         time.Duration // … and at most
	everyForms      int
	dir, dusach     string
	scram           bool
	window, trickle time.Duration // of a measurement instead of a proof; window 0: the proof
	more            int           // forms beyond those that are known when it begins
}

func main() {
	log.SetFlags(log.Ltime)
	var o options
	flag.IntVar(&o.forms, "forms", 20000, "forms to produce")
	flag.IntVar(&o.resent, "resent", 200, "forms that are produced a second time")
	flag.Uint64Var(&o.seed, "seed", 901, "of the forms and of every random choice")
	flag.IntVar(&o.hard, "hard", 2, "difficulty of the forms")
	flag.IntVar(&o.kills, "kills", 10, "how often live is killed, at least, while forms come")
	flag.IntVar(&o.restarts, "restarts", 2, "how often the broker is restarted, every second time by SIGKILL")
	flag.IntVar(&o.partitions, "partitions", 6, "of the topic")
	flag.DurationVar(&o.lifeMin, "life-min", 300*time.Millisecond, "how long a live lives at least")
	flag.DurationVar(&o.lifeMax, "life-max", 5*time.Second, "and at most, until it is killed")
	flag.IntVar(&o.everyForms, "every-forms", 4000, "messages after which live publishes")
	flag.StringVar(&o.dir, "dir", "", "an empty folder to work in (default: a new one, removed if all is well)")
	flag.StringVar(&o.dusach, "dusach", "", "the dusach to try (default: built from this checkout)")
	flag.BoolVar(&o.scram, "scram", false, "speak SASL_SSL with SCRAM-SHA-512")
	flag.DurationVar(&o.window, "sustain", 0, "measure instead, for so long: how fast live is once --forms are known")
	flag.IntVar(&o.more, "more", 100_000, "forms beyond --forms that the topic holds for --sustain")
	flag.DurationVar(&o.trickle, "trickle", 20*time.Second, "then so long at 1,000 forms a second")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	t, err := newTrial(o)
	var result string
	if err == nil && o.window > 0 {
		result, err = t.sustain(ctx)
	} else if err == nil {
		result, err = t.run(ctx)
	}
	if t != nil {
		t.close(err == nil)
	}
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(result)
}
