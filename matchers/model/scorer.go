package model

import "github.com/dusach/dusach/matchers"

// A Scorer is a model laid out for speed: dense tables, no names. It never changes.
type Scorer struct {
	prior      float32
	n          int
	sizes      [matchers.MaxComparisons]int // how many levels each comparison has
	rarityAt   uint                         // the comparison whose levels have slopes
	reference  float32
	low, high  float32
	slopes     [matchers.MaxLevels]float32
	weights    [matchers.MaxComparisons][matchers.MaxLevels]float32
	couples    []couple
	thresholds Thresholds
	bend       bend
}

// A couple is the dense table of an interaction.
type couple struct {
	a, b  uint8
	cells *[matchers.MaxLevels * matchers.MaxLevels]float32
}

const levelMask = matchers.MaxLevels - 1

// NewScorer lays out the model for runs of a size class.
func (m *Model) NewScorer(class SizeClass) *Scorer {
	s := &Scorer{
		prior:     float32(m.Prior.Of(class)),
		n:         len(m.Comparisons),
		reference: float32(m.Rarity.Reference),
		low:       float32(m.Rarity.Low), high: float32(m.Rarity.High),
		thresholds: m.Thresholds,
		bend:       m.newBend(class),
	}
	for i := range m.Comparisons {
		s.sizes[i] = len(m.Comparisons[i].Levels)
		for l, v := range m.Comparisons[i].Levels {
			s.weights[i][l] = float32(v.Bits)
			if v.Slope != 0 {
				s.rarityAt = uint(i)
				s.slopes[l] = float32(v.Slope)
			}
		}
	}
	for i := range m.Interactions {
		in := &m.Interactions[i]
		a, b := m.comparison(in.A), m.comparison(in.B)
		t := new([matchers.MaxLevels * matchers.MaxLevels]float32)
		s.couples = append(s.couples, couple{uint8(a), uint8(b), t})
		for _, c := range in.Cells {
			la, lb := m.Comparisons[a].level(c.A), m.Comparisons[b].level(c.B)
			t[la*matchers.MaxLevels+lb] = float32(c.Bits)
		}
	}
	return s
}

// Weight returns the total weight of a pair in bits, the prior included and
// calibrated where the model is: log2 of the odds that the pair is a match. tf is
// the rarity of the name that the two records share, in bits (Terms.Rarity): of
// two rarities, the lesser. It does not allocate.
func (s *Scorer) Weight(l *matchers.Levels, tf float32) float32 {
	// Two sums, so that additions need not wait for each other.
	w, v := s.prior, float32(0)
	for i, level := range l[:s.n] {
		w += s.weights[i][level&levelMask]
	}
	for i := range s.couples {
		c := &s.couples[i]
		at := int(l[c.a%matchers.MaxComparisons]&levelMask)*matchers.MaxLevels + int(l[c.b%matchers.MaxComparisons]&levelMask)
		v += c.cells[at]
	}
	return s.calibrated(w + v + s.slopes[l[s.rarityAt%matchers.MaxComparisons]&levelMask]*(min(max(tf, s.low), s.high)-s.reference))
}

// Prior returns the weight of a pair without any evidence.
func (s *Scorer) Prior() float32 { return s.calibrated(s.prior) }

// A Verdict is what is decided on a pair.
type Verdict uint8

// The verdicts.
const (
	NonMatch Verdict = iota
	Review
	Match
)

// String returns the word that the links table holds: "match", "review", "non-match".
func (v Verdict) String() string {
	return [...]string{"non-match", "review", "match"}[v]
}

// Verdict decides on a total weight.
func (s *Scorer) Verdict(bits float32) Verdict {
	switch {
	case bits >= float32(s.thresholds.Match):
		return Match
	case bits >= float32(s.thresholds.Review):
		return Review
	}
	return NonMatch
}

// Linked reports whether a total weight holds a component together.
func (s *Scorer) Linked(bits float32) bool { return bits >= float32(s.thresholds.LinkFloor) }
