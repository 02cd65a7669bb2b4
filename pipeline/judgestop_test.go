package pipeline

import (
	"context"
	"errors"
	"testing"

	"github.com/dusach/dusach/pipeline/block"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/stagetest"
)

// No block is opened once a run is told to stop, nor is a rule begun.
func TestJudgingStopsBetweenRules(t *testing.T) {
	cfg, err := DefaultConfig(nil)
	if err != nil {
		t.Fatal(err)
	}
	known := stagetest.Known(stagetest.Records(t, stagetest.Forms(t, 300, 1)), nil)
	ctx, cancel := context.WithCancel(context.Background())
	r := &run{ctx: ctx, cellar: &cellar{known: *known}, progress: Quiet{}}
	p := New(cfg)
	blocks, ranges := p.newBlocks(r), 0
	err = p.eachRange(r, "block", blocks, func(int, *block.Range) error {
		if ranges++; ranges == 1 {
			cancel()
		}
		var pairs record.Pairs
		return block.NewStage(blocks).Do(ctx, &block.Range{}, &pairs)
	})
	if !errors.Is(err, context.Canceled) || ranges > cfg.Workers {
		t.Errorf("%d ranges were begun, %v", ranges, err)
	}
	if at := blocks.Number(); at > 1 {
		t.Errorf("it went on to rule %d", at)
	}
}
