package quality

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Where no fault is seen in one stratum the bound is Clopper's and Pearson's:
// the share under which none of those drawn would be faulty one time in twenty.
func TestBoundIsExactWithoutFaults(t *testing.T) {
	got := FaultyAtMost([]Stratum{{Size: 1_000_000, Drawn: 300}}, 0.95)
	want := 1e6 * (1 - math.Pow(0.05, 1.0/300))
	if math.Abs(got-want) > 1 {
		t.Errorf("at most %.1f faults, want %.1f", got, want)
	}
	// Faults hide where fewest were looked at.
	got = FaultyAtMost([]Stratum{{Size: 100_000, Drawn: 100}, {Size: 100_000, Drawn: 10_000}}, 0.95)
	if want = 1e5 * (1 - math.Pow(0.05, 1.0/100)); math.Abs(got-want) > 1 {
		t.Errorf("two strata: at most %.1f faults, want %.1f", got, want)
	}
}

func TestBoundOfKnownAndUnseenStrata(t *testing.T) {
	if got := FaultyAtMost([]Stratum{{Size: 40, Drawn: 40, Faulty: 3}}, 0.95); got != 3 {
		t.Errorf("judged to the last: at most %v faults, want 3", got)
	}
	if got := FaultyAtMost([]Stratum{{Size: 40, Drawn: 40, Faulty: 3}, {Size: 50}}, 0.95); math.Abs(got-53) > 1e-6 {
		t.Errorf("50 that nobody saw: at most %v faults, want 53", got)
	}
	if got := FaultyAtMost(nil, 0.95); got != 0 {
		t.Errorf("nothing: %v faults", got)
	}
}

func TestMoreFaultsRaiseTheBound(t *testing.T) {
	before := 0.0
	for faulty := range 20 {
		got := FaultyAtMost([]Stratum{{Size: 50_000, Drawn: 200, Faulty: faulty}, {Size: 1000, Drawn: 100, Faulty: 5}}, 0.95)
		if got <= before {
			t.Errorf("%d faults: at most %.1f, below the %.1f of one fewer", faulty, got, before)
		}
		before = got
	}
}

// In 5,000 audits, 1,250 of each way to spread the faults, the bound holds at least as
// often as it says.
func TestBoundCovers(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for name, shares := range map[string][4]float64{
		"as a model hopes":    {0.2, 0.03, 0.002, 0.0001},
		"few":                 {0.01, 0.001, 0.0001, 0},
		"where nobody looks":  {0, 0, 0, 0.004},
		"everywhere the same": {0.01, 0.01, 0.01, 0.01},
	} {
		sizes, draws := [4]int{800, 3000, 20_000, 60_000}, [4]int{120, 100, 90, 190}
		covered := 0
		const audits = 1250
		for range audits {
			var strata []Stratum
			truth := 0.0
			for h, size := range sizes {
				faulty := int(shares[h] * float64(size))
				truth += float64(faulty)
				strata = append(strata, Stratum{size, draws[h], drawn(r, size, faulty, draws[h])})
			}
			if Covers(strata, truth, 0.95) {
				covered++
			}
		}
		if share := float64(covered) / audits; share < 0.94 {
			t.Errorf("%s: the bound held in %.3f of the audits", name, share)
		} else {
			t.Logf("%s: held in %.4f", name, share)
		}
	}
}

// drawn is how many of those drawn without putting back are faulty.
func drawn(r *rand.Rand, size, faulty, draws int) (n int) {
	for range draws {
		if r.IntN(size) < faulty {
			n++
			faulty--
		}
		size--
	}
	return n
}

// Covers says what the bound says.
func TestCoversIsTheBound(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 40 {
		strata := []Stratum{{Size: 30, Drawn: 30, Faulty: r.IntN(5)}, {Size: 5000, Drawn: 100, Faulty: r.IntN(4)}, {Size: 900, Drawn: 60, Faulty: r.IntN(8)}}
		bound := FaultyAtMost(strata, 0.95)
		for _, f := range []float64{bound * .5, bound * .99, bound * 1.01, bound * 2} {
			if got := Covers(strata, f, 0.95); got != (f <= bound) {
				t.Fatalf("%+v: the bound is %v, and that it covers %v is told as %v", strata, bound, f, got)
			}
		}
	}
}
