package stagetest

import (
	"bytes"
	"context"
	"slices"
	"testing"

	"github.com/dusach/dusach/fixtures/corpus"
	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/standardize"
)

// Epoch is the date that bounds the forms of the tests.
const Epoch = normalize.Date(2026<<9 | 12<<5 | 31)

// options describe a corpus in which people come often and forms go wrong in
// every way.
func options(n int, seed uint64) corpus.Options {
	o := corpus.Defaults()
	o.Forms, o.Seed, o.Copies, o.Workers = int64(n), seed, .3, 1
	return o
}

// CSV returns n invented rows, broken ones among them, under a header of the
// canonical names.
func CSV(t testing.TB, n int, seed uint64) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := corpus.WriteText(context.Background(), options(n, seed), &b, nil, false); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Forms returns the forms among n invented rows, as decode hands them over.
func Forms(t testing.TB, n int, seed uint64) *record.Forms {
	t.Helper()
	f := new(record.Forms)
	f.Reset(record.FormSchema)
	_, err := corpus.Each(context.Background(), options(n, seed), func(r *corpus.Record) error {
		if r.Line == nil {
			Add(f, func(field record.Field) string { return r.Fields[field] })
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// Add adds a form with the given values to f.
func Add(f *record.Forms, value func(record.Field) string) {
	var raw []byte
	for i := range f.Cols {
		v := value(record.Field(i))
		f.Cols[i].AppendString(v)
		raw = append(append(raw, v...), ',')
	}
	f.Raw.Append(raw)
	f.Origin = append(f.Origin, record.Origin{Source: 1, Position: int64(f.N) + 2})
	f.Codes = append(f.Codes, reason.Set{})
	f.N++
}

// Records returns the records of forms.
func Records(t testing.TB, f *record.Forms) *record.Records {
	t.Helper()
	var c record.Cleaned
	stage := standardize.New(record.NewPacking(f.Schema), standardize.Options{Today: Epoch})
	if err := stage.Do(context.Background(), f, &c); err != nil {
		t.Fatal(err)
	}
	return &c.Records
}

// Known returns records in the memory of block and cluster, in the given order
// of their places; nil: as they stand.
func Known(r *record.Records, order []int) *record.Known {
	k := &record.Known{Packing: r.Packing, Names: record.NewNames()}
	for n := range r.N {
		i := n
		if order != nil {
			i = order[n]
		}
		k.Append(r, i)
	}
	return k
}

// Clone returns f in memory of its own.
func Clone(f *record.Forms) *record.Forms {
	c := &record.Forms{Schema: f.Schema, N: f.N, Cols: make([]record.Text, len(f.Cols)), Raw: cloneText(&f.Raw),
		Origin: slices.Clone(f.Origin), Codes: slices.Clone(f.Codes)}
	for i := range f.Cols {
		c.Cols[i] = cloneText(&f.Cols[i])
	}
	return c
}

func cloneText(t *record.Text) record.Text {
	return record.Text{Off: slices.Clone(t.Off), Slab: slices.Clone(t.Slab)}
}
