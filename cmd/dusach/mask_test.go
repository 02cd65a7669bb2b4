package main

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/dusach/dusach/pipeline/record"
)

func TestMask(t *testing.T) {
	for _, c := range []struct {
		kind       record.Kind
		give, want string
	}{
		{record.KindCCCD, "001090012345", "001*****2345"},
		{record.KindCCCD, "001 090 012 345", "001 *** **2 345"},
		{record.KindCCCD, "12345", "*****"},
		{record.KindPhone, "0912345678", "091***5678"},
		{record.KindText, "gọi 0912345678 sau 17h", "gọi 091***5678 sau 17h"},
		{record.KindDate, "1990-05-01", "1990-05-01"},
		{record.KindName, "Nguyễn Văn Đức", "Nguyễn Văn Đức"},
		{record.KindKey, "123456789012", "123456789012"},
	} {
		if got := mask(true).value(c.kind, c.give); got != c.want {
			t.Errorf("%q is shown as %q, wanted %q", c.give, got, c.want)
		}
		if got := mask(false).value(c.kind, c.give); got != c.give {
			t.Errorf("%q without a mask is %q", c.give, got)
		}
	}
}

// A masked value keeps its length and never shows nine digits in a row.
func TestMaskShowsNoWholeNumber(t *testing.T) {
	kinds := []record.Kind{record.KindCCCD, record.KindPhone, record.KindText, record.KindNumber}
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.StringMatching(`([0-9]{0,14}[ a-đ]{0,2}){1,4}`).Draw(t, "value")
		got := mask(true).value(rapid.SampledFrom(kinds).Draw(t, "kind"), v)
		if len(got) != len(v) {
			t.Fatalf("%q became %q", v, got)
		}
		for run := range strings.FieldsFuncSeq(got, func(r rune) bool { return r < '0' || r > '9' }) {
			if len(run) >= longRun {
				t.Fatalf("%q is shown as %q", v, got)
			}
		}
	})
}

// Nothing of a cell is lost in a grid, however narrow.
func TestGridLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringMatching(`[A-Za-zÀ-ÿĂ-ưẠ-ỹ0-9,]{1,12}( [A-Za-zÀ-ÿĂ-ưẠ-ỹ0-9,]{1,12}){0,6}`).Draw(t, "cell")
		g := grid{limit: rapid.IntRange(2, 20).Draw(t, "limit")}
		g.add(cell)
		var b strings.Builder
		g.write(&b)
		squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if squeeze(b.String()) != squeeze(cell) {
			t.Fatalf("%q is shown as\n%s", cell, b.String())
		}
		for line := range strings.Lines(b.String()) {
			if cellWidth(strings.TrimSpace(line)) > g.limit {
				t.Fatalf("the line %q is wider than %d", line, g.limit)
			}
		}
	})
}

// What a form holds cannot move the cursor of a terminal.
func TestOneLineIsHarmless(t *testing.T) {
	if got := oneLine("a\x1b[2Jb\nc\u202ed"); got != "a·[2Jb c·d" {
		t.Errorf("got %q", got)
	}
}
