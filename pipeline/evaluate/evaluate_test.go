package evaluate

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/parquet-go/parquet-go"
	"pgregory.net/rapid"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/snapshot"
)

var _ Store = (*snapshot.Snapshot)(nil)

// memory is a store of two batches of forms.
type memory struct {
	forms   []record.FormRows
	links   record.LinkRows
	refused record.Refusals
}

func (m *memory) ReadForms(_ context.Context, _ ...string) iter.Seq2[*record.FormRows, error] {
	return func(yield func(*record.FormRows, error) bool) {
		for i := range m.forms {
			if !yield(&m.forms[i], nil) {
				return
			}
		}
	}
}

func (m *memory) ReadLinks(context.Context) iter.Seq2[*record.LinkRows, error] {
	return func(yield func(*record.LinkRows, error) bool) { yield(&m.links, nil) }
}

func (m *memory) ReadQuarantine(context.Context, *record.Sources) iter.Seq2[*record.Refusals, error] {
	return func(yield func(*record.Refusals, error) bool) { yield(&m.refused, nil) }
}

// add puts a form into the store, values by column name.
func (m *memory) add(form, citizen string, values map[string]string, codes ...reason.Code) {
	if len(m.forms) == 0 {
		m.forms = make([]record.FormRows, 2)
		m.forms[0].Reset(record.FormSchema)
		m.forms[1].Reset(record.FormSchema)
	}
	rows := &m.forms[len(form)%2]
	rows.N++
	rows.Person.AppendString(citizen)
	for c, col := range record.FormSchema.Columns {
		if col.Field == record.FormID {
			rows.Clean[c].AppendString(form)
			continue
		}
		rows.Clean[c].AppendString(values[col.Name])
	}
	rows.Codes = append(rows.Codes, reason.Of(codes...))
}

func (m *memory) link(a, b string, weight float64, v record.Verdict) {
	m.links.N++
	m.links.FormA.AppendString(a)
	m.links.FormB.AppendString(b)
	m.links.Weight = append(m.links.Weight, weight)
	m.links.Verdict = append(m.links.Verdict, v)
}

func truthFile(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func mustRead(t *testing.T, path string) *Truth {
	t.Helper()
	truth, err := ReadTruth(path)
	if err != nil {
		t.Fatal(err)
	}
	return truth
}

const smallTruth = `form_id,person_id,malformed,process
a1,A,,
a2,A,,ocr+moved
a3,A,,ocr
b1,B,,
c1,C,,
c2,C,,moved
bad1,X,refused:FORM_ROW_UNREADABLE:columns_few,
bad2,Y,accepted:ID_FILLER:id_filler,
bad3,Z,accepted:ID_FILLER:id_filler,
gone,W,,
a2,A,,ocr+moved
d1~,D,accepted:FORM_ID_REUSED:id_reused,
`

func smallStore() *memory {
	m := &memory{}
	twin := map[string]string{"father_name": "Lê Văn Ba", "birth_date": "2001-02-03", "full_name": "Lê Thị Na"}
	m.add("a1", "p1", twin)
	m.add("a2", "p1", map[string]string{"full_name": "Lê Thị Na"})
	m.add("a3", "p2", nil)
	m.add("b1", "p1", map[string]string{"father_name": "Le Van Ba", "birth_date": "2001-02-03", "full_name": "Lê Thị Mơ"})
	m.add("c1", "p3", nil)
	m.add("c2", "p4", nil)
	m.add("bad2", "p5", nil, reason.IDFiller)
	m.add("bad3", "p6", nil)
	m.add("d1~0123456789abcdef", "p7", nil, reason.FormIDReused)
	m.add("stranger", "p8", nil)
	m.link("a1", "a2", 20, record.Match)
	m.link("a1", "b1", 12, record.Match)
	m.link("a2", "a3", 3, record.Review)
	m.link("c1", "stranger", 2, record.Review)
	m.refused.Append(nil, nil, []byte("x"), record.Origin{}, reason.Of(reason.FormRowUnreadable))
	m.refused.Append([]byte("gone"), nil, []byte("x"), record.Origin{}, reason.Of(reason.NameEmpty))
	return m
}

func TestSmallStore(t *testing.T) {
	res, err := Evaluate(context.Background(), smallStore(), mustRead(t, truthFile(t, "truth.csv", smallTruth)))
	if err != nil {
		t.Fatal(err)
	}
	want := func(name string, got, want any) {
		t.Helper()
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	want("compared", res.Forms.Compared, 9)
	want("without truth", res.Forms.WithoutTruth, 1)
	want("true pairs", res.Pairwise.True, 4)           // a1a2 a1a3 a2a3 c1c2
	want("predicted pairs", res.Pairwise.Predicted, 3) // a1a2 a1b1 a2b1
	want("correct pairs", res.Pairwise.Correct, 1)
	want("wrong pairs", res.WrongPairs, 2)
	want("wrong merges", res.WrongMerges, 1)
	want("split persons", res.SplitPersons, 2)
	want("recall with review", res.Links.RecallWithReview, 0.5) // a2a3 under review
	want("reviews", res.Links.Reviews, 2)
	want("review precision", res.Links.ReviewsThatAreOne, 1)
	want("processes", res.Processes, "[{moved 3 1 0.3333333333333333 0.6666666666666666} {ocr 3 1 0.3333333333333333 0.6666666666666666}]")
	want("false merges", res.FalseMerges, "[{other 1} {twins 1}]")
	want("malformed", res.Malformed, "[{id_filler ID_FILLER 2 0 1 1 0 0.5} {columns_few FORM_ROW_UNREADABLE 1 1 0 0 0 1} {id_reused FORM_ID_REUSED 1 0 1 0 0 1}]")
	want("good refused", res.GoodRefused, 1)
	want("sweep", res.Sweep[len(res.Sweep)-1], "{20 1 1 0.25 0.4 0}")
	for _, lang := range []string{"vi", "en"} {
		var out bytes.Buffer
		if err := res.Print(&out, lang); err != nil || strings.Count(out.String(), "\n") < 30 {
			t.Errorf("%s: %v\n%s", lang, err, out.String())
		}
	}
	if _, err := json.Marshal(res); err != nil {
		t.Error(err)
	}
}

// The counts over sorted runs are those over all pairs of forms.
func TestMeasuresAreThoseOfTheDefinition(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(1, 14).Draw(rt, "forms")
		var persons, citizens []int
		truth, store := newTruth(), &memory{}
		for i := range n {
			persons = append(persons, rapid.IntRange(0, 4).Draw(rt, "person"))
			citizens = append(citizens, rapid.IntRange(0, 4).Draw(rt, "citizen"))
			if err := truth.add(fmt.Sprint("f", i), fmt.Sprint("P", persons[i]), "", "", ""); err != nil {
				rt.Fatal(err)
			}
			store.add(fmt.Sprint("f", i), fmt.Sprint("c", citizens[i]), nil)
		}
		truth.sort()
		res, err := Evaluate(context.Background(), store, truth)
		if err != nil {
			rt.Fatal(err)
		}
		var both, byPerson, byCitizen uint64
		var precision, recall float64
		for i := range n {
			var p, c, b float64
			for j := range n {
				samePerson, sameCitizen := persons[i] == persons[j], citizens[i] == citizens[j]
				p, c, b = p+one(samePerson), c+one(sameCitizen), b+one(samePerson && sameCitizen)
				if i < j {
					byPerson, byCitizen, both = byPerson+uint64(one(samePerson)), byCitizen+uint64(one(sameCitizen)), both+uint64(one(samePerson && sameCitizen))
				}
			}
			precision, recall = precision+b/c/float64(n), recall+b/p/float64(n)
		}
		q := res.Pairwise
		if q.True != byPerson || q.Predicted != byCitizen || q.Correct != both {
			rt.Fatalf("pairs %d %d %d, by definition %d %d %d", q.True, q.Predicted, q.Correct, byPerson, byCitizen, both)
		}
		if math.Abs(res.BCubed.Precision-precision) > 1e-9 || math.Abs(res.BCubed.Recall-recall) > 1e-9 {
			rt.Fatalf("B-cubed %v, by definition %v %v", res.BCubed, precision, recall)
		}
	})
}

