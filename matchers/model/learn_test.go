package model

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/dusach/dusach/matchers"
)

// world is a made-up population of pairs with known chances.
func comparisons(names ...string) []matchers.Comparison {
	var list []matchers.Comparison
	for _, n := range names {
		list = append(list, matchers.Comparison{Name: n, Levels: []matchers.LevelInfo{{Name: "null"}, {Name: "same"}, {Name: "near"}, {Name: "else"}}})
	}
	return list
}

func draw(r *rand.Rand, chances [3]float64) matchers.Level {
	x := r.Float64()
	for l, c := range chances {
		if x < c {
			return matchers.Level(l + 1)
		}
		x -= c
	}
	return 3
}

var (
	trueM = [3]float64{0.8, 0.15, 0.05}
	trueU = [3]float64{0.02, 0.08, 0.9}
)

// independentPairs draws pairs whose comparisons do not depend on each other; a
// tenth of the values is missing.
func independentPairs(seed uint64, pairs, comparisons int) []Counted {
	r := rand.New(rand.NewPCG(seed, 7))
	t := NewTally()
	for i := range pairs {
		match := i%10 == 0
		var l matchers.Levels
		for c := range comparisons {
			if r.Float64() < 0.1 {
				continue
			}
			if match {
				l[c] = draw(r, trueM)
			} else {
				l[c] = draw(r, trueU)
			}
		}
		t.Add(&l, 18, match)
	}
	return t.Counts()
}

// within reports whether an estimated chance lies within four standard errors.
func within(got, want, n float64) bool {
	return math.Abs(got-want) <= 4*math.Sqrt(want*(1-want)/n)+1e-9
}

func unlabelled(counts []Counted) []Counted {
	out := append([]Counted(nil), counts...)
	for i := range out {
		out[i].Matches = 0
	}
	return out
}

func TestEMRecoversChances(t *testing.T) {
	list := comparisons("a", "b", "c", "d", "e")
	const pairs = 100_000
	m, err := EM(unlabelled(independentPairs(1, pairs, len(list))), list, EMOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if share := 1 / (1 + math.Exp2(-m.Prior.Province)); !within(share, 0.1, pairs/3) {
		t.Errorf("share of matches %v, want 0.1", share)
	}
	for _, c := range m.Comparisons {
		for l := range 3 {
			// EM sees beliefs, not labels: its errors are larger, hence a third of the pairs.
			if !within(c.Levels[l+1].M, trueM[l], 0.1*pairs/3) || !within(c.Levels[l+1].U, trueU[l], 0.9*pairs/3) {
				t.Errorf("%s %s: m %v u %v, want %v %v", c.Name, c.Levels[l+1].Name, c.Levels[l+1].M, c.Levels[l+1].U, trueM[l], trueU[l])
			}
		}
	}
}

func TestFitRecoversWeights(t *testing.T) {
	list := comparisons("a", "b", "c")
	m, err := Fit([]Corpus{{"made up", independentPairs(2, 200_000, len(list))}}, list, nil, FitOptions{})
	if err != nil {
		t.Fatal(err)
	}
	// Only sums are identified: the difference between two levels is the evidence.
	for _, c := range m.Comparisons {
		want := math.Log2(trueM[0]/trueU[0]) - math.Log2(trueM[2]/trueU[2])
		if got := c.Levels[1].Bits - c.Levels[3].Bits; math.Abs(got-want) > 0.35 {
			t.Errorf("%s: same against else %.2f bits, want %.2f", c.Name, got, want)
		}
	}
}

// siblings: b, c and d repeat one fact, which relatives share; a alone is personal.
func siblings(seed uint64, pairs int) []Counted {
	r := rand.New(rand.NewPCG(seed, 9))
	t := NewTally()
	for range pairs {
		var l matchers.Levels
		kind := r.Float64()
		var family matchers.Level
		switch {
		case kind < 0.1: // one person
			l[0], family = draw(r, trueM), draw(r, [3]float64{0.9, 0.08, 0.02})
		case kind < 0.3: // relatives
			l[0], family = draw(r, [3]float64{0.03, 0.17, 0.8}), draw(r, [3]float64{0.9, 0.08, 0.02})
		default:
			l[0], family = draw(r, trueU), draw(r, [3]float64{0.001, 0.01, 0.989})
		}
		l[1], l[2], l[3] = family, family, family
		t.Add(&l, 18, kind < 0.1)
	}
	return t.Counts()
}

// lossOf is a model's mean log-loss on labelled counts, in bits.
func lossOf(m *Model, counts []Counted) float64 {
	s, sum, n := m.NewScorer(Province), 0.0, 0.0
	for i := range counts {
		c := &counts[i]
		z := float64(s.Weight(&c.Levels, float32(c.TF))) * math.Ln2
		sum += c.Pairs*softplus(z) - c.Matches*z
		n += c.Pairs
	}
	return sum / n / math.Ln2
}

func TestJointFitBeatsIndependenceOnSiblings(t *testing.T) {
	list := comparisons("name", "father", "mother", "house")
	train, fresh := siblings(1, 50_000), siblings(2, 50_000)
	apart := independent(train, list)
	apart.setDecisions(math.Log2(0.1/0.9), FitOptions{}.withDefaults())
	joint, err := Fit([]Corpus{{"made up", train}}, list, nil, FitOptions{})
	if err != nil {
		t.Fatal(err)
	}
	a, j := lossOf(apart, fresh), lossOf(joint, fresh)
	if j > 0.6*a {
		t.Errorf("loss %.4f bits together, %.4f apart: three copies of one fact should cost independence much more", j, a)
	}
	// A relative agrees in all but the name: independence nearly calls that a match.
	relative := matchers.Levels{3, 1, 1, 1}
	w, alone := joint.NewScorer(Province).Weight(&relative, 18), apart.NewScorer(Province).Weight(&relative, 18)
	if w > alone-2 || w > -3 {
		t.Errorf("relatives with different names weigh %.1f bits together, %.1f apart", w, alone)
	}
}

func TestEMWithRelativesFindsPersons(t *testing.T) {
	list := comparisons("name", "father", "mother", "house", "birth")
	for i := 1; i < 4; i++ {
		list[i].Shared = true
	}
	r := rand.New(rand.NewPCG(5, 5))
	tally, truth := NewTally(), NewTally()
	for range 50_000 {
		var l matchers.Levels
		kind := r.Float64()
		shared := [3]float64{0.01, 0.04, 0.95}
		personal := trueU
		if kind < 0.3 {
			shared = [3]float64{0.85, 0.1, 0.05}
		}
		if kind < 0.1 {
			personal = trueM
		}
		l[0], l[4] = draw(r, personal), draw(r, personal)
		for c := 1; c < 4; c++ {
			l[c] = draw(r, shared)
		}
		tally.Add(&l, 18, false)
		truth.Add(&l, 18, kind < 0.1)
	}
	plain, err := EM(tally.Counts(), list, EMOptions{Kinds: 1})
	if err != nil {
		t.Fatal(err)
	}
	joint, err := EM(tally.Counts(), list, EMOptions{Joint: true, Fit: FitOptions{Interactions: 3}})
	if err != nil {
		t.Fatal(err)
	}
	p, j := lossOf(plain, truth.Counts()), lossOf(joint, truth.Counts())
	if j > 0.5*p {
		t.Errorf("without labels: loss %.4f bits with relatives and joint weights, %.4f plain", j, p)
	}
}

func TestInteractionsAreFoundWhereTheyAre(t *testing.T) {
	list := comparisons("a", "b", "c", "d")
	r := rand.New(rand.NewPCG(6, 6))
	tally := NewTally()
	for i := range 60_000 {
		match := i%3 == 0
		var l matchers.Levels
		for c := range list {
			l[c] = draw(r, [3]float64{0.4, 0.3, 0.3})
		}
		if match { // a match agrees in a exactly when it agrees in b, either way often
			l[1] = l[0]
		}
		tally.Add(&l, 18, match)
	}
	m, err := Fit([]Corpus{{"made up", tally.Counts()}}, list, nil, FitOptions{Interactions: 3})
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Interactions) != 1 || m.Interactions[0].A != "a" || m.Interactions[0].B != "b" {
		t.Errorf("interactions found: %v, want a × b alone", m.History[0].Chosen)
	}
}

