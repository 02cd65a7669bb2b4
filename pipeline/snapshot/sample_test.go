package snapshot

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// A sample is a small store's worth of invented rows that obey every law.
type sample struct {
	schema     *record.Schema
	forms      record.FormRows
	citizens   [3]record.CitizenRows // provinces 0, 1 and 79
	links      record.LinkRows
	origins    record.OriginRows
	quarantine record.Refusals
	history    record.HistoryRows
	sources    record.Sources
	counts     Counts
}

var (
	sampleProvinces = [3]uint8{0, 1, 79}
	sampleRules     = []string{"cccd", "name+date"}
	syllables       = []string{"Nguyễn", "Trần", "Lê", "Phạm", "Văn", "Thị", "Hương", "Giang", "Minh", "Đức", "Tuấn", "Hùng", "Xuân", "Quang"}
)

// cleanValue invents a value of column c.
func cleanValue(r *rand.Rand, s *record.Schema, c record.Column, dst []byte) []byte {
	words := func(n int) {
		for i := range n {
			if i > 0 {
				dst = append(dst, ' ')
			}
			dst = append(dst, syllables[r.IntN(len(syllables))]...)
		}
	}
	f := s.Fields[c.Field]
	switch c.Part {
	case record.PartText:
		if f.Kind == record.KindOrigin && r.IntN(3) == 0 {
			return dst
		}
		dst = fmt.Appendf(dst, "số %d đường ", r.IntN(400))
		words(8)
		return dst
	case record.PartOldCode, record.PartNewCode:
		return fmt.Appendf(dst, "%05d", r.IntN(3321))
	case record.PartNewCandidates:
		if r.IntN(10) == 0 {
			dst = fmt.Appendf(dst, "%05d %05d", r.IntN(3000), r.IntN(3000))
		}
		return dst
	}
	switch f.Kind {
	case record.KindName:
		if f.Name != "other_name" && f.Name != "guardian_name" {
			words(4)
		}
	case record.KindDate, record.KindCollected:
		if f.Name != "event_date" {
			dst = fmt.Appendf(dst, "%d-%02d-%02d", 1940+r.IntN(80), 1+r.IntN(12), 1+r.IntN(28))
		}
	case record.KindCCCD, record.KindCMND, record.KindPhone, record.KindNumber:
		if r.IntN(4) > 0 {
			dst = fmt.Appendf(dst, "%012d", r.Int64N(1e12))
		}
	case record.KindText:
		if f.Name != "note" {
			dst = fmt.Appendf(dst, "%.2s%d", f.Name, r.IntN(50))
		}
	case record.KindEvent:
	default:
		dst = fmt.Appendf(dst, "%.3s%d", f.Name, r.IntN(8))
	}
	return dst
}

// newSample invents a store of n citizens with one to three forms each.
func newSample(n int) *sample { return newSampleOf(record.FormSchema, n) }

// tinySchema is a record type of another kind than the collection form.
var tinySchema = func() *record.Schema {
	s, err := record.NewSchema("patient", []record.FieldDef{
		{Name: "number", Kind: record.KindKey}, {Name: "name", Kind: record.KindName},
		{Name: "born", Kind: record.KindDate}, {Name: "home", Kind: record.KindResidence},
	})
	if err != nil {
		panic(err)
	}
	return s
}()

func newSampleOf(schema *record.Schema, n int) *sample {
	s := &sample{schema: schema}
	r := rand.New(rand.NewPCG(7, uint64(n)))
	s.forms.Reset(schema)
	for i := range s.citizens {
		s.citizens[i].Reset(schema)
	}
	s.sources.Add("ward-1.csv")
	s.sources.Add("ward-2.csv")
	form, pairs := 0, [][3]string{}
	for i := range n {
		person := fmt.Sprintf("%08d%08x", i, r.Uint32())
		size := max(1, r.IntN(20)-16)
		ids := []string{}
		for range size {
			ids = append(ids, fmt.Sprintf("HN-%07d", form))
			s.addForm(r, person, ids[len(ids)-1])
			form++
		}
		for i := range ids[1:] {
			pairs = append(pairs, [3]string{ids[i], ids[i+1], fmt.Sprintf("full_name=%d", r.IntN(5))})
		}
		s.addCitizen(r, i%3, person, ids)
	}
	s.addLinks(r, pairs)
	s.addRest(r, n)
	s.counts.FormsIn = s.counts.Forms + s.counts.Quarantine + s.counts.Repeats
	return s
}

func (s *sample) addForm(r *rand.Rand, person, id string) {
	schema := s.schema
	for c := range schema.Columns {
		t := &s.forms.Clean[c]
		if schema.Columns[c].Field == schema.Key {
			t.AppendString(id)
			continue
		}
		t.Slab = cleanValue(r, schema, schema.Columns[c], t.Slab)
		t.Close()
	}
	s.forms.Person.AppendString(person)
	for range r.IntN(3) {
		raw := []byte("  nguyen  van \xff a ")
		s.forms.Raw.Add(record.Field(1+r.IntN(len(schema.Fields)-1)), raw[:2+r.IntN(len(raw)-2)])
	}
	s.forms.Raw.Close()
	set := reason.Set{}
	for range r.IntN(3) {
		set.Add(reason.Code(r.IntN(int(reason.NumCodes))))
	}
	s.forms.Codes = append(s.forms.Codes, set)
	s.forms.N++
	s.addOrigin(id, record.Accepted)
	s.counts.Forms++
}

