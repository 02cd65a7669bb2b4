package review

import "math"

// A Pair is two forms of one citizen, or of two citizens whom a person has to
// look at.
type Pair struct {
	A, B   string // form ids, A < B as bytes
	Merged bool   // one citizen by the snapshot; else the pair waits for a person
	Linked bool   // the pair itself is a link; else other forms join the two
	Weight float64
}

// The strata of an audit: what a person is asked to judge is drawn from each by
// itself, so that the rare doubtful merges are looked at as well as the many sure
// ones. Bits are above the threshold of a match.
const (
	Joined    = iota // one citizen by way of other forms: the pair itself is no link
	Barely           // below 2 bits above the threshold, or below the threshold itself
	Fair             // below 4
	Good             // below 8
	Sure             // below 16
	Surest           // the rest
	Waiting          // the pair waits for a person
	NumStrata        //
	numMerged = Waiting
)

// StratumNames name the strata in JSON.
var StratumNames = [NumStrata]string{"joined", "barely", "fair", "good", "sure", "surest", "waiting"}

var edges = [...]float64{Barely: 2, Fair: 4, Good: 8, Sure: 16, Surest: math.Inf(1)}

// Stratum returns where a pair belongs; match is the threshold in bits.
func (p *Pair) Stratum(match float64) int {
	switch {
	case !p.Merged:
		return Waiting
	case !p.Linked:
		return Joined
	}
	for s := Barely; ; s++ {
		if p.Weight-match < edges[s] {
			return s
		}
	}
}

// wrong is how likely a pair of a stratum is taken to be wrong before anybody
// looked: it only steers how many are drawn.
var wrong = [NumStrata]float64{Joined: .05, Barely: .1, Fair: .04, Good: .01, Sure: .001, Surest: .0001, Waiting: .5}

// least is how many pairs of a stratum are drawn at least.
const least = 10

// allot shares n draws among strata of these sizes: half of those for merged pairs
// by size, so that faults which no model expects are met; half by what drawing there
// teaches (Neyman 1934). A fifth goes to pairs that wait.
func allot(n int, sizes [NumStrata]int) (draws [NumStrata]int) {
	waiting := min(n/5, sizes[Waiting])
	draws[Waiting] = waiting
	var all, learnt float64
	teaches := func(s int) float64 { return float64(sizes[s]) * math.Sqrt(wrong[s]*(1-wrong[s])) }
	for s := range numMerged {
		all += float64(sizes[s])
		learnt += teaches(s)
	}
	for s := range numMerged {
		if sizes[s] == 0 {
			continue
		}
		share := (float64(sizes[s])/all + teaches(s)/learnt) / 2
		draws[s] = min(sizes[s], max(least, int(share*float64(n-waiting))))
	}
	return draws
}
