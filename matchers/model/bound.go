package model

import "github.com/dusach/dusach/matchers"

// A Bound says how much a pair can weigh at most while only some of its
// comparisons are known. Where that lies below the link floor, the rest need not
// be compared: the pair cannot become a link whatever they say.
type Bound struct {
	base  float32 // prior, and the most that the late comparisons can add by themselves
	early []uint8
	most  [matchers.MaxComparisons][matchers.MaxLevels]float32
	pairs []couple // interactions between two early comparisons
}

// NewBound returns the bound of a scorer for pairs of which the comparisons in
// late are not known yet.
func (s *Scorer) NewBound(late []bool) *Bound {
	b := &Bound{base: s.prior}
	for c := range s.n {
		if late[c] {
			b.base += greatest(s.weights[c][:])
		} else {
			b.early = append(b.early, uint8(c))
			b.most[c] = s.weights[c]
		}
	}
	for _, p := range s.couples {
		b.couple(p, late)
	}
	s.addSlopes(b, late)
	return b
}

// couple adds what an interaction can bring.
func (b *Bound) couple(p couple, late []bool) {
	switch {
	case late[p.a] && late[p.b]:
		b.base += greatest(p.cells[:])
	case late[p.a]:
		for l := range b.most[p.b] {
			most := float32(0)
			for k := range matchers.MaxLevels {
				most = max(most, p.cells[k*matchers.MaxLevels+l])
			}
			b.most[p.b][l] += most
		}
	case late[p.b]:
		for l := range b.most[p.a] {
			b.most[p.a][l] += greatest(p.cells[l*matchers.MaxLevels : (l+1)*matchers.MaxLevels])
		}
	default:
		b.pairs = append(b.pairs, p)
	}
}

// addSlopes adds the most that the rarity of the name can bring.
func (s *Scorer) addSlopes(b *Bound, late []bool) {
	most := func(slope float32) float32 {
		return max(slope*(s.low-s.reference), slope*(s.high-s.reference))
	}
	if late[s.rarityAt] {
		all := float32(0)
		for _, slope := range s.slopes {
			all = max(all, most(slope))
		}
		b.base += all
		return
	}
	for l, slope := range s.slopes {
		b.most[s.rarityAt][l] += most(slope)
	}
}

// greatest returns the greatest weight, at least 0: a level may be null.
func greatest(weights []float32) (most float32) {
	for _, w := range weights {
		most = max(most, w)
	}
	return most
}

// Most returns the most that a pair can weigh whose early levels are set. It does
// not allocate.
func (b *Bound) Most(l *matchers.Levels) float32 {
	w := b.base
	for _, c := range b.early {
		w += b.most[c%matchers.MaxComparisons][l[c%matchers.MaxComparisons]&levelMask]
	}
	for i := range b.pairs {
		p := &b.pairs[i]
		w += p.cells[cellOf(l[p.a%matchers.MaxComparisons], l[p.b%matchers.MaxComparisons])]
	}
	return w
}

// Floor returns the weight from which a pair is a link.
func (s *Scorer) Floor() float32 { return float32(s.thresholds.LinkFloor) }
