package model

import (
	"math"
	"sync"
)

// shards is into how many parts the rows are cut for the sums of one step. It is
// fixed, so that sums are the same on any machine.
const shards = 4

// minimize lowers the objective over rows by Newton's method with a line search:
// the loss is convex and has some hundreds of parameters, so a dozen exact steps
// cost less than hundreds of approximate ones and end at the same point whatever
// the path. All sums run in one fixed order.
func (f *fitter) minimize(rows []int32) {
	n := len(f.x)
	x := f.layOut(rows)
	s := newSums(n)
	f.evaluate(x, f.x, s, true)
	next := make([]float64, n)
	for range f.o.Iterations {
		d := solve(s.h, s.g, n)
		slope := -dot(s.g, d)
		if math.IsNaN(slope) || -slope < 1e-9*(1+math.Abs(s.value)) {
			return
		}
		value := s.value
		step := 1.0
		for tries := 0; ; tries++ {
			for i := range next {
				next[i] = f.x[i] - step*d[i]
			}
			f.evaluate(x, next, s, false)
			if s.value <= value+1e-4*step*slope {
				break
			}
			if tries == 30 {
				return // no lower point can be told apart
			}
			step /= 2
		}
		copy(f.x, next)
		f.iterations++
		f.evaluate(x, f.x, s, true)
	}
}

// A layout holds the active columns of rows one after the other.
type layout struct {
	columns []int32
	start   []int32 // of each row in columns, and the end
	slope   []int32 // column of the row's slope, 0 none
	value   []float64
	pairs   []float64
	matches []float64
}

func (f *fitter) layOut(rows []int32) *layout {
	l := &layout{start: make([]int32, 1, len(rows)+1)}
	for _, i := range rows {
		r := &f.rows[i]
		l.columns = f.appendColumns(l.columns, r)
		l.start = append(l.start, int32(len(l.columns)))
		l.slope = append(l.slope, int32(f.slope(r)))
		l.value = append(l.value, f.covariate(r))
		l.pairs = append(l.pairs, r.Pairs)
		l.matches = append(l.matches, r.Matches)
	}
	return l
}

// sums is what one look at all rows gives: the penalized negative log-likelihood,
// its gradient and its second derivative (lower triangle, row by row).
type sums struct {
	value float64
	g, h  []float64
	parts [shards]struct {
		value float64
		g, h  []float64
	}
}

func newSums(n int) *sums {
	s := &sums{g: make([]float64, n), h: make([]float64, n*n)}
	for k := range s.parts {
		s.parts[k].g, s.parts[k].h = make([]float64, n), make([]float64, n*n)
	}
	return s
}

// evaluate fills s at the parameters x; without curvature the value alone.
func (f *fitter) evaluate(l *layout, x []float64, s *sums, curvature bool) {
	var wg sync.WaitGroup
	rows := len(l.pairs)
	for k := range s.parts {
		wg.Go(func() {
			p := &s.parts[k]
			p.value = 0
			if curvature {
				clear(p.g)
				clear(p.h)
			}
			for i := k * rows / shards; i < (k+1)*rows/shards; i++ {
				z, c := l.logit(i, x)
				p.value += l.pairs[i]*softplus(z) - l.matches[i]*z
				if curvature {
					chance := 1 / (1 + math.Exp(-z))
					l.spread(i, c, l.pairs[i]*chance-l.matches[i], l.pairs[i]*chance*(1-chance), p.g, p.h)
				}
			}
		})
	}
	wg.Wait()
	s.value = 0
	if curvature {
		clear(s.g)
		clear(s.h)
	}
	for k := range s.parts {
		s.value += s.parts[k].value
		if curvature {
			addTo(s.g, s.parts[k].g)
			addTo(s.h, s.parts[k].h)
		}
	}
	f.penalize(x, s, curvature)
}

