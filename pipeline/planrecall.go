package pipeline

import (
	"github.com/dusach/dusach/matchers"
	"github.com/dusach/dusach/matchers/model"
	"github.com/dusach/dusach/pipeline/block"
	"github.com/dusach/dusach/pipeline/record"
)

// recallPairs is about how many pairs are looked at that a rule's refinement may
// leave out.
const recallPairs = 100_000

// planRecall fills in what refining hot keys gives up: pairs that share the key of
// a rule before the slash and that no rule brings, its own refined key included,
// and how many of them the model would call a match. A pair that several rules
// leave out counts for the first. Where there are many pairs, a part is looked at
// that the numbers of the records choose.
func (p *Pipeline) planRecall(r *run, rules []RulePlan) error {
	var wide []block.Rule
	var of []int // rules, by the number in wide
	for i := range p.cfg.Rules {
		if whole, refined := p.cfg.Rules[i].Whole(); refined {
			wide, of = append(wide, whole), append(of, i)
		}
	}
	if len(wide) == 0 {
		return nil
	}
	opt := block.Options{Rules: wide, Terms: frequencies{&p.cfg.Model.Terms}, People: p.cfg.People(), Side: r.sides}
	full := p.blocksIn(r, 0)
	counts, err := p.eachWide(r, opt, func(int, *record.Pairs) error { return nil })
	if err != nil {
		return err
	}
	lookers := make([]*looker, p.cfg.Workers)
	for i := range lookers {
		lookers[i] = &looker{all: block.NewStage(full), left: make([]int64, len(wide)), lost: make([]int64, len(wide))}
	}
	every := make([]uint64, len(wide))
	for i, c := range counts {
		every[i] = max(1, uint64(c.Pairs/recallPairs))
	}
	_, err = p.eachWide(r, opt, func(w int, pairs *record.Pairs) error {
		lookers[w].look(p, &r.cellar.known, pairs, every)
		return nil
	})
	for i, at := range of {
		for _, l := range lookers {
			rules[at].LeftOut += l.left[i] * int64(every[i])
			rules[at].Lost += l.lost[i] * int64(every[i])
		}
	}
	return err
}

// looker is one worker's look at pairs that refinements leave out.
type looker struct {
	all        *block.Stage
	levels     matchers.Levels
	left, lost []int64 // by rule
}

func (l *looker) look(p *Pipeline, known *record.Known, pairs *record.Pairs, every []uint64) {
	for _, pair := range pairs.Pairs {
		if record.Mix(uint64(pair.A), uint64(pair.B))%every[pair.Rule] != 0 || l.all.Together(pair.A, pair.B) {
			continue
		}
		l.left[pair.Rule]++
		rarity := p.cfg.Comparisons.Compare(known, known.Row(pair.A), known.Row(pair.B), &l.levels)
		if p.scorer.Verdict(p.scorer.Weight(&l.levels, rarity)) == model.Match {
			l.lost[pair.Rule]++
		}
	}
}

// eachWide makes the pairs of rules of its own, and counts them.
func (p *Pipeline) eachWide(r *run, opt block.Options, f func(w int, pairs *record.Pairs) error) ([]block.Counts, error) {
	opt.Stopped = r.stopped
	blocks := block.New(&r.cellar.known, opt)
	stages := make([]*block.Stage, p.cfg.Workers)
	for i := range stages {
		stages[i] = block.NewStage(blocks)
	}
	for blocks.Next(len(stages)) {
		if err := gatherAll(r.ctx, blocks, len(stages)); err != nil {
			return nil, err
		}
		if err := p.eachPairs(r, blocks, stages, f); err != nil {
			return nil, err
		}
	}
	return blocks.Counts, nil
}
