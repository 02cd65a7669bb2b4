package standardize_test

import (
	"testing"

	"github.com/dusach/dusach/normalize/reason"
)

// A form is refused only if, after impossible values were emptied, it has no
// name, or neither a birth date nor an identifier.
func TestRefusal(t *testing.T) {
	const name = "Nguyễn Văn An"
	for _, c := range []struct {
		what    string
		form    map[string]string
		refused reason.Code // NumCodes: accepted
	}{
		{"nothing at all", nil, reason.NameEmpty},
		{"everything but a name", map[string]string{"birth_date": "12/03/1985", "cccd": "036185000123"}, reason.NameEmpty},
		{"a name of spaces", map[string]string{"full_name": " \t\u00a0", "birth_date": "12/03/1985"}, reason.NameEmpty},
		{"a name of dots", map[string]string{"full_name": "....", "birth_date": "12/03/1985"}, reason.NameEmpty},
		{"a name of digits", map[string]string{"full_name": "12345", "birth_date": "12/03/1985"}, reason.NameEmpty},
		{"another name only", map[string]string{"other_name": name, "birth_date": "12/03/1985"}, reason.NameEmpty},
		{"a name only", map[string]string{"full_name": name}, reason.FormNoIdentity},
		{"an impossible date", map[string]string{"full_name": name, "birth_date": "31/02/0000"}, reason.FormNoIdentity},
		{"words for a date", map[string]string{"full_name": name, "birth_date": "không rõ"}, reason.FormNoIdentity},
		{"a filler for a number", map[string]string{"full_name": name, "cccd": "000000000000"}, reason.FormNoIdentity},
		{"a mangled number", map[string]string{"full_name": name, "cccd": "1.85E+11"}, reason.FormNoIdentity},
		{"a short number", map[string]string{"full_name": name, "cmnd": "1234"}, reason.FormNoIdentity},
		{"a phone is no identifier", map[string]string{"full_name": name, "phone": "0912345678", "household_no": "123456789"}, reason.FormNoIdentity},
		{"the head's number is not one's own", map[string]string{"full_name": name, "head_id": "036185000123"}, reason.FormNoIdentity},

		{"a name and a date", map[string]string{"full_name": name, "birth_date": "12/03/1985"}, reason.NumCodes},
		{"a name and a year", map[string]string{"full_name": name, "birth_date": "1985"}, reason.NumCodes},
		{"a name and a CCCD", map[string]string{"full_name": name, "cccd": "036185000123"}, reason.NumCodes},
		{"a name and a CMND", map[string]string{"full_name": name, "cmnd": "162345678"}, reason.NumCodes},
		{"a CMND in the other box", map[string]string{"full_name": name, "cccd": "162345678"}, reason.NumCodes},
		{"a passport", map[string]string{"full_name": "John Smith", "cmnd": "C1234567"}, reason.NumCodes},
		{"one word for a name", map[string]string{"full_name": "An", "birth_date": "1985"}, reason.NumCodes},
		{"an impossible date beside a number", map[string]string{"full_name": name, "birth_date": "30/02/9999", "cmnd": "162345678"}, reason.NumCodes},
		{"a bad number beside a date", map[string]string{"full_name": name, "birth_date": "12/03/1985", "cccd": "12"}, reason.NumCodes},
	} {
		_, codes, refused := cleanOne(t, c.form)
		if want := c.refused != reason.NumCodes; refused != want {
			t.Errorf("%s: refused %v, want %v (codes %v)", c.what, refused, want, codes.AppendStrings(nil))
		} else if refused && !codes.Has(c.refused) {
			t.Errorf("%s: refused with %v, want %v", c.what, codes.AppendStrings(nil), c.refused)
		}
	}
}

// What was refused keeps what is needed to mend it: its number, its office and
// its bytes.
func TestRefusalKeepsItsNumberAndOffice(t *testing.T) {
	in := forms(map[string]string{"form_id": " F-17 ", "office_code": "00123", "full_name": ""})
	c := clean(t, in)
	if c.Refused.Len() != 1 || c.Records.N != 0 {
		t.Fatal("the form was not refused")
	}
	if key, office := string(c.Refused.Key.At(0)), string(c.Refused.Office.At(0)); key != "F-17" || office != "00123" {
		t.Errorf("number %q, office %q", key, office)
	}
	if string(c.Refused.Raw.At(0)) != string(in.Raw.At(0)) || c.Refused.Origin[0] != in.Origin[0] {
		t.Error("the bytes or their origin changed")
	}
}

// Codes that the rooms before found stay with the form.
func TestCodesOfDecodeStay(t *testing.T) {
	in := forms(map[string]string{"full_name": "Nguyễn Văn An", "birth_date": "1985"}, map[string]string{"full_name": ""})
	for i := range in.Codes {
		in.Codes[i] = reason.Of(reason.TextTooLong)
	}
	c := clean(t, in)
	if !c.Records.Codes[0].Has(reason.TextTooLong) || !c.Refused.Codes[0].Has(reason.TextTooLong) {
		t.Error("a code of decode was lost")
	}
}

// Bé is the whole name of some people, and what a child is called that has no
// name yet: the form shows which of the two it is.
func TestNameThatABabyIsCalled(t *testing.T) {
	for _, c := range []struct {
		name, birth, cccd, collected string
		refused                      bool
	}{
		{"Bé", "01/02/1950", "", "12/03/2021", false},
		{"BÉ", "1950", "", "12/03/2021", false},
		{"be", "1950", "", "12/03/2021", false},
		{"Bé (chủ hộ)", "01/02/1950", "", "12/03/2021", false},
		{"Bé", "", "001150000001", "12/03/2021", false},
		{"Bé", "12/03/2020", "", "12/03/2021", false},
		{"Bé", "01/02/2021", "", "12/03/2021", true},
		{"Bé", "2020", "", "12/03/2021", true},
		{"bé.", "01/02/2021", "", "12/03/2021", true},
		{"Bé", "01/02/2021", "079321000001", "12/03/2021", false},
		{"Bé gái", "01/02/1950", "", "12/03/2021", true},
		{"Con", "01/02/1950", "", "12/03/2021", true},
		{"Bế", "01/02/2021", "", "12/03/2021", false},
		{"Bé Ba", "01/02/2021", "", "12/03/2021", false},
	} {
		got, codes, refused := cleanOne(t, map[string]string{"full_name": c.name, "birth_date": c.birth, "cccd": c.cccd, "collected_at": c.collected})
		if refused != c.refused || refused != codes.Has(reason.NameEmpty) {
			t.Errorf("%+v: refused is %v with %v", c, refused, codes.AppendStrings(nil))
		}
		if !refused && c.name != "Bé Ba" && !codes.Has(reason.NameOneWord) {
			t.Errorf("%+v became %q without NAME_ONE_WORD", c, got["full_name"])
		}
	}
	got, _, _ := cleanOne(t, map[string]string{"full_name": "Nguyễn Văn Nam", "birth_date": "2020", "mother_name": "BÉ"})
	if got["mother_name"] != "Bé" {
		t.Errorf("a mother called Bé is %q", got["mother_name"])
	}
}
