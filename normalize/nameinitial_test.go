package normalize

import (
	"bytes"
	"testing"
)

// TestInitialsArePrefixes has abbreviated names next to what they stand for.
func TestInitialsArePrefixes(t *testing.T) {
	var short, full Name
	for _, c := range [][2]string{{"Ng.V.A", "Nguyễn Văn Anh"}, {"Ng~ Văn Tấn", "Nguyễn Văn Tấn"}, {"Ngx văn tấn", "Nguyễn Văn Tấn"}, {"Ph.T.loan", "Phan Thị Loan"},
		{"Tr. thị Nga", "Trần Thị Nga"}, {"h.Đ.TÂM", "Huỳnh Đức Tâm"}, {"Đ. Th. Mười", "Đoàn Thị Mười"}} {
		short.Parse([]byte(c[0]), nil)
		full.Parse([]byte(c[1]), nil)
		if short.Key.N != full.Key.N {
			t.Errorf("%q has %d words, want %d", c[0], short.Key.N, full.Key.N)
			continue
		}
		some := false
		for i := range int(short.Key.N) {
			a, b := short.Key.Word(i), full.Key.Word(i)
			some = some || a.Initial()
			if !a.Initial() && a != b || !bytes.HasPrefix(b.AppendFold(nil), a.AppendFold(nil)) {
				t.Errorf("%q: word %d is no prefix of that of %q", c[0], i, c[1])
			}
		}
		if !some {
			t.Errorf("%q has no initial", c[0])
		}
	}
}
