package normalize

import "testing"

func TestSyllableNumbersSpellBack(t *testing.T) {
	spellings(func(old, _ string) {
		w := ParseWord([]byte(old))
		if back := syllableWord(w.Syllable()); back != w {
			t.Fatalf("%s: %v spells %v", old, w, back)
		}
	})
}

func TestSuggested(t *testing.T) {
	for raw, want := range map[string]string{
		"Ng Văn Nam":         "Nguyễn Văn Nam",
		"Nguyễn V. Hùng":     "Nguyễn Văn Hùng",
		"Trần T Hoa":         "Trần Thị Hoa",
		"Nguyễn Thi Lan":     "Nguyễn Thị Lan",
		"Nguyển Văn Nam":     "Nguyễn Văn Nam",
		"Nguyễn Vãn Nam":     "Nguyễn Văn Nam",
		"Nguyễn Văn Khánj":   "Nguyễn Văn Khánh",
		"Trần Thị Phưongg":   "Trần Thị Phưongg", // two slips: nobody knows
		"Phạm Thị Hồngg":     "Phạm Thị Hồng",
		"Nguyễn Văn Đức":     "Nguyễn Văn Đức",
		"Nguyễn Jennifer An": "Nguyễn Jennifer An",
	} {
		var n Name
		n.Parse([]byte(raw), nil)
		if got := string(n.AppendSuggested(nil)); got != want {
			t.Errorf("suggested for %q: %q, want %q", raw, got, want)
		}
	}
}

func TestNear(t *testing.T) {
	has := func(word, want string) bool {
		for _, n := range AppendNear(nil, ParseWord([]byte(word))) {
			if n.Word == ParseWord([]byte(want)) {
				return true
			}
		}
		return false
	}
	for _, p := range [][2]string{{"châu", "trâu"}, {"hương", "hường"}, {"khanh", "khánh"}, {"duyên", "giuyên"}, {"lam", "lâm"}, {"phongg", "phong"}, {"sinh", "xinh"}} {
		near := has(p[0], p[1])
		if want := ParseWord([]byte(p[1])).Valid() && seen.index[ParseWord([]byte(p[1])).Syllable()] != 0; near != want {
			t.Errorf("%s is near %s: %v", p[1], p[0], near)
		}
	}
	if has("hoa", "hùng") || has("lan", "lan") {
		t.Error("AppendNear proposes a far word, or the word itself")
	}
}
