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
	// WrongCost and MissedCost are what a pair joined by mistake and a pair left
	// apart by mistake cost, in pairs that a person looks at: thresholds are where
	// looking costs less than deciding. Default 5 and 3.3.
	WrongCost, MissedCost float64
	// Iterations bounds the steps of each minimization; default 60.
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
	set(&o.WrongCost, 5)
	set(&o.MissedCost, 10.0/3)
	if o.Iterations == 0 {
		o.Iterations = 60
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
	pooled := pool(corpora)
	if !(pooled.matches > 0 && pooled.matches < pooled.pairs) {
		return nil, fmt.Errorf("fitting a model: %.0f matches among %.0f pairs: both kinds are needed", pooled.matches, pooled.pairs)
	}
	m := pooled.independent(list)
	rows := screen(pooled, list, center(m, start, o.Temper), o)
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
	m.setDecisions(f.x[0]/math.Ln2+math.Log2(o.NonMatchRate), o)
	m.inherit(start)
	m.History = append(m.History, f.training(corpora, pooled, heldOut))
	return m, m.check()
}

// Independent estimates m and u of every level from labelled counts and weighs
// each comparison by itself, log2(m/u), as if none depended on another: what
// Fit is there to better. Derived comparisons repeat others and weigh nothing.
func Independent(corpora []Corpus, list []matchers.Comparison) (*Model, error) {
	if err := matchers.Check(list); err != nil {
		return nil, fmt.Errorf("learning a model: %w", err)
	}
	pooled := pool(corpora)
	if !(pooled.matches > 0 && pooled.matches < pooled.pairs) {
		return nil, fmt.Errorf("learning a model: %.0f matches among %.0f pairs: both kinds are needed", pooled.matches, pooled.pairs)
	}
	m := pooled.independent(list)
	m.Name = "independent"
	m.muteDerived()
	m.setDecisions(math.Log2(pooled.matches/(pooled.pairs-pooled.matches)), FitOptions{}.withDefaults())
	m.Terms.build()
	m.History = []Training{{Step: "independent", Pairs: round(pooled.pairs), Matches: round(pooled.matches), Patterns: pooled.patterns}}
	return m, m.check()
}

// muteDerived takes all weight from comparisons that follow from others.
func (m *Model) muteDerived() {
	for c := range m.Comparisons {
		if m.Comparisons[c].Derived {
			for l := range m.Comparisons[c].Levels {
				m.Comparisons[c].Levels[l].Bits = 0
			}
		}
	}
}

// training is the fit's line in the model's history.
func (f *fitter) training(corpora []Corpus, all pooled, heldOut float64) Training {
	t := Training{Step: "fit", Pairs: round(all.pairs), Matches: round(all.matches), Patterns: all.patterns, Fitted: len(f.rows), Iterations: f.iterations,
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

// setDecisions sets the prior, for both size classes, and the thresholds of least
// expected cost: a pair is joined where it is wrong less often than once in
// WrongCost, and left apart where it is right less often than once in MissedCost.
// Groups of forms must agree on average, so a single pair at the threshold joins
// little.
func (m *Model) setDecisions(prior float64, o FitOptions) {
	m.Prior = Prior{Province: round(prior), Nation: round(prior + o.NationShift)}
	m.Thresholds = Thresholds{Match: round(Bits(1 - 1/o.WrongCost)), Review: round(Bits(1 / o.MissedCost)), LinkFloor: round(Bits(0.02))}
}

// inherit takes terms and history from the model that learning started from.
func (m *Model) inherit(start *Model) {
	if start != nil {
		m.Terms, m.History = start.Terms, append(m.History, start.History...)
	}
	m.Terms.build()
}

// A pooled body of counts is some corpora, each scaled to the mean number of
// matches: a corpus whose people live closely has many more pairs, and is worth no
// more for it. Patterns that several share are not brought together: that is left
// for those that are kept.
type pooled struct {
	corpora        [][]Counted
	scale          []float64
	pairs, matches float64
	patterns       int
}

func pool(corpora []Corpus) (p pooled) {
	labelled := 0
	for _, c := range corpora {
		matches := 0.0
		for i := range c.Counts {
			matches += c.Counts[i].Matches
		}
		if matches == 0 {
			continue
		}
		labelled++
		p.corpora = append(p.corpora, ordered(c.Counts))
		p.scale = append(p.scale, 1/matches)
		p.matches += matches
		p.patterns += len(c.Counts)
	}
	for i := range p.scale {
		p.scale[i] *= p.matches / float64(labelled)
		for k := range p.corpora[i] {
			p.pairs += p.corpora[i][k].Pairs * p.scale[i]
		}
	}
	return p
}

// each calls f with every pattern of every corpus, scaled.
func (p *pooled) each(f func(r Counted)) {
	for i, rows := range p.corpora {
		for _, r := range rows {
			r.Pairs *= p.scale[i]
			r.Matches *= p.scale[i]
			f(r)
		}
	}
}

// independent estimates m and u of every level, and weights log2(m/u), as if
// comparisons did not depend on each other. Counts are smoothed by half a pair a
// level (Dirichlet), so no weight is infinite.
func (p *pooled) independent(list []matchers.Comparison) *Model {
	m := empty(list)
	match, non := new([matchers.MaxComparisons][matchers.MaxLevels]float64), new([matchers.MaxComparisons][matchers.MaxLevels]float64)
	p.each(func(r Counted) {
		for c := range list {
			l := r.Levels[c] & levelMask
			match[c][l] += r.Matches
			non[c][l] += r.Pairs - r.Matches
		}
	})
	for c := range m.Comparisons {
		levels := m.Comparisons[c].Levels
		setChances(levels, match[c][:len(levels)], non[c][:len(levels)])
	}
	return m
}

// independent estimates m and u from counts of one body.
func independent(rows []Counted, list []matchers.Comparison) *Model {
	p := pooled{corpora: [][]Counted{rows}, scale: []float64{1}}
	return p.independent(list)
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
