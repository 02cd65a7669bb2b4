package model

import (
	"errors"
	"fmt"
	"math"

	"github.com/dusach/dusach/matchers"
)

// A Corpus is one body of labelled counts: Matches of Pairs are matches. Matches
// may be fractional (beliefs instead of labels).
type Corpus struct {
	Name   string
	Counts []Counted
}

// FitOptions steers Fit. The zero value is sensible.
type FitOptions struct {
	// Ridge pulls each weight towards its start with this many pseudo-pairs of
	// precision; default 1. Interactions are pulled towards 0 four times as hard.
	Ridge float64
	// Interactions is how many pairs of comparisons may be found by held-out
	// likelihood; default 0 (none). Fixed names those to take in any case.
	Interactions int
	Fixed        [][2]string
	// MinGain is the least fall of held-out loss, in bits a pair, that an
	// interaction must bring; default 1e-5.
	MinGain float64
	// Temper scales the independent weights that the fit starts from and is
	// pulled to: below 1, because they count shared facts several times; default 0.5.
	Temper float64
	// NonMatchRate is the share of non-matches that the counts hold, where only a
	// sample was counted: the prior is corrected for it; default 1.
	NonMatchRate float64
	// NationShift is added to the prior for the size class nation; default −2 bits.
	NationShift float64
	// Prior, in bits, is what the prior is pulled to with PriorPull pseudo-pairs;
	// nil: the share of matches among the counted pairs, not pulled. A low prior
	// keeps pairs apart of which little is known, and lets agreement weigh more.
	Prior     *float64
	PriorPull float64
	// Iterations bounds the optimizer; default 300.
	Iterations int
}

func (o FitOptions) withDefaults() FitOptions {
	set := func(v *float64, to float64) {
		if *v == 0 {
			*v = to
		}
	}
	set(&o.Ridge, 1)
	set(&o.MinGain, 1e-5)
	set(&o.Temper, 0.5)
	set(&o.NonMatchRate, 1)
	set(&o.NationShift, -2)
	if o.Iterations == 0 {
		o.Iterations = 300
	}
	return o
}

var errNotSmooth = errors.New("learning a model: the likelihood is not a number; are there counts below 0?")

// Fit estimates all weights together from labelled counts: logistic regression
// on the levels, the slopes of rarity, and interactions that lower the loss on
// counts held out. Each corpus weighs the same, however large. With a start
// model, weights are pulled to its weights and its Terms and history are kept;
// without, to the tempered independent weights.
func Fit(corpora []Corpus, list []matchers.Comparison, start *Model, o FitOptions) (*Model, error) {
	if err := matchers.Check(list); err != nil {
		return nil, fmt.Errorf("fitting a model: %w", err)
	}
	if start != nil {
		if err := start.Bind(list); err != nil {
			return nil, fmt.Errorf("fitting from a model: %w", err)
		}
	}
	o = o.withDefaults()
	rows, pairs, matches := pool(corpora)
	if !(matches > 0 && matches < pairs) {
		return nil, fmt.Errorf("fitting a model: %.0f matches among %.0f pairs: both kinds are needed", matches, pairs)
	}
	m := independent(rows, list)
	f := newFitter(rows, list, center(m, start, o.Temper), o)
	for _, names := range o.Fixed {
		a, b := m.comparison(names[0]), m.comparison(names[1])
		if a < 0 || b < 0 || a == b {
			return nil, fmt.Errorf("fitting a model: no two comparisons %q and %q", names[0], names[1])
		}
		f.addInteraction(a, b)
	}
	f.minimize(f.train)
	heldOut, err := f.findInteractions()
	if err != nil {
		return nil, err
	}
	f.minimize(f.all) // once more on all counts, none held out
	f.write(m)
	m.Name = "fit"
	m.setDecisions(f.x[0]/math.Ln2+math.Log2(o.NonMatchRate), o.NationShift)
	m.inherit(start)
	m.History = append(m.History, f.training(corpora, pairs, matches, heldOut))
	return m, m.check()
}

