package model

import (
	"slices"

	"github.com/dusach/dusach/matchers"
)

// A Bound says how much a pair can weigh at most while its comparisons become
// known step by step. Where that lies below the link floor, the rest need not
// be compared: the pair cannot become a link whatever they say.
type Bound struct {
	steps []boundStep
}

// boundStep is what a step adds: what is certain from here on, and the most
// that everything after it can bring.
type boundStep struct {
	certain []lookup
	ahead   []lookup
}

// A Derivation is how the level of a derived comparison follows from the levels
// of others, so that a bound need not take it for free.
type Derivation struct {
	At       int       // the derived comparison
	From     []int     // the comparisons that it reads
	Rarities []float32 // one rarity of each kind that makes a difference to it
	Judge    func(l *matchers.Levels, rarity float32) matchers.Level
}

// NewBound returns the bound of a scorer for pairs whose comparisons are made in
// steps. Comparisons in no step, derived ones among them, are known last.
func (s *Scorer) NewBound(steps [][]int, derived []Derivation) *Bound {
	list := s.factors(derived)
	b := &Bound{steps: make([]boundStep, len(steps))}
	known := make([]bool, matchers.MaxComparisons)
	for i, step := range steps {
		for _, c := range step {
			known[c] = true
		}
		var certain, open []factor
		for _, f := range list {
			if allKnown(f.of, known) {
				certain = append(certain, f)
			} else {
				open = append(open, f)
			}
		}
		b.steps[i] = boundStep{lookups(certain, &s.sizes), lookups(eliminate(open, known, &s.sizes), &s.sizes)}
		list = open
	}
	return b
}

func allKnown(of []uint8, known []bool) bool {
	for _, c := range of {
		if !known[c] {
			return false
		}
	}
	return true
}

// tableCells is how large a table may become so that one look-up does for two.
const tableCells = 4096

func lookups(list []factor, sizes *[matchers.MaxComparisons]int) []lookup {
	var out []lookup
	for _, f := range gather(list, tableCells, sizes) {
		out = append(out, newLookup(f))
	}
	return out
}

// factors writes the weight of a pair as a sum of factors: prior, comparisons
// with the most that rarity can add, interactions. A derived comparison, with its
// interactions, becomes a factor of those that it is derived from.
func (s *Scorer) factors(derived []Derivation) []factor {
	prior := newFactor(nil, &s.sizes)
	prior.bits[0] = s.prior
	list := []factor{prior}
	var folded [matchers.MaxComparisons]bool
	for i := range derived {
		d := &derived[i]
		if f, ok := s.fold(d, derived); ok {
			folded[d.At] = true
			list = append(list, f)
		}
	}
	for c := range s.n {
		if !folded[c] {
			f := newFactor([]uint8{uint8(c)}, &s.sizes)
			f.each(func(cell int, l *matchers.Levels) { f.bits[cell] = s.most(c, l[c]) })
			list = append(list, f)
		}
	}
	for i := range s.couples {
		switch p := &s.couples[i]; {
		case folded[p.a] && !isDerived(derived, p.b) || folded[p.b] && !isDerived(derived, p.a): // in the fold
		case folded[p.a] || folded[p.b]:
			prior.bits[0] += greatest(p.cells[:])
		default:
			f := newFactor(union([]uint8{p.a}, []uint8{p.b}), &s.sizes)
			f.each(func(cell int, l *matchers.Levels) { f.bits[cell] = p.bits(l) })
			list = append(list, f)
		}
	}
	return list
}

