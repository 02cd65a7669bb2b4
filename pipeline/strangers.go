package pipeline

import (
	"github.com/dusach/dusach/matchers"
	"github.com/dusach/dusach/matchers/model"
	"github.com/dusach/dusach/pipeline/block"
)

// strangerPairs is about how many random pairs are looked at.
const strangerPairs = 60_000

// strangers returns the patterns of pairs that no blocking rule brings together,
// counted on a sample and scaled to all of them. Candidates alone do not show
// what agreement by chance is worth, for they were chosen by it: with these a
// model is learnt of all pairs there are. The sample depends on the records
// alone: it takes them in the order of the hashes of their ids.
func (p *Pipeline) strangers(r *run, candidates float64) ([]model.Counted, error) {
	known := &r.cellar.known
	stage := block.NewStage(p.blocksIn(r, 0))
	order, err := r.cellar.inKeyOrder()
	if err != nil {
		return nil, err
	}
	n := len(order)
	rounds := min(n/2, strangerPairs/max(n, 1)+1)
	tally, seen := model.NewTally(), 0
	var levels matchers.Levels
	for k := range rounds {
		step := 1 + k*(n/2)/rounds
		for i := range order {
			a, b := order[i], order[(i+step)%n]
			if a == b || stage.Together(a, b) {
				continue
			}
			rarity := p.cfg.Comparisons.Compare(known, known.Row(a), known.Row(b), &levels)
			tally.Add(&levels, rarity, false)
			seen++
		}
	}
	counts := tally.Counts()
	if seen == 0 {
		return nil, nil
	}
	all, _ := p.allPairs(r, n)
	scale := max(all-candidates, 0) / float64(seen)
	for i := range counts {
		counts[i].Pairs *= scale
	}
	return counts, nil
}

// allPairs is how many pairs n records have, or those of two inputs across them, and
// how many of them can be matches where each record has one partner at most, else 0.
func (p *Pipeline) allPairs(r *run, n int) (all, most float64) {
	if r.sides == nil {
		return float64(n) * float64(n-1) / 2, 0
	}
	right := 0
	for i, s := range r.sides {
		if !r.cellar.repeats[i] {
			right += int(s)
		}
	}
	return float64(right) * float64(n-right), float64(min(right, n-right))
}
