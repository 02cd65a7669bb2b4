package snapshot

import (
	"bytes"
	"context"
	"iter"
	"reflect"
	"slices"
	"testing"

	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/dusach/dusach/pipeline/record"
)

// values returns the values of a column, so that columns can be compared.
func values(t *record.Text) []string {
	v := []string{}
	for i := range t.Len() {
		v = append(v, string(t.At(i)))
	}
	return v
}

func sameText(t *testing.T, what string, got, want *record.Text) {
	t.Helper()
	if !slices.Equal(values(got), values(want)) {
		t.Errorf("%s: read\n%.300q\nwant\n%.300q", what, values(got), values(want))
	}
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: read\n%.300v\nwant\n%.300v", what, got, want)
	}
}

// only returns the one batch of a small table.
func only[R any](t *testing.T, rows iter.Seq2[R, error]) (batch R) {
	t.Helper()
	n := 0
	for r, err := range rows {
		if err != nil {
			t.Fatal(err)
		}
		batch = r
		n++
	}
	if n != 1 {
		t.Fatalf("%d batches, want 1", n)
	}
	return batch
}

// deltaWidths is more than what the decoders of deltas keep: Arrow 15 never
// gives back their bit widths, 64 bytes a column of a part. A batch that is not
// given back weighs more.
const deltaWidths = 4 << 10

// openSample publishes a sample and opens it with an allocator that notices
// what is not given back.
func openSample(t *testing.T, schema *record.Schema, n int) (*sample, *Snapshot) {
	t.Helper()
	store, s := t.TempDir(), newSampleOf(schema, n)
	publish(t, store, s)
	snap, err := Open(store, "")
	if err != nil {
		t.Fatal(err)
	}
	checked := memory.NewCheckedAllocator(memory.DefaultAllocator)
	t.Cleanup(func() {
		if left := checked.CurrentAlloc(); left > deltaWidths {
			t.Errorf("%d bytes were not given back", left)
		}
	})
	snap.memory = checked
	return s, snap
}

func TestReadBackForms(t *testing.T) {
	for _, schema := range []*record.Schema{record.FormSchema, tinySchema} {
		t.Run(schema.Name, func(t *testing.T) { readBackForms(t, schema) })
	}
}

func readBackForms(t *testing.T, schema *record.Schema) {
	s, snap := openSample(t, schema, 1000)
	same(t, "schema", snap.Schema, schema)
	if schema.IsForm() != snap.Schema.IsForm() {
		t.Error("the collection form is not recognized")
	}
	r := only(t, snap.ReadForms(context.Background()))
	sameText(t, "person_id", &r.Person, &s.forms.Person)
	for c := range r.Clean {
		sameText(t, r.Schema.Columns[c].Name, &r.Clean[c], &s.forms.Clean[c])
	}
	same(t, "reason_codes", r.Codes, s.forms.Codes)
	same(t, "raw fields", r.Raw.Field, s.forms.Raw.Field)
	same(t, "raw rows", r.Raw.Off, s.forms.Raw.Off)
	for i := range r.Raw.Value.Len() {
		want := appendValid(nil, s.forms.Raw.Value.At(i))
		if !bytes.Equal(r.Raw.Value.At(i), want) {
			t.Fatalf("raw value %d: %q, want %q", i, r.Raw.Value.At(i), want)
		}
	}
}

func TestReadBackCitizens(t *testing.T) {
	s, snap := openSample(t, record.FormSchema, 1000)
	i := 0
	for r, err := range snap.ReadCitizens(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		want := &s.citizens[i]
		sameText(t, "person_id", &r.Person, &want.Person)
		for c := range r.Clean {
			sameText(t, r.Schema.Columns[r.Schema.CitizenColumns[c]].Name, &r.Clean[c], &want.Clean[c])
		}
		same(t, "province", r.Province, want.Province)
		same(t, "forms", r.Forms, want.Forms)
		sameText(t, "first_seen", &r.FirstSeen, &want.FirstSeen)
		sameText(t, "last_seen", &r.LastSeen, &want.LastSeen)
		sameText(t, "status", &r.Status, &want.Status)
		same(t, "flags", r.Flags, want.Flags)
		same(t, "origin rows", r.Origins.Off, want.Origins.Off)
		same(t, "origin fields", r.Origins.Field, want.Origins.Field)
		sameText(t, "origin forms", &r.Origins.Form, &want.Origins.Form)
		i++
	}
	if i != 3 {
		t.Errorf("%d provinces, want 3", i)
	}
}

func TestReadBackTheRest(t *testing.T) {
	s, snap := openSample(t, record.FormSchema, 1000)
	links := only(t, snap.ReadLinks(context.Background()))
	sameText(t, "form_a", &links.FormA, &s.links.FormA)
	sameText(t, "form_b", &links.FormB, &s.links.FormB)
	sameText(t, "levels", &links.Levels, &s.links.Levels)
	same(t, "rule", links.Rule, s.links.Rule)
	same(t, "match_weight", links.Weight, s.links.Weight)
	same(t, "match_probability", links.Probability, s.links.Probability)
	same(t, "verdict", links.Verdict, s.links.Verdict)

	var sources record.Sources
	origins := only(t, snap.ReadOrigins(context.Background(), &sources))
	sameText(t, "origins form_id", &origins.Key, &s.origins.Key)
	same(t, "source", origins.Source, s.origins.Source)
	same(t, "position", origins.Position, s.origins.Position)
	same(t, "outcome", origins.Outcome, s.origins.Outcome)
	same(t, "sources", sources.Names(), s.sources.Names())

	refused := only(t, snap.ReadQuarantine(context.Background(), &sources))
	same(t, "refused from", refused.Origin, s.quarantine.Origin)
	same(t, "refused for", refused.Codes, s.quarantine.Codes)
	sameText(t, "raw", &refused.Raw, &s.quarantine.Raw)
	sameText(t, "office", &refused.Office, &s.quarantine.Office)
	if got := string(refused.Key.At(0)); got != "BAD\uf7c3" {
		t.Errorf("a key that is no UTF-8 reads %q", got)
	}

	history := only(t, snap.ReadHistory(context.Background()))
	sameText(t, "history person_id", &history.Person, &s.history.Person)
	sameText(t, "became", &history.Became, &s.history.Became)
}

func TestReadSomeColumns(t *testing.T) {
	s, snap := openSample(t, record.FormSchema, 100)
	r := only(t, snap.ReadForms(context.Background(), "form_id", "reason_codes"))
	sameText(t, "form_id", &r.Clean[r.Schema.ColumnOf[r.Schema.Key]], &s.forms.Clean[0])
	same(t, "reason_codes", r.Codes, s.forms.Codes)
	if r.Person.Len() != r.N || len(r.Person.Slab) > 0 || len(r.Raw.Off) != r.N+1 {
		t.Errorf("columns that were not asked for are not empty")
	}
}

func TestReadingStopsEarly(t *testing.T) {
	_, snap := openSample(t, record.FormSchema, 9000)
	for _, err := range snap.ReadForms(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		break
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	n := 0
	for _, err := range snap.ReadForms(ctx) {
		if n++; n == 2 {
			if err == nil {
				t.Error("no error after the context ended")
			}
			break
		}
		cancel()
	}
}
