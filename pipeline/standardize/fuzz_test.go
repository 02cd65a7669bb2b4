package standardize_test

import (
	"testing"
	"unicode/utf8"

	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/stagetest"
)

// Whatever bytes stand in a form: no panic, no clean value that is not valid
// text, and the form comes back as it came, as a record or as a refusal.
func FuzzStandardize(f *testing.F) {
	seeds := stagetest.Forms(f, 60, 9)
	for i := range seeds.N {
		at := func(field record.Field) []byte { return seeds.Cols[field].At(i) }
		f.Add(at(record.FullName), at(record.BirthDate), at(record.CCCD), at(record.PermanentAddress), at(record.Gender), uint8(i))
	}
	f.Add([]byte("NguyÔn V¨n §øc"), []byte("31000"), []byte("\xff"), []byte("\x00, \x01"), []byte("\xc3"), uint8(record.Note))
	f.Add([]byte("An"), []byte("00/00/1985"), []byte("1.85E+11"), []byte("(nay là)"), []byte(" "), uint8(record.FormID))
	f.Fuzz(func(t *testing.T, name, birth, number, home, other []byte, where uint8) {
		in := new(record.Forms)
		in.Reset(record.FormSchema)
		for range 2 {
			stagetest.Add(in, func(field record.Field) string {
				switch field {
				case record.FullName, record.MotherName:
					return string(name)
				case record.BirthDate, record.CollectedAt, record.EventDate:
					return string(birth)
				case record.CCCD, record.CMND, record.HeadID, record.Phone, record.HouseholdNo:
					return string(number)
				case record.PermanentAddress, record.Hometown, record.BirthRegistrationPlace:
					return string(home)
				case record.Field(int(where) % int(record.NumFormFields)):
					return string(other)
				}
				return ""
			})
		}
		c := clean(t, in)
		checkBack(t, in, c)
		checkText(t, &c.Records)
		if r := &c.Records; r.N == 2 && (r.Content[0] != r.Content[1] || r.Codes[0] != r.Codes[1]) {
			t.Error("one form twice gave two records")
		}
	})
}

// checkText proves that all that will be published is valid text, and that a
// record has a name and an id.
func checkText(t testing.TB, r *record.Records) {
	t.Helper()
	for c := range r.Clean {
		column := &r.Clean[c]
		if column.Len() != r.N {
			t.Fatalf("column %s has %d values of %d", r.Schema.Columns[c].Name, column.Len(), r.N)
		}
		for i := range r.N {
			v := column.At(i)
			if !utf8.Valid(v) {
				t.Errorf("%s of record %d is not UTF-8: %q", r.Schema.Columns[c].Name, i, v)
			}
			for _, b := range v {
				if b < ' ' || b == 0x7f {
					t.Errorf("%s of record %d has a control character: %q", r.Schema.Columns[c].Name, i, v)
				}
			}
		}
	}
	for i := range r.N {
		if len(r.Clean[r.Schema.ColumnOf[record.FormID]].At(i)) == 0 || len(r.Clean[r.Schema.ColumnOf[record.FullName]].At(i)) == 0 {
			t.Errorf("record %d has no id or no name", i)
		}
	}
}

// The same holds of forms as they come.
func TestCleanColumnsAreText(t *testing.T) {
	c := clean(t, stagetest.Forms(t, 3000, 7))
	if c.Records.N < 2500 {
		t.Fatalf("only %d records", c.Records.N)
	}
	checkText(t, &c.Records)
}
