package cluster

import (
	"bytes"
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/pipeline/record"
)

// graph is a small world: forms with ids, dates and what any two say of each
// other. Form i of the graph is record place[i].
type graph struct {
	ids    []string
	dates  []normalize.Date // 0: not dated
	weight [][]float32      // whole bits, so that sums are exact
	cannot [][]bool
}

// draw draws a graph whose forms stand in the order of their ids. The values
// come from a generator of their own: rapid's would make most graphs tiny.
func draw(t *rapid.T, least, most int) *graph {
	rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 3))
	n := least + rng.IntN(most-least+1)
	dates := []normalize.Date{0, normalize.NewDate(2021, 3, 1), normalize.NewDate(2021, 3, 2)}
	bits := [][]float32{{-100, -30, -6, 1, 4, 5, 6, 20, 40, 90}, {4, 5, 6}, {-6, 5, 20}}[rng.IntN(3)]
	g := draw0(n)
	for i := range n {
		g.dates[i] = dates[rng.IntN(len(dates))]
		for j := range i {
			w, c := bits[rng.IntN(len(bits))], rng.IntN(15) == 0
			g.weight[i][j], g.weight[j][i], g.cannot[i][j], g.cannot[j][i] = w, w, c, c
		}
	}
	return g
}

// threshold of the tests, in bits.
const threshold = 5

// world puts a graph into the memory of the stage, form i as record place[i],
// and returns the links in the order of their records.
func (g *graph) world(place []int) (*record.Known, Judge, []record.Link) {
	n := len(g.ids)
	k := &record.Known{Key: make([]record.PersonKey, n), Collected: make([]normalize.Date, n)}
	form := make([]int, n)
	for i, at := range place {
		form[at] = i
	}
	for at, i := range form {
		k.Packed.Add(0)
		k.FormID.AppendString(g.ids[i])
		k.Collected[at] = g.dates[i]
	}
	judge := judgeFunc(func(a, b uint32) (float32, bool) { return g.weight[form[a]][form[b]], g.cannot[form[a]][form[b]] })
	var links []record.Link
	for a := range n {
		for b := a + 1; b < n; b++ {
			if w := g.weight[form[a]][form[b]]; w > 0 {
				links = append(links, record.Link{A: uint32(a), B: uint32(b), Weight: w})
			}
		}
	}
	return k, judge, links
}

// settle runs all components and returns the id of each form's founder.
func (g *graph) settle(t rapid.TB, place []int, mix func([]record.Link)) []string {
	known, judge, links := g.world(place)
	mix(links)
	out := &record.Clusters{Founder: make([]uint32, known.Len())}
	for i := range out.Founder {
		out.Founder[i] = uint32(i)
	}
	stage := New(known, judge, threshold)
	components, _ := Components(known, links, nil)
	for i := range components {
		if err := stage.Do(context.Background(), &components[i], out); err != nil {
			t.Fatal(err)
		}
	}
	founders := make([]string, len(place))
	for i, at := range place {
		founders[i] = string(known.ID(out.Founder[at]))
	}
	return founders
}

func asTheyStand(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

func keepOrder([]record.Link) {}

// naive joins, within every closure over positive weights, the two groups that
// agree best, computing every average from the pairs each time.
func (g *graph) naive() []string {
	group := asTheyStand(len(g.ids))
	reach := g.closure()
	for {
		best, from, into := float32(0), -1, -1
		for a := range g.ids { // groups are named after their first form
			for b := a + 1; b < len(g.ids); b++ {
				if group[a] != a || group[b] != b || reach[a] != reach[b] {
					continue
				}
				if w, ok := g.average(group, a, b); ok && w >= threshold && (into < 0 || w > best) {
					best, into, from = w, a, b
				}
			}
		}
		if into < 0 {
			return g.founders(group)
		}
		for i := range group {
			if group[i] == from {
				group[i] = into
			}
		}
	}
}

func (g *graph) average(group []int, a, b int) (float32, bool) {
	var sum float32
	pairs := 0
	for i := range group {
		for j := range group {
			if group[i] != a || group[j] != b {
				continue
			}
			if g.cannot[i][j] {
				return 0, false
			}
			sum += min(max(g.weight[i][j], -limit), limit)
			pairs++
		}
	}
	return sum / float32(pairs), true
}

// closure names for each form the first form that positive weights lead to.
func (g *graph) closure() []int {
	reach := asTheyStand(len(g.ids))
	for changed := true; changed; {
		changed = false
		for i := range reach {
			for j := range reach {
				if g.weight[i][j] > 0 && reach[i] < reach[j] {
					reach[j], changed = reach[i], true
				}
			}
		}
	}
	return reach
}

func (g *graph) founders(group []int) []string {
	best := map[int]int{}
	for i, name := range group {
		b, ok := best[name]
		dated, was := g.dates[i] != 0, ok && g.dates[b] != 0
		if !ok || dated && !was || dated == was && g.dates[i] < g.dates[b] {
			best[name] = i // ids rise, so the first of equals stays
		}
	}
	all := make([]string, len(group))
	for i, name := range group {
		all[i] = g.ids[best[name]]
	}
	return all
}

// Small components are settled as the naive reference settles them, and the
// founder is the least by (collected, undated last; form id).
func TestAverageLinkageIsThatOfTheNaiveReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := draw(t, 1, 14)
		if got, want := g.settle(t, asTheyStand(len(g.ids)), keepOrder), g.naive(); !slices.Equal(got, want) {
			t.Fatalf("founders %v\nwant %v", got, want)
		}
	})
}

// The numbers of the records and the order of the links change nothing.
func TestNumbersDoNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := draw(t, 1, 14)
		place := rapid.Permutation(asTheyStand(len(g.ids))).Draw(t, "places")
		mix := func(links []record.Link) {
			copy(links, rapid.Permutation(slices.Clone(links)).Draw(t, "links"))
		}
		got, want := g.settle(t, place, mix), g.settle(t, asTheyStand(len(g.ids)), keepOrder)
		if !slices.Equal(got, want) {
			t.Fatalf("founders %v\nwant %v", got, want)
		}
	})
}

// Components are the closures over links: each holds all and only the records
// that its links join, in the order of their ids.
func TestComponents(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := draw(t, 1, 15)
		place := rapid.Permutation(asTheyStand(len(g.ids))).Draw(t, "places")
		known, _, links := g.world(place)
		all, _ := Components(known, slices.Clone(links), make([]uint32, 3))
		reach := g.closure()
		of, count := map[string]int{}, 0
		for n, c := range all {
			for i, r := range c.Records {
				of[string(known.ID(r))] = n
				if i > 0 && bytes.Compare(known.ID(c.Records[i-1]), known.ID(r)) >= 0 {
					t.Fatal("records do not stand in the order of their ids")
				}
			}
			for _, l := range c.Links {
				if !slices.Contains(c.Records, l.A) || !slices.Contains(c.Records, l.B) {
					t.Fatal("a link leads out of its component")
				}
			}
			count += len(c.Links)
		}
		if count != len(links) {
			t.Fatalf("%d of %d links are in components", count, len(links))
		}
		for i := range reach {
			for j := range i {
				x, linked := of[g.ids[i]]
				y, other := of[g.ids[j]]
				if together := linked && other && x == y; together != (reach[i] == reach[j]) {
					t.Fatalf("%s and %s: together %v, want %v", g.ids[i], g.ids[j], together, !together)
				}
			}
		}
	})
}
