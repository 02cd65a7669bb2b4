//go:build unix

package main

import (
	"fmt"
	"io"
	"math"
	"path/filepath"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/plotutil"
	"gonum.org/v1/plot/vg"
)

// costs are what grows with the number of forms.
var costs = []struct {
	name string
	of   func(m *measured) float64
}{
	{"wall s", func(m *measured) float64 { return m.Clean.Wall.Seconds() }},
	{"CPU s", func(m *measured) float64 { return m.Clean.CPU.Seconds() }},
	{"peak memory MiB", func(m *measured) float64 { return float64(m.Clean.Peak) / (1 << 20) }},
	{"peak disk MiB", func(m *measured) float64 { return float64(m.PeakDisk) / (1 << 20) }},
}

// exponent fits cost = c·n^a by least squares in the logarithms and returns a.
func exponent(all []*measured, of func(*measured) float64) float64 {
	var n, sx, sy, sxx, sxy float64
	for _, m := range all {
		x, y := math.Log(m.Millions), math.Log(max(of(m), 1e-9))
		n, sx, sy, sxx, sxy = n+1, sx+x, sy+y, sxx+x*x, sxy+x*y
	}
	return (n*sxy - sx*sy) / (n*sxx - sx*sx)
}

func report(w io.Writer, machine *bandwidth, all []*measured) {
	say := func(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }
	say("%-10s %-14s %9s %9s %8s %10s %8s %8s %8s %8s %6s %6s", "million", "commit", "wall s", "CPU s", "MiB", "forms/s", "input", "scratch", "snapshot", "disk", "F1", "linked")
	for _, m := range all {
		n := m.Millions * 1e6
		say("%-10g %-14s %9.1f %9.1f %8d %10.0f %8.1f %8.1f %8.1f %8.1f %6.4f %6.4f", m.Millions, m.Commit, m.Clean.Wall.Seconds(), m.Clean.CPU.Seconds(),
			m.Clean.Peak>>20, n/m.Clean.Wall.Seconds(), float64(m.Input)/n, float64(m.Summary.Usage.Scratch)/n, float64(m.Snapshot)/n, float64(m.PeakDisk)/n,
			m.Quality.Pairwise.F1, m.Quality.Links.Linked)
	}
	say("\ninput, scratch (its peak), snapshot, disk (the peak of all three together): bytes a form. linked: share of true pairs with a")
	say("link or in one citizen. generate: %s.", generated(all))
	if len(all) > 1 {
		say("\nGrowth as n^a, least squares over all sizes:")
		for _, c := range costs {
			say("  %-16s a = %.3f", c.name, exponent(all, c.of))
		}
	}
	say("\nThis machine: %d CPUs, disk %.0f MB/s written, %.0f read, memory %.1f GB/s, %.0f million random reads a second.",
		machine.CPUs, machine.DiskWrite/1e6, machine.DiskRead/1e6, machine.Memory/1e9, machine.Random/1e6)
	for _, m := range all {
		roofline(say, machine, m)
	}
}

func generated(all []*measured) string {
	last := all[len(all)-1]
	return fmt.Sprintf("%.0f forms/s, %d MiB at %g million", last.Millions*1e6/last.Generate.Wall.Seconds(), last.Generate.Peak>>20, last.Millions)
}

// roofline says how far each part of a run is from what the disk alone would
// allow, and what judging is from what memory would: a pair looks at two packed
// records that are not in the caches.
func roofline(say func(string, ...any), machine *bandwidth, m *measured) {
	say("\n%g million, %d candidate pairs:", m.Millions, m.Summary.Pairs)
	say("  %-10s %9s %9s %10s %10s %10s %12s %8s", "part", "wall s", "CPU s", "read MiB", "written", "peak MiB", "bandwidth s", "times")
	for _, p := range m.Summary.Usage.Phases {
		least := float64(p.Read)/machine.DiskRead + float64(p.Written)/machine.DiskWrite
		if p.Name == "judge" {
			least += 2 * float64(m.Summary.Pairs) / machine.Random
		}
		times := "-"
		if least > .01 {
			times = fmt.Sprintf("%.0f", p.Elapsed.Seconds()/least)
		}
		say("  %-10s %9.1f %9.1f %10d %10d %10d %12.2f %8s", p.Name, p.Elapsed.Seconds(), p.CPU.Seconds(), p.Read>>20, p.Written>>20, p.Peak>>20, least, times)
	}
}

// draw draws the growth of each cost against the forms, both logarithmic, as
// multiples of the smallest size, beside the straight line of n^1.
func draw(dir string, all []*measured) error {
	if len(all) < 2 {
		return nil
	}
	p := plot.New()
	p.Title.Text = "dusach clean: what grows with the forms"
	p.X.Label.Text, p.Y.Label.Text = "million forms", fmt.Sprintf("times the cost of %g million", all[0].Millions)
	p.X.Scale, p.Y.Scale = plot.LogScale{}, plot.LogScale{}
	p.X.Tick.Marker, p.Y.Tick.Marker = plot.LogTicks{Prec: -1}, plot.LogTicks{Prec: -1}
	p.Legend.Left, p.Legend.Top = true, true
	p.Add(plotter.NewGrid())
	lines := []any{"n", curve(all, func(m *measured) float64 { return m.Millions })}
	for _, c := range costs {
		lines = append(lines, fmt.Sprintf("%s, n^%.2f", c.name, exponent(all, c.of)), curve(all, c.of))
	}
	if err := plotutil.AddLinePoints(p, lines...); err != nil {
		return err
	}
	for _, name := range []string{"scaling.svg", "scaling.png"} {
		if err := p.Save(18*vg.Centimeter, 13*vg.Centimeter, filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	return nil
}

func curve(all []*measured, of func(*measured) float64) plotter.XYs {
	var points plotter.XYs
	for _, m := range all {
		points = append(points, plotter.XY{X: m.Millions, Y: of(m) / of(all[0])})
	}
	return points
}
