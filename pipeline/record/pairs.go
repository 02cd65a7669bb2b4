package record

import "github.com/dusach/dusach/matchers"

// Pair is two records that share a block. Each pair is made once: by the first
// rule that brings it.
type Pair struct {
	A, B uint32
	Rule uint8
}

// Pairs is a chunk of candidate pairs.
type Pairs struct{ Pairs []Pair }

// Evidence is what comparing made of a chunk of pairs: the levels of pair i,
// and how rare the name is that both bear, in bits.
type Evidence struct {
	Pairs  []Pair
	Levels []matchers.Levels
	Rarity []float32
	// Filtered pairs cannot become a link, whatever the comparisons say that
	// were left out of their levels.
	Filtered []bool
}

// Link is a pair that is worth remembering: its weight reached the link floor,
// or a person decided it.
type Link struct {
	A, B   uint32
	Weight float32 // bits, with the prior
	Rule   uint8
	Levels matchers.Levels
	Must   bool // a person said that the two are one citizen
}

// Links is a list of links.
type Links struct{ Links []Link }

// Clusters says who is who: record i is a form of the person whose founding
// form is record Founder[i].
type Clusters struct {
	Founder []uint32
	Splits  []Split // links that alone would be a match and were not followed
}

// Component is a closure over the links: its records, ordered by form id, and
// the links between them.
type Component struct {
	Records []uint32
	Links   []Link
}
