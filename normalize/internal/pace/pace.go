// Package pace measures benchmarks by the time of the processor that they take: on a
// machine with other work, time by the clock says nothing.
package pace

import (
	"testing"
	"time"
)

// Report adds "cpu-ns/op" to a benchmark whose loop began when Spent returned from.
func Report(b *testing.B, from time.Duration) {
	b.Helper()
	if took := Spent() - from; took > 0 && b.N > 0 {
		b.ReportMetric(float64(took.Nanoseconds())/float64(b.N), "cpu-ns/op")
	}
}
