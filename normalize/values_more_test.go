package normalize

import (
	"testing"

	"github.com/dusach/dusach/normalize/reason"
)

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

// A spreadsheet drops the zero of a nine-digit card. It comes back where such cards were
// issued and nothing speaks for another digit that was lost, or for no card at all.
func TestCardLosesItsZero(t *testing.T) {
	const hanoi, hcmc, dongNai = 1, 79, 75
	for _, c := range []struct {
		raw      string
		province uint8
		want     string
	}{
		{"12233445", 0, "012233445"}, {"12233445", hanoi, "012233445"}, {"12233445.0", 0, "012233445"}, {"22233445", hcmc, "022233445"},
		{"22233445", dongNai, "022233445"},                                     // moved to the city
		{"27145012", dongNai, ""},                                              // a card of Đồng Nai, 27, without one of its digits
		{"91233445", 0, "091233445"}, {"93233445", 0, ""}, {"96233445", 0, ""}, // 093, 096: never issued
		{"15081990", 0, ""}, {"31121985", hanoi, ""}, {"31131985", hanoi, "031131985"}, // days of birth; no day
		{"01223344", 0, ""}, {"12345678", 0, ""}, {"22222222", 0, ""}, {"1223344", 0, ""},
	} {
		id := ParseID([]byte(c.raw), IDContext{BirthProvince: c.province})
		got := ""
		if id.Kind == CMND9 {
			got = string(AppendID(nil, id))
		}
		if got != c.want || id.Codes.Has(reason.IDLengthPadded) != (c.want != "") {
			t.Errorf("%q (born in %d): %q, want %q; codes %v", c.raw, c.province, got, c.want, id.Codes.AppendStrings(nil))
		}
	}
	for _, raw := range []string{"012233445", "271450123"} { // whole ones stay
		if id := ParseID([]byte(raw), IDContext{}); string(AppendID(nil, id)) != raw || id.Codes.Has(reason.IDLengthPadded) {
			t.Errorf("%q: %s %v", raw, AppendID(nil, id), id.Codes.AppendStrings(nil))
		}
	}
}

// Nobody is born in a year to come: what is written there is no date, and no year that
// anybody may be known by.
func TestBirthInAYearToCome(t *testing.T) {
	opt := DateOptions{Kind: Birth, NotAfter: NewDate(2021, 6, 15)}
	for raw, want := range map[string]Date{
		"12/03/2031": 0, "2031": 0, "12-3-2022": 0, "2022-01-01": 0, "00/00/2045": 0, "29/02/2031": 0, "ngày 3 tháng 2 năm 2031": 0,
		"12/03/2021": NewDate(2021, 3, 12), "2021": NewDate(2021, 0, 0), "12/03/31": NewDate(1931, 3, 12), "12/03/1931": NewDate(1931, 3, 12),
		"20/06/2021": NewDate(2021, 6, 20), // a few days late: as often the day of the form is wrong
	} {
		d, codes := ParseDate([]byte(raw), opt)
		if d != want || WrittenYear([]byte(raw), opt) != want.Year() {
			t.Errorf("%q: %v, year %d, want %v", raw, d, WrittenYear([]byte(raw), opt), want)
		}
		future := raw != "29/02/2031" && (want == 0 || raw == "20/06/2021")
		if codes.Has(reason.DOBFuture) != future || codes.Has(reason.DOBInvalid) != (raw == "29/02/2031") {
			t.Errorf("%q: codes %v", raw, codes.AppendStrings(nil))
		}
	}
	if d, codes := ParseDate([]byte("12/03/2031"), DateOptions{Kind: Event, NotAfter: opt.NotAfter}); d != NewDate(2031, 3, 12) || !codes.Has(reason.EventDateInvalid) {
		t.Errorf("an event to come: %v %v", d, codes.AppendStrings(nil))
	}
	if d, _ := ParseDate([]byte("12/03/2031"), DateOptions{}); d == 0 {
		t.Error("without a day to judge by the date is gone")
	}
}