// penalize adds what the parameters cost by themselves: the pull to their
// centres, and levels in the wrong order.
func (f *fitter) penalize(x []float64, s *sums, curvature bool) {
	n := len(x)
	for i := range x {
		d := x[i] - f.center[i]
		s.value += 0.5 * f.pull[i] * d * d
		if curvature {
			s.g[i] += f.pull[i] * d
			s.h[i*n+i] += f.pull[i] + 1e-9
		}
	}
	for _, o := range f.orders {
		d := o.value(x, o.worse) - o.value(x, o.better)
		if d <= 0 {
			continue
		}
		s.value += 0.5 * orderPull * d * d
		if !curvature {
			continue
		}
		for _, c := range [2]int{o.worse, o.better} {
			if c > 0 {
				s.h[c*n+c] += orderPull
			}
		}
		if o.worse > 0 {
			s.g[o.worse] += orderPull * d
		}
		if o.better > 0 {
			s.g[o.better] -= orderPull * d
		}
		if o.worse > 0 && o.better > 0 {
			s.h[max(o.worse, o.better)*n+min(o.worse, o.better)] -= orderPull
		}
	}
}

// logit returns the log-odds of row i and its columns.
func (l *layout) logit(i int, x []float64) (z float64, columns []int32) {
	columns = l.columns[l.start[i]:l.start[i+1]]
	z = x[0]
	for _, c := range columns {
		z += x[c]
	}
	if s := l.slope[i]; s != 0 {
		z += x[s] * l.value[i]
	}
	return z, columns
}

// spread adds a row's part of the gradient and of the second derivative. Columns
// rise along a row, so only the lower triangle is met.
func (l *layout) spread(i int, columns []int32, g, h float64, gradient, hessian []float64) {
	n := len(gradient)
	gradient[0] += g
	hessian[0] += h
	for k, c := range columns {
		gradient[c] += g
		at := hessian[int(c)*n : int(c)*n+n]
		at[0] += h
		for _, d := range columns[:k+1] {
			at[d] += h
		}
	}
	s := l.slope[i]
	if s == 0 {
		return
	}
	v := l.value[i]
	gradient[s] += g * v
	at := hessian[int(s)*n : int(s)*n+n]
	at[0] += h * v
	at[s] += h * v * v
	for _, c := range columns {
		if c < s {
			at[c] += h * v
		} else {
			hessian[int(c)*n+int(s)] += h * v
		}
	}
}

func addTo(to, from []float64) {
	for i, v := range from {
		to[i] += v
	}
}

// solve returns h⁻¹g by Cholesky's decomposition; h is the lower triangle of a
// positive definite matrix and is overwritten.
func solve(h, g []float64, n int) []float64 {
	for i := range n {
		row := h[i*n : i*n+i+1]
		for j := range i {
			other := h[j*n : j*n+j+1]
			row[j] = (row[j] - dot(row[:j], other[:j])) / other[j]
		}
		row[i] = math.Sqrt(row[i] - dot(row[:i], row[:i]))
	}
	d := make([]float64, n)
	for i := range n {
		row := h[i*n : i*n+i+1]
		d[i] = (g[i] - dot(row[:i], d[:i])) / row[i]
	}
	for i := n - 1; i >= 0; i-- {
		d[i] /= h[i*n+i]
		for j := range i {
			d[j] -= h[i*n+j] * d[i]
		}
	}
	return d
}

// dot sums in four lanes, each in order.
func dot(a, b []float64) float64 {
	var s0, s1, s2, s3 float64
	b = b[:len(a)]
	i := 0
	for ; i+4 <= len(a); i += 4 {
		s0 += a[i] * b[i]
		s1 += a[i+1] * b[i+1]
		s2 += a[i+2] * b[i+2]
		s3 += a[i+3] * b[i+3]
	}
	for ; i < len(a); i++ {
		s0 += a[i] * b[i]
	}
	return s0 + s1 + (s2 + s3)
}
