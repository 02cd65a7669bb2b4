package model

import (
	"errors"
	"fmt"
	"math"

	"github.com/dusach/dusach/matchers"
)

// EMOptions steers EM. The zero value is sensible.
type EMOptions struct {
	// Start gives the first m of every level (its M) and u; default: the first
	// listed level is most likely among matches, the last among non-matches.
	Start *Model
	// Random counts patterns of random pairs, from which u is taken and kept.
	Random []Counted
	// Known counts labelled pairs (clerical decisions): their Matches are believed.
	Known []Counted
	// Kinds is how many kinds of non-matches there are: 1 strangers, 2 strangers
	// and relatives, who agree in shared comparisons; default 2 where a comparison
	// is shared, else 1, and 2 if Relatives finds some.
	Kinds int
	// Relatives looks for relatives where nothing says in what they agree: see
	// mixture.mixed. Matches is the most matches there can be, 0 where nobody knows.
	Relatives bool
	Matches   float64
	// Smoothing is the pseudo-count of pairs per comparison; default 1.
	Smoothing float64
	// Iterations and Tolerance (bits a pair) end the learning; default 200, 1e-6.
	Iterations int
	Tolerance  float64
	// Share is the first guess of matches among the pairs; default 0.1.
	Share float64
	// Joint refits the weights together on the beliefs that EM ends with, which
	// takes the dependence between comparisons into the weights. Fit steers it.
	Joint bool
	Fit   FitOptions
}

func (o EMOptions) withDefaults(list []matchers.Comparison) EMOptions {
	if o.Kinds == 0 {
		o.Kinds = 1
		for i := range list {
			switch {
			case list[i].Shared:
				o.Kinds = max(o.Kinds, 2)
			case list[i].Twins:
				o.Kinds = 3
			}
		}
	}
	if o.Smoothing == 0 {
		o.Smoothing = 1
	}
	if o.Iterations == 0 {
		o.Iterations = 200
	}
	if o.Tolerance == 0 {
		o.Tolerance = 1e-6
	}
	if o.Share == 0 {
		o.Share = 0.1
	}
	return o
}

// EM learns without labels: it looks for matches as the kind of pairs that agree
// in most comparisons, strangers as the kind that agree in few and, where
// relatives are a kind of their own, those that agree in what families share.
// Within a kind comparisons are taken as independent; between kinds that makes
// dependence. Null levels say nothing. Derived comparisons are left to the joint
// refit. The likelihood never falls; the same counts give the same model.
func EM(counts []Counted, list []matchers.Comparison, o EMOptions) (*Model, error) {
	if err := matchers.Check(list); err != nil {
		return nil, fmt.Errorf("learning a model: %w", err)
	}
	o = o.withDefaults(list)
	if o.Start != nil {
		if err := o.Start.Bind(list); err != nil {
			return nil, fmt.Errorf("learning from a model: %w", err)
		}
	}
	e := newMixture(sorted(counts), list, o)
	if e.pairs <= 0 {
		return nil, errors.New("learning a model: no pairs were counted")
	}
	if err := e.learn(); err != nil {
		return nil, err
	}
	if o.Relatives && o.Kinds == 1 && o.Start == nil && e.mixed() {
		apart := e.apart()
		if err := apart.learn(); err != nil {
			return nil, err
		}
		if apart.betters(e) {
			e = apart
		}
	}
	return e.model()
}

// learn alternates expectation and maximization until a round gains next to nothing
// for each pair of which nobody knows the kind.
func (e *mixture) learn() error {
	before := math.Inf(-1)
	for e.iterations < e.o.Iterations {
		likelihood := e.expect()
		if math.IsNaN(likelihood) {
			return errNotSmooth
		}
		if likelihood-before < e.o.Tolerance*e.open*math.Ln2 {
			break
		}
		before = likelihood
		e.maximize()
		e.iterations++
	}
	e.likelihood = before
	return nil
}

