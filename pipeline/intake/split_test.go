package intake

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"
	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
	"pgregory.net/rapid"
)

// readAll reads text from standard input and returns a line for each row and
// error: position, codes and bytes.
func readAll(t testing.TB, text string, opt Options) []string {
	t.Helper()
	opt.Stdin = strings.NewReader(text)
	var out []string
	number := 0
	for c, err := range New([]string{"-"}, opt).Chunks(context.Background()) {
		if err != nil {
			out = append(out, "error: "+err.Error())
			continue
		}
		if c.Number != number {
			t.Fatalf("chunk %d came as number %d", number, c.Number)
		}
		number++
		for i, row := range c.Rows {
			out = append(out, fmt.Sprintf("%d %v %q", row.Position, row.Codes.AppendStrings(nil), c.Bytes(i)))
		}
		c.Release()
	}
	return out
}

// TestRows reads testdata/rows: each case is a file as it arrives, \-escapes
// undone, and what becomes of it. Every case is read in chunks of one row and
// of many: the rows are the same.
func TestRows(t *testing.T) {
	datadriven.RunTest(t, "testdata/rows", func(t *testing.T, d *datadriven.TestData) string {
		text, err := strconv.Unquote(`"` + strings.ReplaceAll(strings.ReplaceAll(d.Input, `"`, `\"`), "\n", `\n`) + `"`)
		if err != nil {
			t.Fatalf("%s: %v", d.Pos, err)
		}
		rows := readAll(t, text, Options{})
		for _, opt := range []Options{{Rows: 1}, {Rows: 2}, {Bytes: 1}, {Bytes: 40}} {
			if other := readAll(t, text, opt); strings.Join(other, "\n") != strings.Join(rows, "\n") {
				t.Errorf("%s: with chunks of %d rows, %d bytes:\n%s", d.Pos, opt.Rows, opt.Bytes, strings.Join(other, "\n"))
			}
		}
		if len(rows) == 0 {
			return "no rows"
		}
		return strings.Join(rows, "\n")
	})
}

// slow gives a text in small pieces, as a pipe does.
type slow struct {
	text []byte
	step int
}

func (s *slow) Read(p []byte) (int, error) {
	n := copy(p[:min(len(p), s.step)], s.text)
	s.text = s.text[n:]
	if n == 0 {
		return 0, fmt.Errorf("the line broke")
	}
	return n, nil
}

// rowsOf splits text under a header of width columns, with a source that
// breaks off at the end.
func rowsOf(text []byte, width, step, rows, size int) []string {
	s := &splitter{src: &slow{text, step}, eol: '\n', delimiter: ',', width: width}
	var out []string
	for more := true; more; {
		c := &record.Chunk{}
		more = s.next(c, rows, size)
		for i, r := range c.Rows {
			out = append(out, fmt.Sprintf("%d %t %v %s", r.Position, r.Quoted, r.Codes, c.Bytes(i)))
		}
	}
	return out
}

// TestSplitLaws checks on any text made of the characters that matter that all
// bytes are in some row, blank lines and line ends apart, and that rows do not
// depend on the sizes of chunks and reads.
func TestSplitLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{
			`"`, `"`, `""`, ",", ",", "\n", "\n", "\r\n", "a", "ễ", " ", `","`, "b\n", "\xff",
		}), 0, 60).Draw(t, "text"), "")
		width := rapid.IntRange(1, 4).Draw(t, "width")
		want := rowsOf([]byte(text), width, 1<<20, 1<<20, 1<<20)
		got := rowsOf([]byte(text), width, rapid.IntRange(1, 9).Draw(t, "step"),
			rapid.IntRange(1, 5).Draw(t, "rows"), rapid.IntRange(1, 30).Draw(t, "size"))
		if strings.Join(want, "\n") != strings.Join(got, "\n") {
			t.Fatalf("rows depend on sizes:\n%q\n%q", want, got)
		}
		conserved(t, []byte(text), width)
	})
}

// conserved fails unless every byte of text but spaces and line ends is in a
// row, in order.
func conserved(t interface{ Fatalf(string, ...any) }, text []byte, width int) {
	s := &splitter{src: &slow{text, 1 << 20}, eol: '\n', delimiter: ',', width: width}
	c := &record.Chunk{}
	for s.next(c, 1<<30, 1<<30) {
	}
	var all []byte
	last := int64(0)
	for i, r := range c.Rows {
		if r.Position < last {
			t.Fatalf("row %d at line %d comes after line %d", i, r.Position, last)
		}
		last = r.Position
		all = append(all, c.Bytes(i)...)
	}
	strip := func(b []byte) []byte {
		return slices.DeleteFunc(bytes.Clone(b), func(c byte) bool { return c == ' ' || c == '\n' || c == '\r' })
	}
	if !bytes.Equal(strip(all), strip(text)) {
		t.Fatalf("rows hold %q, the text %q", all, text)
	}
	if n := len(c.Rows); n == 0 || !c.Rows[n-1].Codes.Has(reason.FormFileUnreadable) {
		t.Fatalf("the source broke off and no row says so")
	}
}

func FuzzSplit(f *testing.F) {
	f.Add([]byte("1,\"a\n2,b\n"), 2)
	f.Add([]byte("\"\"\"\"a\n\"\"\"\"a\n"), 2)
	f.Add([]byte("1,\"x\ny\",z\n\"\n\"\n"), 3)
	f.Fuzz(func(t *testing.T, text []byte, width int) {
		want := rowsOf(text, width, 1<<20, 1<<20, 1<<20)
		if got := rowsOf(text, width, 7, 3, 20); strings.Join(want, "\n") != strings.Join(got, "\n") {
			t.Fatalf("rows depend on sizes:\n%q\n%q", want, got)
		}
		conserved(t, text, width)
	})
}
