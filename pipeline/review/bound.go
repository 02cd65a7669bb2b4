package review

import (
	"github.com/dusach/dusach/matchers/quality"
)

// confidence of the bound.
const confidence = 0.95

// An Audit is what the answers to a sample say.
type Audit struct {
	Sample  string         `json:"sample"`
	Forms   int64          `json:"forms"`
	Strata  []JudgedStrata `json:"strata"`
	Missing int            `json:"missing"` // merged pairs without an answer: each counts as wrong
	// Wrong is how many merged pairs are wrong at most, with 95 % confidence, and
	// PerMillion the same per million forms.
	Wrong      float64 `json:"wrong_at_most"`
	PerMillion float64 `json:"wrong_per_million_forms_at_most"`
	// Estimate is the unbiased estimate of wrong merged pairs.
	Estimate float64 `json:"wrong_estimate"`
}

// JudgedStrata is a stratum and what was said of it.
type JudgedStrata struct {
	Stratum  string `json:"stratum"`
	Size     int    `json:"size"`
	Drawn    int    `json:"drawn"`
	Answered int    `json:"answered"`
	Apart    int    `json:"apart"` // of those answered: two citizens
}

// Audit counts the answers to a sample.
func (s *Sample) Audit(l *Ledger) *Audit {
	said := map[[2]string]bool{}
	for i := range l.List {
		said[l.List[i].Pair()] = l.List[i].Same
	}
	a := &Audit{Sample: s.Name, Forms: s.Forms}
	a.count(s, said)
	size := func(at int) int { return a.Strata[at].Size }
	a.Wrong = quality.FaultyAtMost(a.strata(size), confidence)
	if a.Forms > 0 {
		a.PerMillion = a.Wrong / float64(a.Forms) * 1e6
	}
	var sizes [NumStrata]int
	for at := range sizes {
		sizes[at] = a.Strata[at].Size
	}
	a.Estimate = a.Share(sizes)
	return a
}

// count counts what was said of each stratum.
func (a *Audit) count(s *Sample, said map[[2]string]bool) {
	for at, d := range s.Strata {
		j := JudgedStrata{Stratum: d.Stratum, Size: d.Size, Drawn: len(d.Pairs)}
		for _, p := range d.Pairs {
			same, ok := said[p]
			if ok {
				j.Answered++
			}
			if ok && !same {
				j.Apart++
			}
		}
		if at < numMerged {
			a.Missing += j.Drawn - j.Answered
		}
		a.Strata = append(a.Strata, j)
	}
}

// strata are those of merged pairs as the bound wants them: a pair without an answer
// counts as wrong.
func (a *Audit) strata(size func(at int) int) (strata []quality.Stratum) {
	for at, j := range a.Strata[:numMerged] {
		faulty := j.Apart + j.Drawn - j.Answered
		if n := size(at); n > 0 {
			strata = append(strata, quality.Stratum{Size: n, Drawn: j.Drawn, Faulty: faulty})
		}
	}
	return strata
}

// Share is the estimate of wrong merged pairs of another run of the same epoch whose
// strata have these sizes.
func (a *Audit) Share(sizes [NumStrata]int) (wrong float64) {
	for at, j := range a.Strata[:numMerged] {
		if j.Answered > 0 {
			wrong += float64(j.Apart) / float64(j.Answered) * float64(sizes[at])
		}
	}
	return wrong
}

// Carried is the bound on wrong merged pairs of another run of the same epoch whose
// strata have these sizes: the shares that the sample speaks of are taken to be those
// of the run. A stratum is never taken to be judged to the last.
func (a *Audit) Carried(sizes [NumStrata]int) float64 {
	return quality.FaultyAtMost(a.strata(func(at int) int {
		if sizes[at] == 0 {
			return 0
		}
		return max(sizes[at], a.Strata[at].Drawn+1)
	}), confidence)
}
