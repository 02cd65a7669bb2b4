package standardize_test

import (
	"testing"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/stagetest"
)

// Each kind of field, its ways of being written and what becomes of them. An
// emptied value has a code, and its text is kept as raw.
func TestKinds(t *testing.T) {
	none := reason.NumCodes // no code is looked for
	for _, c := range []struct {
		field, raw, column, clean string
		code                      reason.Code
	}{
		{"form_type", " DC01 ", "form_type", "DC01", none},
		{"office_code", "00\u200b123", "office_code", "00123", none},
		{"note", "a \t b", "note", "a b", none},
		{"other_name", "nguyễn văn  bốn", "other_name", "Nguyễn Văn Bốn", none},
		{"father_name", "TRẦN VĂN THUỶ", "father_name", "Trần Văn Thủy", none},
		{"head_name", "Không rõ", "head_name", "", none},

		{"collected_at", "05/04/2021", "collected_at", "2021-04-05", none},
		{"collected_at", "2021", "collected_at", "2021", none},
		{"collected_at", "31/11/2020", "collected_at", "", reason.CollectedInvalid},
		{"event_date", "3.4.2021", "event_date", "2021-04-03", none},
		{"event_date", "30/02/2021", "event_date", "", reason.EventDateInvalid},
		{"event", "move", "event", "move", none},
		{"event", "Kết hôn", "event", "", reason.EventUnknown},

		{"gender", "NAM", "gender", "Nam", none},
		{"gender", "2", "gender", "Nữ", none},
		{"gender", "abc", "gender", "", reason.GenderInvalid},
		{"ethnicity", "H'MÔNG", "ethnicity", "HMông", none},
		{"ethnicity", "Sao Hỏa", "ethnicity", "Sao Hỏa", none},
		{"nationality", "VN", "nationality", "Việt Nam", none},
		{"blood_type", "ab", "blood_type", "AB", none},

		{"cccd", "036 185 000 123", "cccd", "036185000123", none},
		{"cccd", "'036185000123", "cccd", "036185000123", none},
		{"cccd", "3,6185E+10", "cccd", "", reason.IDScientific},
		{"cccd", "111111111111", "cccd", "", reason.IDFiller},
		{"cccd", "12345", "cccd", "", reason.IDFormat},
		{"cmnd", "162.345.678", "cmnd", "162345678", reason.IDOldFormat},
		{"head_id", "036080000456", "head_id", "036080000456", none},
		{"head_id", "111111111111", "head_id", "", none},

		{"phone", "+84 912 345 678", "phone", "0912345678", none},
		{"phone", "01682345678", "phone", "0382345678", reason.PhoneOldPrefix},
		{"phone", "12", "phone", "", reason.PhoneFormat},
		{"household_no", "12-34 / 5", "household_no", "12-34 / 5", none},

		{"permanent_address", "P. Trúc Bạch, Q. Ba Đình, Hà Nội", "permanent_address_old_code", "00004", none},
		{"permanent_address", "xã Không Có Thật, tỉnh Nam Định", "permanent_address_new_code", "", reason.AddrUnknownCommune},
		{"hometown", "phường Trúc Bạch, quận Ba Đình, thành phố Hà Nội", "hometown_old_code", "00004", none},
	} {
		form := map[string]string{"form_id": "F", "full_name": "Nguyễn Văn An", "birth_date": "12/03/1985", c.field: c.raw}
		columns, codes, refused := cleanOne(t, form)
		if refused {
			t.Errorf("%s %q: refused", c.field, c.raw)
			continue
		}
		if got := columns[c.column]; got != c.clean {
			t.Errorf("%s %q: %s is %q, want %q", c.field, c.raw, c.column, got, c.clean)
		}
		if c.code != none && !codes.Has(c.code) {
			t.Errorf("%s %q: codes %v, want %v", c.field, c.raw, codes.AppendStrings(nil), c.code)
		}
	}
}

// A birth date is judged by the day on which the form was taken, or by the
// epoch: there is no clock.
func TestBirthIsJudgedByTheDayOfTheForm(t *testing.T) {
	birth := func(collected, birth string) reason.Set {
		_, codes, _ := cleanOne(t, map[string]string{"full_name": "Nguyễn Văn An", "cccd": "036185000123", "collected_at": collected, "birth_date": birth})
		return codes
	}
	if !birth("01/06/2020", "12/03/2021").Has(reason.DOBFuture) {
		t.Error("a birth after the form was taken is not seen")
	}
	if birth("01/06/2022", "12/03/2021").Has(reason.DOBFuture) || birth("", "12/03/2021").Has(reason.DOBFuture) {
		t.Error("a birth before the form was taken is called a birth to come")
	}
	if !birth("", "12/03/2027").Has(reason.DOBFuture) {
		t.Error("a birth after the epoch is not seen")
	}
	columns, _, refused := cleanOne(t, map[string]string{"full_name": "Nguyễn Văn An", "cccd": "036185000123", "birth_date": "12/03/2031"})
	if refused || columns["birth_date"] != "" {
		t.Errorf("a birth in a year to come is published as %q", columns["birth_date"])
	}
	if _, codes, refused := cleanOne(t, map[string]string{"full_name": "Nguyễn Văn An", "birth_date": "12/03/2031"}); !refused || !codes.Has(reason.DOBFuture) {
		t.Errorf("a name with a birth in a year to come, and nothing else, is taken: %v", codes.AppendStrings(nil))
	}
}

