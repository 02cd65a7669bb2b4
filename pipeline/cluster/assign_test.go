package cluster

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/dusach/dusach/pipeline/record"
)

// sides makes a component of n left and m right records and random links.
func sides(n, m int, rng *rand.Rand) (*record.Known, []uint8, *record.Component) {
	known := &record.Known{}
	c := &record.Component{}
	var side []uint8
	for i := range n + m {
		known.Packed.Add(0)
		known.FormID.AppendString(fmt.Sprintf("F%03d", i))
		known.Key = append(known.Key, record.PersonKey{})
		known.Collected = append(known.Collected, 0)
		s := uint8(0)
		if i >= n {
			s = 1
		}
		side = append(side, s)
		c.Records = append(c.Records, uint32(i))
	}
	for i := range n {
		for j := range m {
			if rng.IntN(3) > 0 {
				c.Links = append(c.Links, record.Link{A: uint32(i), B: uint32(n + j), Weight: float32(rng.IntN(16))})
			}
		}
	}
	return known, side, c
}

// heaviest tries every assignment.
func heaviest(c *record.Component, n int, floor float32, from int, taken map[uint32]bool) float64 {
	if from == n {
		return 0
	}
	best := heaviest(c, n, floor, from+1, taken)
	for _, l := range c.Links {
		if int(l.A) != from || taken[l.B] || l.Weight < floor {
			continue
		}
		taken[l.B] = true
		best = max(best, float64(l.Weight-floor)+1e-3+heaviest(c, n, floor, from+1, taken))
		taken[l.B] = false
	}
	return best
}

// The weights of the partners add up to the most that any assignment has, and
// nobody has two.
func TestAssignmentIsTheHeaviest(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	const floor = 4
	for range 400 {
		n, m := 1+rng.IntN(5), 1+rng.IntN(5)
		known, side, c := sides(n, m, rng)
		out := &record.Clusters{Founder: make([]uint32, n+m)}
		if err := NewAssignment(known, side, floor, nil).Do(context.Background(), c, out); err != nil {
			t.Fatal(err)
		}
		size, got := map[uint32]int{}, 0.0
		for _, f := range out.Founder {
			size[f]++
		}
		for f, k := range size {
			if k > 2 {
				t.Fatalf("%d records share the founder %d", k, f)
			}
		}
		for _, l := range c.Links {
			if out.Founder[l.A] == out.Founder[l.B] {
				got += float64(l.Weight-floor) + 1e-3
			}
		}
		if want := heaviest(c, n, floor, 0, map[uint32]bool{}); got < want-1e-6 {
			t.Fatalf("%d and %d records: the assignment weighs %v, the heaviest %v", n, m, got, want)
		}
	}
}

// Beyond MaxDense the heaviest free link is taken, and still nobody has two
// partners.
func TestLargeComponentsAreAssignedToo(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 8))
	known, side, c := sides(130, 130, rng)
	out := &record.Clusters{Founder: make([]uint32, 260)}
	if err := NewAssignment(known, side, 4, nil).Do(context.Background(), c, out); err != nil {
		t.Fatal(err)
	}
	size := map[uint32]int{}
	for _, f := range out.Founder {
		size[f]++
	}
	pairs := 0
	for _, k := range size {
		if k > 2 {
			t.Fatal("a record has two partners")
		}
		pairs += k - 1
	}
	if pairs < 125 {
		t.Errorf("only %d of 130 records have a partner", pairs)
	}
}