func one(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func TestTruthFormats(t *testing.T) {
	plain := mustRead(t, truthFile(t, "truth.csv", "\ufeff"+strings.ToUpper("form_id,person_id,malformed,process\n")+smallTruth[strings.Index(smallTruth, "\n")+1:]))
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	if _, err := w.Write([]byte(smallTruth)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	var rows []truthRow
	for line := range strings.Lines(smallTruth[strings.Index(smallTruth, "\n")+1:]) {
		v := strings.Split(strings.TrimSpace(line), ",")
		rows = append(rows, truthRow{Form: v[0], Person: v[1], Malformed: v[2], Process: v[3]})
	}
	pq := filepath.Join(t.TempDir(), "truth.parquet")
	if err := parquet.WriteFile(pq, rows); err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string]*Truth{"gz": mustRead(t, truthFile(t, "truth.csv.gz", zipped.String())), "parquet": mustRead(t, pq)} {
		if fmt.Sprint(got.entries, got.kinds.texts, got.processes.texts) != fmt.Sprint(plain.entries, plain.kinds.texts, plain.processes.texts) {
			t.Errorf("%s: another truth than from CSV", name)
		}
	}
}

func TestErrorsSayWhatToDo(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"t.csv":     {"id,person\n1,2\n", "no column form_id"},
		"e.csv":     {"", "empty"},
		"h.csv":     {"form_id,person_id\n", "has no rows"},
		"r.csv":     {"form_id,person_id\na,A,x\n", "wrong number of fields"},
		"p.parquet": {"PAR1 nothing", "p.parquet"},
	} {
		if _, err := ReadTruth(truthFile(t, name, c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	strangers := mustRead(t, truthFile(t, "truth.csv", "form_id,person_id\nzz,Z\n"))
	if _, err := Evaluate(context.Background(), smallStore(), strangers); err == nil || !strings.Contains(err.Error(), "truth of this input") {
		t.Errorf("truth of another input: %v", err)
	}
	if _, err := Evaluate(context.Background(), &memory{}, strangers); err == nil || !strings.Contains(err.Error(), "no forms") {
		t.Errorf("empty store: %v", err)
	}
}

func TestAmbiguousFormsAreLeftOut(t *testing.T) {
	truth := mustRead(t, truthFile(t, "truth.csv", "form_id,person_id\na1,A\na1,B\na2,A\nc1,C\n"))
	res, err := Evaluate(context.Background(), smallStore(), truth)
	if err != nil {
		t.Fatal(err)
	}
	if res.Forms.Ambiguous != 1 || res.Forms.Compared != 2 || res.Pairwise.F1 != 1 {
		t.Errorf("%+v %+v", res.Forms, res.Pairwise)
	}
}
