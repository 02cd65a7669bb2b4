package cluster

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/dusach/dusach/pipeline/record"
)

// village is a large component: people of a few forms each, whom doubtful links
// join to their neighbours.
func village(seed uint64, n int) *graph {
	rng := rand.New(rand.NewPCG(seed, 7))
	g := draw0(n)
	for i := range n {
		for j := range i {
			var w float32 = -20
			c := false
			switch {
			case i/3 == j/3: // the same person
				w = float32(10 + rng.IntN(12))
				c = rng.IntN(6) == 0
			case i-j < 4: // the neighbour
				w = float32(rng.IntN(12))
				c = rng.IntN(3) == 0
			}
			g.weight[i][j], g.weight[j][i], g.cannot[i][j], g.cannot[j][i] = w, w, c, c
		}
	}
	return g
}

// draw0 returns n forms without dates that say nothing of each other.
func draw0(n int) *graph {
	g := &graph{}
	known := numbered(n)
	for i := range n {
		g.ids = append(g.ids, string(known.ID(uint32(i))))
		g.dates = append(g.dates, 0)
		g.weight, g.cannot = append(g.weight, make([]float32, n)), append(g.cannot, make([]bool, n))
	}
	return g
}

// A component too large for all its pairs is settled in the same way whatever
// the numbers of its records, and no cannot-link lies inside a cluster.
func TestSparseIsDeterministicAndKeepsApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(MaxDense+1, MaxDense+60).Draw(t, "forms")
		seed := rapid.Uint64().Draw(t, "seed")
		g := village(seed, n)
		rng := rand.New(rand.NewPCG(seed, 8))
		mix := func(links []record.Link) {
			rng.Shuffle(len(links), func(i, j int) { links[i], links[j] = links[j], links[i] })
		}
		want := g.settle(t, asTheyStand(n), keepOrder)
		if got := g.settle(t, rng.Perm(n), mix); !slices.Equal(got, want) {
			t.Fatal("other numbers give other clusters")
		}
		joined := 0
		for i := range n {
			for j := range i {
				if want[i] != want[j] {
					continue
				}
				joined++
				if g.cannot[i][j] {
					t.Fatalf("%s and %s cannot be one citizen and are", g.ids[i], g.ids[j])
				}
			}
		}
		if joined < n/4 {
			t.Fatalf("only %d pairs were joined", joined)
		}
	})
}

// A cannot-link that no witness knows of is found: the last forms of two large
// groups contradict each other.
func TestSparseSearchesAllPairs(t *testing.T) {
	const n = MaxDense + 10
	g := draw0(n)
	for i := range n {
		for j := range n {
			g.weight[i][j] = 15
			if (i < n/2) != (j < n/2) {
				g.weight[i][j] = 10
			}
		}
	}
	g.cannot[n/2-1][n-1], g.cannot[n-1][n/2-1] = true, true
	got := g.settle(t, asTheyStand(n), keepOrder)
	for i := range got {
		if want := g.ids[i/(n/2)*(n/2)]; got[i] != want {
			t.Fatalf("%s is a form of %s, want %s", g.ids[i], got[i], want)
		}
	}
}

// The largest components cost a bounded number of comparisons a link.
func TestSparseCostIsBounded(t *testing.T) {
	const n = 20_000
	known := numbered(n)
	for _, shape := range []struct {
		name string
		end  func(i int) uint32
	}{
		{"chain", func(i int) uint32 { return uint32(i - 1) }},
		{"star", func(int) uint32 { return 0 }},
		{"pairs of pairs", func(i int) uint32 { return uint32(i & (i - 1)) }},
	} {
		for _, weight := range []float32{9, -9} { // all agree, or nobody does
			asked := 0
			judge := judgeFunc(func(a, b uint32) (float32, bool) { asked++; return weight, false })
			c := &record.Component{}
			for i := range n {
				c.Records = append(c.Records, uint32(i))
				if i > 0 {
					c.Links = append(c.Links, record.Link{A: shape.end(i), B: uint32(i), Weight: 9})
				}
			}
			out := &record.Clusters{Founder: make([]uint32, n)}
			if err := New(known, judge, threshold).Do(context.Background(), c, out); err != nil {
				t.Fatal(err)
			}
			if limit := (n - 1) * (witnesses*witnesses + most); asked > limit {
				t.Errorf("%s: %d comparisons, at most %d are allowed", shape.name, asked, limit)
			}
			sizes := make([]int, n)
			for _, f := range out.Founder {
				sizes[f]++
			}
			if largest := slices.Max(sizes); weight > 0 && largest < 64 || weight < 0 && largest != 1 {
				t.Errorf("%s of weight %v: the largest cluster has %d forms", shape.name, weight, largest)
			}
		}
	}
}
