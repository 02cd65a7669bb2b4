package pipeline

import (
	"cmp"
	"context"
	"slices"

	"github.com/dusach/dusach/matchers/model"
	"github.com/dusach/dusach/pipeline/block"
	"github.com/dusach/dusach/pipeline/compare"
	"github.com/dusach/dusach/pipeline/evaluate"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/say"
)

// Lesson is a batch to learn from: forms, and who they are where somebody
// knows.
type Lesson struct {
	Inputs []string
	Labels string // truth file, or ""
	// OwnNames judges how rare a name is by the names of the lesson, as the model
	// learnt from it will; else by those of the configuration's model.
	OwnNames bool
}

// Evidence is what a lesson says: patterns of levels and how often they were
// seen among candidate pairs, and the words of its names.
type Evidence struct {
	Counts []model.Counted
	Terms  *model.TermCounter
	Forms  int64
	Pairs  int64
	// Of a configured type: Strangers are patterns of pairs that share no block,
	// scaled to All, the number of pairs that could meet at all, less Pairs; Values
	// are the frequencies of its values.
	Strangers []model.Counted
	All       float64
	Most      float64 // matches at most, where two inputs are linked one to one; else 0
	Values    []model.ValueTerms
	// True is the number of pairs that the labels call one person, and Missed
	// those of them that no blocking rule brings together: pairs completeness
	// is 1 - len(Missed)/True.
	True   int64
	Missed [][2]string // form ids
	met    []record.Pair
}

// Learn reads a lesson and counts the patterns of its candidate pairs. The
// result does not depend on the order of the forms or the number of workers.
func (p *Pipeline) Learn(ctx context.Context, l Lesson, progress Progress) (*Evidence, error) {
	var truth *evaluate.Truth
	var err error
	if l.Labels != "" {
		if truth, err = evaluate.ReadTruth(l.Labels); err != nil {
			return nil, err
		}
	}
	r, err := p.newRun(ctx, l.Inputs, p.cfg.Intake, progress)
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.cellar.close() }()
	if err := p.readAll(r); err != nil {
		return nil, err
	}
	if truth != nil {
		if err := r.cellar.recall(nil, nil); err != nil {
			return nil, err
		}
	}
	known := &r.cellar.known
	of := persons(known, truth)
	var e *Evidence
	if p.cfg.Schema().IsForm() {
		e, err = p.formEvidence(r, of, l.OwnNames)
	} else {
		e, err = p.evidence(r, of)
	}
	if err != nil {
		return nil, err
	}
	e.measureBlocking(known, of, r)
	return e, nil
}

// formEvidence counts the patterns of candidate pairs of forms, and their names.
func (p *Pipeline) formEvidence(r *run, of []uint64, ownNames bool) (*Evidence, error) {
	e := &Evidence{Terms: model.NewTermCounter(), Forms: r.counts.Forms}
	p.countNames(&r.cellar.known, r.cellar.repeats, e.Terms)
	if ownNames {
		p = p.WithTerms(e.Terms.Terms())
	}
	tally, met, err := p.countPatterns(r, of)
	if err != nil {
		return nil, err
	}
	e.Counts, e.met = tally.Counts(), met
	for i := range e.Counts {
		e.Pairs += int64(e.Counts[i].Pairs)
	}
	return e, nil
}

// WithTerms returns a house whose model has other term frequencies.
func (p *Pipeline) WithTerms(t model.Terms) *Pipeline {
	cfg := p.cfg
	cfg.Model = p.cfg.Model.Clone()
	cfg.Model.SetTerms(t)
	return New(cfg)
}

// Names counts the words of the names of forms and nothing else.
func (p *Pipeline) Names(ctx context.Context, inputs []string, progress Progress) (*model.TermCounter, error) {
	r, err := p.newRun(ctx, inputs, p.cfg.Intake, progress)
	if err != nil {
		return nil, err
	}
	defer r.cellar.shelf.Close()
	if err := p.readAll(r); err != nil {
		return nil, err
	}
	c := model.NewTermCounter()
	p.countNames(&r.cellar.known, r.cellar.repeats, c)
	return c, nil
}