// fold writes a derived comparison as a factor of what it reads and of the
// comparisons that interact with it; false where the table would be too large.
func (s *Scorer) fold(d *Derivation, derived []Derivation) (f factor, ok bool) {
	var scope []uint8
	for _, c := range d.From {
		scope = union(scope, []uint8{uint8(c)})
	}
	var with []*couple
	for i := range s.couples {
		p := &s.couples[i]
		if int(p.a) == d.At && !isDerived(derived, p.b) || int(p.b) == d.At && !isDerived(derived, p.a) {
			with = append(with, p)
			scope = union(scope, []uint8{p.a + p.b - uint8(d.At)})
		}
	}
	if cells(scope, &s.sizes) > mostCells {
		return f, false
	}
	f = newFactor(scope, &s.sizes)
	rarities := d.Rarities
	if len(rarities) == 0 {
		rarities = []float32{s.reference}
	}
	f.each(func(cell int, l *matchers.Levels) {
		for i, rarity := range rarities {
			l[d.At] = d.Judge(l, rarity)
			w := s.most(d.At, l[d.At])
			for _, p := range with {
				w += p.bits(l)
			}
			if l[d.At] = matchers.Null; i == 0 || w > f.bits[cell] {
				f.bits[cell] = w
			}
		}
	})
	return f, true
}

func isDerived(derived []Derivation, c uint8) bool {
	return slices.ContainsFunc(derived, func(d Derivation) bool { return d.At == int(c) })
}

// most is what a level can weigh at most, whatever the rarity.
func (s *Scorer) most(c int, l matchers.Level) float32 {
	w := s.weights[c][l]
	if uint(c) == s.rarityAt {
		slope := s.slopes[l]
		w += max(slope*(s.low-s.reference), slope*(s.high-s.reference))
	}
	return w
}

func (p *couple) bits(l *matchers.Levels) float32 {
	return p.cells[cellOf(l[p.a], l[p.b])]
}

// greatest returns the greatest weight, at least 0: a level may be null.
func greatest(weights []float32) (most float32) {
	for _, w := range weights {
		most = max(most, w)
	}
	return most
}

// After returns what is certain of the weight of a pair after step number i, and
// the most that the pair can weigh. certain is what the step before returned, 0
// before the first. Sums are taken in another order than those of Weight, so
// most may be off by rounding: by less than Slack. It does not allocate.
func (b *Bound) After(i int, certain float32, l *matchers.Levels) (sum, most float32) {
	step := &b.steps[i]
	for j := range step.certain {
		t := &step.certain[j]
		certain += t.bits[t.at(l)]
	}
	most = certain
	for j := range step.ahead {
		t := &step.ahead[j]
		most += t.bits[t.at(l)]
	}
	return certain, most
}

// AfterAll is After for some pairs: certain and most hold a sum for each pair, by the
// numbers in some, and certain is what the step before left, 0 before the first. It
// adds in the order of After.
func (b *Bound) AfterAll(i int, some []uint8, levels []matchers.Levels, certain, most []float32) {
	step := &b.steps[i]
	for j := range step.certain {
		step.certain[j].addAll(some, levels, certain)
	}
	for _, p := range some {
		most[p] = certain[p]
	}
	for j := range step.ahead {
		step.ahead[j].addAll(some, levels, most)
	}
}

// addAll adds what a table says of some pairs to their sums.
func (t *lookup) addAll(some []uint8, levels []matchers.Levels, sums []float32) {
	switch len(t.of) {
	case 0:
		for _, p := range some {
			sums[p] += t.bits[0]
		}
	case 1:
		c, cells := t.of[0]%matchers.MaxComparisons, &t.cells[0]
		for _, p := range some {
			sums[p] += t.bits[cells[levels[p][c]&levelMask]]
		}
	case 2:
		c, cells := t.of[0]%matchers.MaxComparisons, &t.cells[0]
		d, others := t.of[1]%matchers.MaxComparisons, &t.cells[1]
		for _, p := range some {
			l := &levels[p]
			sums[p] += t.bits[cells[l[c]&levelMask]+others[l[d]&levelMask]]
		}
	default:
		for _, p := range some {
			sums[p] += t.bits[t.at(&levels[p])]
		}
	}
}

// Slack is what rounding can hide: a pair may weigh this much more than its
// bound, in bits.
const Slack = 1e-3

// Floor returns the sum of evidence, before it is calibrated, from which a pair is
// a link: what bounds are held against.
func (s *Scorer) Floor() float32 { return s.uncalibrated(float32(s.thresholds.LinkFloor)) }
