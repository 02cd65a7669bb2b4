package snapshot

import (
	"bytes"
	"strings"
	"testing"

	"github.com/dusach/dusach/pipeline/record"
	"github.com/parquet-go/parquet-go"
	"pgregory.net/rapid"
)

// shifted is the rows of a block from at on.
type shifted struct {
	block
	at int
}

func (s shifted) weigh(from, to int) int { return s.block.weigh(s.at+from, s.at+to) }

func (s shifted) write(t *table, from, to int) error { return s.block.write(t, s.at+from, s.at+to) }

// tableBytes writes n rows in batches of the given sizes, over and over.
func tableBytes(t rapid.TB, l layout, b block, n int, limits limits, sizes []int) []byte {
	var out bytes.Buffer
	w := newTable(l, &out, "test")
	w.limits = limits
	for at, i := 0, 0; at < n; i++ {
		size := min(sizes[i%len(sizes)], n-at)
		if err := w.add(shifted{b, at}, size); err != nil {
			t.Fatal(err)
		}
		at += size
	}
	if err := w.close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// The bytes of a file depend on its rows, not on how they were batched.
func TestBytesDoNotDependOnBatches(t *testing.T) {
	s := newSample(1500)
	forms := &formsBlock{rows: &s.forms, names: fieldValues(s.forms.Schema)}
	forms.raw = validText(&forms.valid, &s.forms.Raw.Value)
	citizens := &citizensBlock{rows: &s.citizens[0], names: fieldValues(s.forms.Schema)}
	small := limits{pageRows: 300, pageBytes: 4000, groupRows: 900, groupBytes: 400_000}
	want := [2][]byte{
		tableBytes(t, formsLayout(s.forms.Schema), forms, s.forms.N, small, []int{s.forms.N}),
		tableBytes(t, citizensLayout(s.forms.Schema), citizens, s.citizens[0].N, small, []int{s.citizens[0].N}),
	}
	rapid.Check(t, func(t *rapid.T) {
		sizes := rapid.SliceOfN(rapid.IntRange(1, 700), 1, 8).Draw(t, "batch sizes")
		if got := tableBytes(t, formsLayout(s.forms.Schema), forms, s.forms.N, small, sizes); !bytes.Equal(got, want[0]) {
			t.Errorf("forms in batches of %v differ", sizes)
		}
		if got := tableBytes(t, citizensLayout(s.forms.Schema), citizens, s.citizens[0].N, small, sizes); !bytes.Equal(got, want[1]) {
			t.Errorf("citizens in batches of %v differ", sizes)
		}
	})
}

// One long value must not let a page or a row group grow past its bounds.
func TestLongValuesEndPagesAndGroups(t *testing.T) {
	var rows record.HistoryRows
	for i := range 400 {
		rows.Person.AppendString(strings.Repeat("x", 1+i%3*25_000))
		for _, v := range []*record.Text{&rows.Became, &rows.Change, &rows.Since} {
			v.AppendString("y")
		}
		rows.N++
	}
	data := tableBytes(t, historyLayout, &HistoryWriter{rows: &rows}, rows.N,
		limits{pageRows: 100, pageBytes: 100_000, groupRows: 1000, groupBytes: 1_000_000}, []int{rows.N})
	f, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(f.RowGroups()); n < 9 || n > 11 {
		t.Errorf("%d row groups for 10 MB in groups of 1 MB", n)
	}
	for _, g := range f.RowGroups() {
		index, err := g.ColumnChunks()[0].OffsetIndex()
		if err != nil {
			t.Fatal(err)
		}
		if n := index.NumPages(); n < 5 {
			t.Errorf("%d pages in a group of %d rows", n, g.NumRows())
		}
	}
}

// What a reader may rely on in a file.
func TestFileMetadata(t *testing.T) {
	s := newSample(100)
	b := &formsBlock{rows: &s.forms, names: fieldValues(s.forms.Schema)}
	b.raw = validText(&b.valid, &s.forms.Raw.Value)
	data := tableBytes(t, formsLayout(s.forms.Schema), b, s.forms.N, fileLimits, []int{s.forms.N})
	f, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	m := f.Metadata()
	if m.CreatedBy != "dusach version test(build )" {
		t.Errorf("created by %q", m.CreatedBy)
	}
	sorting := m.RowGroups[0].SortingColumns
	if len(sorting) != 2 || sorting[0].ColumnIdx != 1 || sorting[1].ColumnIdx != 0 {
		t.Errorf("sorting columns %v, want person_id, form_id", sorting)
	}
	if len(f.ColumnIndexes()) == 0 || len(f.OffsetIndexes()) == 0 {
		t.Error("no page index")
	}
	names := []string{}
	for _, c := range f.Schema().Fields() {
		names = append(names, c.Name())
	}
	const want = "form_id person_id form_type office_code collected_at full_name"
	if got := strings.Join(names, " "); !strings.HasPrefix(got, want) || !strings.HasSuffix(got, "event_date raw_values reason_codes") {
		t.Errorf("columns %s", got)
	}
	list := f.Schema().Fields()[len(names)-2]
	if got := list.Fields()[0].Name() + "." + list.Fields()[0].Fields()[0].Name(); got != "list.element" {
		t.Errorf("the members of a list are called %s", got)
	}
}

// Writing allocates per page, never per row.
func TestWritingAllocatesPerPage(t *testing.T) {
	s := newSample(1500)
	b := &formsBlock{rows: &s.forms, names: fieldValues(s.forms.Schema)}
	b.raw = validText(&b.valid, &s.forms.Raw.Value)
	var out counter
	w := newTable(formsLayout(s.forms.Schema), &out, "test")
	write := func() {
		if err := w.add(b, s.forms.N); err != nil {
			t.Fatal(err)
		}
	}
	for range 20 {
		write()
	}
	if n := testing.AllocsPerRun(40, write) / float64(s.forms.N); n > 0.2 {
		t.Errorf("%.3f allocations a row", n)
	}
}
