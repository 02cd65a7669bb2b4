package review

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/dusach/dusach/matchers/quality"
	"github.com/dusach/dusach/pipeline/snapshot"
)

// population is the pairs of an invented snapshot, and which of the merged ones are
// wrong.
type population struct {
	pairs []Pair
	wrong map[[2]string]bool
}

// match is the threshold of the tests, in bits.
const match = 5

// invent makes a population with a share of wrong pairs in each stratum.
func invent(sizes [NumStrata]int, shares [NumStrata]float64) *population {
	p := &population{wrong: map[[2]string]bool{}}
	bits := [NumStrata]float64{Barely: 1, Fair: 3, Good: 6, Sure: 10, Surest: 20}
	for s, size := range sizes {
		for i := range size {
			pair := Pair{A: fmt.Sprintf("a%d-%05d", s, i), B: fmt.Sprintf("b%d-%05d", s, i), Merged: s != Waiting, Linked: s != Joined, Weight: match + bits[s]}
			p.pairs = append(p.pairs, pair)
			if float64(i) < shares[s]*float64(size) {
				p.wrong[[2]string{pair.A, pair.B}] = true
			}
		}
	}
	return p
}

func (p *population) all() iter.Seq2[*Pair, error] {
	return func(yield func(*Pair, error) bool) {
		for i := range p.pairs {
			if !yield(&p.pairs[i], nil) {
				return
			}
		}
	}
}

// judged answers a sample by the truth.
func (p *population) judged(s *Sample) *Ledger {
	l := &Ledger{}
	for _, pair := range s.Pairs() {
		l.List = append(l.List, Decision{A: pair[0], B: pair[1], Same: !p.wrong[pair]})
	}
	return l
}

func (p *population) faults() (n float64) {
	for _, pair := range p.pairs {
		if pair.Merged && p.wrong[[2]string{pair.A, pair.B}] {
			n++
		}
	}
	return n
}

// In 5,000 audits, from the draw to the bound, of which each draws other pairs, the
// bound holds at least as often as it says.
func TestBoundOfSamplesCovers(t *testing.T) {
	sizes := [NumStrata]int{20, 40, 50, 150, 300, 400, 20}
	for name, shares := range map[string][NumStrata]float64{
		"as a model hopes":    {.1, .15, .05, .01, .002, 0, .5},
		"few":                 {0, .05, .02, 0, 0, 0, .5},
		"where nobody looks":  {0, 0, 0, 0, 0, .02, .5},
		"everywhere the same": {.01, .03, .02, .01, .01, .01, .5},
	} {
		p := invent(sizes, shares)
		truth, covered := p.faults(), 0
		const audits = 1250
		for seed := range uint64(audits) {
			s := &Sample{Forms: 10_000}
			if err := s.Draw(p.all(), match, 120, seed); err != nil {
				t.Fatal(err)
			}
			a, said := &Audit{}, map[[2]string]bool{}
			for _, d := range p.judged(s).List {
				said[d.Pair()] = d.Same
			}
			a.count(s, said)
			if quality.Covers(a.strata(func(at int) int { return a.Strata[at].Size }), truth, confidence) {
				covered++
			}
		}
		if share := float64(covered) / audits; share < .94 {
			t.Errorf("%s: the bound held in %.4f of the audits", name, share)
		} else {
			t.Logf("%s: held in %.4f", name, share)
		}
	}
}

