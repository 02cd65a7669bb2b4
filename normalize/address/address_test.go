package address

import (
	"bytes"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/normalize/units"
)

// texts draws addresses of all sorts, from tidy to noise.
func texts() *rapid.Generator[string] {
	word := rapid.OneOf(
		rapid.SampledFrom(strings.Fields("xã phường huyện quận tỉnh TP. thị trấn Tân Thành Châu Hòa Bình Hà Nội cũ nay là ( ) , - / . ; 12/3A P.5 Q.3 tổ 5 KP 3 Đắk Ea H'Leo Bà Rịa Vũng Tàu đường số HCM ĐN III trước đây Việt Nam")),
		rapid.Custom(func(t *rapid.T) string {
			return units.Old(rapid.Uint16Range(1, uint16(units.MaxOld())).Draw(t, "old")).Name()
		}),
		rapid.Custom(func(t *rapid.T) string {
			return units.New(rapid.Uint16Range(1, uint16(units.MaxNew())).Draw(t, "new")).Name()
		}),
		rapid.Custom(tidy),
	)
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(word, 1, 12).Draw(t, "words"), rapid.SampledFrom([]string{" ", ", ", "-", ""}).Draw(t, "separator"))
	})
}

// tidy draws an address as it ought to be written.
func tidy(t *rapid.T) string {
	o := units.Old(rapid.Uint16Range(1, uint16(units.MaxOld())).Draw(t, "unit"))
	if o.Code()[0] == 'D' {
		return "Huyện " + o.Name() + ", " + units.ProvinceName63(o.Province())
	}
	return o.Kind().String() + " " + o.Name() + ", " + units.DistrictKind(o.District()).String() + " " +
		units.DistrictName(o.District()) + ", " + units.ProvinceName63(o.Province())
}

// Every old commune, written in full, is found, with no help of the district's
// or the province's keyword.
func TestEveryOldCommune(t *testing.T) {
	var p Parser
	var a Address
	for o := units.Old(1); o <= units.MaxOld(); o++ {
		if o.Code()[0] == 'D' {
			continue
		}
		text := o.Kind().String() + " " + o.Name() + ", " + units.DistrictKind(o.District()).String() + " " +
			units.DistrictName(o.District()) + ", " + units.ProvinceName63(o.Province())
		p.Parse([]byte(text), &a)
		if a.Old != o {
			t.Errorf("%q: %s, want %s", text, a.Old.Code(), o.Code())
		}
		if !units.Follows(o, a.New) {
			t.Errorf("%q: new %s is no part of %s", text, a.New.Code(), o.Code())
		}
	}
}

// Every new commune, written in full, is found.
func TestEveryNewCommune(t *testing.T) {
	var p Parser
	var a Address
	for n := units.New(1); n <= units.MaxNew(); n++ {
		for _, day := range []int{units.NewFrom, units.KindsFrom} {
			text := n.KindOn(day).String() + " " + n.Name() + ", " + units.ProvinceKindOn(n.Province(), day).String() + " " + units.ProvinceName34(n.Province())
			p.Parse([]byte(text), &a)
			if a.New != n {
				t.Errorf("%q: %s, want %s", text, a.New.Code(), n.Code())
			}
		}
	}
}

// Case and the form of Unicode do not matter, and the cleaned text reads as the
// raw one.
func TestSpellingLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := texts().Draw(t, "text")
		var p Parser
		var a, b Address
		p.Parse([]byte(text), &a)
		for _, other := range []string{strings.ToUpper(text), strings.ToLower(text), norm.NFD.String(text), "  " + text + " ", string(a.Text)} {
			p.Parse([]byte(other), &b)
			if a.Key != b.Key || a.Codes != b.Codes || a.Confidence != b.Confidence {
				t.Fatalf("%q: %+v %v\n%q: %+v %v", text, a.Key, a.Codes, other, b.Key, b.Codes)
			}
		}
	})
}

// A Parser keeps nothing of an address: the order of calls does not matter.
func TestNothingIsKept(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first, second := texts().Draw(t, "first"), texts().Draw(t, "second")
		var used, fresh Parser
		var a, b Address
		used.Parse([]byte(first), &a)
		used.Parse([]byte(second), &a)
		fresh.Parse([]byte(second), &b)
		if a.Key != b.Key || a.Codes != b.Codes || string(a.Rest) != string(b.Rest) {
			t.Fatalf("%q after %q: %+v, alone %+v", second, first, a.Key, b.Key)
		}
	})
}

