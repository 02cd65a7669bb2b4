package snapshot

import (
	"io"

	"github.com/dusach/dusach/pipeline/snapshot/columnar"
)

// limits bound what a writer holds in memory: the row group that is open.
// Where one ends is a function of the rows alone, so the bytes of a file do
// not depend on how its rows were cut into batches.
type limits struct {
	groupRows, groupBytes int
}

// A part of a table is about one row group: the larger it is, the fewer times a
// value is kept.
var fileLimits = limits{groupRows: 1 << 18, groupBytes: 256 << 20}

// A table writes the rows of Parquet files of one layout, one after the other,
// column by column.
type table struct {
	*columnar.File
	limits limits
	rows   int // of the row group that is open
	bytes  int
	total  int64 // rows of the file
}

func newTable(l layout, version string) *table {
	createdBy := "dusach version " + version + "(build )"
	return &table{File: columnar.New(l.table, l.defs(), l.order, createdBy), limits: fileLimits}
}

// begin begins a file.
func (t *table) begin(out io.Writer) {
	t.rows, t.bytes, t.total = 0, 0, 0
	t.Begin(out)
}

// A block of rows can be weighed, so that a row group is cut by its bytes, and
// written to the columns of a table.
type block interface {
	weigh(from, to int) int
	write(t *table, from, to int)
}

// add writes n rows, and ends row groups where they are full.
func (t *table) add(b block, n int) error {
	for at := 0; at < n; {
		to := min(n, at+t.limits.groupRows-t.rows)
		to = firstFull(at, to, t.limits.groupBytes-t.bytes, b.weigh)
		b.write(t, at, to)
		t.rows += to - at
		t.bytes += b.weigh(at, to)
		t.total += int64(to - at)
		if t.rows >= t.limits.groupRows || t.bytes >= t.limits.groupBytes {
			t.rows, t.bytes = 0, 0
			if err := t.EndGroup(); err != nil {
				return err
			}
		}
		at = to
	}
	return nil
}

// firstFull returns the first end in (at, n] at which the weight reaches limit,
// or n.
func firstFull(at, n, limit int, weight func(from, to int) int) int {
	if weight(at, n) < limit {
		return n
	}
	low, high := at+1, n
	for low < high {
		mid := int(uint(low+high) / 2)
		if weight(at, mid) >= limit {
			high = mid
		} else {
			low = mid + 1
		}
	}
	return low
}
