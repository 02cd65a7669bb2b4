// Package decide turns evidence into verdicts: the levels of a pair into its
// match weight in bits, and the weight into match, review or non-match. Pairs
// at or above the link floor are kept as links; all are counted.
package decide

import (
	"context"

	"github.com/dusach/dusach/matchers/model"
	"github.com/dusach/dusach/pipeline/record"
)

// Stage decides on pairs. One value is used by one goroutine.
type Stage struct {
	scorer *model.Scorer
	counts *record.PairCounts
}

// New returns a stage under a scorer; rules are the names of the blocking rules.
func New(scorer *model.Scorer, rules []string) *Stage {
	return &Stage{scorer: scorer, counts: record.NewPairCounts(rules)}
}

// Do appends the links among the pairs of in to out.
func (s *Stage) Do(ctx context.Context, in *record.Evidence, out *record.Links) error {
	for i := range in.Pairs {
		p := &in.Pairs[i]
		if in.Filtered[i] {
			s.counts.AddFiltered(p.Rule)
			continue
		}
		weight := s.scorer.Weight(&in.Levels[i], in.Rarity[i])
		s.counts.Add(p.Rule, float64(weight), record.Verdict(s.scorer.Verdict(weight)))
		if s.scorer.Linked(weight) {
			out.Links = append(out.Links, record.Link{A: p.A, B: p.B, Weight: weight, Rule: p.Rule, Levels: in.Levels[i]})
		}
	}
	return ctx.Err()
}

// Counts returns what the stage has counted so far.
func (s *Stage) Counts() *record.PairCounts { return s.counts }