// What is reported hangs together.
func TestResultLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := texts().Draw(t, "text")
		var p Parser
		var a Address
		p.Parse([]byte(text), &a)
		if a.Old != 0 && a.New != 0 && !units.Follows(a.Old, a.New) {
			t.Fatalf("%q: %s does not follow %s", text, a.New.Code(), a.Old.Code())
		}
		if a.New != 0 && (a.Key.ProvinceNew != a.New.Province() || len(a.Candidates) == 0 || a.Candidates[0] != a.New) {
			t.Fatalf("%q: key %+v, candidates %v", text, a.Key, a.Candidates)
		}
		if a.Old != 0 && (a.Key.ProvinceOld != a.Old.Province() || a.Key.District != a.Old.District()) {
			t.Fatalf("%q: key %+v", text, a.Key)
		}
		for _, part := range [][]byte{a.Rest, a.HouseNo, a.Street, a.Hamlet} {
			if !strings.Contains(string(a.Text), string(part)) {
				t.Fatalf("%q: %q is no part of it", text, part)
			}
		}
		if a.Confidence < 0 || a.Confidence > 1 {
			t.Fatalf("%q: confidence %v", text, a.Confidence)
		}
	})
}

// What a text leaves open, the edition that it is known to be of decides.
func TestParseAs(t *testing.T) {
	var p Parser
	var a Address
	for _, c := range []struct {
		text     string
		edition  Edition
		old, new string
	}{
		{"P. Bến Thành, TP.HCM", AnyEdition, "", "26743"},
		{"P. Bến Thành, TP.HCM", OldEdition, "26743", "26743"},
		{"P. Bến Thành, TP.HCM", NewEdition, "", "26743"},
		{"Đống Đa, Hà Nội", AnyEdition, "", ""},
		{"Đống Đa, Hà Nội", OldEdition, "", ""},
		{"Đống Đa, Hà Nội", NewEdition, "", "00235"},
		{"P. Bến Nghé, Quận 1, TP.HCM", NewEdition, "26740", "26740"}, // no such new ward
		{"Phường Dĩ An, TP.HCM (trước đây: P. Dĩ An, TP Dĩ An, Bình Dương)", OldEdition, "25942", "25942"},
	} {
		p.ParseAs([]byte(c.text), c.edition, &a)
		if a.Old.Code() != c.old || a.New.Code() != c.new {
			t.Errorf("%q as %d: %s, %s, want %s, %s", c.text, c.edition, a.Old.Code(), a.New.Code(), c.old, c.new)
		}
	}
	if EditionOn(20250630) != OldEdition || EditionOn(20250701) != AnyEdition || EditionOn(0) != AnyEdition {
		t.Error("only a day before the reform tells the edition")
	}
}

func TestParseAllocatesNothing(t *testing.T) {
	var p Parser
	var a Address
	for _, text := range []string{
		string(full), "Thôn 4, xã Quỳnh Vắn, huyện Quỳnh Lưi, tỉnh Nghệ An",
		"Phường Dĩ An, TP Hồ Chí Minh (trước đây: P. Dĩ An, TP Dĩ An, Bình Dương)", "Phường Gia Nghĩa, Lâm Đồng",
		"xã X\nhuyện Y", strings.Repeat("Tân Thành, ", 400),
	} {
		raw := []byte(text)
		p.Parse(raw, &a)
		if n := testing.AllocsPerRun(50, func() { p.Parse(raw, &a) }); n != 0 {
			t.Errorf("%.40q: %v allocations", text, n)
		}
	}
}

func FuzzParse(f *testing.F) {
	for line := range strings.Lines(cases) {
		text, _, _ := strings.Cut(line, "\t")
		f.Add(text)
	}
	f.Add("\x00\xff(((,,,///")
	f.Add(strings.Repeat("a", 5000))
	var p Parser
	var a, b Address
	f.Fuzz(func(t *testing.T, text string) {
		p.Parse([]byte(text), &a)
		for _, part := range [][]byte{a.Text, a.Rest, a.HouseNo, a.Street, a.Hamlet} {
			if !utf8.Valid(part) || !bytes.Contains(a.Text, part) {
				t.Fatalf("%q: %q of %q", text, part, a.Text)
			}
		}
		if a.Old != 0 && a.New != 0 && !units.Follows(a.Old, a.New) || a.Confidence < 0 || a.Confidence > 1 {
			t.Fatalf("%q: %s, %s, %v", text, a.Old.Code(), a.New.Code(), a.Confidence)
		}
		for _, other := range []string{string(a.Text), norm.NFD.String(string(a.Text)), otherCase(string(a.Text))} {
			if back := normalize.AppendClean(nil, []byte(other)); !bytes.Equal(bytes.ToLower(back), bytes.ToLower(a.Text)) {
				continue // letters of other scripts: cleaning takes them for look-alikes
			}
			p.Parse([]byte(other), &b)
			if a.Key != b.Key || a.Codes != b.Codes || a.Confidence != b.Confidence {
				t.Fatalf("%q: %+v %v\n%q: %+v %v", text, a.Key, a.Codes, other, b.Key, b.Codes)
			}
		}
	})
}

// otherCase returns the text in capitals, where that and back loses nothing:
// letters without a capital of one rune, or of another length, stay.
func otherCase(text string) string {
	return strings.Map(func(r rune) rune {
		if u := unicode.ToUpper(r); unicode.ToLower(u) == r && utf8.RuneLen(u) == utf8.RuneLen(r) {
			return u
		}
		return r
	}, text)
}
