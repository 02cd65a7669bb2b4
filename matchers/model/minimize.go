package model

import "math"

// memory is how many steps L-BFGS remembers.
const memory = 10

// minimize lowers the objective over rows by L-BFGS, preconditioned with the
// diagonal of the second derivative, which makes counts of very different size
// behave. All sums run in one fixed order.
func (f *fitter) minimize(rows []int32) {
	n := len(f.x)
	g, h, next, gNext := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	var steps, changes [][]float64
	value := f.objective(rows, f.x, g, h)
	for range f.o.Iterations {
		d := direction(g, h, steps, changes)
		slope := dot(g, d)
		if slope >= 0 || math.IsNaN(slope) { // the memory misled: begin again
			steps, changes = nil, nil
			d = direction(g, h, nil, nil)
			slope = dot(g, d)
		}
		if -slope < 1e-9*(1+math.Abs(value)) {
			return
		}
		step, lower := 1.0, 0.0
		for tries := 0; ; tries++ {
			for i := range next {
				next[i] = f.x[i] + step*d[i]
			}
			lower = f.objective(rows, next, gNext, nil)
			if lower <= value+1e-4*step*slope {
				break
			}
			if tries == 40 {
				return // no lower point can be told apart
			}
			step /= 2
		}
		s, y := make([]float64, n), make([]float64, n)
		for i := range s {
			s[i], y[i] = next[i]-f.x[i], gNext[i]-g[i]
		}
		if dot(s, y) > 1e-12*dot(y, y) {
			steps, changes = append(steps, s), append(changes, y)
			if len(steps) > memory {
				steps, changes = steps[1:], changes[1:]
			}
		}
		copy(f.x, next)
		copy(g, gNext)
		value = lower
		f.iterations++
		if f.iterations%20 == 0 { // the curvature changed: look again
			value = f.objective(rows, f.x, g, h)
		}
	}
}

// direction is the two-loop recursion: minus the gradient times the inverse of
// the curvature, as far as the last steps show it.
func direction(g, h []float64, steps, changes [][]float64) []float64 {
	d := make([]float64, len(g))
	for i := range d {
		d[i] = -g[i]
	}
	alpha := make([]float64, len(steps))
	for k := len(steps) - 1; k >= 0; k-- {
		alpha[k] = dot(steps[k], d) / dot(steps[k], changes[k])
		for i := range d {
			d[i] -= alpha[k] * changes[k][i]
		}
	}
	for i := range d {
		d[i] /= h[i]
	}
	for k := range steps {
		beta := dot(changes[k], d) / dot(steps[k], changes[k])
		for i := range d {
			d[i] += (alpha[k] - beta) * steps[k][i]
		}
	}
	return d
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}
