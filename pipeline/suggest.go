package pipeline

import (
	"cmp"
	"context"
	mathbits "math/bits"
	"slices"

	"github.com/dusach/dusach/matchers"
	"github.com/dusach/dusach/matchers/model"
	"github.com/dusach/dusach/pipeline/block"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/say"
)

// Suggestion is a set of blocking rules that the data ask for.
type Suggestion struct {
	Rows    int64           `json:"rows_in_sample"`
	Share   float64         `json:"share"`
	Likely  int             `json:"likely_matches_in_sample"` // what completeness is a share of
	Tried   int             `json:"rules_tried"`
	Rules   []SuggestedRule `json:"rules"`
	Present SuggestedTotal  `json:"present"`   // of the rules of the configuration
	Total   SuggestedTotal  `json:"suggested"` // of Rules
}

// SuggestedRule is a rule in the order of choice.
type SuggestedRule struct {
	Rule         string  `json:"rule"`
	Gain         int     `json:"likely_matches"`            // that no rule before it brings
	Completeness float64 `json:"completeness"`              // of it and those before
	Pairs        int64   `json:"pairs_in_sample"`           // that no rule before it brings
	PerRecord    float64 `json:"pairs_per_record_of_whole"` // such pairs, as the whole input would have
	Largest      int64   `json:"largest_block_in_sample"`   // records
}

// SuggestedTotal is how good a set of rules is: of the likely matches it brings
// together Completeness, and of all pairs it spares ReductionRatio.
type SuggestedTotal struct {
	Rules          int     `json:"rules"`
	Completeness   float64 `json:"completeness"`
	Pairs          int64   `json:"pairs_in_sample"`
	ReductionRatio float64 `json:"reduction_ratio"`
}

// Bounds of a suggestion: pairs a record of the whole that a rule may bring, rules that
// go on to a third part, rules that are suggested, and the share of the likely matches that a
// rule must add.
const (
	suggestPairs = 40.0
	suggestThird = 24
	suggestRules = 24
	suggestGain  = 0.0005
)

// Suggest reads a sample and chooses blocking rules for it. Parts of all fields, pairs and
// some triples of them are tried; what those that are cheap enough bring together is
// judged by the model, or by one learnt from the sample under the present rules. The matches among them stand for the
// truth, which nobody knows: completeness is a share of those. Rules are chosen one by one, the one first that brings
// the most further matches for its pairs; a record counts as a pair, for each
// rule is a pass over all of them. A greedy choice of a cover is within a logarithm
// of the best (Chvátal, 1979; for blocking, Bilenko, Kamath and Mooney, 2006).
func (p *Pipeline) Suggest(ctx context.Context, job PlanJob, progress Progress) (*Suggestion, error) {
	r, err := p.newRun(ctx, job.Inputs, p.cfg.Intake, progress)
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.cellar.close() }()
	r.sample = &sampler{reader: r.reader, most: job.Sample, batch: p.cfg.BatchSize}
	if err := p.readAll(r); err != nil {
		return nil, err
	}
	q := *p
	if q.cfg.Learn {
		if err := q.teach(r); err != nil {
			return nil, err
		}
	}
	s := &suggester{Pipeline: &q, run: r, share: r.sample.share(), records: r.counts.Forms}
	return s.suggest()
}

type suggester struct {
	*Pipeline
	run     *run
	share   float64
	records int64
	likely  []record.Pair
	tried   map[string]bool
}

func (s *suggester) suggest() (*Suggestion, error) {
	parts := ruleParts(s.cfg.Packing)
	s.tried = map[string]bool{}
	ones := extended([]*proposal{{}}, parts, s.cfg.Packing, s.tried)
	if err := s.size(ones); err != nil {
		return nil, err
	}
	cheap, dear := s.part(ones)
	twos := extended(dear, parts, s.cfg.Packing, s.tried)
	if err := s.size(twos); err != nil {
		return nil, err
	}
	more, dear := s.part(twos)
	cheap = append(cheap, more...)
	if err := s.findLikely(cheap); err != nil {
		return nil, err
	}
	if len(s.likely) == 0 {
		return nil, say.Errorf("mẫu không có cặp nào có vẻ là một: tăng --sample, hoặc gợi ý luật đầu tiên trong tệp cấu hình", "no two records of the sample look like one: raise --sample, or begin with a first rule in the configuration")
	}
	if err := s.cover(dear); err != nil {
		return nil, err
	}
	slices.SortStableFunc(dear, func(a, b *proposal) int { return cmp.Compare(b.covers(nil), a.covers(nil)) })
	threes := extended(dear[:min(suggestThird, len(dear))], parts, s.cfg.Packing, s.tried)
	if err := s.size(threes); err != nil {
		return nil, err
	}
	more, _ = s.part(threes)
	cheap = append(cheap, more...)
	if err := s.cover(cheap); err != nil {
		return nil, err
	}
	return s.report(s.choose(cheap), len(s.tried))
}

