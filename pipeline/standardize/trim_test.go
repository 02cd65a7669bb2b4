package standardize_test

import (
	"testing"

	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/normalize/reason"
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
