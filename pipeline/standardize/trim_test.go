package standardize_test

import (
	"testing"

	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// latin1View writes text as the characters that Latin-1 shows for its bytes in
// an encoding of one byte a letter.
func latin1View(t *testing.T, e normalize.Encoding, text string) string {
	t.Helper()
	bytes := map[rune]rune{}
	for b := 255; b >= 0; b-- {
		letter := []rune(string(normalize.AppendDecoded(nil, []byte{byte(b), 0xFF}, e)))
		bytes[letter[0]] = rune(b)
	}
	var view []rune
	for _, r := range text {
		b, ok := bytes[r]
		if !ok {
			t.Fatalf("%v has no %c", e, r)
		}
		view = append(view, b)
	}
	return string(view)
}

// What looks like a space at the end of a value may be its last letter.
func TestSpacesThatAreLetters(t *testing.T) {
	for _, c := range []struct {
		encoding normalize.Encoding
		name     string
		want     string
	}{
		{normalize.VISCII, "TRẦN THỊ THÕ", "Trần Thị Thõ"},
		{normalize.VISCII, "ẦU DƯƠNG VŨ", "Ầu Dương Vũ"},
	} {
		view := latin1View(t, c.encoding, c.name)
		got, codes, refused := cleanOne(t, map[string]string{"full_name": view, "birth_date": "01/02/1985",
			"mother_name": latin1View(t, c.encoding, "NGUYỄN THỊ DUỆ")})
		if refused || got["full_name"] != c.want || !codes.Has(reason.TextEncodingFixed) {
			t.Errorf("%q came as %q and is %q", c.name, view, got["full_name"])
		}
	}
	got, _, _ := cleanOne(t, map[string]string{"full_name": "\u00a0Trần Thị Hoa\u00a0", "birth_date": "\u00a0", "cccd": "001185000001\u0085"})
	if got["full_name"] != "Trần Thị Hoa" || got["cccd"] != "001185000001" {
		t.Errorf("no-break spaces around a Unicode form: %v", got)
	}
}

// VPS and VISCII have letters on control characters. Which they are is known
// only when the form has told its encoding; what is left of them goes then, and
// the raw values are as they came.
func TestControlCharactersThatAreLetters(t *testing.T) {
	view := func(e normalize.Encoding, text string) string { return latin1View(t, e, text) }
	for _, c := range []struct {
		name, mother, want string
		control            bool
	}{
		{view(normalize.VPS, "PHẠM DIỄM ÁNH"), view(normalize.VPS, "TRẦN THỊ NHẠN"), "Phạm Diễm Ánh", false},
		{view(normalize.VPS, "PHẠM DIỄM") + "\x01 " + view(normalize.VPS, "ÁNH"), view(normalize.VPS, "TRẦN THỊ NHẠN"), "Phạm Diễm Ánh", true},
		{view(normalize.VISCII, "NGUYỄN ĐỨC THẴNG"), view(normalize.VISCII, "TRẦN THỊ LỆ"), "Nguyễn Đức Thẵng", false},
		{"NGUY\x02ỄN VĂN AN\x00", "\x01", "Nguyễn Văn An", true},
		{"\x1b Tran Van Ba", "", "Tran Van Ba", true},
	} {
		in := forms(map[string]string{"form_id": "1", "full_name": c.name, "mother_name": c.mother, "birth_date": "01/02/1985"})
		in.Codes[0].Add(reason.TextControl)
		out := clean(t, in)
		name := out.Records.Clean[record.FormSchema.ColumnOf[record.FullName]].At(0)
		if codes := out.Records.Codes[0]; string(name) != c.want || codes.Has(reason.TextControl) != c.control {
			t.Errorf("%q became %q with %v", c.name, name, codes.AppendStrings(nil))
		}
		checkBack(t, in, out)
	}
}
