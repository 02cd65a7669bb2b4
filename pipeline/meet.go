package pipeline

import (
	"context"

	"github.com/dusach/dusach/pipeline/block"
	"github.com/dusach/dusach/pipeline/record"
)

// Meet returns the first blocking rule that brings the two records of known together,
// "" if none does. What is hot is told by the frozen tables of the epoch, so that two
// records alone meet as they would among millions.
func Meet(ctx context.Context, cfg *Config, known *record.Known) (rule string, err error) {
	one := *cfg
	one.Workers = 1
	p := New(one)
	r := &run{ctx: ctx, cellar: &cellar{known: *known}, progress: Quiet{}}
	blocks := p.newBlocks(r)
	w := walk{ctx: ctx}
	stage := block.NewStage(blocks)
	var pairs record.Pairs
	err = p.eachRange(r, "block", blocks, func(_ int, rg *block.Range) error {
		for rule == "" && w.err == nil {
			if through(&w, roomBlock, stage, rg, &pairs); len(pairs.Pairs) == 0 {
				break
			}
			rule = p.cfg.Rules[pairs.Pairs[0].Rule].Text
		}
		return w.err
	})
	return rule, err
}