func (s *sample) addOrigin(id string, o record.Outcome) {
	s.origins.Key.AppendString(id)
	s.origins.Source = append(s.origins.Source, uint32(s.origins.N%2))
	s.origins.Position = append(s.origins.Position, int64(s.origins.N))
	s.origins.Outcome = append(s.origins.Outcome, o)
	s.origins.N++
}

func (s *sample) addCitizen(r *rand.Rand, province int, person string, ids []string) {
	c := &s.citizens[province]
	c.Person.AppendString(person)
	for i := range c.Clean {
		c.Clean[i].Slab = cleanValue(r, c.Schema, c.Schema.Columns[c.Schema.CitizenColumns[i]], c.Clean[i].Slab)
		c.Clean[i].Close()
	}
	c.Province = append(c.Province, sampleProvinces[province])
	c.Forms = append(c.Forms, uint32(len(ids)))
	c.FirstSeen.AppendString("2024-05-01")
	c.LastSeen.AppendString("2025-05-01")
	c.Status.AppendString(record.StatusActive)
	c.Flags = append(c.Flags, reason.Set{})
	if len(ids) > 1 {
		c.Origins.Add(1, []byte(ids[0]))
		c.Origins.Add(2, []byte(ids[1]))
	}
	c.Origins.Close()
	c.N++
	s.counts.Citizens++
}

func (s *sample) addLinks(r *rand.Rand, pairs [][3]string) {
	slices.SortFunc(pairs, func(a, b [3]string) int { return cmp.Compare(a[0]+a[1], b[0]+b[1]) })
	for _, p := range pairs {
		s.links.FormA.AppendString(p[0])
		s.links.FormB.AppendString(p[1])
		s.links.Levels.AppendString(p[2])
		s.links.Rule = append(s.links.Rule, uint8(r.IntN(2)))
		s.links.Weight = append(s.links.Weight, r.Float64()*30)
		s.links.Probability = append(s.links.Probability, r.Float64())
		s.links.Verdict = append(s.links.Verdict, record.Match)
		s.links.N++
		s.counts.Links++
	}
}

// addRest invents repeats, refusals and history.
func (s *sample) addRest(r *rand.Rand, n int) {
	for i := range n/20 + 1 {
		s.addOrigin(fmt.Sprintf("HN-%07d", i), record.Repeat)
		s.counts.Repeats++
		raw := bytes.Repeat([]byte{byte(i), 0xff, '"', '\n'}, 1+r.IntN(20))
		s.quarantine.Append([]byte("BAD\xc3"), []byte("P01"), raw, record.Origin{Source: 1, Position: int64(i)}, reason.Of(reason.FormRowUnreadable))
		s.addOrigin("", record.Refused)
		s.counts.Quarantine++
		for j, v := range []string{fmt.Sprintf("%016x", i), "0000000000000001", "joined", "000001"} {
			[]*record.Text{&s.history.Person, &s.history.Became, &s.history.Change, &s.history.Since}[j].AppendString(v)
		}
		s.history.N++
		s.counts.History++
	}
}

// write writes every table of the sample.
func (s *sample) write(d *Draft) error {
	for i := range s.citizens {
		if s.citizens[i].N == 0 {
			continue
		}
		if err := put(d.Citizens(sampleProvinces[i], 0))(&s.citizens[i]); err != nil {
			return err
		}
	}
	return first(
		func() error { return put(d.Forms(0))(&s.forms) },
		func() error { return put(d.Links(0, sampleRules))(&s.links) },
		func() error { return put(d.Origins(0, &s.sources))(&s.origins) },
		func() error { return put(d.Quarantine(0, &s.sources))(&s.quarantine) },
		func() error { return put(d.History(0))(&s.history) },
		func() error { return d.WriteFile("scorecard.json", []byte("{}\n")) },
	)
}

func (s *sample) manifest() *Manifest {
	return &Manifest{Inputs: []Input{{Name: "ward-1.csv", Bytes: 10, SHA256: "00"}}, Counts: s.counts}
}

type rowWriter[R any] interface {
	WriteRows(R) error
	Close() error
}

// put returns the function that writes rows as a whole part.
func put[R any, W rowWriter[R]](w W, err error) func(R) error {
	return func(rows R) error {
		if err != nil {
			return err
		}
		if err := w.WriteRows(rows); err != nil {
			return err
		}
		return w.Close()
	}
}

// publish writes the sample as the next snapshot of store.
func publish(tb testing.TB, store string, s *sample) {
	tb.Helper()
	publishOn(tb, store, s, osDisk{})
}

func publishOn(tb testing.TB, store string, s *sample, on disk) {
	tb.Helper()
	d, err := Begin(context.Background(), store, Options{Schema: s.schema, Version: "test", Command: "dusach test", disk: on})
	if err != nil {
		tb.Fatal(err)
	}
	defer d.Abort()
	if err := s.write(d); err != nil {
		tb.Fatal(err)
	}
	if err := d.Publish(s.manifest()); err != nil {
		tb.Fatal(err)
	}
}
