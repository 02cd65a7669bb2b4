package decode

import (
	"bytes"
	"context"
	"io"
	"testing"

	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/dusach/dusach/pipeline/record"
)

// BenchmarkParquet scans six columns of a Parquet file into cells.
func BenchmarkParquet(b *testing.B) {
	const rows = 100_000
	data := writeParquet(b, rows, rows)
	var c record.Chunk
	for b.Loop() {
		t, err := openParquet(bytes.NewReader(data), memory.NewGoAllocator())
		if err != nil {
			b.Fatal(err)
		}
		for err == nil {
			c.Rows, c.Data = c.Rows[:0], c.Data[:0]
			c.Cells.Reset()
			err = t.Next(context.Background(), &c, 8192)
		}
		if err != io.EOF {
			b.Fatal(err)
		}
		t.Close()
	}
	b.ReportMetric(float64(b.N)*rows/b.Elapsed().Seconds(), "rows/s")
}