// part tells rules that may be used as they are from those that bring too many pairs.
// Blocks of the whole have 1/share times the records of the sample's.
func (s *suggester) part(list []*proposal) (cheap, dear []*proposal) {
	for _, p := range list {
		switch perRecord := float64(p.pairs) / float64(max(s.records, 1)) / s.share; {
		case p.pairs == 0: // nobody has it
		case perRecord <= suggestPairs:
			cheap = append(cheap, p)
		default:
			dear = append(dear, p)
		}
	}
	return cheap, dear
}

// rounds cuts proposals into sets that blocks can be made of together.
func (s *suggester) rounds(list []*proposal, f func(some []*proposal, blocks *block.Blocks) error) error {
	for len(list) > 0 {
		n, atoms := 0, map[string]bool{}
		for n < min(len(list), 200) {
			for _, part := range list[n].parts {
				atoms[part.text] = true
			}
			if n++; len(atoms) > block.Parts-3 {
				break
			}
		}
		rules := make([]block.Rule, n)
		for i := range rules {
			rules[i] = list[i].rule
		}
		if err := f(list[:n], s.blocks(rules)); err != nil {
			return err
		}
		list = list[n:]
	}
	return nil
}

// blocks are those of some rules, whose tables are worked out of the values anew.
func (s *suggester) blocks(rules []block.Rule) *block.Blocks {
	known := &s.run.cellar.known
	known.Names.Weigh(s.cfg.Model.Terms.Rarity)
	s.cfg.Comparisons.Prepare(known, s.cfg.Model)
	return block.New(known, block.Options{Rules: rules, Terms: frequencies{&s.cfg.Model.Terms}, People: s.cfg.People(), Side: s.run.sides, Stopped: s.run.stopped})
}

// size counts the pairs of proposals.
func (s *suggester) size(list []*proposal) error {
	return s.rounds(list, func(some []*proposal, blocks *block.Blocks) error {
		for blocks.Next(s.cfg.Workers) {
			if err := gatherAll(s.run.ctx, blocks, s.cfg.Workers); err != nil {
				return err
			}
			pairs, _ := blocks.Sizes()
			some[blocks.Number()].pairs += pairs
		}
		return nil
	})
}

