package record

import "math"

// PairCounts counts candidate pairs and what was decided on them. Each worker
// has its own; Merge adds them up, in any order.
type PairCounts struct {
	Rules   []RuleCount     `json:"rules"` // by rule number
	Weights WeightHistogram `json:"weights"`
	Match   uint64          `json:"match"`
	Review  uint64          `json:"review"`
	Non     uint64          `json:"non_match"`
}

// RuleCount says what one blocking rule brought. Each pair counts for the first
// rule that brings it.
type RuleCount struct {
	Name    string `json:"name"`
	Pairs   uint64 `json:"pairs"`
	Match   uint64 `json:"match"`
	Review  uint64 `json:"review"`
	Largest uint64 `json:"largest_block"` // records of the largest block
	// RecallLost is the estimated share of true pairs that the rule gave up
	// because a hot key was refined, 0 to 1.
	RecallLost float64 `json:"recall_lost"`
}

// NewPairCounts returns counts for rules of the given names, by rule number.
func NewPairCounts(names []string) *PairCounts {
	c := &PairCounts{Rules: make([]RuleCount, len(names))}
	for i, name := range names {
		c.Rules[i].Name = name
	}
	return c
}

// Add counts one pair with its weight in bits.
func (c *PairCounts) Add(rule uint8, weight float64, v Verdict) {
	r := &c.Rules[rule]
	r.Pairs++
	switch v {
	case Match:
		r.Match++
		c.Match++
	case Review:
		r.Review++
		c.Review++
	default:
		c.Non++
	}
	c.Weights.Add(weight)
}

// AddFiltered counts one pair that was found to be no match before it was
// compared to the end: its weight lies below the link floor.
func (c *PairCounts) AddFiltered(rule uint8) {
	c.Rules[rule].Pairs++
	c.Non++
	c.Weights.Below++
}

// Merge adds the counts of d, which has the same rules.
func (c *PairCounts) Merge(d *PairCounts) {
	for i := range d.Rules {
		r, s := &c.Rules[i], &d.Rules[i]
		r.Pairs += s.Pairs
		r.Match += s.Match
		r.Review += s.Review
		r.Largest = max(r.Largest, s.Largest)
		r.RecallLost = max(r.RecallLost, s.RecallLost)
	}
	c.Match += d.Match
	c.Review += d.Review
	c.Non += d.Non
	c.Weights.Merge(&d.Weights)
}

// Total returns the number of pairs.
func (c *PairCounts) Total() uint64 { return c.Match + c.Review + c.Non }

// The range of a WeightHistogram in bits; a bin is one bit wide.
const (
	LeastWeight = -40
	MostWeight  = 60
)

// WeightHistogram counts match weights: Bins[i] those in [LeastWeight+i,
// LeastWeight+i+1).
type WeightHistogram struct {
	Below uint64                           `json:"below"`
	Bins  [MostWeight - LeastWeight]uint64 `json:"bins"`
	Above uint64                           `json:"above"` // at or above MostWeight
}

// Add counts one weight.
func (h *WeightHistogram) Add(bits float64) {
	switch {
	case bits >= MostWeight:
		h.Above++
	case bits >= LeastWeight:
		h.Bins[int(math.Floor(bits))-LeastWeight]++
	default:
		h.Below++
	}
}

// Merge adds the counts of g.
func (h *WeightHistogram) Merge(g *WeightHistogram) {
	h.Below += g.Below
	h.Above += g.Above
	for i := range h.Bins {
		h.Bins[i] += g.Bins[i]
	}
}
