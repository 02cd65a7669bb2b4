package quality

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

func labels(t *rapid.T) (cluster, person []uint32, process []uint16) {
	n := rapid.IntRange(0, 30).Draw(t, "forms")
	for range n {
		cluster = append(cluster, rapid.Uint32Range(0, 6).Draw(t, "cluster"))
		person = append(person, rapid.Uint32Range(0, 6).Draw(t, "person"))
		process = append(process, uint16(rapid.IntRange(0, 3).Draw(t, "process")))
	}
	return cluster, person, process
}

// naive goes through all pairs that keep says to count.
func naive(cluster, person []uint32, keep func(i, j int) bool) (p Pairs) {
	for i := range cluster {
		for j := range i {
			if !keep(i, j) {
				continue
			}
			found, same := cluster[i] == cluster[j], person[i] == person[j]
			if found {
				p.Found++
			}
			if same {
				p.True++
			}
			if found && same {
				p.Right++
			}
		}
	}
	return p
}

func TestCountsAgreeWithAllPairs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cluster, person, process := labels(t)
		want := naive(cluster, person, func(i, j int) bool { return true })
		want.Forms = len(cluster)
		if got := Pairwise(cluster, person); got != want {
			t.Fatalf("Pairwise = %+v, want %+v", got, want)
		}
		for p, got := range ByProcess(cluster, person, process, 4) {
			want := naive(cluster, person, func(i, j int) bool { return int(process[i]) == p || int(process[j]) == p })
			want.Forms = got.Forms
			if got != want {
				t.Fatalf("process %d: %+v, want %+v", p, got, want)
			}
		}
	})
}

func TestBCubedAgreesWithDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cluster, person, _ := labels(t)
		if len(cluster) == 0 {
			return
		}
		var want Cubed
		for i := range cluster {
			inCluster, ofPerson, both := 0.0, 0.0, 0.0
			for j := range cluster {
				c, p := cluster[i] == cluster[j], person[i] == person[j]
				if c {
					inCluster++
				}
				if p {
					ofPerson++
				}
				if c && p {
					both++
				}
			}
			want.Precision += both / inCluster / float64(len(cluster))
			want.Recall += both / ofPerson / float64(len(cluster))
		}
		got := BCubed(cluster, person)
		if math.Abs(got.Precision-want.Precision) > 1e-9 || math.Abs(got.Recall-want.Recall) > 1e-9 {
			t.Fatalf("BCubed = %+v, want %+v", got, want)
		}
	})
}

func TestPerfectAndEmptyScoreOne(t *testing.T) {
	same := []uint32{7, 7, 9, 4_000_000_000}
	for _, p := range []Pairs{Pairwise(same, same), Pairwise(nil, nil)} {
		if p.F1() != 1 || p.WrongPerMillion() != 0 {
			t.Errorf("%+v: F1 %v, %v wrong a million", p, p.F1(), p.WrongPerMillion())
		}
	}
	if apart := Pairwise([]uint32{1, 2}, []uint32{5, 5}); apart.Recall() != 0 || apart.Precision() != 1 || apart.F1() != 0 {
		t.Errorf("nothing found: %v %v %v", apart.Precision(), apart.Recall(), apart.F1())
	}
}

func TestSweep(t *testing.T) {
	points := Sweep([]float32{5, 1, -2, 3}, []bool{true, false, true, true}, 4, 1000, []float64{-10, 0, 3, 9})
	want := []Pairs{{1000, 4, 4, 3}, {1000, 3, 4, 2}, {1000, 2, 4, 2}, {1000, 0, 4, 0}}
	for i := range want {
		if points[i].Pairs != want[i] {
			t.Errorf("at %v: %+v, want %+v", points[i].Threshold, points[i].Pairs, want[i])
		}
	}
}

func TestCalibration(t *testing.T) {
	bins, brier := Calibration([]float32{0.1, 0.1, 0.9, 1}, []bool{false, true, true, true}, 2)
	if bins[0].Pairs != 2 || bins[0].Share != 0.5 || bins[1].Share != 1 || math.Abs(bins[1].Mean-0.95) > 1e-6 {
		t.Errorf("bins %+v", bins)
	}
	if want := (0.01 + 0.81 + 0.01 + 0) / 4; math.Abs(brier-want) > 1e-6 {
		t.Errorf("Brier score %v, want %v", brier, want)
	}
}

func BenchmarkMillion(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	cluster, person := make([]uint32, 1_000_000), make([]uint32, 1_000_000)
	for i := range cluster {
		person[i] = r.Uint32N(940_000)
		cluster[i] = person[i] + r.Uint32N(2)
	}
	for b.Loop() {
		Pairwise(cluster, person)
		BCubed(cluster, person)
	}
}
