package snapshot

import (
	"testing"
)

// counter is a writer that only counts.
type counter int64

func (c *counter) Write(p []byte) (int, error) { *c += counter(len(p)); return len(p), nil }

func benchmarkTable(b *testing.B, l layout, rows block, n int) {
	var out counter
	t := newTable(l, "test")
	t.begin(&out)
	b.ReportAllocs()
	for b.Loop() {
		if err := t.add(rows, n); err != nil {
			b.Fatal(err)
		}
	}
	if err := t.Close(); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.N)*float64(n)/b.Elapsed().Seconds(), "rows/s")
	b.ReportMetric(float64(rows.weigh(0, n))/float64(n), "rawB/row")
	b.ReportMetric(float64(out)/float64(b.N)/float64(n), "B/row")
}

// One core's rate of writing forms: 47 clean columns, most of them short.
func BenchmarkForms(b *testing.B) {
	s := newSample(60_000)
	rows := &formsBlock{rows: &s.forms, names: fieldNames(s.forms.Schema)}
	rows.open(&s.forms)
	benchmarkTable(b, formsLayout(s.forms.Schema), rows, s.forms.N)
}

func BenchmarkCitizens(b *testing.B) {
	s := newSample(180_000)
	rows := &citizensBlock{rows: &s.citizens[0], names: fieldNames(s.forms.Schema)}
	benchmarkTable(b, citizensLayout(s.forms.Schema), rows, s.citizens[0].N)
}

// A small part: what a province with few citizens costs.
func BenchmarkSmallPart(b *testing.B) {
	s := newSample(450)
	rows := &citizensBlock{rows: &s.citizens[0], names: fieldNames(s.forms.Schema)}
	l := citizensLayout(s.forms.Schema)
	t := newTable(l, "test")
	b.ReportAllocs()
	for b.Loop() {
		var out counter
		t.begin(&out)
		if err := t.add(rows, s.citizens[0].N); err != nil {
			b.Fatal(err)
		}
		if err := t.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
