package pipeline

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/dusach/dusach/matchers/model"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/snapshot"
	"github.com/dusach/dusach/pipeline/state"
)

// The files of a snapshot that let whoever reads it judge two of its records
// again: kept where the record type or the model is not the built-in one.
const (
	typeFile  = "record-type.yaml"
	modelFile = "model.json"
)

// teach gives the house a model where none was named: that of the store which the
// run adds to, else one learnt from the records of the run.
func (p *Pipeline) teach(r *run) error {
	m, err := r.log.modelOf()
	if err != nil {
		return fmt.Errorf("%w: the model that was learnt: %w", state.ErrDamaged, err)
	}
	if m != nil {
		if err = m.Bind(p.cfg.Comparisons.Describe()); err != nil {
			return err
		}
	} else if r.before != nil {
		if m, err = storedModel(r.before.snapshot); err == nil {
			err = m.Bind(p.cfg.Comparisons.Describe())
		}
		if err != nil {
			return fmt.Errorf("the store was made with another configuration; add --fresh to begin anew: %w", err)
		}
	} else if m, err = p.selfTaught(r); err != nil {
		return err
	}
	if m, err = p.cfg.WithThresholds(m); err != nil {
		return err
	}
	cfg := p.cfg
	cfg.Model, cfg.Learn = m, false
	*p = *New(cfg)
	r.learnt = r.before == nil
	return nil
}

// selfTaught learns a model from the records of the run, as `train` does. What is
// learnt depends on the records alone, not on their order or the number of
// workers.
func (p *Pipeline) selfTaught(r *run) (*model.Model, error) {
	e, err := p.evidence(r, nil)
	if err != nil {
		return nil, err
	}
	m, err := model.EM(e.Counts, p.cfg.Comparisons.Describe(), e.EMOptions())
	if err != nil {
		return nil, err
	}
	m.Name, m.Values = p.cfg.Schema().Name, e.Values
	return m, nil
}

// evidence counts what the records of a run say of a configured type: patterns of
// candidate pairs, of says who they are where somebody knows (else nil), and of a
// sample of all others.
func (p *Pipeline) evidence(r *run, of []uint64) (*Evidence, error) {
	q := p.withValues(r)
	tally, met, err := q.countPatterns(r, of)
	if err != nil {
		return nil, err
	}
	e := &Evidence{Counts: tally.Counts(), Forms: r.counts.Forms, Values: q.cfg.Model.Values, met: met}
	for i := range e.Counts {
		e.Pairs += int64(e.Counts[i].Pairs)
	}
	e.All, e.Most = p.allPairs(r, int(r.counts.Forms))
	e.Strangers, err = q.strangers(r, float64(e.Pairs))
	return e, err
}

// EvenCost is the cost of a wrong pair at which a pair is a match that is rather one
// than not.
const EvenCost = 2

// EMOptions says how EM learns a configured type. Pairs that share no block are
// taken for strangers, so what is learnt is of all pairs. A first guess of how many
// matches there are only has to be of the right order. Of a type of which nothing is
// known, a pair joined and a pair missed by mistake weigh the same: the threshold is
// one half.
func (e *Evidence) EMOptions() model.EMOptions {
	return model.EMOptions{Known: e.Strangers, Share: min(float64(e.Pairs)/2, float64(e.Forms)/4) / e.All, Relatives: true, Matches: e.Most,
		Fit: model.FitOptions{WrongCost: EvenCost}}
}

// withValues returns the house with the frequencies of the values of a run: what
// comparisons with term frequencies need before anything can be counted.
func (p *Pipeline) withValues(r *run) *Pipeline {
	cfg := p.cfg
	cfg.Model = p.cfg.Model.Clone()
	cfg.Model.Values = valueTerms(&r.cellar.known, r.cellar.repeats, cfg.Comparisons.TermFields())
	return New(cfg)
}

// valueTerms counts the values of some fields.
func valueTerms(known *record.Known, repeats []bool, fields []string) (list []model.ValueTerms) {
	for _, name := range fields {
		if slices.ContainsFunc(list, func(t model.ValueTerms) bool { return t.Field == name }) {
			continue
		}
		list = append(list, model.NewValueTerms(name, countValues(known, repeats, name)))
	}
	return list
}

// countValues counts in how many records each value of a field stands, or each
// word of it (compare.WordsOf), by its hash.
func countValues(known *record.Known, repeats []bool, name string) map[uint64]int {
	field, words := strings.CutPrefix(strings.TrimSuffix(name, ")"), "words(")
	at := known.Packing.Offset[known.Packing.Schema.ByName(field)]
	counts := map[uint64]int{}
	for i := range uint32(known.Len()) {
		v := record.Uint32(known.Row(i), at)
		switch {
		case v == 0 || repeats[i]:
		case words:
			for word := range bytes.SplitSeq(known.Values.At(v), []byte(" ")) {
				counts[record.HashText(word)]++
			}
		default:
			counts[known.Values.Hash(v)]++
		}
	}
	return counts
}

// keepConfig writes record type and model into the snapshot where they are not
// the built-in ones.
func (p *Pipeline) keepConfig(r *run) error {
	if p.cfg.Schema().IsForm() && !r.learnt {
		return nil
	}
	var text, weights bytes.Buffer
	if err := errors.Join(p.cfg.WriteYAML(&text), p.cfg.Model.Save(&weights)); err != nil {
		return err
	}
	return errors.Join(r.draft.WriteFile(typeFile, text.Bytes()), r.draft.WriteFile(modelFile, weights.Bytes()))
}

// StoredConfig returns the configuration under which a snapshot was made, for
// snapshots that keep it.
func StoredConfig(s *snapshot.Snapshot) (Config, error) {
	return ReadConfig(filepath.Join(s.Folder, typeFile), filepath.Join(s.Folder, modelFile))
}

func storedModel(s *snapshot.Snapshot) (*model.Model, error) {
	m, err := readModel(filepath.Join(s.Folder, modelFile))
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("snapshot %s keeps no model", s.Number)
	}
	return m, err
}
