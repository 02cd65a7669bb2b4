// Command kernels times the kernels of matchers/similarity beside those of matchr
// and of rapidfuzz, on folded Vietnamese full names, one thread, in one run:
//
//	python3 -m venv venv && venv/bin/pip install -r benchmarks/kernels/requirements.txt
//	go run ./benchmarks/kernels -python venv/bin/python > benchmarks/results/DATE-kernels.txt
//
// A figure is the least of many short rounds, in nanoseconds a pair: what a round
// loses to other work on the machine does not count. Every round of single calls takes
// other pairs, so that no branch predictor learns them by heart. rapidfuzz compares
// with process.cdist, many with many, workers=1, eight-bit distances; its single
// calls come from Python.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
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
	rival, err := peer(*python, names)
	if err != nil {
		fmt.Fprintln(os.Stderr, "kernels:", err)
		os.Exit(1)
	}
	single(names, rival)
	many(names, rival)
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
func single(names [][]byte, rival figures) {
	const round = 2000
	text := make([]string, len(names))
	for i, n := range names {
		text[i] = string(n)
	}
	from := 0 // each round takes other pairs
	pair := func(i int) (int, int) {
		i += from
		return i % len(names), (i*7 + i/len(names) + 1) % len(names)
	}
	ours := func(f func(a, b []byte) float64) float64 {
		return least(round, func() {
			from += round
			for i := range round {
				a, b := pair(i)
				Sink += f(names[a], names[b])
			}
		})
	}
	theirs := func(f func(a, b string) float64) float64 {
		return least(round, func() {
			from += round
			for i := range round {
				a, b := pair(i)
				Sink += f(text[a], text[b])
			}
		})
	}
	fmt.Printf("%-32s %10s %10s %8s %18s %8s\n", "one call, ns a pair", "dusach", "matchr", "ratio", "rapidfuzz, Python", "ratio")
	row := func(name string, a, b float64) {
		fmt.Printf("%-32s %10.1f %10s %8s %18s %8s\n", name, a, figure(b), ratio(b, a), figure(rival["scalar "+name]), ratio(rival["scalar "+name], a))
	}
	row("Jaro-Winkler", ours(similarity.JaroWinkler), theirs(func(a, b string) float64 { return matchr.JaroWinkler(a, b, false) }))
	row("Levenshtein", ours(number(similarity.Levenshtein)), theirs(func(a, b string) float64 { return float64(matchr.Levenshtein(a, b)) }))
	row("OSA", ours(number(similarity.OSA)), theirs(func(a, b string) float64 { return float64(matchr.OSA(a, b)) }))
	row("Damerau, unrestricted", ours(number(similarity.Damerau)), theirs(func(a, b string) float64 { return float64(matchr.DamerauLevenshtein(a, b)) }))
	row("longest common subsequence", ours(number(similarity.LCS)), theirs(func(a, b string) float64 { return float64(matchr.LongestCommonSubsequence(a, b)) }))
	row("two-letter grams (Dice)", ours(similarity.Dice), 0)
	row("words (TokenSet)", ours(similarity.TokenSet), 0)
}

func number(f func(a, b []byte) int) func(a, b []byte) float64 {
	return func(a, b []byte) float64 { return float64(f(a, b)) }
}

// many times one name against all.
func many(names [][]byte, rival figures) {
	slab, ends := side(names)
	batch := similarity.NewBatch(slab, ends)
	grams, words := similarity.NewGrams(slab, ends), similarity.NewWords(slab, ends)
	distances := make([]int, 0, len(names))
	similarities := make([]float64, 0, len(names))
	at := 0
	next := func() []byte { at++; return names[at%len(names)] }
	fmt.Printf("\n%-32s %10s %10s %18s %8s %8s\n", "one with many, ns a pair", "dusach", "plain Go", "rapidfuzz, cdist", "ratio", "plain Go")
	row := func(name string, f func()) {
		ours := least(len(names), f)
		restore := similarity.PlainGo()
		plain := least(len(names), f)
		restore()
		cdist := rival["cdist "+name]
		fmt.Printf("%-32s %10.1f %10.1f %18s %8s %8s\n", name, ours, plain, figure(cdist), ratio(cdist, ours), ratio(cdist, plain))
	}
	row("Levenshtein", func() { distances = batch.Levenshtein(distances[:0], next()) })
	row("OSA", func() { distances = batch.OSA(distances[:0], next()) })
	row("Jaro-Winkler", func() { similarities = batch.JaroWinkler(similarities[:0], next()) })
	row("longest common subsequence", func() { distances = batch.LCS(distances[:0], next()) })
	row("two-letter grams (Dice)", func() { similarities = grams.Dice(similarities[:0], next(), 0) })
	row("words (TokenSet)", func() { similarities = words.Jaccard(similarities[:0], next(), 0) })
}

func side(names [][]byte) (slab []byte, ends []uint32) {
	for _, n := range names {
		slab = append(slab, n...)
		ends = append(ends, uint32(len(slab)))
	}
	return slab, ends
}

// figures are nanoseconds a pair.
type figures map[string]float64

func figure(ns float64) string {
	if ns == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f", ns)
}

func ratio(theirs, ours float64) string {
	if theirs == 0 {
		return ""
	}
	return fmt.Sprintf("%.1f ×", theirs/ours)
}

// peer hands the names to rapidfuzz.
func peer(python string, names [][]byte) (figures, error) {
	rival := figures{}
	if python == "" {
		return rival, nil
	}
	cmd := exec.Command(python, "benchmarks/kernels/peer.py")
	cmd.Stdin = bytes.NewReader(bytes.Join(names, []byte("\n")))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(out)) {
		label, value, _ := strings.Cut(strings.TrimSpace(line), "\t")
		if label == "version" {
			fmt.Printf("rapidfuzz %s\n\n", value)
		} else if rival[label], err = strconv.ParseFloat(value, 64); err != nil {
			return nil, err
		}
	}
	return rival, nil
}
