package pipeline

import (
	"slices"

	"github.com/dusach/dusach/matchers/model"
	"github.com/dusach/dusach/pipeline/record"
)

// selfTaught learns a model from the records of the run itself and returns the
// house under it. What is learnt depends on the records alone, not on their
// order.
func (p *Pipeline) selfTaught(r *run) (*Pipeline, error) {
	r.progress.Stage("learn", 0, 0)
	cfg := p.cfg
	cfg.Learn = false
	blank := p.cfg.Model.Clone()
	blank.Values = valueTerms(&r.cellar.known, r.cellar.repeats, cfg.Comparisons.TermFields())
	cfg.Model = blank
	tally, _, err := New(cfg).countPatterns(r, nil)
	if err != nil {
		return nil, err
	}
	m, err := model.EM(tally.Counts(), cfg.Comparisons.Describe(), model.EMOptions{})
	if err != nil {
		return nil, err
	}
	m.Name, m.Values = cfg.Schema().Name, blank.Values
	if m, err = cfg.withThresholds(m); err != nil {
		return nil, err
	}
	cfg.Model = m
	return New(cfg), nil
}

// valueTerms counts the values of some fields.
func valueTerms(known *record.Known, repeats []bool, fields []string) (list []model.ValueTerms) {
	for _, name := range fields {
		if slices.ContainsFunc(list, func(t model.ValueTerms) bool { return t.Field == name }) {
			continue
		}
		at := known.Packing.Offset[known.Packing.Schema.ByName(name)]
		counts := map[uint64]int{}
		for i := range uint32(known.Len()) {
			if v := record.Uint32(known.Row(i), at); v != 0 && !repeats[i] {
				counts[known.Values.Hash(v)]++
			}
		}
		list = append(list, model.NewValueTerms(name, counts))
	}
	return list
}
