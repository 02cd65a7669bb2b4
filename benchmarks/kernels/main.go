// Command kernels times the kernels of matchers/similarity beside those of matchr
// and of rapidfuzz, on folded Vietnamese full names, one thread, in one run:
//
//	python3 -m venv venv && venv/bin/pip install -r benchmarks/kernels/requirements.txt
//	go run ./benchmarks/kernels -python venv/bin/python > benchmarks/results/DATE-kernels.txt
//
// A figure is the least of many short rounds, in nanoseconds a pair: what a round
// loses to other work on the machine does not count. rapidfuzz compares with
// process.cdist, many with many, workers=1, eight-bit distances.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"runtime"
	"time"

	"github.com/antzucaro/matchr"

	"github.com/dusach/dusach/matchers/similarity"
	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/normalize/tables"
)

func main() {
	python := flag.String("python", "", "a python that has rapidfuzz; without, it is left out")
	count := flag.Int("names", 1000, "how many names")
	seed := flag.Uint64("seed", 1, "of the names")
	flag.Parse()
	names := makeNames(*count, *seed)
	letters := 0
	for _, n := range names {
		letters += len(n)
	}
	fmt.Printf("%s, %s, %d names of %.1f letters on average, seed %d\n\n", runtime.Version(), runtime.GOARCH, len(names), float64(letters)/float64(len(names)), *seed)
	single(names)
	many(names)
	if *python != "" {
		if err := peer(*python, names); err != nil {
			fmt.Fprintln(os.Stderr, "kernels:", err)
			os.Exit(1)
		}
	}
}

// makeNames draws surname, middle and given name from the embedded lists.
func makeNames(n int, seed uint64) (names [][]byte) {
	rng := rand.New(rand.NewPCG(seed, 7))
	list := func(table string) (words []string) {
		for cells := range tables.Rows(table, 1) {
			words = append(words, cells[0])
		}
		return words
	}
	surnames, middles, givens := list(tables.Surnames), list(tables.Middle), list(tables.Given)
	pick := func(words []string) string { return words[min(rng.IntN(len(words)), rng.IntN(len(words)))] }
	for range n {
		text := pick(surnames) + " " + pick(middles) + " " + pick(givens)
		names = append(names, normalize.AppendFold(nil, []byte(text)))
	}
	return names
}

// least runs f in rounds for half a second and returns the shortest, in
// nanoseconds for each of the pairs of a round.
func least(pairs int, f func()) float64 {
	best := time.Hour
	for start := time.Now(); time.Since(start) < 500*time.Millisecond; {
		round := time.Now()
		f()
		best = min(best, time.Since(round))
	}
	return float64(best.Nanoseconds()) / float64(pairs)
}

// Sink takes what the kernels answer, so that they are not left out.
var Sink float64

// single times one call a pair.
func single(names [][]byte) {
	const round = 500
	text := make([]string, len(names))
	for i, n := range names {
		text[i] = string(n)
	}
	pair := func(i int) (int, int) { return i % len(names), (i*7 + 1) % len(names) }
	ours := func(f func(a, b []byte) float64) float64 {
		return least(round, func() {
			for i := range round {
				a, b := pair(i)
				Sink += f(names[a], names[b])
			}
		})
	}
	theirs := func(f func(a, b string) float64) float64 {
		return least(round, func() {
			for i := range round {
				a, b := pair(i)
				Sink += f(text[a], text[b])
			}
		})
	}
	fmt.Printf("%-32s %10s %10s\n", "one call, ns a pair", "dusach", "matchr")
	row := func(name string, a, b float64) { fmt.Printf("%-32s %10.1f %10.1f  %5.1f ×\n", name, a, b, b/a) }
	row("Jaro-Winkler", ours(similarity.JaroWinkler), theirs(func(a, b string) float64 { return matchr.JaroWinkler(a, b, false) }))
	row("Levenshtein", ours(number(similarity.Levenshtein)), theirs(func(a, b string) float64 { return float64(matchr.Levenshtein(a, b)) }))
	row("OSA", ours(number(similarity.OSA)), theirs(func(a, b string) float64 { return float64(matchr.OSA(a, b)) }))
	row("Damerau, unrestricted", ours(number(similarity.Damerau)), theirs(func(a, b string) float64 { return float64(matchr.DamerauLevenshtein(a, b)) }))
	row("longest common subsequence", ours(number(similarity.LCS)), theirs(func(a, b string) float64 { return float64(matchr.LongestCommonSubsequence(a, b)) }))
}

func number(f func(a, b []byte) int) func(a, b []byte) float64 {
	return func(a, b []byte) float64 { return float64(f(a, b)) }
}

// many times one name against all.
func many(names [][]byte) {
	var slab []byte
	var ends []uint32
	for _, n := range names {
		slab = append(slab, n...)
		ends = append(ends, uint32(len(slab)))
	}
	batch := similarity.NewBatch(slab, ends)
	distances := make([]int, 0, len(names))
	similarities := make([]float64, 0, len(names))
	at := 0
	next := func() []byte { at++; return names[at%len(names)] }
	fmt.Printf("\n%-32s %10s\n", "one with many, ns a pair", "dusach")
	row := func(name string, ns float64) { fmt.Printf("%-32s %10.1f\n", name, ns) }
	row("Levenshtein, batch", least(len(names), func() { distances = batch.Levenshtein(distances[:0], next()) }))
	row("OSA, batch", least(len(names), func() { distances = batch.OSA(distances[:0], next()) }))
	restore := similarity.PlainGo()
	row("Levenshtein, batch, plain Go", least(len(names), func() { distances = batch.Levenshtein(distances[:0], next()) }))
	row("OSA, batch, plain Go", least(len(names), func() { distances = batch.OSA(distances[:0], next()) }))
	restore()
	pattern := similarity.NewPattern(nil)
	row("Jaro-Winkler, pattern", least(len(names), func() {
		pattern.Set(next())
		similarities = pattern.JaroWinklers(similarities[:0], slab, ends)
	}))
}

// peer hands the names to rapidfuzz.
func peer(python string, names [][]byte) error {
	cmd := exec.Command(python, "benchmarks/kernels/peer.py")
	cmd.Stdin = bytes.NewReader(bytes.Join(names, []byte("\n")))
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	return cmd.Run()
}
