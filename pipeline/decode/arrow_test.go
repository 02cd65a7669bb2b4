package decode

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/ipc"
	"github.com/apache/arrow/go/v15/arrow/memory"
	flatbuffers "github.com/google/flatbuffers/go"

	"github.com/dusach/dusach/pipeline/record"
)

// arrowMessage returns batches as a stream.
func arrowMessage(t testing.TB, batches []arrow.Record, opts ...ipc.Option) []byte {
	t.Helper()
	var out bytes.Buffer
	w := ipc.NewWriter(&out, append(opts, ipc.WithSchema(batches[0].Schema()))...)
	for _, b := range batches {
		if err := w.Write(b); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// forms returns a batch of n rows, with a null in every third.
func arrowForms(t testing.TB, from, n int) arrow.Record {
	t.Helper()
	words := &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int8, ValueType: arrow.BinaryTypes.String}
	b := array.NewRecordBuilder(memory.NewGoAllocator(), arrow.NewSchema([]arrow.Field{
		{Name: "form_id", Type: arrow.BinaryTypes.String},
		{Name: "tags", Type: arrow.ListOf(arrow.BinaryTypes.String), Nullable: true},
		{Name: "cccd", Type: arrow.PrimitiveTypes.Int64, Nullable: true},
		{Name: "gender", Type: words, Nullable: true},
		{Name: "note", Type: arrow.Null},
	}, nil))
	defer b.Release()
	for i := from; i < from+n; i++ {
		b.Field(0).(*array.StringBuilder).Append(fmt.Sprintf("P%d", i))
		b.Field(1).AppendNull()
		if i%3 == 0 {
			b.Field(2).AppendNull()
			b.Field(3).AppendNull()
		} else {
			b.Field(2).(*array.Int64Builder).Append(int64(1085000000 + i))
			if err := b.Field(3).(*array.BinaryDictionaryBuilder).AppendString([]string{"Nam", "Nữ"}[i%2]); err != nil {
				t.Fatal(err)
			}
		}
		b.Field(4).AppendNull()
	}
	return b.NewRecord()
}

// arrowRows reads a whole message, a line for each row.
func arrowRows(message []byte) (rows []string, err error) {
	t, err := OpenArrow(message)
	if err != nil {
		return nil, err
	}
	defer t.Close()
	var c record.Chunk
	for err == nil {
		err = t.Next(context.Background(), &c, 1)
	}
	if !errors.Is(err, io.EOF) {
		return nil, err
	}
	for i := range c.Rows {
		var cells []string
		for k := range t.Names() {
			cells = append(cells, string(c.Cells.At(i*len(t.Names())+k)))
		}
		rows = append(rows, strings.Join(cells, "|"))
	}
	return rows, nil
}

func TestArrow(t *testing.T) {
	batches := []arrow.Record{arrowForms(t, 0, 4), arrowForms(t, 4, 0), arrowForms(t, 4, 2)}
	for name, opts := range map[string][]ipc.Option{"plain": nil, "zstd": {ipc.WithZstd()}, "lz4": {ipc.WithLZ4()}} {
		message := arrowMessage(t, batches, opts...)
		got, err := arrowRows(message)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		want := "P0||| P1|1085000001|Nữ| P2|1085000002|Nam| P3||| P4|1085000004|Nam| P5|1085000005|Nữ|"
		if strings.Join(got, " ") != want {
			t.Errorf("%s: got %s", name, strings.Join(got, " "))
		}
		// Whoever leaves the mark of the end out has sent all the same.
		if cut, err := arrowRows(message[:len(message)-8]); err != nil || len(cut) != 6 {
			t.Errorf("%s without its end: %d rows, %v", name, len(cut), err)
		}
	}
}

// A message that lost its end, or of which a byte was changed, is an error or
// some rows, and never more than it may unfold to.
func TestArrowDamaged(t *testing.T) {
	for _, opts := range [][]ipc.Option{nil, {ipc.WithZstd()}} {
		message := arrowMessage(t, []arrow.Record{arrowForms(t, 0, 9)}, opts...)
		for n := range len(message) - 8 {
			if rows, err := arrowRows(message[:n]); err == nil && len(rows) > 0 {
				t.Fatalf("%d of %d bytes: %d rows", n, len(message), len(rows))
			}
		}
		for i := range message {
			for _, b := range []byte{0, 1, 0x7f, 0xff} {
				bad := bytes.Clone(message)
				bad[i] = b
				_, _ = arrowRows(bad) // it returns: that is all there is to ask
			}
		}
	}
}

// What unfolds beyond measure is refused before memory is taken for it.
func TestArrowUnfolds(t *testing.T) {
	big := array.NewStringBuilder(memory.NewGoAllocator())
	big.Append(strings.Repeat("a", maxArrowBytes+1))
	text := arrow.NewSchema([]arrow.Field{{Name: "note", Type: arrow.BinaryTypes.String}}, nil)
	none := arrow.NewSchema([]arrow.Field{{Name: "note", Type: arrow.Null}}, nil)
	words := &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int8, ValueType: arrow.BinaryTypes.String}
	many := array.NewDictionaryBuilder(memory.NewGoAllocator(), words).(*array.BinaryDictionaryBuilder)
	for range 100 {
		if err := many.AppendString(strings.Repeat("b", maxArrowBytes/64)); err != nil {
			t.Fatal(err)
		}
	}
	long := make([]byte, 16)
	copy(long, arrowContinues)
	binary.LittleEndian.PutUint32(long[4:], 1<<31-8)
	for _, c := range []struct {
		name, want string
		message    []byte
	}{
		{"compressed text", "unfolds to more than", arrowMessage(t, []arrow.Record{array.NewRecord(text, []arrow.Array{big.NewArray()}, 1)}, ipc.WithZstd())},
		{"rows of nothing", "more than 4194304 values", arrowMessage(t, []arrow.Record{array.NewRecord(none, []arrow.Array{array.NewNull(1 << 23)}, 1<<23)})},
		{"a word a hundred times", "bytes of text", arrowMessage(t, []arrow.Record{array.NewRecord(
			arrow.NewSchema([]arrow.Field{{Name: "note", Type: words}}, nil), []arrow.Array{many.NewArray()}, 100)})},
		{"a part of two gigabytes", "ends within a part", long},
		{"fields without number", "unfolds to more than it holds", foldedSchema(40, "x")},
		{"a long name many times", "unfolds to more than it holds", foldedSchema(8, strings.Repeat("n", 10_000))},
	} {
		if _, err := arrowRows(c.message); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", c.name, err, c.want)
		}
	}
}