// countNames counts the words of each record's own name.
func (p *Pipeline) countNames(known *record.Known, repeats []bool, c *model.TermCounter) {
	field := p.cfg.Schema().Name1
	if field == record.None {
		return
	}
	at := known.Packing.Offset[field]
	for i := range uint32(known.Len()) {
		if repeats[i] {
			continue
		}
		if name := known.Name(known.Row(i), at); name != nil {
			c.Add(name)
		}
	}
}

// persons numbers the person of each record; 0 where nobody knows.
func persons(known *record.Known, truth *evaluate.Truth) []uint64 {
	if truth == nil {
		return nil
	}
	of := make([]uint64, known.Len())
	for i := range of {
		of[i], _ = truth.Person(known.FormID.At(i))
	}
	return of
}

// learner is one worker's way through the rooms that learning needs.
type learner struct {
	walk
	block    *block.Stage
	compare  *compare.Stage
	pairs    record.Pairs
	evidence record.Evidence
	tally    *model.Tally
	met      []record.Pair // true pairs that share a block
}

// countPatterns counts the patterns of all candidate pairs; of is nil where
// there are no labels.
func (p *Pipeline) countPatterns(r *run, of []uint64) (*model.Tally, []record.Pair, error) {
	known := &r.cellar.known
	blocks := p.newBlocks(r)
	workers := make([]*learner, p.cfg.Workers)
	for i := range workers {
		workers[i] = &learner{walk: walk{ctx: r.ctx}, block: block.NewStage(blocks), compare: compare.New(p.cfg.Comparisons, known, nil), tally: model.NewTally()}
	}
	err := p.eachRange(r, "learn", blocks, func(w int, rg *block.Range) error {
		workers[w].learn(rg, of)
		return workers[w].err
	})
	if err != nil {
		return nil, nil, err
	}
	all, met := workers[0].tally, workers[0].met
	for _, w := range workers[1:] {
		all.Merge(w.tally)
		met = append(met, w.met...)
	}
	if all.Len() == 0 {
		return nil, nil, say.Errorf("không có hai phiếu nào chung khối: không có gì để học", "no two forms share a block: there is nothing to learn from")
	}
	return all, met, nil
}

// measureBlocking finds the true pairs that no rule brings together, those within
// one of two inputs left out that are only linked.
func (e *Evidence) measureBlocking(known *record.Known, of []uint64, r *run) {
	type pair = [2]uint32
	repeats, sides := r.cellar.repeats, r.sides
	seen := make(map[pair]bool, len(e.met))
	for _, p := range e.met {
		seen[pair{p.A, p.B}] = true
	}
	byPerson := make([]uint32, 0, len(of))
	for i := range of {
		if of[i] != 0 && !repeats[i] {
			byPerson = append(byPerson, uint32(i))
		}
	}
	slices.SortFunc(byPerson, func(a, b uint32) int { return cmp.Or(cmp.Compare(of[a], of[b]), cmp.Compare(a, b)) })
	for i, a := range byPerson {
		for _, b := range byPerson[i+1:] {
			if of[b] != of[a] {
				break
			}
			if sides != nil && sides[a] == sides[b] {
				continue
			}
			if e.True++; !seen[pair{a, b}] {
				e.Missed = append(e.Missed, [2]string{string(known.FormID.At(int(a))), string(known.FormID.At(int(b)))})
			}
		}
	}
}

func (w *learner) learn(r *block.Range, of []uint64) {
	for w.err == nil {
		through(&w.walk, roomBlock, w.block, r, &w.pairs)
		if len(w.pairs.Pairs) == 0 {
			return
		}
		through(&w.walk, roomCompare, w.compare, &w.pairs, &w.evidence)
		for i, pair := range w.evidence.Pairs {
			same := of != nil && of[pair.A] != 0 && of[pair.A] == of[pair.B]
			w.tally.Add(&w.evidence.Levels[i], w.evidence.Rarity[i], same)
			if same {
				w.met = append(w.met, pair)
			}
		}
	}
}