// findLikely judges what the cheap proposals and the present rules bring together.
func (s *suggester) findLikely(cheap []*proposal) error {
	seen := map[record.Pair]bool{}
	known := &s.run.cellar.known
	look := func(rules []block.Rule) error {
		found := make([][]record.Pair, s.cfg.Workers)
		levels := make([]matchers.Levels, s.cfg.Workers)
		blocks := s.blocks(rules)
		stages := make([]*block.Stage, s.cfg.Workers)
		for i := range stages {
			stages[i] = block.NewStage(blocks)
		}
		for blocks.Next(len(stages)) {
			if err := gatherAll(s.run.ctx, blocks, len(stages)); err != nil {
				return err
			}
			err := s.eachPairs(s.run, blocks, stages, func(w int, pairs *record.Pairs) error {
				for _, pair := range pairs.Pairs {
					rarity := s.cfg.Comparisons.Compare(known, known.Row(pair.A), known.Row(pair.B), &levels[w])
					if s.scorer.Verdict(s.scorer.Weight(&levels[w], rarity)) == model.Match {
						found[w] = append(found[w], record.Pair{A: pair.A, B: pair.B})
					}
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
		for _, pair := range slices.Concat(found...) {
			if !seen[pair] {
				seen[pair] = true
				s.likely = append(s.likely, pair)
			}
		}
		return nil
	}
	if err := look(s.cfg.Rules); err != nil {
		return err
	}
	err := s.rounds(cheap, func(some []*proposal, _ *block.Blocks) error {
		rules := make([]block.Rule, len(some))
		for i := range some {
			rules[i] = some[i].rule
		}
		return look(rules)
	})
	slices.SortFunc(s.likely, func(a, b record.Pair) int { return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B)) })
	return err
}

// cover finds the likely matches that each proposal brings together.
func (s *suggester) cover(list []*proposal) error {
	return s.rounds(list, func(some []*proposal, blocks *block.Blocks) error {
		for _, p := range some {
			p.shares = newBits(len(s.likely))
		}
		stage := block.NewStage(blocks)
		for i, pair := range s.likely {
			stage.Sharing(pair.A, pair.B, func(rule int) { some[rule].shares.add(i) })
		}
		return s.run.ctx.Err()
	})
}

// covers counts the likely matches that p brings and done has not.
func (p *proposal) covers(done bits) (n int) {
	for w, word := range p.shares {
		if done != nil {
			word &^= done[w]
		}
		n += mathbits.OnesCount64(word)
	}
	return n
}

// choose takes rules one by one.
func (s *suggester) choose(list []*proposal) (chosen []*proposal) {
	done := newBits(len(s.likely))
	least := max(1, int(suggestGain*float64(len(s.likely))))
	for len(chosen) < suggestRules {
		var best *proposal
		var gained, worth = 0, 0.0
		for _, p := range list {
			gain := p.covers(done)
			w := float64(gain) / (float64(p.pairs)/s.share + float64(s.records))
			if gain >= least && (w > worth || w == worth && best != nil && len(p.rule.Text) < len(best.rule.Text)) {
				best, gained, worth = p, gain, w
			}
		}
		if gained == 0 {
			break
		}
		for w := range done {
			done[w] |= best.shares[w]
		}
		chosen = append(chosen, best)
	}
	return chosen
}

// report measures the chosen rules, pairs that several bring counted once, and those of
// the configuration.
func (s *suggester) report(chosen []*proposal, tried int) (*Suggestion, error) {
	out := &Suggestion{Rows: s.records, Share: s.share, Likely: len(s.likely), Tried: tried}
	rules := make([]block.Rule, len(chosen))
	for i, p := range chosen {
		rules[i] = p.rule
	}
	counts, gains, err := s.measure(rules)
	if err != nil {
		return nil, err
	}
	brought := 0
	for i, p := range chosen {
		brought += gains[i]
		out.Rules = append(out.Rules, SuggestedRule{Rule: p.rule.Text, Gain: gains[i], Completeness: float64(brought) / float64(len(s.likely)),
			Pairs: counts[i].Pairs, PerRecord: float64(counts[i].Pairs) / float64(max(s.records, 1)) / s.share, Largest: counts[i].Largest})
	}
	out.Total = s.total(counts, gains)
	if counts, gains, err = s.measure(s.cfg.Rules); err != nil {
		return nil, err
	}
	out.Present = s.total(counts, gains)
	return out, nil
}

// measure counts the pairs of rules, and the likely matches, each for the first rule that
// brings it.
func (s *suggester) measure(rules []block.Rule) ([]block.Counts, []int, error) {
	counts, err := s.eachWide(s.run, s.options(rules), func(int, *record.Pairs) error { return nil })
	if err != nil {
		return nil, nil, err
	}
	gains := make([]int, len(rules))
	stage := block.NewStage(s.blocks(rules))
	for _, pair := range s.likely {
		first := len(rules)
		stage.Sharing(pair.A, pair.B, func(rule int) { first = min(first, rule) })
		if first < len(rules) {
			gains[first]++
		}
	}
	return counts, gains, nil
}

func (s *suggester) options(rules []block.Rule) block.Options {
	return block.Options{Rules: rules, Terms: frequencies{&s.cfg.Model.Terms}, People: s.cfg.People(), Side: s.run.sides}
}

func (s *suggester) total(counts []block.Counts, gains []int) (t SuggestedTotal) {
	t.Rules = len(counts)
	for i := range counts {
		t.Pairs += counts[i].Pairs
		t.Completeness += float64(gains[i]) / float64(len(s.likely))
	}
	if all, _ := s.allPairs(s.run, int(s.records)); all > 0 {
		t.ReductionRatio = 1 - float64(t.Pairs)/all
	}
	return t
}
