package address

import (
	"bytes"
	"testing"
)

// A keyword with wrong marks or a slip is read as one where nothing else is found;
// names that begin so stay names, and what is not found stays as it was.
func TestMisspeltKeywords(t *testing.T) {
	var p Parser
	var a Address
	for text, old := range map[string]string{
		"Số 12 Trần Phú, phưởng Văn Quán, quận Hà Đông, TP Hà Nội": "09542",
		"Thôn 5, phườg Văn Quán, quận Hà Đông, TP Hà Nội":          "09542",
		"12 Trần Phú, phưởng Văn Quán, Hà Nội":                     "09542",
		"Tổ 3, phưởng 5, quận 3, TP HCM":                           "27151",
		"thị trân Đông Anh, huyện Đông Anh, Hà Nội":                "00454",
		"Xà Phìn, huyện Đồng Văn, Hà Giang":                        "00736",
		"Xá Nhè, Tủa Chùa, Điện Biên":                              "03244",
		"Phương Liễu, Quế Võ, Bắc Ninh":                            "09265",
		"Thôn Xà Phìn, xã Phương Tiến, Vị Xuyên, Hà Giang":         "00940",
	} {
		if p.Parse([]byte(text), &a); a.Old.Code() != old {
			t.Errorf("%q is %q, want %q", text, a.Old.Code(), old)
		}
		if bytes.Contains(a.Rest, []byte("phư")) {
			t.Errorf("%q leaves %q", text, a.Rest)
		}
	}
	for _, text := range []string{"Xà Hạ, Mèo Vạc, Hà Giang", "Quản Trọng, Nghệ An", "12 Huyền Trân Công Chúa, Huế"} {
		p.Parse([]byte(text), &a)
		if a.Old != 0 {
			t.Errorf("%q is taken for %s", text, a.Old.Code())
		}
		if marked := p.markSlips(); marked != 0 {
			p.unmark(marked)
		}
		for i := range p.s.n {
			if tok := &p.s.tok[i]; tok.isKw != 0 && keywords[tok.isKw].mask&kwUnit != 0 && tok.start == 0 {
				t.Errorf("%q: its first word stays a keyword", text)
			}
		}
	}
	text := []byte("Số 12 Trần Phú, phườg Văn Quán, quận Hà Đông, TP Hà Nội")
	if n := testing.AllocsPerRun(20, func() { p.Parse(text, &a) }); n != 0 {
		t.Errorf("a misspelt keyword allocates %v times", n)
	}
}

// A commune alone that several districts had is none of them, nor the one of today
// that bears its name; where the province is named, it is that one.
func TestNameOfSeveralCommunesAlone(t *testing.T) {
	var p Parser
	var a Address
	for _, text := range []string{"xã Đông Sơn", "Xã Tân Tiến", "xã Bình Minh", "Phường 1"} {
		if p.Parse([]byte(text), &a); a.Old != 0 || a.New != 0 || len(a.Candidates) < 2 {
			t.Errorf("%q is %s %s of %d candidates", text, a.Old.Code(), a.New.Code(), len(a.Candidates))
		}
	}
	if p.Parse([]byte("Xã Đông Sơn, Quảng Ngãi"), &a); a.New.Code() != "21109" {
		t.Errorf("in its province it is %q", a.New.Code())
	}
	if p.Parse([]byte("xã Sà Phìn"), &a); a.New == 0 {
		t.Error("a name that one commune alone bears is lost")
	}
}