// training is the fit's line in the model's history.
func (f *fitter) training(corpora []Corpus, pairs, matches, heldOut float64) Training {
	t := Training{Step: "fit", Pairs: round(pairs), Matches: round(matches), Patterns: len(f.rows), Iterations: f.iterations,
		LogLoss: round(f.loss(f.all)), HeldOut: round(heldOut)}
	for _, c := range corpora {
		t.Corpora = append(t.Corpora, c.Name)
	}
	for _, p := range f.pairs {
		t.Chosen = append(t.Chosen, f.list[p.a].Name+" × "+f.list[p.b].Name)
	}
	return t
}

// center is what weights are pulled to.
func center(independent, start *Model, temper float64) *Model {
	if start != nil {
		return start
	}
	c := *independent
	c.Comparisons = nil
	for _, comparison := range independent.Comparisons {
		levels := append([]Level(nil), comparison.Levels...)
		for l := range levels {
			levels[l].Bits *= temper
			if comparison.Derived {
				levels[l].Bits = 0
			}
		}
		comparison.Levels = levels
		c.Comparisons = append(c.Comparisons, comparison)
	}
	return &c
}

// setDecisions sets the prior, for both size classes, and thresholds that follow
// from probabilities: 84 in 100 is a match, 3 in 10 worth a person's look. Groups
// of forms must agree on average, so a single pair at the threshold joins little.
func (m *Model) setDecisions(prior, nationShift float64) {
	m.Prior = Prior{Province: round(prior), Nation: round(prior + nationShift)}
	m.Thresholds = Thresholds{Match: round(Bits(0.84)), Review: round(Bits(0.3)), LinkFloor: round(Bits(0.02))}
}

// inherit takes terms and history from the model that learning started from.
func (m *Model) inherit(start *Model) {
	if start != nil {
		m.Terms, m.History = start.Terms, append(m.History, start.History...)
	}
	m.Terms.build()
}

// pool joins corpora, each scaled to the mean number of pairs.
func pool(corpora []Corpus) (rows []Counted, pairs, matches float64) {
	total := func(c Corpus) (n float64) {
		for i := range c.Counts {
			n += c.Counts[i].Pairs
		}
		return n
	}
	for _, c := range corpora {
		pairs += total(c)
	}
	all := NewTally()
	for _, c := range corpora {
		n := total(c)
		if n == 0 {
			continue
		}
		scale := pairs / float64(len(corpora)) / n
		for _, row := range sorted(c.Counts) {
			all.AddWeighted(&row.Levels, row.TF, row.Pairs*scale, row.Matches*scale)
		}
	}
	rows = all.Counts()
	for i := range rows {
		matches += rows[i].Matches
	}
	return rows, pairs, matches
}

// independent estimates m and u of every level, and weights log2(m/u), as if
// comparisons did not depend on each other. Counts are smoothed by half a pair a
// level (Dirichlet), so no weight is infinite.
func independent(rows []Counted, list []matchers.Comparison) *Model {
	m := empty(list)
	for c := range m.Comparisons {
		levels := m.Comparisons[c].Levels
		match, non := make([]float64, len(levels)), make([]float64, len(levels))
		for i := range rows {
			l := rows[i].Levels[c]
			match[l] += rows[i].Matches
			non[l] += rows[i].Pairs - rows[i].Matches
		}
		setChances(levels, match, non)
	}
	return m
}

func setChances(levels []Level, match, non []float64) {
	const pseudo = 0.5
	sumM, sumU := 0.0, 0.0
	for l := 1; l < len(levels); l++ {
		sumM += match[l] + pseudo
		sumU += non[l] + pseudo
	}
	for l := 1; l < len(levels); l++ {
		levels[l].M = round((match[l] + pseudo) / sumM)
		levels[l].U = round((non[l] + pseudo) / sumU)
		levels[l].Bits = round(math.Log2(levels[l].M / levels[l].U))
	}
}

// round keeps six significant digits: what is saved is what is used.
func round(x float64) float64 {
	if x == 0 || math.IsNaN(x) || math.IsInf(x, 0) {
		return x
	}
	scale := math.Pow(10, 5-math.Floor(math.Log10(math.Abs(x))))
	if math.IsInf(scale, 0) || scale == 0 {
		return 0
	}
	return math.Round(x*scale) / scale
}
