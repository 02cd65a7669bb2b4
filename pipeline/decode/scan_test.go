package decode

import (
	"bytes"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// checkScan holds scan against its definition.
func checkScan(t interface{ Fatalf(string, ...any) }, b []byte) {
	high, control, valid := scan(b)
	if want := bytes.ContainsFunc(b, func(r rune) bool { return r >= utf8.RuneSelf }); high != want {
		t.Fatalf("%q: high %t", b, high)
	}
	below := func(r rune) bool { return r < ' ' || r == 0x7F }
	if want := bytes.ContainsFunc(b, below); control != want {
		t.Fatalf("%q: control %t", b, control)
	}
	if want := utf8.Valid(b); valid != want {
		t.Fatalf("%q: valid %t", b, valid)
	}
}

func TestScan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.SampledFrom([]string{
			"a", "nh", "ư", "ễ", "Đ", "ế", "€", "😀", "\u0080", "\u07ff", "\u0800", "\uffff", "\ufffd", "\U0010ffff", " ", "\t", "\x00", "\x7f", "\x1f",
			"\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xc2", "\xdf", "\xe0\x80\x80", "\xe0\xa0", "\xe1\xba", "\xed\xa0\x80", "\xed\x9f\xbf",
			"\xef\xbf", "\xf0\x80\x80\x80", "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80", "\xff",
		}), 0, 20).Draw(t, "parts")
		var b []byte
		for _, p := range parts {
			b = append(b, p...)
		}
		checkScan(t, b)
	})
}

func FuzzScan(f *testing.F) {
	f.Add([]byte("Nguyễn Văn Đức\t\x7f"))
	f.Add([]byte("\xed\xa0\x80 \xc0\x80 \xf4\x90\x80\x80"))
	f.Fuzz(func(t *testing.T, b []byte) { checkScan(t, b) })
}
