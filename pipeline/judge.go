package pipeline

import (
	"sync"
	"sync/atomic"

	"github.com/dusach/dusach/pipeline/block"
	"github.com/dusach/dusach/pipeline/cluster"
	"github.com/dusach/dusach/pipeline/record"
)

// judgeAll makes every candidate pair, rule after rule, and returns the links.
func (p *Pipeline) judgeAll(r *run) ([]record.Link, *block.Blocks, error) {
	r.cellar.known.Names.Weigh(p.cfg.Model.Terms.Rarity)
	blocks := block.New(&r.cellar.known, block.Options{Rules: p.cfg.Rules, Terms: frequencies{&p.cfg.Model.Terms}, People: p.cfg.People()})
	workers := make([]*judge, p.cfg.Workers)
	for i := range workers {
		workers[i] = p.newJudge(r, blocks)
	}
	for blocks.Next(len(workers)) {
		gatherAll(blocks, len(workers))
		r.progress.Stage("block", int64(blocks.Number()), int64(len(p.cfg.Rules)))
		ranges := blocks.Ranges(32 * len(workers))
		var next atomic.Int64
		err := each(len(workers), func(w int) error {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(ranges) {
					return workers[w].err
				}
				p.judge(workers[w], &ranges[i])
			}
		})
		if err != nil {
			return nil, nil, err
		}
	}
	for i := range blocks.Counts {
		r.pairs.Rules[i].Largest = uint64(blocks.Counts[i].Largest)
	}
	var links []record.Link
	for _, w := range workers {
		r.times.add(&w.walk)
		r.pairs.Merge(w.decide.Counts())
		links = append(links, w.links.Links...)
	}
	return links, blocks, nil
}

// gatherAll makes the keys of the rule at hand and puts them in order.
func gatherAll(blocks *block.Blocks, workers int) {
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() { blocks.Gather(w) })
	}
	wg.Wait()
	blocks.Sort()
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
	for i := range workers {
		workers[i] = p.newSettler(r)
	}
	var next atomic.Int64
	err := each(len(workers), func(w int) error {
		for {
			i := int(next.Add(1)) - 1
			if i >= len(components) {
				return workers[w].err
			}
			p.settle(workers[w], &components[i], out)
		}
	})
	for _, w := range workers {
		r.times.add(&w.walk)
	}
	return out, err
}
