package model

import (
	"math"

	"github.com/dusach/dusach/matchers"
)

// A fitter holds the logistic regression: one row a pattern, a few active
// columns a row. Column 0 is the constant; then one column a level, one a slope
// of rarity, one a cell of an interaction. Parameters are natural logs.
type fitter struct {
	o          FitOptions
	list       []matchers.Comparison
	rows       []Counted
	train      []int32 // rows to fit while interactions are looked for
	held       []int32 // rows kept apart
	all        []int32
	rarityAt   int
	rarity     Rarity
	mains      [matchers.MaxComparisons]int // first column of a comparison's level 1
	slopes     [matchers.MaxLevels]int      // column of a level's slope, 0 none
	pairs      []fitPair
	x          []float64 // parameters
	center     []float64 // what they are pulled to
	pull       []float64 // how hard
	orders     []order   // columns that should not be the wrong way round
	iterations int
}

// A fitPair is an interaction: the column of each cell, 0 where no row has it.
type fitPair struct {
	a, b  int
	cells [matchers.MaxLevels * matchers.MaxLevels]int32
}

func cellOf(a, b matchers.Level) int {
	return int(a&levelMask)*matchers.MaxLevels + int(b&levelMask)
}

func newFitter(rows []Counted, list []matchers.Comparison, center *Model, o FitOptions) *fitter {
	f := &fitter{o: o, list: list, rows: rows, rarity: center.Rarity, rarityAt: -1}
	pairs, matches := 0.0, 0.0
	for i := range rows {
		pairs += rows[i].Pairs
		matches += rows[i].Matches
		f.all = append(f.all, int32(i))
		if patternHash(&rows[i])%4 == 0 {
			f.held = append(f.held, int32(i))
		} else {
			f.train = append(f.train, int32(i))
		}
	}
	constant := math.Log(matches / (pairs - matches))
	if o.Prior != nil {
		// Pairs of which little is known must start where the user says, not
		// where this collection of candidate pairs happens to lie.
		f.column(*o.Prior*math.Ln2, *o.Prior*math.Ln2, o.PriorPull)
	} else {
		f.column(constant, constant, 0)
	}
	for c := range list {
		f.mains[c] = len(f.x)
		for l := 1; l < len(list[c].Levels); l++ {
			bits := center.Comparisons[c].Levels[l].Bits * math.Ln2
			f.column(bits, bits, o.Ridge)
		}
	}
	f.addSlopes(center)
	f.addOrders()
	return f
}

func (f *fitter) column(start, center, pull float64) int {
	f.x = append(f.x, start)
	f.center = append(f.center, center)
	f.pull = append(f.pull, pull)
	return len(f.x) - 1
}

// addSlopes gives each level that depends on rarity a slope of its own. A slope
// is per bit and rarity spans some twenty bits, so it is pulled harder.
func (f *fitter) addSlopes(center *Model) {
	for c := range f.list {
		for l, info := range f.list[c].Levels {
			if info.Rarity && (f.rarityAt < 0 || f.rarityAt == c) {
				f.rarityAt = c
				slope := center.Comparisons[c].Levels[l].Slope * math.Ln2
				f.slopes[l] = f.column(slope, slope, 30*f.o.Ridge)
			}
		}
	}
}

// addInteraction gives a column to each pair of levels that some row has.
func (f *fitter) addInteraction(a, b int) {
	p := fitPair{a: a, b: b}
	for i := range f.rows {
		la, lb := f.rows[i].Levels[a], f.rows[i].Levels[b]
		if la == matchers.Null || lb == matchers.Null {
			continue
		}
		if at := cellOf(la, lb); p.cells[at] == 0 {
			p.cells[at] = -1
		}
	}
	for at := range p.cells { // in order of levels, not of rows
		if p.cells[at] != 0 {
			p.cells[at] = int32(f.column(0, 0, 4*f.o.Ridge))
		}
	}
	f.pairs = append(f.pairs, p)
}

// dropInteraction takes back the last one added.
func (f *fitter) dropInteraction() {
	last := f.pairs[len(f.pairs)-1]
	f.pairs = f.pairs[:len(f.pairs)-1]
	n := 0
	for _, c := range last.cells {
		if c != 0 {
			n++
		}
	}
	f.x, f.center, f.pull = f.x[:len(f.x)-n], f.center[:len(f.center)-n], f.pull[:len(f.pull)-n]
}

func (f *fitter) covariate(r *Counted) float64 {
	return min(max(float64(r.TF), f.rarity.Low), f.rarity.High) - f.rarity.Reference
}

// slope returns the column of the row's slope of rarity, 0 none.
func (f *fitter) slope(r *Counted) int {
	if f.rarityAt < 0 {
		return 0
	}
	return f.slopes[r.Levels[f.rarityAt]&levelMask]
}

// logit returns the log-odds of a row under parameters x.
func (f *fitter) logit(r *Counted, x []float64) float64 {
	z := x[0]
	for c := range f.list {
		if l := r.Levels[c]; l != matchers.Null {
			z += x[f.mains[c]+int(l)-1]
		}
	}
	if s := f.slope(r); s != 0 {
		z += x[s] * f.covariate(r)
	}
	for i := range f.pairs {
		p := &f.pairs[i]
		if k := p.cells[cellOf(r.Levels[p.a], r.Levels[p.b])]; k > 0 {
			z += x[k]
		}
	}
	return z
}

// appendColumns appends the columns of a row whose value is 1, the constant left
// out, in rising order.
func (f *fitter) appendColumns(to []int32, r *Counted) []int32 {
	for c := range f.list {
		if l := r.Levels[c]; l != matchers.Null {
			to = append(to, int32(f.mains[c]+int(l)-1))
		}
	}
	for i := range f.pairs {
		p := &f.pairs[i]
		if k := p.cells[cellOf(r.Levels[p.a], r.Levels[p.b])]; k > 0 {
			to = append(to, k)
		}
	}
	return to
}

// softplus is log(1 + e^z) without overflow.
func softplus(z float64) float64 {
	return max(z, 0) + math.Log1p(math.Exp(-math.Abs(z)))
}

// loss returns the mean log-loss of rows in bits a pair, without penalty.
func (f *fitter) loss(rows []int32) float64 {
	sum, n := 0.0, 0.0
	for _, i := range rows {
		r := &f.rows[i]
		z := f.logit(r, f.x)
		sum += r.Pairs*softplus(z) - r.Matches*z
		n += r.Pairs
	}
	if n == 0 {
		return 0
	}
	return sum / n / math.Ln2
}

// patternHash spreads patterns evenly; the same pattern always falls on the same
// side, so what is held out was never seen.
func patternHash(r *Counted) uint64 {
	h := uint64(14695981039346656037)
	for _, l := range r.Levels {
		h = (h ^ uint64(l)) * 1099511628211
	}
	h = (h ^ uint64(r.TF)) * 1099511628211
	h = (h ^ h>>33) * 0xff51afd7ed558ccd
	return h ^ h>>33
}
