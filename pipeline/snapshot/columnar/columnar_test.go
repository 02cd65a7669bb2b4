package columnar

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/dusach/dusach/pipeline/record"
	"github.com/parquet-go/parquet-go"
	"pgregory.net/rapid"
)

var defs = []Def{
	{Name: "key", Kind: Text, Coding: Prefixes},
	{Name: "name", Kind: Text, Coding: CodedByEnd, Dense: true, Optional: true},
	{Name: "number", Kind: Text, Coding: Lengths, Optional: true},
	{Name: "raw", Kind: Bytes, Coding: Lengths},
	{Name: "count", Kind: Int32},
	{Name: "position", Kind: Int64, Coding: Deltas},
	{Name: "weight", Kind: Double},
	{Name: "codes", Kind: TextList, Coding: Coded},
	{Name: "pairs", Kind: PairList, Coding: Coded, Members: [2]string{"field", "value"}},
}

// rows are what a file is made of, as a reader sees them: one text a leaf and
// row, a list as its entries, a null as "∅".
type rows struct {
	key, name, number, raw record.Text
	numbers                []int64
	lists                  []uint32 // of row i: the entries lists[i] to lists[i+1]
	entries                record.Text
}

const symbols = "abcdefgh"

func drawRows(t *rapid.T, n, distinct int) *rows {
	r := &rows{lists: []uint32{0}}
	letters := rapid.StringMatching(`[a-cế]{0,12}`)
	some := make([]string, distinct)
	for i := range some {
		some[i] = letters.Draw(t, "value")
		if rapid.Bool().Draw(t, "own") {
			some[i] += fmt.Sprint(i)
		}
	}
	pick := func() string { return some[rapid.IntRange(0, distinct-1).Draw(t, "which")] }
	for i := range n {
		r.key.AppendString(fmt.Sprintf("%06d", i))
		r.name.AppendString(pick())
		r.number.AppendString(pick())
		r.raw.Append(rapid.SliceOfN(rapid.Byte(), 0, 6).Draw(t, "raw"))
		r.numbers = append(r.numbers, rapid.Int64().Draw(t, "number"))
		for range rapid.IntRange(0, 3).Draw(t, "entries") {
			r.entries.AppendString(pick())
		}
		r.lists = append(r.lists, uint32(r.entries.Len()))
	}
	return r
}

func (r *rows) write(f *File, from, to int) {
	f.Column(0).Texts(&r.key, from, to)
	f.Column(1).Texts(&r.name, from, to)
	f.Column(2).Texts(&r.number, from, to)
	f.Column(3).Texts(&r.raw, from, to)
	for i := from; i < to; i++ {
		v := uint64(r.numbers[i])
		f.Column(4).Number(v & math.MaxInt32)
		f.Column(5).Number(v)
		f.Column(6).Number(math.Float64bits(float64(r.numbers[i])))
		if r.lists[i] == r.lists[i+1] {
			f.Column(7).Empty()
			f.Column(8).Empty()
		}
		for e := r.lists[i]; e < r.lists[i+1]; e++ {
			id := int(e % uint32(len(symbols)))
			f.Column(7).Symbol(id, []byte(symbols[id:id+1]), e == r.lists[i])
			f.Column(8).Symbol(id, []byte(symbols[id:id+1]), e == r.lists[i])
		}
	}
	f.Column(9).Lists(r.lists, &r.entries, from, to)
}

// want is row i as text, leaf by leaf.
func (r *rows) want(i int) string {
	or := func(v []byte) string {
		if len(v) == 0 {
			return "∅"
		}
		return string(v)
	}
	v := r.numbers[i]
	out := []string{string(r.key.At(i)), or(r.name.At(i)), or(r.number.At(i)), string(r.raw.At(i)),
		fmt.Sprint(int32(v & math.MaxInt32)), fmt.Sprint(v), fmt.Sprint(float64(v))}
	codes, values := []string{}, []string{}
	for e := r.lists[i]; e < r.lists[i+1]; e++ {
		codes = append(codes, string(symbols[e%uint32(len(symbols))]))
		values = append(values, string(r.entries.At(int(e))))
	}
	if len(codes) == 0 {
		codes, values = []string{"∅"}, []string{"∅"}
	}
	all := strings.Join(codes, ",")
	return strings.Join(append(out, all, all, strings.Join(values, ",")), "|")
}

