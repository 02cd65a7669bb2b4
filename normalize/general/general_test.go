package general_test

import (
	"testing"

	"github.com/dusach/dusach/normalize/general"
)

func TestText(t *testing.T) {
	for _, c := range []struct {
		of   func(dst, src []byte) []byte
		in   string
		want string
	}{
		{general.AppendText, "  The Art-of   COMPUTER programming, vol. 4A ", "the art of computer programming vol 4a"},
		{general.AppendText, "O'Brien & Søn's Müller-Weiß", "obrien sons muller weiss"},
		{general.AppendText, "Đặng Thị Ngọc", "dang thi ngoc"},
		{general.AppendText, "Лев Толстой №5", "лев толстои no5"},
		{general.AppendText, "—…!", ""},
		{general.AppendName, "Dr. Jean-Luc O’Neill Jr.", "jean luc oneill"},
		{general.AppendName, "Miss", "miss"},
		{general.AppendCode, "ab-12 34/é", "AB1234E"},
		{general.AppendDigits, "+44 (0)20 7946-0018", "4402079460018"},
		{general.AppendEmail, " Ann.Lee+news@Example.ORG ", "ann.lee@example.org"},
		{general.AppendEmail, "no address", ""},
		{general.AppendEmail, "@b", ""},
		{general.AppendTidy, " a \t b\n", "a b"},
	} {
		if got := string(c.of([]byte("kept|"), []byte(c.in))); got != "kept|"+c.want {
			t.Errorf("%q: got %q, want %q", c.in, got[5:], c.want)
		}
	}
}

func TestNumber(t *testing.T) {
	for in, want := range map[string]float64{
		"12": 12, "-3.5": -3.5, "$1,299.00": 1299, "1.299,50 €": 1299.5, "1,299": 1299, "12,5": 12.5, "0.125": .125,
		"1,234,567": 1234567, "1 299 kg": 1299, "1 299": 1299,
	} {
		if got, ok := general.ParseNumber([]byte(in)); !ok || got != want {
			t.Errorf("%q: got %v, %v, want %v", in, got, ok, want)
		}
	}
	for _, in := range []string{"", "-", "twelve", "3 x 5", "12-14", "99999999999999999999999999999999999"} {
		if got, ok := general.ParseNumber([]byte(in)); ok {
			t.Errorf("%q: got %v, want none", in, got)
		}
	}
}

func TestDay(t *testing.T) {
	var list []general.Layout
	for _, text := range []string{"DD/MM/YYYY", "D MON YYYY", "YYYYMMDD", "YYYY"} {
		l, err := general.ParseLayout(text)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, l)
	}
	for in, want := range map[string]string{
		"03/09/1985": "1985-09-03", "3 Sept 1985": "1985-09-03", "19850903": "1985-09-03", "1985": "1985", "03/09/1985 10:20": "1985-09-03",
		"13/14/1985": "invalid", "29/02/1985": "invalid", "31/99/1985": "", "next week": "", "": "",
	} {
		d, ok := general.ParseDay([]byte(in), list)
		got := d.String()
		if ok && !d.Valid() {
			got = "invalid"
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
	for _, text := range []string{"DD/MM", "YYYY-DD", "YYYY YYYY", ""} {
		if _, err := general.ParseLayout(text); err == nil {
			t.Errorf("the layout %q was taken", text)
		}
	}
}

func TestNothingIsAllocated(t *testing.T) {
	dst, text := make([]byte, 0, 256), []byte("Dr. Jean-Luc O'Neill, 12 High St")
	layouts := general.ISOLayouts
	if n := testing.AllocsPerRun(100, func() {
		dst = general.AppendName(dst[:0], text)
		dst = general.AppendCode(dst[:0], text)
		general.ParseNumber(text[22:24])
		general.ParseDay(text, layouts)
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
