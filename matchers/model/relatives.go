package model

import (
	"math"

	"github.com/dusach/dusach/matchers"
)

// Where a population lives in families, firms or series, there are two ways to agree:
// as one and the same, and as relatives, who share an address or a maker and differ
// in what is their own. EM with two kinds takes both for matches if relatives are many. It
// can be seen: of what was taken for a match, a part that is too large disagrees in
// several comparisons at once, or there are more matches than there can be.

// mostlyElse is the share of the last level from which matches would disagree more
// often than not, and togetherness the correlation from which disagreeing in two
// comparisons is one event, not two slips.
const (
	mostlyElse   = 0.5
	togetherness = 0.3
)

// mixed reports whether the matches hold relatives.
func (e *mixture) mixed() bool {
	if e.o.Matches > 0 && e.share[0]*e.pairs > e.o.Matches {
		return true
	}
	var odd []int
	for c := range e.list {
		if !e.list[c].Derived && e.chance[0][c][len(e.list[c].Levels)-1] > mostlyElse {
			odd = append(odd, c)
		}
	}
	for i, a := range odd {
		for _, b := range odd[i+1:] {
			if e.correlation(a, b) > togetherness {
				return true
			}
		}
	}
	return false
}

// correlation is how far the last levels of two comparisons go together among
// matches: Pearson's phi of the two by two table.
func (e *mixture) correlation(a, b int) float64 {
	lastA, lastB := matchers.Level(len(e.list[a].Levels)-1), matchers.Level(len(e.list[b].Levels)-1)
	var n, x, y, xy float64
	for i := range e.rows {
		la, lb, w := e.rows[i].Levels[a], e.rows[i].Levels[b], e.belief[0][i]
		if la == matchers.Null || lb == matchers.Null {
			continue
		}
		n += w
		if la == lastA {
			x += w
		}
		if lb == lastB {
			y += w
		}
		if la == lastA && lb == lastB {
			xy += w
		}
	}
	spread := math.Sqrt(x * (n - x) * y * (n - y))
	if spread == 0 {
		return 0
	}
	return (n*xy - x*y) / spread
}

// apart returns a mixture to begin again with: what was taken for matches are
// relatives, and matches are those who agree in nearly everything.
func (e *mixture) apart() *mixture {
	o := e.o
	o.Kinds = 2
	f := newMixture(e.rows[:len(e.rows)-e.known], e.list, o)
	f.related = true
	f.chance[1], f.chance[2] = e.chance[1], e.chance[0]
	f.share = []float64{e.share[0] / 2, e.share[1], e.share[0] / 2}
	return f
}

// betters reports whether telling relatives apart explains the pairs better by more
// than its further parameters are worth (Schwarz, 1978), and leaves matches.
func (e *mixture) betters(two *mixture) bool {
	parameters := 1
	for c := range e.list {
		parameters += len(e.list[c].Levels) - 2
	}
	return e.likelihood-two.likelihood > float64(parameters)*math.Log(e.open)/2 && e.share[0]*e.pairs >= 1
}