// What comparing reads agrees with what is published.
func TestPackedAgreesWithClean(t *testing.T) {
	c := clean(t, forms(
		map[string]string{"full_name": "Nguyễn Văn An", "birth_date": "12/03/1985", "cccd": "036085000123", "cmnd": "162345678", "gender": "Nam",
			"phone": "0912345678", "household_no": "HK-123456", "collected_at": "2021-04-05", "head_id": "036080000456",
			"permanent_address": "Số 7, P. Trúc Bạch, Q. Ba Đình, Hà Nội"},
		map[string]string{"full_name": "Nguyễn Văn An", "birth_date": "1985", "cccd": "162345678", "cmnd": "036085000123", "household_no": "hk 123456"},
		map[string]string{"full_name": "Nguyễn Văn An", "birth_date": "1985", "cccd": "CMND cũ 162345678, CCCD 036085000123"},
	))
	k := stagetest.Known(&c.Records, nil)
	at := func(row int, f record.Field) (r []byte, offset int) { return k.Row(uint32(row)), packing.Offset[f] }
	for row := range 3 { // each number is packed where it belongs, whatever its box, also two in one
		if r, o := at(row, record.CCCD); record.Uint40(r, o) != 36085000123 {
			t.Errorf("form %d: CCCD %d", row, record.Uint40(r, o))
		}
		if r, o := at(row, record.CMND); record.Uint32(r, o) != 162345678 {
			t.Errorf("form %d: CMND %d", row, record.Uint32(r, o))
		}
	}
	if r, o := at(0, record.BirthDate); record.Date(r, o).String() != "1985-03-12" {
		t.Errorf("birth %v", record.Date(r, o))
	}
	if r, o := at(1, record.BirthDate); record.Date(r, o).String() != "1985" {
		t.Errorf("birth %v", record.Date(r, o))
	}
	if r, o := at(0, record.Phone); record.Uint32(r, o) != 912345678 {
		t.Errorf("phone %d", record.Uint32(r, o))
	}
	if r, o := at(0, record.HeadID); record.Uint40(r, o) != 36080000456 {
		t.Errorf("number of the head %d", record.Uint40(r, o))
	}
	a, o := at(0, record.HouseholdNo)
	b, _ := at(1, record.HouseholdNo)
	if x, y := record.Uint32(a, o), record.Uint32(b, o); x == 0 || x != y {
		t.Errorf("two spellings of one book are packed as %d and %d", x, y)
	}
	x, y := k.Name(a, packing.Offset[record.FullName]), k.Name(b, packing.Offset[record.FullName])
	if x == nil || x != y || string(x.AppendFold(nil)) != "nguyen van an" {
		t.Error("one name has two numbers")
	}
	if k.Name(a, packing.Offset[record.SpouseName]) != nil {
		t.Error("an absent name has a number")
	}
	if d := c.Records.Collected; d[0].String() != "2021-04-05" || d[1] != 0 {
		t.Errorf("collected at %v", d)
	}
}

// Marks of a legacy encoding are undone in every field of the form or in none:
// a value alone does not decide.
func TestTheWholeFormDecidesTheEncoding(t *testing.T) {
	form := map[string]string{"full_name": "NguyÔn V¨n §øc", "birth_date": "1960", "father_name": "NguyÔn V¨n Th¾ng", "mother_name": "TrÇn ThÞ Hång",
		"hometown": "X· T©n Thµnh, huyÖn Vô B¶n, tØnh Nam §Þnh", "spouse_name": "Hoµ"}
	columns, codes, _ := cleanOne(t, form)
	if columns["full_name"] != "Nguyễn Văn Đức" || columns["spouse_name"] != "Hòa" || columns["hometown_old_code"] != "13777" {
		t.Errorf("name %q, spouse %q, hometown %q", columns["full_name"], columns["spouse_name"], columns["hometown_old_code"])
	}
	if !codes.Has(reason.TextEncodingFixed) {
		t.Errorf("codes %v", codes.AppendStrings(nil))
	}
	right := map[string]string{"full_name": "Nguyễn Văn Đức", "birth_date": "1960", "father_name": "Nguyễn Văn Thắng", "spouse_name": "Jürgen Müller"}
	columns, codes, _ = cleanOne(t, right)
	if columns["full_name"] != "Nguyễn Văn Đức" || columns["spouse_name"] != "Jürgen Müller" || codes.Has(reason.TextEncodingFixed) {
		t.Errorf("a form in UTF-8 was decoded: %q and %q", columns["full_name"], columns["spouse_name"])
	}
}
