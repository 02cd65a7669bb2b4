package decode

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/apache/arrow/go/v15/parquet"
	"github.com/apache/arrow/go/v15/parquet/compress"
	"github.com/apache/arrow/go/v15/parquet/pqarrow"
	"github.com/dusach/dusach/pipeline/record"
)

// writeParquet returns a file of rows rows in row groups of group rows, with a
// column of each type that occurs and a null in every seventh row.
func writeParquet(t testing.TB, rows, group int) []byte {
	t.Helper()
	mem := memory.NewGoAllocator()
	words := &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int8, ValueType: arrow.BinaryTypes.String}
	schema := arrow.NewSchema([]arrow.Field{
		{Name: "form_id", Type: arrow.BinaryTypes.String},
		{Name: "gender", Type: words, Nullable: true},
		{Name: "cccd", Type: arrow.PrimitiveTypes.Int64, Nullable: true},
		{Name: "birth_date", Type: arrow.FixedWidthTypes.Date32, Nullable: true},
		{Name: "collected_at", Type: arrow.FixedWidthTypes.Timestamp_us},
		{Name: "phone", Type: arrow.PrimitiveTypes.Float64},
		{Name: "tags", Type: arrow.ListOf(arrow.BinaryTypes.String), Nullable: true},
	}, nil)
	b := array.NewRecordBuilder(mem, schema)
	defer b.Release()
	for i := range rows {
		b.Field(0).(*array.StringBuilder).Append(fmt.Sprintf("P%d", i))
		if i%7 == 0 {
			for c := 1; c <= 3; c++ {
				b.Field(c).AppendNull()
			}
		} else {
			if err := b.Field(1).(*array.BinaryDictionaryBuilder).AppendString([]string{"Nam", "Nữ"}[i%2]); err != nil {
				t.Fatal(err)
			}
			b.Field(2).(*array.Int64Builder).Append(1085000000 + int64(i))
			b.Field(3).(*array.Date32Builder).Append(arrow.Date32FromTime(time.Date(1985, 3, 12, 0, 0, 0, 0, time.UTC)))
		}
		at, _ := arrow.TimestampFromTime(time.Date(2021, 3, 12, 0, 0, i%2, 0, time.UTC), arrow.Microsecond)
		b.Field(4).(*array.TimestampBuilder).Append(at)
		b.Field(5).(*array.Float64Builder).Append(912345678)
		b.Field(6).AppendNull()
	}
	rec := b.NewRecord()
	defer rec.Release()
	table := array.NewTableFromRecords(schema, []arrow.Record{rec})
	defer table.Release()
	var out bytes.Buffer
	props := parquet.NewWriterProperties(parquet.WithCompression(compress.Codecs.Snappy))
	if err := pqarrow.WriteTable(table, &out, int64(group), props, pqarrow.NewArrowWriterProperties(pqarrow.WithStoreSchema())); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// rowsOf reads a whole file, a line for each row.
func rowsOf(t *parquetTable, size int) ([]string, error) {
	var out []string
	for {
		var c record.Chunk
		err := t.Next(context.Background(), &c, size)
		for i := range c.Rows {
			var cells []string
			for k := range t.Names() {
				cells = append(cells, string(c.Cells.At(i*len(t.Names())+k)))
			}
			out = append(out, fmt.Sprintf("%d %s", c.Rows[i].Position, strings.Join(cells, "|")))
		}
		if err != nil {
			return out, err
		}
	}
}

func TestParquet(t *testing.T) {
	data := writeParquet(t, 100, 30)
	for _, size := range []int{1, 7, 30, 1000} {
		mem := memory.NewCheckedAllocator(memory.NewGoAllocator())
		table, err := openParquet(bytes.NewReader(data), mem)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := rowsOf(table, size)
		if err != io.EOF || len(rows) != 100 {
			t.Fatalf("%d rows at a time: %d rows, %v", size, len(rows), err)
		}
		if got := strings.Join(table.Names(), " "); got != "form_id gender cccd birth_date collected_at phone" {
			t.Errorf("columns %s", got)
		}
		for i, want := range map[int]string{
			0:  "1 P0||||12/03/2021|912345678",
			1:  "2 P1|Nữ|1085000001|12/03/1985|12/03/2021 00:00:01|912345678",
			62: "63 P62|Nam|1085000062|12/03/1985|12/03/2021|912345678",
		} {
			if rows[i] != want {
				t.Errorf("row %d is %q, want %q", i, rows[i], want)
			}
		}
		if err := table.Close(); err != nil {
			t.Error(err)
		}
		mem.AssertSize(t, 0)
	}
}

// TestParquetDamaged turns bytes of a file around and cuts it short: nothing
// panics or goes on forever.
func TestParquetDamaged(t *testing.T) {
	data := writeParquet(t, 200, 70)
	for i := 0; i < len(data); i += 3 {
		broken := bytes.Clone(data)
		broken[i] ^= 0xFF
		table, err := openParquet(bytes.NewReader(broken), memory.NewGoAllocator())
		if err != nil {
			continue
		}
		rows, _ := rowsOf(table, 50)
		if len(rows) > 1000 {
			t.Fatalf("byte %d turned: %d rows", i, len(rows))
		}
		_ = table.Close()
	}
	for n := 0; n < len(data); n += 17 {
		if _, err := openParquet(bytes.NewReader(data[:n]), memory.NewGoAllocator()); err == nil {
			t.Fatalf("the first %d bytes of a file were opened", n)
		}
	}
}
