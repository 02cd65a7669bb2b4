package pipeline

import (
	"context"
	"sync"
	"sync/atomic"

	"github.com/dusach/dusach/pipeline/block"
	"github.com/dusach/dusach/pipeline/cluster"
	"github.com/dusach/dusach/pipeline/record"
)

// judgeAll makes every candidate pair, rule after rule, and returns the links, those
// that people made among them; who the records are that they join is known from then
// on.
func (p *Pipeline) judgeAll(r *run) ([]record.Link, error) {
	blocks := p.newBlocks(r)
	workers := make([]*judge, p.cfg.Workers)
	for i := range workers {
		workers[i] = p.newJudge(r, blocks)
	}
	links, err := r.judged(blocks)
	if err != nil {
		return nil, err
	}
	told := make([]int, len(workers)) // links of each worker that the logbook has
	r.passed, r.ruled = r.log.done(), func(rules int) error { return r.markJudged(rules, blocks, workers, told) }
	err = p.eachRange(r, "block", blocks, func(w int, rg *block.Range) error {
		p.judge(workers[w], rg)
		return workers[w].err
	})
	r.passed, r.ruled = 0, nil
	if err != nil {
		return nil, err
	}
	for i := range blocks.Counts {
		r.pairs.Rules[i].Largest = uint64(blocks.Counts[i].Largest)
	}
	for _, w := range workers {
		r.times.add(&w.walk)
		r.pairs.Merge(w.decide.Counts())
		links = append(links, w.links.Links...)
	}
	if links, err = p.follow(r, links); err != nil {
		return nil, err
	}
	return links, r.recall(links)
}

// newBlocks returns the blocks of all records that were read, before the first
// rule, whose keys take the room that is left for them.
func (p *Pipeline) newBlocks(r *run) *block.Blocks { return p.blocksIn(r, p.keyRoom(r)) }

// blocksIn does, with some room for keys; 0 is what they like: then the keys of a
// rule are one slice.
func (p *Pipeline) blocksIn(r *run, room int64) *block.Blocks {
	known := &r.cellar.known
	known.Names.Weigh(p.cfg.Model.Terms.Rarity)
	p.cfg.Comparisons.Prepare(known, p.cfg.Model)
	return block.New(known, block.Options{Rules: p.cfg.Rules, Terms: frequencies{&p.cfg.Model.Terms}, People: p.cfg.People(), Side: r.sides, Room: room,
		Stopped: r.stopped})
}

// stopped reports whether the run is to end.
func (r *run) stopped() bool { return r.ctx.Err() != nil }

// eachRange runs f over the blocks of every rule, range by range, some at the
// same time; w is the number of the worker. It ends at the first error.
func (p *Pipeline) eachRange(r *run, stage string, blocks *block.Blocks, f func(w int, rg *block.Range) error) error {
	n, rule := p.cfg.Workers, r.passed
	for blocks.Next(n) {
		if blocks.Number() < r.passed {
			if passOver(blocks, n); r.stopped() {
				return r.ctx.Err()
			}
			continue
		}
		if done := blocks.Number(); done > rule && r.ruled != nil {
			if err := r.ruled(done); err != nil {
				return err
			}
			rule = done
		}
		if err := gatherAll(r.ctx, blocks, n); err != nil {
			return err
		}
		r.progress.Stage(stage, int64(blocks.Number()), int64(len(p.cfg.Rules)))
		ranges := blocks.Ranges(32 * n)
		var next atomic.Int64
		err := each(n, func(w int) error {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(ranges) {
					return nil
				}
				if err := f(w, &ranges[i]); err != nil {
					return err
				}
			}
		})
		if err != nil {
			return err
		}
	}
	if r.ruled != nil {
		return r.ruled(len(p.cfg.Rules))
	}
	return nil
}

// gatherAll makes the keys of the rule at hand and puts them in order, unless ctx
// ends: then they may be half made.
func gatherAll(ctx context.Context, blocks *block.Blocks, workers int) error {
	for _, work := range []func(part int){blocks.Gather, blocks.Sort} {
		var wg sync.WaitGroup
		for w := range workers {
			wg.Go(func() { work(w) })
		}
		wg.Wait()
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	blocks.Join()
	return nil
}

// settleAll puts the linked records into clusters.
func (p *Pipeline) settleAll(r *run, links []record.Link) (*record.Clusters, error) {
	known := &r.cellar.known
	out := &record.Clusters{Founder: make([]uint32, known.Len())}
	for i := range out.Founder {
		out.Founder[i] = uint32(i)
	}
	components, _ := cluster.Components(known, links, nil)
	workers := make([]*settler, p.cfg.Workers)
	splits := make([]record.Clusters, len(workers)) // the founders of all, the splits of each
	for i := range workers {
		workers[i], splits[i].Founder = p.newSettler(r), out.Founder
	}
	var next atomic.Int64
	err := each(len(workers), func(w int) error {
		for {
			i := int(next.Add(1)) - 1
			if i >= len(components) {
				return workers[w].err
			}
			p.settle(workers[w], &components[i], &splits[w])
		}
	})
	for i, w := range workers {
		r.times.add(&w.walk)
		out.Splits = append(out.Splits, splits[i].Splits...)
	}
	return out, err
}