// A mixture is EM's state: kind 0 is match.
type mixture struct {
	o      EMOptions
	list   []matchers.Comparison
	rows   []Counted
	known  int // the last rows are labelled
	pairs  float64
	open   float64   // those of them that are not labelled
	share  []float64 // of each kind
	chance [][matchers.MaxComparisons][matchers.MaxLevels]float64
	fixed  [matchers.MaxComparisons][matchers.MaxLevels]float64 // u of strangers, when given
	belief [][]float64                                          // by kind, by row: how many pairs of it

	iterations int
	likelihood float64
	related    bool // kind 2 was found by the data: see apart
}

func newMixture(rows []Counted, list []matchers.Comparison, o EMOptions) *mixture {
	e := &mixture{o: o, list: list, rows: rows, known: len(o.Known)}
	e.rows = append(e.rows, sorted(o.Known)...)
	for i := range e.rows {
		if e.pairs += e.rows[i].Pairs; i < len(rows) {
			e.open += e.rows[i].Pairs
		}
	}
	if e.open == 0 {
		e.open = e.pairs
	}
	kinds := 1 + o.Kinds
	e.chance = make([][matchers.MaxComparisons][matchers.MaxLevels]float64, kinds)
	e.belief = make([][]float64, kinds)
	for k := range kinds {
		e.belief[k] = make([]float64, len(e.rows))
		e.share = append(e.share, (1-o.Share)/float64(o.Kinds))
	}
	e.share[0] = o.Share
	for c := range list {
		e.begin(c)
	}
	return e
}

// begin sets the first chances of a comparison's levels.
func (e *mixture) begin(c int) {
	n := len(e.list[c].Levels)
	match, strangers := e.guess(c)
	if len(e.o.Random) > 0 {
		counts := make([]float64, n)
		for i := range e.o.Random {
			counts[e.o.Random[i].Levels[c]] += e.o.Random[i].Pairs
		}
		strangers = smooth(counts, strangers, e.o.Smoothing)
		copy(e.fixed[c][:], strangers)
	}
	copy(e.chance[0][c][:], match)
	copy(e.chance[1][c][:], strangers)
	for k := 2; k < len(e.chance); k++ {
		if e.list[c].Shared || k == 3 && e.list[c].Twins {
			copy(e.chance[k][c][:], match)
		} else {
			copy(e.chance[k][c][:], strangers)
		}
	}
}

// guess returns first chances: those of the start model, else falling by half
// from level to level among matches, and what the counts say among strangers,
// most pairs being no matches.
func (e *mixture) guess(c int) (match, strangers []float64) {
	n := len(e.list[c].Levels)
	match, strangers = make([]float64, n), make([]float64, n)
	if e.o.Start != nil {
		for l := 1; l < n; l++ {
			match[l], strangers[l] = e.o.Start.Comparisons[c].Levels[l].M, e.o.Start.Comparisons[c].Levels[l].U
		}
		return match, strangers
	}
	counts := make([]float64, n)
	for i := range e.rows {
		counts[e.rows[i].Levels[c]] += e.rows[i].Pairs
	}
	even := make([]float64, n)
	total := 0.0
	for l := 1; l < n; l++ {
		match[l], even[l] = math.Exp2(-float64(l)), 1/float64(n-1)
		total += match[l]
	}
	for l := 1; l < n; l++ {
		match[l] /= total
	}
	return match, smooth(counts, even, e.o.Smoothing)
}

// smooth turns counts into chances, the null level left out, with pseudo pairs
// spread as a base says (Dirichlet).
func smooth(counts, base []float64, pseudo float64) []float64 {
	sum := pseudo
	for _, n := range counts[1:] {
		sum += n
	}
	out := make([]float64, len(counts))
	for l := 1; l < len(counts); l++ {
		out[l] = (counts[l] + pseudo*base[l]) / sum
	}
	return out
}

// expect shares each row among the kinds and returns the log-likelihood.
func (e *mixture) expect() float64 {
	var logs [][matchers.MaxComparisons][matchers.MaxLevels]float64
	for k := range e.chance {
		logs = append(logs, e.chance[k])
		for c := range e.list {
			logs[k][c][0] = 0
			for l := 1; l < len(e.list[c].Levels); l++ {
				logs[k][c][l] = math.Log(max(e.chance[k][c][l], 1e-12))
			}
			if e.list[c].Derived {
				logs[k][c] = [matchers.MaxLevels]float64{}
			}
		}
	}
	sum := 0.0
	joint := make([]float64, len(e.chance))
	for i := range e.rows {
		r := &e.rows[i]
		for k := range joint {
			joint[k] = math.Log(max(e.share[k], 1e-300))
			for c := range e.list {
				joint[k] += logs[k][c][r.Levels[c]&levelMask]
			}
		}
		sum += e.divide(i, joint)
	}
	return sum
}