func TestLearningIsDeterministic(t *testing.T) {
	list := comparisons("a", "b", "c")
	counts := independentPairs(3, 20_000, 3)
	backwards := make([]Counted, len(counts))
	for i := range counts {
		backwards[len(counts)-1-i] = counts[i]
	}
	hash := func(counts []Counted) (string, string) {
		f, err := Fit([]Corpus{{"x", counts}}, list, nil, FitOptions{Interactions: 2})
		if err != nil {
			t.Fatal(err)
		}
		e, err := EM(unlabelled(counts), list, EMOptions{Joint: true})
		if err != nil {
			t.Fatal(err)
		}
		return f.Hash(), e.Hash()
	}
	f1, e1 := hash(counts)
	if f2, e2 := hash(backwards); f1 != f2 || e1 != e2 {
		t.Error("the order of counts changed the model")
	}
}

func TestCorporaWeighTheSame(t *testing.T) {
	small, large := independentPairs(4, 1000, 1), independentPairs(5, 1000, 1)
	for i := range large {
		large[i].Pairs *= 100
		large[i].Matches *= 100
	}
	rows := func(p pooled) []Counted { return p.sample(func(*Counted) float64 { return 1 }) }
	one := rows(pool([]Corpus{{"small", small}, {"large", large}}))
	other := rows(pool([]Corpus{{"small", large}, {"large", small}}))
	for i := range one {
		if math.Abs(one[i].Pairs-other[i].Pairs) > 1e-6*one[i].Pairs {
			t.Fatalf("row %d: %v and %v pairs", i, one[i].Pairs, other[i].Pairs)
		}
	}
}

func TestSampledNonMatchesCorrectThePrior(t *testing.T) {
	list := comparisons("a", "b")
	full := independentPairs(6, 200_000, 2)
	sampled := append([]Counted(nil), full...)
	for i := range sampled {
		sampled[i].Pairs = sampled[i].Matches + (sampled[i].Pairs-sampled[i].Matches)/10
	}
	a, err := Fit([]Corpus{{"all", full}}, list, nil, FitOptions{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := Fit([]Corpus{{"a tenth of the non-matches", sampled}}, list, nil, FitOptions{NonMatchRate: 0.1})
	if err != nil {
		t.Fatal(err)
	}
	var l matchers.Levels
	l[0], l[1] = 1, 3
	if x, y := a.NewScorer(Province).Weight(&l, 18), b.NewScorer(Province).Weight(&l, 18); math.Abs(float64(x-y)) > 0.2 {
		t.Errorf("the same evidence weighs %.2f bits on all pairs, %.2f on the sample", x, y)
	}
}
