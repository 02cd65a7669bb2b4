package evaluate

import (
	"cmp"
	"slices"
)

// A grouping is what one labelling of the forms, the outer, looks like in the
// light of another, the inner.
type grouping struct {
	labels []uint32 // the outer label of each entry, from 0; of those not compared 0
	groups uint64   // outer labels
	mixed  uint64   // of these, with more than one inner label
	extra  uint64   // inner labels beyond the first, summed over groups
}

// group sorts index by the outer label, within it by the inner, and counts.
func (t *Truth) group(index []uint32, outer, inner func(entry) uint64) grouping {
	slices.SortFunc(index, func(a, b uint32) int {
		x, y := t.entries[a], t.entries[b]
		return cmp.Or(cmp.Compare(outer(x), outer(y)), cmp.Compare(inner(x), inner(y)), cmp.Compare(a, b))
	})
	g := grouping{labels: make([]uint32, len(t.entries))}
	for part := range t.runs(index, outer) {
		cells := uint64(0)
		for range t.runs(part, inner) {
			cells++
		}
		for _, i := range part {
			g.labels[i] = uint32(g.groups)
		}
		g.groups++
		g.extra += cells - 1
		if cells > 1 {
			g.mixed++
		}
	}
	return g
}

// of returns the labels of the entries in index, in its order.
func (g *grouping) of(index []uint32) []uint32 {
	labels := make([]uint32, len(index))
	for k, i := range index {
		labels[k] = g.labels[i]
	}
	return labels
}

// runs yields the runs of index with one label.
func (t *Truth) runs(index []uint32, label func(entry) uint64) func(yield func([]uint32) bool) {
	return func(yield func([]uint32) bool) {
		for from := 0; from < len(index); {
			to := from + 1
			for to < len(index) && label(t.entries[index[to]]) == label(t.entries[index[from]]) {
				to++
			}
			if !yield(index[from:to]) {
				return
			}
			from = to
		}
	}
}