// divide sets the beliefs in a row from its log-chances by kind.
func (e *mixture) divide(i int, joint []float64) float64 {
	r := &e.rows[i]
	if i >= len(e.rows)-e.known {
		non := logSum(joint[1:])
		e.belief[0][i] = r.Matches
		for k := 1; k < len(joint); k++ {
			e.belief[k][i] = (r.Pairs - r.Matches) * math.Exp(joint[k]-non)
		}
		return r.Matches*joint[0] + (r.Pairs-r.Matches)*non
	}
	all := logSum(joint)
	for k := range joint {
		e.belief[k][i] = r.Pairs * math.Exp(joint[k]-all)
	}
	return r.Pairs * all
}

func logSum(logs []float64) float64 {
	top := math.Inf(-1)
	for _, l := range logs {
		top = max(top, l)
	}
	sum := 0.0
	for _, l := range logs {
		sum += math.Exp(l - top)
	}
	return top + math.Log(sum)
}

// maximize sets shares and chances from the beliefs.
func (e *mixture) maximize() {
	for k := range e.chance {
		counts, total := e.count(e.belief[k])
		e.share[k] = (total + e.o.Smoothing) / (e.pairs + e.o.Smoothing*float64(len(e.chance)))
		for c := range e.list {
			n := len(e.list[c].Levels)
			if k == 1 && len(e.o.Random) > 0 {
				copy(e.chance[k][c][:], e.fixed[c][:])
				continue
			}
			copy(e.chance[k][c][:], smooth(counts[c][:n], e.chance[k][c][:n], e.o.Smoothing))
		}
	}
}

// count sums the pairs believed to be of one kind, by comparison and level.
func (e *mixture) count(belief []float64) (counts *[matchers.MaxComparisons][matchers.MaxLevels]float64, total float64) {
	counts = new([matchers.MaxComparisons][matchers.MaxLevels]float64)
	for i, n := range belief {
		total += n
		levels := &e.rows[i].Levels
		for c := range e.list {
			counts[c][levels[c]&levelMask] += n
		}
	}
	return counts, total
}

// model writes what was learnt: m and u from the beliefs, weights log2(m/u), or
// refitted together.
func (e *mixture) model() (*Model, error) {
	beliefs := append([]Counted(nil), e.rows...)
	for i := range beliefs {
		beliefs[i].Matches = e.belief[0][i]
	}
	m := independent(beliefs, e.list)
	m.muteDerived()
	training := Training{Step: "em", Pairs: round(e.pairs), Matches: round(e.share[0] * e.pairs), Patterns: len(e.rows),
		Iterations: e.iterations, LogLoss: round(-e.likelihood / e.pairs / math.Ln2)}
	if e.related {
		training.Note = fmt.Sprintf("%.0f pairs are of another kind: they agree as relatives do", e.share[2]*e.pairs)
	}
	if e.o.Joint || e.related {
		return e.refit(beliefs, training)
	}
	m.Name = "em"
	m.setDecisions(Bits(e.share[0]), e.o.Fit.withDefaults())
	m.inherit(e.o.Start)
	m.History = append(m.History, training)
	return m, m.check()
}

// refit fits the weights together on the beliefs.
func (e *mixture) refit(beliefs []Counted, training Training) (*Model, error) {
	joint, err := Fit([]Corpus{{Name: "beliefs of em", Counts: beliefs}}, e.list, nil, e.o.Fit)
	if err != nil {
		return nil, err
	}
	fit := joint.History
	joint.Name, joint.History = "em, joint", nil
	joint.inherit(e.o.Start)
	joint.History = append(joint.History, training)
	joint.History = append(joint.History, fit...)
	return joint, joint.check()
}
