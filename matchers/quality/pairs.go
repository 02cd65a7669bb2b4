package quality

import (
	"cmp"
	"fmt"
	"slices"
)

// Pairs counts pairs of forms.
type Pairs struct {
	Forms int    `json:"forms"`
	Found uint64 `json:"found"` // joined by the clusters
	True  uint64 `json:"true"`  // of one person
	Right uint64 `json:"right"` // both
}

// Precision is the share of found pairs that are right.
func (p Pairs) Precision() float64 { return share(p.Right, p.Found) }

// Recall is the share of true pairs that were found.
func (p Pairs) Recall() float64 { return share(p.Right, p.True) }

// F1 is the harmonic mean of precision and recall.
func (p Pairs) F1() float64 { return harmonic(p.Precision(), p.Recall()) }

// WrongPerMillion is the number of wrong pairs for each million forms.
func (p Pairs) WrongPerMillion() float64 {
	if p.Forms == 0 {
		return 0
	}
	return float64(p.Found-p.Right) / float64(p.Forms) * 1e6
}

func share(part, whole uint64) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

func harmonic(a, b float64) float64 {
	if a+b == 0 {
		return 0
	}
	return 2 * a * b / (a + b)
}

// cell is how many forms share a cluster and a person.
type cell struct {
	cluster, person uint32
	n               uint64
}

// contingency returns the cells of two labelings, by cluster, then person.
func contingency(cluster, person []uint32) []cell {
	if len(cluster) != len(person) {
		panic(fmt.Sprintf("BUG: %d cluster labels for %d person labels", len(cluster), len(person)))
	}
	both := make([]uint64, len(cluster))
	for i := range both {
		both[i] = uint64(cluster[i])<<32 | uint64(person[i])
	}
	slices.Sort(both)
	var cells []cell
	for i, b := range both {
		if i > 0 && b == both[i-1] {
			cells[len(cells)-1].n++
			continue
		}
		cells = append(cells, cell{uint32(b >> 32), uint32(b), 1})
	}
	return cells
}

// sizes returns how many forms have each label, in the order of labels.
func sizes(labels []uint32) []uint64 {
	in := slices.Clone(labels)
	slices.Sort(in)
	var out []uint64
	for i := range in {
		if i > 0 && in[i] == in[i-1] {
			out[len(out)-1]++
		} else {
			out = append(out, 1)
		}
	}
	return out
}

func choose2(n uint64) uint64 {
	if n < 2 {
		return 0
	}
	return n * (n - 1) / 2
}

// Pairwise counts found, true and right pairs.
func Pairwise(cluster, person []uint32) Pairs {
	p := Pairs{Forms: len(cluster)}
	for _, c := range contingency(cluster, person) {
		p.Right += choose2(c.n)
	}
	for _, n := range sizes(cluster) {
		p.Found += choose2(n)
	}
	for _, n := range sizes(person) {
		p.True += choose2(n)
	}
	return p
}

// Cubed holds the B-cubed measures: precision and recall of the cluster of each
// form, averaged over forms, so that one large cluster does not outweigh many.
type Cubed struct {
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
}

// F1 is the harmonic mean of precision and recall.
func (c Cubed) F1() float64 { return harmonic(c.Precision, c.Recall) }

// BCubed computes the B-cubed measures. No forms score 1.
func BCubed(cluster, person []uint32) Cubed {
	if len(cluster) == 0 {
		return Cubed{1, 1}
	}
	cells := contingency(cluster, person)
	n := float64(len(cluster))
	var c Cubed
	eachRun(cells, func(x cell) uint32 { return x.cluster }, func(run []cell, size float64) {
		for _, x := range run {
			c.Precision += float64(x.n) * float64(x.n) / size / n
		}
	})
	slices.SortFunc(cells, func(a, b cell) int {
		return cmp.Or(cmp.Compare(a.person, b.person), cmp.Compare(a.cluster, b.cluster))
	})
	eachRun(cells, func(x cell) uint32 { return x.person }, func(run []cell, size float64) {
		for _, x := range run {
			c.Recall += float64(x.n) * float64(x.n) / size / n
		}
	})
	return c
}

// eachRun calls f with each run of cells of one label and how many forms it has.
func eachRun(cells []cell, label func(cell) uint32, f func(run []cell, size float64)) {
	for start, i := 0, 0; i <= len(cells); i++ {
		if i < len(cells) && label(cells[i]) == label(cells[start]) {
			continue
		}
		size := uint64(0)
		for _, x := range cells[start:i] {
			size += x.n
		}
		if size > 0 {
			f(cells[start:i], float64(size))
		}
		start = i
	}
}
