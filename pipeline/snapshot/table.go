package snapshot

import (
	"io"

	"github.com/parquet-go/parquet-go"
)

// limits bound what a writer holds in memory. Where a page or a row group ends
// is a function of the rows alone, so the bytes of a file do not depend on how
// its rows were cut into batches.
type limits struct {
	pageRows, pageBytes   int
	groupRows, groupBytes int
}

var fileLimits = limits{pageRows: 8 << 10, pageBytes: 512 << 10, groupRows: 64 << 10, groupBytes: 32 << 20}

// batchValues is how many values go to a column at a time: few enough to stay
// in the first-level cache.
const batchValues = 512

// A table writes the rows of one Parquet file column by column.
type table struct {
	out     *parquet.Writer
	leaves  []leaf
	limits  limits
	rows    int // of the row group that is open
	bytes   int
	total   int64
	scratch []parquet.Value
}

// A leaf is one column of primitive values, as Parquet numbers them.
type leaf struct {
	w     *parquet.ColumnWriter
	null  parquet.Value
	level int // of a value that is present
	rows  int // of the page that is open
	bytes int
}

func newTable(l layout, out io.Writer, version string) *table {
	var sorting []parquet.SortingColumn
	for _, name := range l.order {
		sorting = append(sorting, parquet.Ascending(name))
	}
	w := parquet.NewWriter(out, l.schema(),
		parquet.CreatedBy("dusach", version, ""),
		parquet.Compression(compression),
		// Version 1 keeps the levels inside the compressed part: several readers
		// stumble over version 2 pages that hold nulls only.
		parquet.DataPageVersion(1),
		// The page index holds the same bounds.
		parquet.DataPageStatistics(false),
		// Pages are ended by put. This is only beyond what a page can hold, for
		// parquet-go lays out the buffers of required columns by it.
		parquet.PageBufferSize(2*fileLimits.pageBytes),
		parquet.WriteBufferSize(256<<10),
		parquet.SortingWriterConfig(parquet.SortingColumns(sorting...)))
	t := &table{out: w, limits: fileLimits, scratch: make([]parquet.Value, 0, batchValues)}
	columns := w.ColumnWriters()
	add := func(level int) {
		i := len(t.leaves)
		t.leaves = append(t.leaves, leaf{w: columns[i], null: parquet.NullValue().Level(0, 0, i), level: level})
	}
	for _, c := range l.columns {
		switch {
		case c.storage == pairList:
			add(1)
			add(1)
		case c.storage == textList || c.optional:
			add(1)
		default:
			add(0)
		}
	}
	return t
}

// A block of rows can be weighed, so that a row group is cut by its bytes, and
// written to the columns of a table.
type block interface {
	weigh(from, to int) int
	write(t *table, from, to int) error
}

// add writes n rows, and ends row groups where they are full.
func (t *table) add(b block, n int) error {
	for at := 0; at < n; {
		to := min(n, at+t.limits.groupRows-t.rows)
		to = firstFull(at, to, t.limits.groupBytes-t.bytes, b.weigh)
		if err := b.write(t, at, to); err != nil {
			return err
		}
		t.rows += to - at
		t.bytes += b.weigh(at, to)
		t.total += int64(to - at)
		if t.rows >= t.limits.groupRows || t.bytes >= t.limits.groupBytes {
			if err := t.endGroup(); err != nil {
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

func (t *table) endGroup() error {
	for i := range t.leaves {
		t.leaves[i].rows, t.leaves[i].bytes = 0, 0
	}
	t.rows, t.bytes = 0, 0
	return t.out.Flush()
}

func (t *table) close() error {
	if err := t.endGroup(); err != nil {
		return err
	}
	return t.out.Close()
}

// put hands the scratch values, which are rows whole rows, to column l.
func (t *table) put(l *leaf, rows, bytes int) error {
	err := t.hand(l, t.scratch, rows, bytes)
	t.scratch = t.scratch[:0]
	return err
}

// hand gives values, which are rows whole rows, to column l, and ends its page
// when it is full.
func (t *table) hand(l *leaf, values []parquet.Value, rows, bytes int) error {
	if _, err := l.w.WriteRowValues(values); err != nil {
		return err
	}
	l.rows += rows
	l.bytes += bytes
	if l.rows < t.limits.pageRows && l.bytes < t.limits.pageBytes {
		return nil
	}
	l.rows, l.bytes = 0, 0
	return l.w.Flush()
}