// got reads a file with parquet-go.
func got(t rapid.TB, data []byte) (all []string, f *parquet.File) {
	f, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	r := parquet.NewReader(f)
	defer r.Close()
	buf := make([]parquet.Row, 16)
	for {
		n, err := r.ReadRows(buf)
		for _, row := range buf[:n] {
			leaves := make([][]string, 10)
			for _, v := range row {
				s := v.String()
				if v.IsNull() {
					s = "∅"
				}
				leaves[v.Column()] = append(leaves[v.Column()], s)
			}
			texts := []string{}
			for _, leaf := range leaves {
				texts = append(texts, strings.Join(leaf, ","))
			}
			all = append(all, strings.Join(texts, "|"))
		}
		if err == io.EOF {
			return all, f
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// What is written is read, whatever the sizes of groups and pages, and one
// writer may write file after file.
func TestComesBack(t *testing.T) {
	w := New("t", defs, []string{"key"}, "test")
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 60).Draw(t, "rows")
		r := drawRows(t, n, rapid.IntRange(1, 50).Draw(t, "distinct"))
		w.Limits = Limits{PageRows: rapid.IntRange(1, 40).Draw(t, "page"), PageBytes: rapid.IntRange(1, 200).Draw(t, "bytes")}
		group := rapid.IntRange(1, 70).Draw(t, "group")
		var out bytes.Buffer
		w.Begin(&out)
		for from := 0; from < n; from += group {
			r.write(w, from, min(n, from+group))
			if err := w.EndGroup(); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		all, f := got(t, out.Bytes())
		if len(all) != n || f.NumRows() != int64(n) {
			t.Fatalf("%d rows, %d said, want %d", len(all), f.NumRows(), n)
		}
		for i := range all {
			if want := r.want(i); all[i] != want {
				t.Fatalf("row %d: %q, want %q", i, all[i], want)
			}
		}
	})
}

// Large dictionaries are put in order, those that do not pay are left out; the
// values stay what they are.
func TestManyValues(t *testing.T) {
	for _, distinct := range []int{100, fewValues + 100, 30_000} {
		var v record.Text
		for i := range 30_000 {
			v.AppendString(fmt.Sprintf("Nguyễn Văn %d", i%distinct*7919%distinct))
		}
		var out bytes.Buffer
		w := New("t", []Def{{Name: "v", Kind: Text, Coding: CodedByEnd, Dense: true}}, nil, "test")
		w.Begin(&out)
		w.Column(0).Texts(&v, 0, v.Len())
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		f, err := parquet.OpenFile(bytes.NewReader(out.Bytes()), int64(out.Len()))
		if err != nil {
			t.Fatal(err)
		}
		chunk := f.RowGroups()[0].ColumnChunks()[0]
		values := make([]parquet.Value, v.Len())
		pages, at := chunk.Pages(), 0
		for at < len(values) {
			p, err := pages.ReadPage()
			if err != nil {
				t.Fatal(err)
			}
			n, err := p.Values().ReadValues(values[at:])
			if err != nil && err != io.EOF {
				t.Fatal(err)
			}
			for i := range n {
				if got := values[at+i].ByteArray(); !bytes.Equal(got, v.At(at+i)) {
					t.Fatalf("value %d: %q, want %q", at+i, got, v.At(at+i))
				}
			}
			at += n
		}
		pages.Close()
		coded := slices.Contains(f.Metadata().RowGroups[0].Columns[0].MetaData.Encoding, 8) // RLE_DICTIONARY
		if want := distinct < 30_000; coded != want {
			t.Errorf("%d distinct values: a dictionary %v, want %v", distinct, coded, want)
		}
	}
}

// ranks puts values in the order of their bytes, as far as it looks.
func TestRanks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfNDistinct(rapid.StringMatching(`(Nguyễn (Văn |Thị )?)?[a-c]{0,20}`), 1, 3000, rapid.ID).Draw(t, "values")
		var text record.Text
		for _, v := range values {
			text.AppendString(v)
		}
		var s sorter
		for _, byEnd := range []bool{false, true} {
			rank := slices.Clone(s.ranks(&text, byEnd))
			sorted := make([]string, len(values))
			for i, r := range rank {
				sorted[r] = values[i]
				if byEnd {
					b := []byte(values[i])
					slices.Reverse(b)
					sorted[r] = string(b)
				}
			}
			if !slices.IsSorted(sorted) {
				t.Fatalf("%q are not in order (by their ends: %v)", sorted, byEnd)
			}
		}
	})
}

// A full disk is told, by whatever call meets it first.
func TestWriteErrors(t *testing.T) {
	var v record.Text
	for i := range 100_000 {
		v.AppendString(fmt.Sprint(i * 7919))
	}
	for room := 0; room < 300_000; room += 50_000 {
		w := New("t", []Def{{Name: "v", Kind: Text, Coding: Lengths}}, nil, "test")
		w.Begin(&narrow{room})
		w.Column(0).Texts(&v, 0, v.Len())
		if err := w.Close(); err == nil || !strings.Contains(err.Error(), "full") {
			t.Errorf("with room for %d bytes: %v", room, err)
		}
	}
}

type narrow struct{ room int }

func (n *narrow) Write(b []byte) (int, error) {
	if len(b) > n.room {
		return 0, fmt.Errorf("full")
	}
	n.room -= len(b)
	return len(b), nil
}
