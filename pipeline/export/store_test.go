package export

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/snapshot"
)

// testForm is an invented form, by the columns that the tests look at.
type testForm struct{ id, person, name, cccd, phone, note string }

var testForms = []testForm{
	{"F1", "p1", "Nguyễn Thị Hương", "001190123456", "0912345678", ""},
	{"F2", "p1", "Nguyễn Thị Hường", "001190123456", "", "=HYPERLINK(\"x\")"},
	{"F3", "p2", "Lê Văn Quang", "", "+84912345678", "@SUM(1)"},
	{"F4", "p3", "Trần Đức", "079088000001", "", "-"},
	{"F5", "p3", "Trần Đức", "", "", "a\nb\t\"c\""},
	{"F6", "p3", "Trần Đức", "079088000001", "", ""},
}

// Citizens live in Hà Nội (01: p1, p3) and Thành phố Hồ Chí Minh (79: p2).
var testPeople = []struct {
	id       string
	province uint8
	forms    int
}{{"p1", 1, 2}, {"p3", 1, 3}, {"p2", 79, 1}}

func formRows() *record.FormRows {
	s, r := record.FormSchema, &record.FormRows{}
	r.Reset(s)
	for _, f := range testForms {
		for c := range s.Columns {
			v := map[string]string{"form_id": f.id, "full_name": f.name, "cccd": f.cccd, "phone": f.phone, "note": f.note}[s.Columns[c].Name]
			r.Clean[c].AppendString(v)
		}
		r.Person.AppendString(f.person)
		if f.phone != "" {
			r.Raw.Add(record.Phone, []byte("đt "+f.phone))
		}
		r.Raw.Close()
		r.Codes = append(r.Codes, reason.Of(reason.NameToneStyle, reason.DupProbable))
		r.N++
	}
	return r
}

func citizenRows(province uint8) *record.CitizenRows {
	s, r := record.FormSchema, &record.CitizenRows{}
	r.Reset(s)
	for _, p := range testPeople {
		if p.province != province {
			continue
		}
		r.Person.AppendString(p.id)
		for i, c := range s.CitizenColumns {
			v := ""
			if s.Columns[c].Name == "full_name" {
				v = "tên của " + p.id
			}
			r.Clean[i].AppendString(v)
		}
		r.Province, r.Forms = append(r.Province, province), append(r.Forms, uint32(p.forms))
		for _, t := range []*record.Text{&r.FirstSeen, &r.LastSeen} {
			t.AppendString("2025-01-01")
		}
		r.Status.AppendString(record.StatusActive)
		r.Flags = append(r.Flags, reason.Set{})
		if p.id == "p1" {
			r.Origins.Add(record.FullName, []byte("F1"))
		}
		r.Origins.Close()
		r.N++
	}
	return r
}

func linkRows() *record.LinkRows {
	r := &record.LinkRows{}
	for _, p := range [][2]string{{"F1", "F2"}, {"F2", "F3"}, {"F4", "F5"}} {
		r.FormA.AppendString(p[0])
		r.FormB.AppendString(p[1])
		r.Levels.AppendString("full_name=2")
		r.Rule = append(r.Rule, 0)
		r.Weight, r.Probability = append(r.Weight, -3.25), append(r.Probability, 0.5)
		r.Verdict = append(r.Verdict, record.Review)
		r.N++
	}
	return r
}

// originRows says that each form came from the first source, and one refusal.
func originRows() *record.OriginRows {
	r := &record.OriginRows{}
	for i, f := range testForms {
		r.Key.AppendString(f.id)
		r.Source, r.Position = append(r.Source, 0), append(r.Position, int64(i))
		r.Outcome = append(r.Outcome, record.Accepted)
		r.N++
	}
	r.Key.AppendString("")
	r.Source, r.Position = append(r.Source, 1), append(r.Position, 9)
	r.Outcome = append(r.Outcome, record.Refused)
	r.N++
	return r
}

type writer[R any] interface {
	WriteRows(R) error
	Close() error
}

func put[R any, W writer[R]](t *testing.T, rows R) func(W, error) {
	return func(w W, err error) {
		t.Helper()
		if err == nil {
			err = w.WriteRows(rows)
		}
		if err == nil {
			err = w.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// openStore publishes the invented forms.
func openStore(t *testing.T) *snapshot.Snapshot {
	t.Helper()
	store := t.TempDir()
	d, err := snapshot.Begin(context.Background(), store, snapshot.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Abort()
	sources := &record.Sources{}
	sources.Add("ward.csv")
	sources.Add("=cmd.csv")
	var refused record.Refusals
	refused.Append(nil, []byte("HN-01"), []byte("=1+1\xff\x00;x"), record.Origin{Source: 1, Position: 9}, reason.Of(reason.FormRowUnreadable))
	put[*record.FormRows, *snapshot.FormsWriter](t, formRows())(d.Forms(0))
	put[*record.CitizenRows, *snapshot.CitizensWriter](t, citizenRows(1))(d.Citizens(1, 0))
	put[*record.CitizenRows, *snapshot.CitizensWriter](t, citizenRows(79))(d.Citizens(79, 0))
	put[*record.LinkRows, *snapshot.LinksWriter](t, linkRows())(d.Links(0, []string{"name"}))
	put[*record.OriginRows, *snapshot.OriginsWriter](t, originRows())(d.Origins(0, sources))
	put[*record.Refusals, *snapshot.QuarantineWriter](t, &refused)(d.Quarantine(0, sources))
	counts := snapshot.Counts{FormsIn: 7, Forms: 6, Quarantine: 1, Citizens: 3, Links: 3}
	if err := d.Publish(&snapshot.Manifest{Counts: counts}); err != nil {
		t.Fatal(err)
	}
	s, err := snapshot.Open(store, "")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// written returns what Write makes of a table.
func written(t *testing.T, s *snapshot.Snapshot, o Options) ([]byte, int64) {
	t.Helper()
	var out bytes.Buffer
	n, err := Write(context.Background(), s, o, &out)
	if err != nil {
		t.Fatal(fmt.Errorf("%+v: %w", o, err))
	}
	return out.Bytes(), n
}
