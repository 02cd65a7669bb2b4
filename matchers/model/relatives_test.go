package model

import (
	"math/rand/v2"
	"testing"

	"github.com/dusach/dusach/matchers"
)

// families draws pairs of a population that lives in families: four comparisons in
// which relatives agree, two that are one's own. Of a thousand pairs ten are matches
// and kin relatives; pairs that share nothing are labelled strangers.
func families(seed uint64, pairs, kin int) (open, strangers []Counted) {
	r := rand.New(rand.NewPCG(seed, 11))
	met, apart := NewTally(), NewTally()
	for range pairs {
		var l matchers.Levels
		kind := r.IntN(1000)
		for c := range 6 {
			own := c >= 4
			if kind < 10 || kind < 10+kin && !own {
				l[c] = draw(r, trueM)
			} else {
				l[c] = draw(r, trueU)
			}
		}
		if kind < 500 {
			met.Add(&l, 18, kind < 10)
		} else {
			apart.Add(&l, 18, false)
		}
	}
	return met.Counts(), apart.Counts()
}

func learnFamilies(t *testing.T, kin int, relatives bool) (m *Model, truth []Counted) {
	t.Helper()
	open, strangers := families(5, 300_000, kin)
	m, err := EM(unlabelled(open), comparisons("surname", "street", "town", "phone", "given", "born"),
		EMOptions{Known: strangers, Share: 0.02, Relatives: relatives, Fit: FitOptions{WrongCost: 2}})
	if err != nil {
		t.Fatal(err)
	}
	truth, _ = families(6, 300_000, kin)
	return m, truth
}

// f1 judges each pattern by the model's threshold.
func f1(m *Model, counts []Counted) float64 {
	s := m.NewScorer(Province)
	var right, found, all float64
	for i := range counts {
		c := &counts[i]
		all += c.Matches
		if float64(s.Weight(&c.Levels, float32(c.TF))) >= m.Thresholds.Match {
			right += c.Matches
			found += c.Pairs
		}
	}
	return 2 * right / (found + all)
}

// labelled is the F1 of a model that was told which pairs are matches.
func labelled(t *testing.T, kin int) float64 {
	t.Helper()
	open, strangers := families(5, 300_000, kin)
	truth, _ := families(6, 300_000, kin)
	list := comparisons("surname", "street", "town", "phone", "given", "born")
	m, err := Fit([]Corpus{{"told", append(open, strangers...)}}, list, nil, FitOptions{WrongCost: 2, Interactions: 4})
	if err != nil {
		t.Fatal(err)
	}
	return f1(m, truth)
}

// Three relatives for each match: agreement in what a family shares looks like the
// rule, but those who disagree do so in all that is their own at once.
func TestRelativesAreToldFromMatches(t *testing.T) {
	m, truth := learnFamilies(t, 30, true)
	plain, _ := learnFamilies(t, 30, false)
	if got, best := f1(m, truth), labelled(t, 30); got < best-0.01 {
		t.Errorf("F1 %.3f, with labels %.3f", got, best)
	}
	if was := f1(plain, truth); was > 0.6 {
		t.Errorf("without looking for relatives F1 is %.3f: the test shows nothing", was)
	}
}

// Where there are no relatives, looking for them changes nothing.
func TestNoRelativesAreFound(t *testing.T) {
	m, _ := learnFamilies(t, 0, true)
	plain, _ := learnFamilies(t, 0, false)
	if m.Hash() != plain.Hash() {
		t.Error("relatives were found where there are none")
	}
}

// There cannot be more matches than records: what two inputs share beyond that is
// another way to agree.
func TestMatchesBeyondTheirNumberAreRelatives(t *testing.T) {
	open, strangers := families(5, 300_000, 8)
	list := comparisons("surname", "street", "town", "phone", "given", "born")
	o := EMOptions{Known: strangers, Share: 0.02, Relatives: true}
	without, err := EM(unlabelled(open), list, o)
	if err != nil {
		t.Fatal(err)
	}
	o.Matches = 3200
	with, err := EM(unlabelled(open), list, o)
	if err != nil {
		t.Fatal(err)
	}
	truth, _ := families(6, 300_000, 8)
	if a, b, best := f1(without, truth), f1(with, truth), labelled(t, 8); a > b-0.1 || b < best-0.06 {
		t.Errorf("F1 %.3f without the bound, %.3f with it, %.3f with labels", a, b, best)
	}
}
