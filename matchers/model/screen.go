package model

import (
	"math"

	"github.com/dusach/dusach/matchers"
)

const (
	// enough patterns to fit all of them as they are.
	enough = 60_000
	// rarest is the least chance with which a pattern is kept.
	rarest = 1.0 / 64
	// surely is how many times its chance to be a match a pattern is likely to be
	// kept: from −11 bits all are.
	surely = 2048
)

// screen leaves out most patterns that are surely of different people and lets
// the others of their kind count for them, so that no weight changes but by
// chance: local case-control sampling (Fithian and Hastie, Annals of Statistics
// 42, 2014) with weights in place of a shifted constant. A pilot fitted on one
// pattern in 32 says which patterns those are. What is kept depends on the
// pattern alone.
func screen(all pooled, list []matchers.Comparison, center *Model, o FitOptions) []Counted {
	if all.patterns <= enough {
		return all.sample(func(*Counted) float64 { return 1 })
	}
	pilot := newFitter(all.sample(func(*Counted) float64 { return 1.0 / 32 }), list, center, o)
	pilot.minimize(pilot.all)
	return all.sample(func(r *Counted) float64 {
		return surely / (1 + math.Exp(-pilot.logit(r, pilot.x)))
	})
}

// sample keeps each pattern without matches with a chance, and all that have
// some. Those kept count for those that are not.
func (p *pooled) sample(chance func(*Counted) float64) []Counted {
	kept := NewTally()
	p.each(func(r Counted) {
		if r.Matches == 0 {
			chance := min(1, max(rarest, chance(&r)))
			if float64(patternHash(&r)>>11)/(1<<53) >= chance {
				return
			}
			r.Pairs /= chance
		}
		kept.AddWeighted(&r.Levels, r.TF, r.Pairs, r.Matches)
	})
	return kept.Counts()
}
