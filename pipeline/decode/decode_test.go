package decode_test

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"
	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/pipeline/decode"
	"github.com/dusach/dusach/pipeline/intake"
	"github.com/dusach/dusach/pipeline/record"
)

// show writes what became of each row of a chunk, a line each.
func show(out *strings.Builder, d *record.Decoded) {
	f := &d.Forms
	for i := range f.N {
		fmt.Fprintf(out, "%d:", f.Origin[i].Position)
		for c := range f.Cols {
			if v := f.Cols[c].At(i); len(v) > 0 {
				fmt.Fprintf(out, " %s=%q", f.Schema.Fields[c].Name, v)
			}
		}
		fmt.Fprintf(out, " %v\n", f.Codes[i].AppendStrings(nil))
	}
	r := &d.Refused
	for i := range r.Len() {
		fmt.Fprintf(out, "%d: refused %v key=%q office=%q raw=%q\n", r.Origin[i].Position, r.Codes[i].AppendStrings(nil),
			r.Key.At(i), r.Office.At(i), r.Raw.At(i))
	}
}

// decodeText decodes a file and returns what show says of its rows.
func decodeText(t testing.TB, text string, opt intake.Options) string {
	t.Helper()
	opt.Stdin, opt.Parquet = strings.NewReader(text), decode.OpenParquet
	stage := decode.New(record.FormSchema)
	var out strings.Builder
	var d record.Decoded
	for c, err := range intake.New([]string{"-"}, opt).Chunks(context.Background()) {
		if err != nil {
			t.Log(err)
			continue
		}
		if err := stage.Do(context.Background(), c, &d); err != nil {
			t.Fatal(err)
		}
		if got := d.Forms.N + d.Refused.Len(); got != len(c.Rows) {
			t.Fatalf("%d rows became %d forms and refusals", len(c.Rows), got)
		}
		show(&out, &d)
		c.Release()
	}
	return strings.TrimSuffix(out.String(), "\n")
}

func unescape(t testing.TB, d *datadriven.TestData) string {
	t.Helper()
	text, err := strconv.Unquote(`"` + strings.ReplaceAll(strings.ReplaceAll(d.Input, `"`, `\"`), "\n", `\n`) + `"`)
	if err != nil {
		t.Fatalf("%s: %v", d.Pos, err)
	}
	return text
}

// TestForms reads testdata/forms: each case is a file as it arrives, \-escapes
// undone, and the forms that come of it.
func TestForms(t *testing.T) {
	datadriven.RunTest(t, "testdata/forms", func(t *testing.T, d *datadriven.TestData) string {
		var opt intake.Options
		if d.HasArg("encoding") {
			var name string
			d.ScanArgs(t, "encoding", &name)
			opt.Encoding, opt.Declared = normalize.ParseEncoding(name)
		}
		return decodeText(t, unescape(t, d), opt)
	})
}

// TestNoAllocation decodes one chunk again and again: rows plain, quoted,
// broken, with control characters and in a single-byte encoding.
func TestNoAllocation(t *testing.T) {
	text := string(sample(200)) + strings.Repeat("P1,x\nP2,\"a\"\"b\",\x01\n", 20) + strings.Repeat("V\xa8n,Nguy\xd4n\n", 20)
	stage := decode.New(record.FormSchema)
	var d record.Decoded
	for c, err := range intake.New([]string{"-"}, intake.Options{Stdin: strings.NewReader(text)}).Chunks(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		do := func() {
			if err := stage.Do(context.Background(), c, &d); err != nil {
				t.Fatal(err)
			}
		}
		do()
		if d.Forms.N != 200 || d.Refused.Len() != 60 {
			t.Fatalf("%d forms, %d refusals", d.Forms.N, d.Refused.Len())
		}
		if n := testing.AllocsPerRun(20, do); n != 0 {
			t.Errorf("%v allocations for %d rows", n, len(c.Rows))
		}
	}
}
