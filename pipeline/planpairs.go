package pipeline

import (
	"math"
	"sync/atomic"

	"github.com/dusach/dusach/pipeline/block"
	"github.com/dusach/dusach/pipeline/record"
)

// An Estimate is a figure of the whole input, with a band of two standard
// errors; where everything was read all three are the same.
type Estimate struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// RulePlan is what one blocking rule brings.
type RulePlan struct {
	Rule    string   `json:"rule"`
	Pairs   int64    `json:"pairs_in_sample"` // that no earlier rule brings
	Matches int64    `json:"matches_in_sample"`
	Whole   Estimate `json:"pairs"`
	Largest int64    `json:"largest_block_in_sample"`    // records
	Refined int64    `json:"refined_blocks_in_sample"`   // under keys that the frozen tables call hot
	LeftOut int64    `json:"pairs_left_out_in_sample"`   // that the refinement parts and no other rule brings
	Lost    int64    `json:"matches_left_out_in_sample"` // of them, matches under the model
	squares float64  // Σ d(d−1) over the records of the sample
}

// scalePairs estimates how many pairs the whole has of which t were seen among
// rows that were each kept with probability p (Horvitz and Thompson, 1952). A
// pair is seen if both its rows are, so t/p² is unbiased whatever the blocks look
// like: no law of growth has to be guessed. Two pairs that share a row are not
// independent; with d pairs of a row the variance is
//
//	T (1/p² − 1) + Σ d(d−1) (1/p − 1)
//
// over the whole, of which squares, the sum over the sample, shows p³. The band is
// Wilson's: all T from which t is within two of the standard errors that T gives,
// so that it holds for few pairs, and for none, too.
func scalePairs(t, squares, p float64) Estimate {
	c := 2 * (1 - p*p)
	half := math.Sqrt(2*t*c + c*c + 4*squares*(1-p))
	return Estimate{Value: t / (p * p), Low: max(t, (t+c-half)/(p*p)), High: (t + c + half) / (p * p)}
}

// planPairs counts the candidate pairs of each rule and how they share records.
func (p *Pipeline) planPairs(r *run) (rules []RulePlan, squares float64, err error) {
	blocks := p.blocksIn(r, 0)
	n := p.cfg.Workers
	all := make([]uint32, r.cellar.known.Len())
	degree := make([]uint32, len(all))
	stages := make([]*block.Stage, n)
	for i := range stages {
		stages[i] = block.NewStage(blocks)
	}
	for blocks.Next(n) {
		if err := gatherAll(r.ctx, blocks, n); err != nil {
			return nil, 0, err
		}
		r.progress.Stage("plan", int64(blocks.Number()), int64(len(p.cfg.Rules)))
		clear(degree)
		err := p.eachPairs(r, blocks, stages, func(_ int, pairs *record.Pairs) error {
			for _, pair := range pairs.Pairs {
				atomic.AddUint32(&degree[pair.A], 1)
				atomic.AddUint32(&degree[pair.B], 1)
			}
			return nil
		})
		if err != nil {
			return nil, 0, err
		}
		at := blocks.Number()
		rule := RulePlan{Rule: p.cfg.Rules[at].Text, Pairs: blocks.Counts[at].Pairs, Largest: blocks.Counts[at].Largest, Refined: blocks.Refined()}
		for i, d := range degree {
			rule.squares += shared(d)
			all[i] += d
		}
		rules = append(rules, rule)
	}
	for _, d := range all {
		squares += shared(d)
	}
	return rules, squares, nil
}

// shared is the number of ordered pairs of pairs that share a record with d pairs.
func shared(d uint32) float64 { return float64(d) * (float64(d) - 1) }

// eachPairs makes the pairs of the rule at hand, chunk by chunk, on all workers.
func (p *Pipeline) eachPairs(r *run, blocks *block.Blocks, stages []*block.Stage, f func(w int, pairs *record.Pairs) error) error {
	ranges := blocks.Ranges(32 * len(stages))
	var next atomic.Int64
	return each(len(stages), func(w int) error {
		var pairs record.Pairs
		for {
			i := int(next.Add(1)) - 1
			if i >= len(ranges) {
				return nil
			}
			for {
				if err := stages[w].Do(r.ctx, &ranges[i], &pairs); err != nil {
					return err
				}
				if len(pairs.Pairs) == 0 {
					break
				}
				if err := f(w, &pairs); err != nil {
					return err
				}
			}
		}
	})
}
