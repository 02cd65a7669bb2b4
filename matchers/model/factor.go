package model

import (
	"slices"

	"github.com/dusach/dusach/matchers"
)

// A factor is a function of the levels of some comparisons, in bits, written out
// as a table. A weight is a sum of factors; a bound on it is what remains when
// the comparisons that nobody knows yet are maximized out, one by one.
type factor struct {
	of   []uint8   // comparisons, rising
	size []int     // how many levels each of them has
	bits []float32 // the last comparison varies fastest
}

// mostCells is how large a table may become. Beyond it the greatest values are
// added instead of finding the greatest sum: looser, never wrong.
const mostCells = 1 << 20

func newFactor(of []uint8, sizes *[matchers.MaxComparisons]int) factor {
	f := factor{of: of, size: make([]int, len(of))}
	for i, c := range of {
		f.size[i] = sizes[c]
	}
	f.bits = make([]float32, cells(of, sizes))
	return f
}

func cells(of []uint8, sizes *[matchers.MaxComparisons]int) int {
	n := 1
	for _, c := range of {
		if n *= sizes[c]; n > 1<<30 {
			return n // far beyond any table
		}
	}
	return n
}

// each visits every cell with the levels that it stands for.
func (f *factor) each(visit func(cell int, levels *matchers.Levels)) {
	var l matchers.Levels
	for cell := range f.bits {
		visit(cell, &l)
		for i := len(f.of) - 1; i >= 0; i-- {
			c := f.of[i]
			if l[c]++; int(l[c]) < f.size[i] {
				break
			}
			l[c] = 0
		}
	}
}

// at returns the cell of levels.
func (f *factor) at(l *matchers.Levels) int {
	cell := 0
	for i, c := range f.of {
		cell = cell*f.size[i] + int(l[c])
	}
	return cell
}

func (f *factor) has(c uint8) bool { return slices.Contains(f.of, c) }

// union is the comparisons of two lists, rising.
func union(a, b []uint8) []uint8 {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

// sum is two factors as one.
func sum(a, b factor, sizes *[matchers.MaxComparisons]int) factor {
	f := newFactor(union(a.of, b.of), sizes)
	f.each(func(cell int, l *matchers.Levels) { f.bits[cell] = a.bits[a.at(l)] + b.bits[b.at(l)] })
	return f
}

// most is the factor without comparison c: the greatest value over its levels.
func (f *factor) most(c uint8, sizes *[matchers.MaxComparisons]int) factor {
	of := slices.DeleteFunc(slices.Clone(f.of), func(x uint8) bool { return x == c })
	m := newFactor(of, sizes)
	set := make([]bool, len(m.bits))
	f.each(func(cell int, l *matchers.Levels) {
		if at := m.at(l); !set[at] || f.bits[cell] > m.bits[at] {
			m.bits[at], set[at] = f.bits[cell], true
		}
	})
	return m
}

// eliminate maximizes the comparisons out that are not known: bucket
// elimination (Dechter 1999), in mini-buckets (Dechter and Rish 2003) where a
// table would become too large.
func eliminate(list []factor, known []bool, sizes *[matchers.MaxComparisons]int) []factor {
	list = slices.Clone(list)
	for {
		c, ok := cheapest(list, known, sizes)
		if !ok {
			return list
		}
		var bucket, rest []factor
		for _, f := range list {
			if f.has(c) {
				bucket = append(bucket, f)
			} else {
				rest = append(rest, f)
			}
		}
		for _, f := range gather(bucket, mostCells, sizes) {
			rest = append(rest, f.most(c, sizes))
		}
		list = rest
	}
}

// cheapest returns the unknown comparison whose elimination needs the smallest
// table; false where all that is left is known.
func cheapest(list []factor, known []bool, sizes *[matchers.MaxComparisons]int) (best uint8, ok bool) {
	least := 0
	for c := range matchers.MaxComparisons {
		if known[c] {
			continue
		}
		var scope []uint8
		for i := range list {
			if list[i].has(uint8(c)) {
				scope = union(scope, list[i].of)
			}
		}
		if n := cells(scope, sizes); len(scope) > 0 && (!ok || n < least) {
			best, ok, least = uint8(c), true, n
		}
	}
	return best, ok
}

// gather adds factors up as long as no table has more than limit cells.
func gather(list []factor, limit int, sizes *[matchers.MaxComparisons]int) []factor {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b factor) int { return len(b.bits) - len(a.bits) })
	var out []factor
next:
	for _, f := range list {
		for i := range out {
			if cells(union(out[i].of, f.of), sizes) <= max(limit, len(out[i].bits)) {
				out[i] = sum(out[i], f, sizes)
				continue next
			}
		}
		out = append(out, f)
	}
	return out
}

// A lookup is a factor laid out for speed: levels that make no difference share
// their cells.
type lookup struct {
	of    []uint8
	cells [][matchers.MaxLevels]uint32 // of each comparison, its share in the place of the cell
	bits  []float32
}

func newLookup(f factor) lookup {
	t := lookup{of: f.of, cells: make([][matchers.MaxLevels]uint32, len(f.of))}
	classes := make([][]int, len(f.of)) // of each comparison, the first level that is like it
	for i := range f.of {
		classes[i] = f.alike(i)
	}
	small := factor{of: f.of, size: make([]int, len(f.of))}
	n := 1
	for i := len(f.of) - 1; i >= 0; i-- {
		number := 0
		for l, first := range classes[i] {
			if first == l {
				t.cells[i][l] = uint32(number * n)
				number++
			} else {
				t.cells[i][l] = t.cells[i][first]
			}
		}
		small.size[i] = number
		n *= number
	}
	t.bits = make([]float32, n)
	f.each(func(cell int, l *matchers.Levels) { t.bits[t.at(l)] = f.bits[cell] })
	return t
}

// alike returns, for each level of comparison number i, the first level under
// which all cells are the same.
func (f *factor) alike(i int) []int {
	stride := 1
	for _, n := range f.size[i+1:] {
		stride *= n
	}
	same := func(a, b int) bool {
		for start := 0; start < len(f.bits); start += stride * f.size[i] {
			x, y := f.bits[start+a*stride:][:stride], f.bits[start+b*stride:][:stride]
			if !slices.Equal(x, y) {
				return false
			}
		}
		return true
	}
	first := make([]int, f.size[i])
	for l := range first {
		first[l] = l
		for k := range l {
			if first[k] == k && same(k, l) {
				first[l] = k
				break
			}
		}
	}
	return first
}

func (t *lookup) at(l *matchers.Levels) uint32 {
	cell := uint32(0)
	for i, c := range t.of {
		cell += t.cells[i][l[c%matchers.MaxComparisons]&levelMask]
	}
	return cell
}
