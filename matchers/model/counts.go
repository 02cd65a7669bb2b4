package model

import (
	"bytes"
	"slices"

	"github.com/dusach/dusach/matchers"
)

// Counted is one pattern of evidence and how often it was seen: what learning
// reads, so that its cost is the number of patterns, not of pairs.
type Counted struct {
	Levels  matchers.Levels
	TF      uint8   // rarity of the name the two share, in whole bits
	Pairs   float64 // how many pairs had the pattern; a weight may be fractional
	Matches float64 // how many of them are known, or believed, to be matches
}

// A Tally counts patterns. It is used by one goroutine; merge several with Merge.
type Tally struct {
	at   map[pattern]int
	list []Counted
}

type pattern struct {
	levels matchers.Levels
	tf     uint8
}

// NewTally returns an empty tally.
func NewTally() *Tally { return &Tally{at: make(map[pattern]int)} }

// Add counts one pair. rarity is in bits (Terms.Rarity); match says whether the
// pair is known to be a match.
func (t *Tally) Add(l *matchers.Levels, rarity float32, match bool) {
	matches := 0.0
	if match {
		matches = 1
	}
	t.AddWeighted(l, Bucket(rarity), 1, matches)
}

// AddWeighted counts pairs pairs of a pattern, of which matches are matches.
func (t *Tally) AddWeighted(l *matchers.Levels, tf uint8, pairs, matches float64) {
	key := pattern{*l, tf}
	i, ok := t.at[key]
	if !ok {
		i = len(t.list)
		t.at[key] = i
		t.list = append(t.list, Counted{Levels: *l, TF: tf})
	}
	t.list[i].Pairs += pairs
	t.list[i].Matches += matches
}

// Merge adds all that another tally counted.
func (t *Tally) Merge(o *Tally) {
	for i := range o.list {
		c := &o.list[i]
		t.AddWeighted(&c.Levels, c.TF, c.Pairs, c.Matches)
	}
}

// Len returns the number of distinct patterns.
func (t *Tally) Len() int { return len(t.list) }

// Counts returns the patterns in their fixed order, whatever the order of adding.
func (t *Tally) Counts() []Counted {
	return sorted(t.list)
}

// Bucket rounds a rarity to whole bits.
func Bucket(rarity float32) uint8 {
	return uint8(min(max(rarity+0.5, 0), 255))
}

// sorted returns a copy in the order of levels, then rarity: sums over it are the
// same on every run.
func sorted(counts []Counted) []Counted {
	out := slices.Clone(counts)
	slices.SortFunc(out, before)
	return out
}

func before(a, b Counted) int {
	if c := compareLevels(&a.Levels, &b.Levels); c != 0 {
		return c
	}
	return int(a.TF) - int(b.TF)
}

// ordered returns the counts in that order, the slice itself where they are.
func ordered(counts []Counted) []Counted {
	if slices.IsSortedFunc(counts, before) {
		return counts
	}
	return sorted(counts)
}

func compareLevels(a, b *matchers.Levels) int {
	var x, y [matchers.MaxComparisons]byte
	for i := range a {
		x[i], y[i] = byte(a[i]), byte(b[i])
	}
	return bytes.Compare(x[:], y[:])
}