// foldedSchema is a part with a schema of 2^depth fields of one name, for each
// field is twice a child of the one above.
func foldedSchema(depth int, name string) []byte {
	b := flatbuffers.NewBuilder(0)
	n := b.CreateString(name)
	var children flatbuffers.UOffsetT
	for range depth {
		b.StartObject(7)
		b.PrependUOffsetTSlot(0, n, 0)
		if children != 0 {
			b.PrependUOffsetTSlot(5, children, 0)
		}
		field := b.EndObject()
		b.StartVector(4, 2, 4)
		b.PrependUOffsetT(field)
		b.PrependUOffsetT(field)
		children = b.EndVector(2)
	}
	b.StartObject(4)
	b.PrependUOffsetTSlot(1, children, 0)
	schema := b.EndObject()
	b.StartObject(5)
	b.PrependInt16Slot(0, 4, 0)
	b.PrependByteSlot(1, byte(ipc.MessageSchema), 0)
	b.PrependUOffsetTSlot(2, schema, 0)
	b.Finish(b.EndObject())
	meta := b.FinishedBytes()
	part := binary.LittleEndian.AppendUint32(bytes.Clone(arrowContinues), uint32(len(meta)))
	return append(part, meta...)
}

// FuzzArrow looks for bytes that end the process.
func FuzzArrow(f *testing.F) {
	f.Add(arrowMessage(f, []arrow.Record{arrowForms(f, 0, 5)}))
	f.Add(arrowMessage(f, []arrow.Record{arrowForms(f, 0, 5)}, ipc.WithZstd()))
	f.Add(foldedSchema(5, "full_name"))
	f.Fuzz(func(_ *testing.T, message []byte) { _, _ = arrowRows(message) })
}
