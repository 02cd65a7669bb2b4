package standardize_test

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/stagetest"
	"github.com/dusach/dusach/pipeline/standardize"
)

var packing = record.NewPacking(record.FormSchema)

// clean standardizes forms.
func clean(t testing.TB, f *record.Forms) *record.Cleaned {
	t.Helper()
	out := new(record.Cleaned)
	if err := standardize.New(packing, standardize.Options{Today: stagetest.Epoch}).Do(context.Background(), f, out); err != nil {
		t.Fatal(err)
	}
	return out
}

// forms makes a batch; a form is field name → text as written.
func forms(all ...map[string]string) *record.Forms {
	f := new(record.Forms)
	f.Reset(record.FormSchema)
	for _, values := range all {
		stagetest.Add(f, func(field record.Field) string { return values[record.FormSchema.Fields[field].Name] })
	}
	return f
}

// cleanOne standardizes one form and returns its clean columns by name, or
// refused.
func cleanOne(t testing.TB, values map[string]string) (columns map[string]string, codes reason.Set, refused bool) {
	t.Helper()
	c := clean(t, forms(values))
	if c.Refused.Len() == 1 {
		return nil, c.Refused.Codes[0], true
	}
	columns = map[string]string{}
	for i, column := range record.FormSchema.Columns {
		columns[column.Name] = string(c.Records.Clean[i].At(0))
	}
	return columns, c.Records.Codes[0], false
}

// parseForm reads a form of a test file: a line a field. A value in double
// quotes is a Go string, for bytes that an editor would not show.
func parseForm(t *testing.T, d *datadriven.TestData) map[string]string {
	values := map[string]string{}
	for line := range strings.SplitSeq(d.Input, "\n") {
		name, v, ok := strings.Cut(line, ":")
		if !ok || record.FormSchema.ByName(name) == record.None {
			d.Fatalf(t, "the line %q names no field", line)
		}
		v = strings.TrimPrefix(v, " ")
		if strings.HasPrefix(v, `"`) {
			plain, err := strconv.Unquote(v)
			if err != nil {
				d.Fatalf(t, "%s: %v", line, err)
			}
			v = plain
		}
		values[name] = v
	}
	return values
}

// show writes what became of a form: its clean columns, the raw text where it
// differs, its codes.
func show(c *record.Cleaned) string {
	var out strings.Builder
	if c.Refused.Len() == 1 {
		fmt.Fprintf(&out, "refused %s\n", strings.Join(c.Refused.Codes[0].AppendStrings(nil), " "))
		return out.String()
	}
	r := &c.Records
	for i, column := range record.FormSchema.Columns {
		if v := r.Clean[i].At(0); len(v) > 0 {
			fmt.Fprintf(&out, "%s: %s\n", column.Name, v)
		}
	}
	from, to := r.Raw.Row(0)
	for e := from; e < to; e++ {
		fmt.Fprintf(&out, "raw %s: %q\n", record.FormSchema.Fields[r.Raw.Field[e]].Name, r.Raw.Value.At(e))
	}
	fmt.Fprintf(&out, "codes %s\n", strings.Join(r.Codes[0].AppendStrings(nil), " "))
	return out.String()
}

// Whole forms in, clean columns, raw values and codes out.
func TestForms(t *testing.T) {
	datadriven.RunTest(t, "testdata/forms", func(t *testing.T, d *datadriven.TestData) string {
		return show(clean(t, forms(parseForm(t, d))))
	})
}

// back returns form i of a cleaned batch as it came, without outer spaces.
func back(r *record.Records, i int) [][]byte {
	values := make([][]byte, len(r.Schema.Fields))
	for f := range values {
		values[f] = r.Clean[r.Schema.ColumnOf[f]].At(i)
	}
	from, to := r.Raw.Row(i)
	for e := from; e < to; e++ {
		values[r.Raw.Field[e]] = r.Raw.Value.At(e)
	}
	return values
}

// Every form is a record or a refusal, in order, and can be had back as it came:
// what no raw value says stands in the clean columns as it was written.
func TestFormsComeBackAsTheyCame(t *testing.T) {
	in := stagetest.Forms(t, 3000, 5)
	checkBack(t, in, clean(t, in))
}

func checkBack(t testing.TB, in *record.Forms, c *record.Cleaned) {
	t.Helper()
	if c.Records.N+c.Refused.Len() != in.N {
		t.Fatalf("%d forms became %d records and %d refusals", in.N, c.Records.N, c.Refused.Len())
	}
	record, refusal := 0, 0
	for i := range in.N {
		if refusal < c.Refused.Len() && c.Refused.Origin[refusal] == in.Origin[i] {
			if !bytes.Equal(c.Refused.Raw.At(refusal), in.Raw.At(i)) {
				t.Fatalf("form %d was refused with other bytes", i)
			}
			refusal++
			continue
		}
		if c.Records.Origin[record] != in.Origin[i] {
			t.Fatalf("record %d is not form %d", record, i)
		}
		for f, v := range back(&c.Records, record) {
			if want := bytes.TrimSpace(in.Cols[f].At(i)); !bytes.Equal(v, want) {
				t.Fatalf("form %d, %s: came as %q, comes back as %q", i, in.Schema.Fields[f].Name, want, v)
			}
		}
		record++
	}
}

// What one form becomes does not depend on its neighbours.
func TestNeighboursDoNotMatter(t *testing.T) {
	in := stagetest.Forms(t, 400, 6)
	together := clean(t, in)
	record1, refusal := 0, 0
	for i := range in.N {
		alone := new(record.Forms)
		alone.Reset(in.Schema)
		stagetest.Add(alone, func(f record.Field) string { return string(in.Cols[f].At(i)) })
		alone.Codes[0] = in.Codes[i]
		one := clean(t, alone)
		if one.Refused.Len() == 1 {
			if one.Refused.Codes[0] != together.Refused.Codes[refusal] {
				t.Fatalf("form %d: refused with other codes among others", i)
			}
			refusal++
			continue
		}
		for c := range one.Records.Clean {
			if a, b := one.Records.Clean[c].At(0), together.Records.Clean[c].At(record1); !bytes.Equal(a, b) {
				t.Fatalf("form %d, column %s: %q alone, %q among others", i, in.Schema.Columns[c].Name, a, b)
			}
		}
		if one.Records.Codes[0] != together.Records.Codes[record1] || one.Records.Key[0] != together.Records.Key[record1] {
			t.Fatalf("form %d: other codes or another key among others", i)
		}
		w := packing.Width
		if !bytes.Equal(one.Records.Packed, together.Records.Packed[record1*w:(record1+1)*w]) {
			t.Fatalf("form %d: packed otherwise among others", i)
		}
		record1++
	}
}
