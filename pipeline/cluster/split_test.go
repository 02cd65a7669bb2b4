package cluster

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/dusach/dusach/pipeline/record"
)

// told settles one component of all forms of a graph, of which some pairs were
// decided by a person, and returns the groups and the splits by the places of
// their forms.
func (g *graph) told(t rapid.TB, must [][2]int, rng *rand.Rand) (group []int, splits []record.Split) {
	n := len(g.ids)
	known, judge, links := g.world(asTheyStand(n))
	for _, m := range must {
		at := slices.IndexFunc(links, func(l record.Link) bool { return int(l.A) == m[0] && int(l.B) == m[1] })
		if at < 0 {
			at = len(links)
			links = append(links, record.Link{A: uint32(m[0]), B: uint32(m[1]), Weight: g.weight[m[0]][m[1]]})
		}
		links[at].Must = true
	}
	rng.Shuffle(len(links), func(i, j int) { links[i], links[j] = links[j], links[i] })
	c := &record.Component{Links: links}
	for i := range n {
		c.Records = append(c.Records, uint32(i))
	}
	out := &record.Clusters{Founder: make([]uint32, n)}
	if err := New(known, judge, threshold).Do(context.Background(), c, out); err != nil {
		t.Fatal(err)
	}
	for _, f := range out.Founder {
		group = append(group, int(f))
	}
	return group, out.Splits
}

// musts draws pairs of a graph that a person decided, a < b.
func musts(t *rapid.T, n int) (list [][2]int) {
	for range rapid.IntRange(0, 4).Draw(t, "musts") {
		b := rapid.IntRange(1, n-1).Draw(t, "b")
		list = append(list, [2]int{rapid.IntRange(0, b-1).Draw(t, "a"), b})
	}
	return list
}

// What a person said holds whatever else speaks against it, every link that was
// not followed is told with a reason, and the reason is true.
func TestSplitsAreTrue(t *testing.T) {
	for _, size := range []struct {
		name        string
		least, most int
	}{{"dense", 2, 14}, {"sparse", MaxDense + 1, MaxDense + 30}} {
		t.Run(size.name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				seed := rapid.Uint64().Draw(t, "order")
				var g *graph
				if size.name == "dense" {
					g = draw(t, size.least, size.most)
				} else {
					g = village(seed, rapid.IntRange(size.least, size.most).Draw(t, "forms"))
				}
				must := musts(t, len(g.ids))
				group, splits := g.told(t, must, rand.New(rand.NewPCG(seed, 1)))
				for _, m := range must {
					if group[m[0]] != group[m[1]] {
						t.Fatalf("%v was decided to be one citizen and is not", m)
					}
				}
				g.checkSplits(t, group, splits, size.name == "dense")
				again, _ := g.told(t, must, rand.New(rand.NewPCG(seed, 2)))
				if !slices.Equal(group, again) {
					t.Fatal("another order of the links gives other clusters")
				}
			})
		})
	}
}

func (g *graph) checkSplits(t *rapid.T, group []int, splits []record.Split, dense bool) {
	told := map[[2]uint32]bool{}
	for _, s := range splits {
		told[[2]uint32{s.A, s.B}] = true
		a, b := group[s.A], group[s.B]
		if a == b {
			t.Fatalf("%d and %d are one citizen and told to be split", s.A, s.B)
		}
		switch s.Why {
		case record.SplitCannot:
			x, y := group[s.ByA], group[s.ByB]
			if s.Constraint != record.ApartByNumbers || !g.cannot[s.ByA][s.ByB] || !(x == a && y == b || x == b && y == a) {
				t.Fatalf("%+v: no cannot-link between the groups", s)
			}
		case record.SplitWeight:
			if average := g.across(group, a, b); dense && (average >= threshold || abs(average-s.Average) > 1e-3) {
				t.Fatalf("%+v: the groups agree by %v on average", s, average)
			}
		default:
			t.Fatalf("%+v: not a reason here", s)
		}
	}
	for i := range group {
		for j := i + 1; j < len(group); j++ {
			if want := g.weight[i][j] >= threshold && group[i] != group[j]; want != told[[2]uint32{uint32(i), uint32(j)}] {
				t.Fatalf("%d and %d: told as a split is %v, want %v", i, j, !want, want)
			}
		}
	}
}

func (g *graph) across(group []int, a, b int) float32 {
	var sum, n float32
	for i, x := range group {
		for j, y := range group {
			if x == a && y == b {
				sum += min(max(g.weight[i][j], -limit), limit)
				n++
			}
		}
	}
	return sum / n
}

func abs(x float32) float32 { return max(x, -x) }

// A person's word comes before the heaviest assignment, and a partner who is
// taken is named.
func TestPeopleChoosePartners(t *testing.T) {
	known, side, c := sides(2, 2, rand.New(rand.NewPCG(9, 9)))
	c.Links = []record.Link{{A: 0, B: 2, Weight: 20}, {A: 0, B: 3, Weight: 1, Must: true}, {A: 1, B: 2, Weight: 9}, {A: 1, B: 3, Weight: 30}}
	out := &record.Clusters{Founder: make([]uint32, 4)}
	cannot := func(a, b uint32) bool { return a == 1 && b == 2 }
	if err := NewAssignment(known, side, 4, cannot).Do(context.Background(), c, out); err != nil {
		t.Fatal(err)
	}
	if want := []uint32{0, 1, 2, 0}; !slices.Equal(out.Founder, want) {
		t.Fatalf("founders %v, want %v", out.Founder, want)
	}
	want := []record.Split{
		{A: 0, B: 2, Why: record.SplitPartner, ByA: 0, ByB: 3},
		{A: 1, B: 2, Why: record.SplitCannot, Constraint: record.ApartByPerson, ByA: 1, ByB: 2},
		{A: 1, B: 3, Why: record.SplitPartner, ByA: 0, ByB: 3},
	}
	slices.SortFunc(out.Splits, func(x, y record.Split) int { return int(x.A*4+x.B) - int(y.A*4+y.B) })
	if !slices.Equal(out.Splits, want) {
		t.Fatalf("splits %+v\nwant %+v", out.Splits, want)
	}
}
