package normalize

import (
	"bytes"
	"testing"
	"unicode/utf8"
)

// seeds are texts that each went wrong once, or are of a kind that could.
var seeds = []string{"Nguyễn Văn Đức", "H’ Bia Mlô", "Ho\u0300a", "NguyÔn V¨n §øc", "Nguyeãn Vaên Ñöùc", "Nguyá»…n VÄƒn Äá»©c",
	"Nguyeenx Vawn Dduwcs", "Tra^`n Thi. Ho^`ng", "Trần Thị Bé (chủ hộ)", "aa‐.", "1-a", "áca`", "а?Ͱ", "dda1", "ı́", "i̇", "\u0307a",
	"ác' a.", "a-aᛮa", "\xff\xfe", "", " ", "Lê Văn Tám (Bí danh: Hoàng)", "NGUYỄN VĂN NAM NGUYỄN VĂN NAM", "01/02/1985", "079 090 012 345",
	"0912.345.678 / 0987654321", "Ngày 1 tháng 2 năm 1985", "ngày hai mốt tháng chạp năm bảy mươi", "A\xc4\u1bab", "Nguye??n Th? Hoa", "1.23457E+11", "HS4797912345678"}

func addSeeds(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
}

func FuzzText(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, raw []byte) {
		clean := AppendClean(nil, raw)
		if !utf8.Valid(clean) {
			t.Fatalf("clean(%q) = %q is not UTF-8", raw, clean)
		}
		if again := AppendClean(nil, clean); !bytes.Equal(again, clean) {
			t.Fatalf("clean(%q) = %q, then %q", raw, clean, again)
		}
		fold := AppendFold(nil, raw)
		for i, c := range fold {
			if c >= utf8.RuneSelf || foldASCII[c] != c && (c != ' ' || i == 0 || fold[i-1] == ' ') {
				t.Fatalf("fold(%q) = %q", raw, fold)
			}
		}
		placed := AppendTonePlaced(nil, clean)
		if again := AppendTonePlaced(nil, placed); !bytes.Equal(again, placed) {
			t.Fatalf("placed(%q) = %q, then %q", clean, placed, again)
		}
		untyped, _ := AppendUntyped(nil, clean)
		if again, _ := AppendUntyped(nil, untyped); !utf8.Valid(untyped) || !bytes.Equal(again, untyped) {
			t.Fatalf("untyped(%q) = %q, then %q", clean, untyped, again)
		}
	})
}

func FuzzDecode(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, raw []byte) {
		var d Detector
		d.Add(raw, true)
		if _, sure := d.Decide(); sure < 0 || sure > 1 {
			t.Fatalf("%q: confidence %v", raw, sure)
		}
		for e := TCVN3; e < numEncodings; e++ {
			if out := AppendDecoded(nil, raw, e); utf8.Valid(raw) && !utf8.Valid(out) {
				t.Fatalf("%v of %q is not UTF-8: %q", e, raw, out)
			}
		}
	})
}

func FuzzName(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s), "")
		f.Add([]byte(s), "Ê-đê")
	}
	var used Name // remembers words
	f.Fuzz(func(t *testing.T, raw []byte, ethnicity string) {
		var n Name
		n.Parse(raw, []byte(ethnicity))
		checkName(t, &n, raw)
		used.Parse(raw, []byte(ethnicity))
		if !bytes.Equal(used.Written, n.Written) || used.Key != n.Key || used.Codes != n.Codes || used.Gender != n.Gender {
			t.Fatalf("%q is %q with %v, read by a used parser %q with %v", raw, n.Written, n.Codes, used.Written, used.Codes)
		}
		written := append([]byte(nil), n.Written...)
		n.Parse(written, []byte(ethnicity))
		if !bytes.Equal(n.Written, written) {
			t.Fatalf("%q is written %q, then %q", raw, written, n.Written)
		}
	})
}

func checkName(t *testing.T, n *Name, raw []byte) {
	t.Helper()
	if !utf8.Valid(n.Written) || !utf8.Valid(n.Alias) {
		t.Fatalf("%q: written %q, alias %q", raw, n.Written, n.Alias)
	}
	if f := AppendFold(nil, n.Written); !bytes.Equal(f, n.Folded) {
		t.Fatalf("%q: folded %q, want %q", raw, n.Folded, f)
	}
	k := &n.Key
	if k.N > MaxNameWords || k.N > 0 && k.Given >= k.N || k.Surname > k.N || (k.N == 0) != (len(n.Written) == 0) {
		t.Fatalf("%q (%q): key %+v", raw, n.Written, k)
	}
	for _, part := range [][]byte{n.Surname, n.Middle, n.Given} {
		if !bytes.Contains(n.Written, part) {
			t.Fatalf("%q: %q is no part of %q", raw, part, n.Written)
		}
	}
}

func FuzzValues(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, raw []byte) {
		d, _ := ParseDate(raw, DateOptions{NotAfter: NewDate(2026, 11, 21)})
		if d != 0 && !d.Valid() {
			t.Fatalf("date(%q) = %v", raw, d)
		}
		if iso := d.AppendISO(nil); d != 0 {
			if again, _ := ParseDate(iso, DateOptions{}); again != d {
				t.Fatalf("date(%q) = %s, then %s", raw, iso, again)
			}
		}
		id := ParseID(raw, IDContext{Birth: d})
		if text := AppendID(nil, id); id.Usable() {
			if again := ParseID(text, IDContext{Birth: d}); again.Number != id.Number || again.Kind != id.Kind {
				t.Fatalf("id(%q) = %s %+v, then %+v", raw, text, id, again)
			}
		}
		if n, _ := ParsePhone(raw); n != 0 {
			if again, _ := ParsePhone(AppendPhone(nil, n)); again != n {
				t.Fatalf("phone(%q) = %d, then %d", raw, n, again)
			}
		}
		ParseGender(raw)
		ParseEthnicity(raw)
		ParseReligion(raw)
		ParseMarital(raw)
		ParseBlood(raw)
		ParseNationality(raw)
		ParseRelation(raw)
	})
}
