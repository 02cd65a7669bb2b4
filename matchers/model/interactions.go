package model

import (
	"math"

	"github.com/dusach/dusach/matchers"
)

// leastGain is by how many bits in all an interaction must raise the likelihood
// of the pairs held out.
const leastGain = 8

// findInteractions adds, one at a time, the pair of comparisons that promises
// the greatest fall of the loss on the rows held out, as long as a refit keeps
// the promise. It returns the last loss on those rows, in bits a pair.
func (f *fitter) findInteractions() (float64, error) {
	best := f.loss(f.held)
	if math.IsNaN(best) {
		return 0, errNotSmooth
	}
	pairs := 0.0
	for _, i := range f.held {
		pairs += f.rows[i].Pairs
	}
	least := max(f.o.MinGain, leastGain/pairs) // what chance brings lies below
	refused := make(map[[2]int]bool)
	for tries := 0; len(f.pairs) < f.o.Interactions && tries < f.o.Interactions+4; tries++ {
		a, b, gain := f.promising(refused)
		if gain < least {
			break
		}
		before := append([]float64(nil), f.x...)
		f.addInteraction(a, b)
		f.minimize(f.train)
		now := f.loss(f.held)
		if best-now < least {
			f.dropInteraction()
			copy(f.x, before)
			refused[[2]int{a, b}] = true
			continue
		}
		best = now
	}
	return best, nil
}

// promising ranks the pairs not yet taken by one Newton step for each cell on
// the training rows, judged on the rows held out.
func (f *fitter) promising(refused map[[2]int]bool) (a, b int, gain float64) {
	for _, p := range f.pairs {
		refused[[2]int{min(p.a, p.b), max(p.a, p.b)}] = true
	}
	train, held := f.residuals(f.train), f.residuals(f.held)
	pairs := 0.0
	for _, i := range f.held {
		pairs += f.rows[i].Pairs
	}
	for i := range f.list {
		for j := i + 1; j < len(f.list); j++ {
			if refused[[2]int{i, j}] {
				continue
			}
			if g := f.promise(i, j, train, held) / pairs / math.Ln2; g > gain {
				a, b, gain = i, j, g
			}
		}
	}
	return a, b, gain
}

// residual is a row's pull on a new column: slope and curvature of the loss.
type residual struct{ g, h float64 }

func (f *fitter) residuals(rows []int32) []residual {
	out := make([]residual, len(rows))
	for k, i := range rows {
		r := &f.rows[i]
		p := 1 / (1 + math.Exp(-f.logit(r, f.x)))
		out[k] = residual{r.Pairs*p - r.Matches, r.Pairs * p * (1 - p)}
	}
	return out
}

// promise returns by how much the loss on the rows held out falls, to second
// order, when every cell takes its own step.
func (f *fitter) promise(a, b int, train, held []residual) float64 {
	var cells [matchers.MaxLevels * matchers.MaxLevels]struct{ train, held residual }
	add := func(rows []int32, from []residual, held bool) {
		for k, i := range rows {
			la, lb := f.rows[i].Levels[a], f.rows[i].Levels[b]
			if la == matchers.Null || lb == matchers.Null {
				continue
			}
			c := &cells[cellOf(la, lb)]
			to := &c.train
			if held {
				to = &c.held
			}
			to.g += from[k].g
			to.h += from[k].h
		}
	}
	add(f.train, train, false)
	add(f.held, held, true)
	gain := 0.0
	for i := range cells {
		c := &cells[i]
		step := -c.train.g / (c.train.h + 4*f.o.Ridge)
		step = min(max(step, -3), 3)
		gain -= c.held.g*step + 0.5*c.held.h*step*step
	}
	return gain
}

// write turns parameters into a model's bits.
func (f *fitter) write(m *Model) {
	for c := range m.Comparisons {
		for l := 1; l < len(m.Comparisons[c].Levels); l++ {
			m.Comparisons[c].Levels[l].Bits = round(f.x[f.mains[c]+l-1] / math.Ln2)
		}
	}
	for l, column := range f.slopes {
		if column != 0 {
			m.Comparisons[f.rarityAt].Levels[l].Slope = round(f.x[column] / math.Ln2)
		}
	}
	for i := range f.pairs {
		p := &f.pairs[i]
		in := Interaction{A: m.Comparisons[p.a].Name, B: m.Comparisons[p.b].Name}
		for at, column := range p.cells {
			if column > 0 {
				la, lb := at/matchers.MaxLevels, at%matchers.MaxLevels
				in.Cells = append(in.Cells, Cell{m.Comparisons[p.a].Levels[la].Name, m.Comparisons[p.b].Levels[lb].Name,
					round(f.x[column] / math.Ln2)})
			}
		}
		m.Interactions = append(m.Interactions, in)
	}
}