// A sample depends on the pairs, the seed and the number alone; every stratum is
// looked at; and the order does not tell the strata.
func TestDraw(t *testing.T) {
	p := invent([NumStrata]int{3, 50, 100, 500, 2000, 5000, 60}, [NumStrata]float64{})
	draw := func(seed uint64) *Sample {
		s := &Sample{}
		if err := s.Draw(p.all(), match, 400, seed); err != nil {
			t.Fatal(err)
		}
		return s
	}
	a := draw(1)
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(p.pairs), func(i, j int) { p.pairs[i], p.pairs[j] = p.pairs[j], p.pairs[i] })
	if b := draw(1); !slices.Equal(a.Pairs(), b.Pairs()) {
		t.Error("another order of the pairs gives another sample")
	}
	if b := draw(2); slices.Equal(a.Pairs(), b.Pairs()) {
		t.Error("another seed gives the same sample")
	}
	if n := len(a.Pairs()); n < 380 || n > 440 {
		t.Errorf("of about 400 pairs %d were drawn", n)
	}
	for at, d := range a.Strata {
		if len(d.Pairs) < min(d.Size, least) {
			t.Errorf("stratum %s: only %d of %d were drawn", d.Stratum, len(d.Pairs), d.Size)
		}
		if at == Waiting && len(d.Pairs) != 60 {
			t.Errorf("%d of 60 waiting pairs were drawn", len(d.Pairs))
		}
	}
	turns := 0
	shown := a.Pairs()
	for i := 1; i < len(shown); i++ {
		if shown[i][0][1] != shown[i-1][0][1] {
			turns++
		}
	}
	if turns < len(shown)/4 {
		t.Errorf("strata stand together: %d turns in %d rows", turns, len(shown))
	}
}

func TestAuditOfEmptyAndUnanswered(t *testing.T) {
	s := &Sample{Forms: 1000}
	if err := s.Draw(func(func(*Pair, error) bool) {}, match, 100, 1); err != nil || len(s.Pairs()) != 0 {
		t.Fatalf("of nothing %d pairs were drawn, %v", len(s.Pairs()), err)
	}
	if a := s.Audit(&Ledger{}); a.Wrong != 0 || a.PerMillion != 0 || a.Missing != 0 {
		t.Errorf("nothing merged, and yet %+v", a)
	}
	p := invent([NumStrata]int{0, 100, 0, 0, 0, 1000, 10}, [NumStrata]float64{})
	if err := s.Draw(p.all(), match, 100, 1); err != nil {
		t.Fatal(err)
	}
	full := p.judged(s)
	all := s.Audit(full)
	if all.Missing != 0 || all.Wrong <= 0 || all.Estimate != 0 {
		t.Errorf("judged to the last: %+v", all)
	}
	// An answer that is missing can only raise the bound.
	before := all.Wrong
	for n := len(full.List) - 1; n >= 0; n -= 40 {
		a := s.Audit(&Ledger{List: full.List[:n]})
		if a.Wrong < before-1e-6 {
			t.Fatalf("with %d answers the bound is %v, with more it was %v", n, a.Wrong, before)
		}
		before = a.Wrong
	}
	if carried := all.Carried([NumStrata]int{Barely: 100, Surest: 1000}); carried < all.Wrong-1e-6 {
		t.Errorf("for the same run the bound falls from %v to %v", all.Wrong, carried)
	}
	if none := all.Carried([NumStrata]int{}); none != 0 {
		t.Errorf("a run that merges nothing has %v wrong merges", none)
	}
}

func TestSamplesAreKept(t *testing.T) {
	store := t.TempDir()
	if names, err := Samples(store); err != nil || names != nil {
		t.Errorf("a store without samples has %v, %v", names, err)
	}
	s := &Sample{Name: SampleName("000001", 100, 7), Snapshot: "000001", Epoch: snapshot.Epoch{Normalize: "2"}, Forms: 9}
	if err := s.Draw(invent([NumStrata]int{0, 5, 0, 0, 0, 5, 1}, [NumStrata]float64{}).all(), match, 100, 7); err != nil {
		t.Fatal(err)
	}
	if err := s.Keep(store); err != nil {
		t.Fatal(err)
	}
	names, err := Samples(store)
	if err != nil || !slices.Equal(names, []string{"000001-100-7"}) {
		t.Fatalf("samples %v, %v", names, err)
	}
	got, err := ReadSample(store, names[0])
	if err != nil || !slices.Equal(got.Pairs(), s.Pairs()) || got.Epoch != s.Epoch {
		t.Errorf("read %+v, %v", got, err)
	}
	for _, name := range []string{"", "nobody", "../decisions", "../../CURRENT"} {
		if _, err := ReadSample(store, name); err == nil {
			t.Errorf("sample %q was read", name)
		}
	}
}
