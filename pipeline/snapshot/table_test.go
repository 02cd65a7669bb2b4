package snapshot

import (
	"bytes"
	"strings"
	"testing"

	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/snapshot/columnar"
	"github.com/parquet-go/parquet-go"
	"pgregory.net/rapid"
)

// shifted is the rows of a block from at on.
type shifted struct {
	block
	at int
}

func (s shifted) weigh(from, to int) int { return s.block.weigh(s.at+from, s.at+to) }

func (s shifted) write(t *table, from, to int) { s.block.write(t, s.at+from, s.at+to) }

var pageLimits = columnar.Limits{PageRows: 1000, PageBytes: 1 << 20}

// tableBytes writes n rows in batches of the given sizes, over and over.
func tableBytes(t rapid.TB, l layout, b block, n int, limits limits, pages columnar.Limits, sizes []int) []byte {
	var out bytes.Buffer
	w := newTable(l, "test")
	w.limits, w.Limits = limits, pages
	w.begin(&out)
	for at, i := 0, 0; at < n; i++ {
		size := min(sizes[i%len(sizes)], n-at)
		if err := w.add(shifted{b, at}, size); err != nil {
			t.Fatal(err)
		}
		at += size
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// The bytes of a file depend on its rows, not on how they were batched.
func TestBytesDoNotDependOnBatches(t *testing.T) {
	s := newSample(1500)
	forms := &formsBlock{rows: &s.forms, names: fieldNames(s.forms.Schema)}
	forms.open(&s.forms)
	citizens := &citizensBlock{rows: &s.citizens[0], names: fieldNames(s.forms.Schema)}
	small := limits{groupRows: 900, groupBytes: 400_000}
	pages := columnar.Limits{PageRows: 300, PageBytes: 4000}
	want := [2][]byte{
		tableBytes(t, formsLayout(s.forms.Schema), forms, s.forms.N, small, pages, []int{s.forms.N}),
		tableBytes(t, citizensLayout(s.forms.Schema), citizens, s.citizens[0].N, small, pages, []int{s.citizens[0].N}),
	}
	rapid.Check(t, func(t *rapid.T) {
		sizes := rapid.SliceOfN(rapid.IntRange(1, 700), 1, 8).Draw(t, "batch sizes")
		if got := tableBytes(t, formsLayout(s.forms.Schema), forms, s.forms.N, small, pages, sizes); !bytes.Equal(got, want[0]) {
			t.Errorf("forms in batches of %v differ", sizes)
		}
		if got := tableBytes(t, citizensLayout(s.forms.Schema), citizens, s.citizens[0].N, small, pages, sizes); !bytes.Equal(got, want[1]) {
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
		limits{groupRows: 1000, groupBytes: 1_000_000}, columnar.Limits{PageRows: 100, PageBytes: 100_000}, []int{rows.N})
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
	b := &formsBlock{rows: &s.forms, names: fieldNames(s.forms.Schema)}
	b.open(&s.forms)
	data := tableBytes(t, formsLayout(s.forms.Schema), b, s.forms.N, fileLimits, pageLimits, []int{s.forms.N})
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
	if got := strings.Join(names, " "); !strings.HasPrefix(got, want) || !strings.HasSuffix(got, "event_date raw_values reason_codes written_as") {
		t.Errorf("columns %s", got)
	}
	list := f.Schema().Fields()[len(names)-3]
	if got := list.Fields()[0].Name() + "." + list.Fields()[0].Fields()[0].Name(); got != "list.element" {
		t.Errorf("the members of a list are called %s", got)
	}
}

// Writing allocates per page, never per row.
func TestWritingAllocatesPerPage(t *testing.T) {
	s := newSample(1500)
	b := &formsBlock{rows: &s.forms, names: fieldNames(s.forms.Schema)}
	b.open(&s.forms)
	var out counter
	w := newTable(formsLayout(s.forms.Schema), "test")
	w.begin(&out)
	w.limits.groupRows = 8 * s.forms.N
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
