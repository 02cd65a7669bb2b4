package normalize

import (
	"testing"
	"unsafe"

	"pgregory.net/rapid"
)

func word(s string) Word { return ParseWord([]byte(s)) }

func TestNameKeyIsOneCacheLine(t *testing.T) {
	if size := unsafe.Sizeof(NameKey{}); size != 64 {
		t.Errorf("a NameKey has %d bytes", size)
	}
}

func TestWordRelations(t *testing.T) {
	for _, c := range []struct {
		a, b                string
		lost, variant, same bool
	}{
		{"Nguyễn", "Nguyen", true, false, false},
		{"Nguyên", "Nguyễn", true, false, false},
		{"Hương", "Hường", true, false, false}, // a tone alone may have been lost
		{"Hướng", "Hường", false, false, false},
		{"Hoàng", "Huỳnh", false, true, false},
		{"Vũ", "Võ", false, true, false},
		{"Phước", "Phúc", false, true, false},
		{"Kỳ", "Kì", false, false, true},
		{"quý", "quí", false, false, true},
		{"Thúy", "Thúi", false, false, false},
		{"tay", "tai", false, false, false},
		{"hoà", "hòa", true, false, true},
		{"Đức", "Duc", true, false, false},
		{"Lâm", "Lăm", false, false, false},
		{"An", "Ân", true, false, false},
	} {
		a, b := word(c.a), word(c.b)
		for _, pair := range [][2]Word{{a, b}, {b, a}} {
			x, y := pair[0], pair[1]
			if got := LostMarks(x, y); got != c.lost {
				t.Errorf("LostMarks(%s, %s) = %v", c.a, c.b, got)
			}
			if got := SameVariant(x, y); got != c.variant {
				t.Errorf("SameVariant(%s, %s) = %v", c.a, c.b, got)
			}
			if got := SameSyllable(x, y); got != c.same {
				t.Errorf("SameSyllable(%s, %s) = %v", c.a, c.b, got)
			}
		}
	}
}

func TestWordFlags(t *testing.T) {
	for s, valid := range map[string]bool{"Nguyễn": true, "Đức": true, "hoà": true, "qủa": true, "Duc": false, "Khánj": false, "phongg": false,
		"Kpă": false, "gì": true, "giếng": true, "quốc": true, "kha": true, "ka": false, "ce": false, "nghe": true, "nge": false, "bắt": true, "băt": false,
		"iên": false, "yên": true, "H'": false, "": false, "Ŏng": false} {
		if got := word(s).Valid(); got != valid {
			t.Errorf("%q is valid: %v", s, got)
		}
	}
	long := "abcdefghijklmnop"
	if a, b := word(long), word(long[:15]+"q"); a.Base == b.Base || a.Len() != 12 {
		t.Errorf("long words %v and %v", a, b)
	}
	if a, b := word("H'Bia"), word("HBia"); a.Base != b.Base {
		t.Error("an apostrophe changes the letters")
	}
}

func TestLostMarksLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.SampledFrom(everySyllable).Draw(t, "syllable")
		w, bare := word(s), word(string(AppendFold(nil, []byte(s))))
		if !LostMarks(w, w) || !LostMarks(w, bare) || !SameSyllable(w, w) || SameVariant(w, w) {
			t.Fatalf("%s: %v and %v", s, w, bare)
		}
		other := word(rapid.SampledFrom(everySyllable).Draw(t, "other"))
		if LostMarks(w, other) != LostMarks(other, w) || SameVariant(w, other) != SameVariant(other, w) || SameSyllable(w, other) != SameSyllable(other, w) {
			t.Fatalf("%v and %v: the order matters", w, other)
		}
		if f := string(w.AppendFold(nil)); f != string(AppendFold(nil, []byte(s))) {
			t.Fatalf("%s folds to %s", s, f)
		}
	})
}

func TestNameKeys(t *testing.T) {
	key := func(s, ethnicity string) NameKey {
		var n Name
		n.Parse([]byte(s), []byte(ethnicity))
		return n.Key
	}
	for _, same := range [][2]string{
		{"NGUYỄN VĂN ĐỨC", "nguyễn  văn đức"}, {"Trần Thuý Hằng", "Trần Thúy Hằng"}, {"Nguyeenx Vawn Dduwcs", "Nguyễn Văn Đức"},
		{"Nguyễn Văn T0àn", "Nguyễn Văn Toàn"}, {"H' Bia Mlô", "H’Bia Mlô"}, {"Nguyễn_Văn_Nam", "NguyễnVăn Nam"},
		{"Bà Lê Thị Sáu", "Lê Thị Sáu (chết)"}, {"Trần Thị Lan-Anh", "Trần Thị Lan Anh"},
	} {
		a, b := key(same[0], "Ê-đê"), key(same[1], "Ê-đê")
		for i := range a.Marks {
			a.Marks[i] &^= WordRead
			b.Marks[i] &^= WordRead
		}
		if a != b {
			t.Errorf("the keys of %q and %q differ:\n%+v\n%+v", same[0], same[1], a, b)
		}
	}
	k := key("Nguyễn Thị Thu Hà My Linh Chi", "")
	if k.N != 5 || k.Flags&NameCut == 0 || k.Given != 4 || k.Word(4) != word("Chi") || k.Word(1) != word("Thị") || k.Word(2) != word("My") {
		t.Errorf("a long name: %+v", k)
	}
	if k := key("Phuong Nguyễn", ""); k.Word(0).Base != word("Phuong").Base {
		t.Error("a damaged word lost its letters")
	}
	if f := string(k.AppendFold(nil)); f != "nguyen thi my linh chi" {
		t.Errorf("folded key %q", f)
	}
}
