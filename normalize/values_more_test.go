package normalize

import "testing"

// A cell may hold two numbers: the personal one counts, the other is not lost.
func TestSplitIDs(t *testing.T) {
	for _, c := range []struct{ cell, first, second string }{
		{"001090012345", "001090012345", ""},
		{"001090012345/012345678", "001090012345", "012345678"},
		{"012345678, 001090012345", "001090012345", "012345678"},
		{"CMND 012345678 (cũ), CCCD 001090012345 cấp ngày 01/02/2021", "001090012345", "012345678"},
		{"001090012345 012345678", "001090012345", "012345678"},
		{"012345678 271450123", "012345678", "271450123"},
		{"001090012345 001090012345", "001090012345", ""},
		{"001090012345 cấp 01022021", "001090012345 cấp 01022021", ""},
		{"", "", ""},
	} {
		first, second := SplitIDs([]byte(c.cell))
		if string(first) != c.first || string(second) != c.second {
			t.Errorf("SplitIDs(%q) = %q, %q, want %q, %q", c.cell, first, second, c.first, c.second)
		}
		id := ParseID([]byte(c.cell), IDContext{})
		if c.second != "" && string(AppendID(nil, id)) != c.first {
			t.Errorf("ParseID(%q) = %s, want %s", c.cell, AppendID(nil, id), c.first)
		}
	}
}

// Letters that look like digits, a decimal of a spreadsheet and words after the number are no
// part of a phone number; a number with a letter that is no digit is none.
func TestPhoneDamage(t *testing.T) {
	for raw, want := range map[string]string{
		"09l2345678": "0912345678", "091234S678": "0912345678", "O912345678": "0912345678", "912345678.0": "0912345678",
		"0912345678 gặp bà Lan": "0912345678", "0912345678 (con gái)": "0912345678", "09x2345678": "", "9.12E+08": "", "0912": "",
	} {
		n, _ := ParsePhone([]byte(raw))
		if got := string(AppendPhone(nil, n)); got != want {
			t.Errorf("phone %q = %q, want %q", raw, got, want)
		}
	}
}
