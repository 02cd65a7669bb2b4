package evaluate

import (
	"cmp"
	"slices"
)

// A grouping is what one labelling of the forms, the outer, looks like in the
// light of another, the inner.
type grouping struct {
	groups uint64  // outer labels
	mixed  uint64  // of these, with more than one inner label
	extra  uint64  // inner labels beyond the first, summed over groups
	pairs  uint64  // of forms with one outer label
	agreed uint64  // of these, with one inner label too
	purity float64 // sum over forms of the share of their group that has their inner label
}

// group sorts index by the outer label, within it by the inner, and counts.
func (t *Truth) group(index []uint32, outer, inner func(entry) uint64) (g grouping) {
	slices.SortFunc(index, func(a, b uint32) int {
		x, y := t.entries[a], t.entries[b]
		return cmp.Or(cmp.Compare(outer(x), outer(y)), cmp.Compare(inner(x), inner(y)), cmp.Compare(a, b))
	})
	for part := range t.runs(index, outer) {
		size, cells := uint64(len(part)), uint64(0)
		for cell := range t.runs(part, inner) {
			n := uint64(len(cell))
			cells++
			g.agreed += n * (n - 1) / 2
			g.purity += float64(n*n) / float64(size)
		}
		g.groups++
		g.pairs += size * (size - 1) / 2
		g.extra += cells - 1
		if cells > 1 {
			g.mixed++
		}
	}
	return g
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
