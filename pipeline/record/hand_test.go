package record

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// What each style makes of a value: a store that was written with it is read
// for good, so neither its name nor its text may change.
func TestStyles(t *testing.T) {
	for _, c := range []struct {
		group              int
		clean, style, want string
	}{
		{handNames, "Nguyễn Thị Hồng Đào", "UPPER", "NGUYỄN THỊ HỒNG ĐÀO"},
		{handNames, "K'Brơi Y Ă", "lower", "k'brơi y ă"},
		{handNames, "Ỷ\xff漢", "lower", "ỷ\xff漢"},
		{handDates, "1990-02-05", "dd/mm/yyyy", "05/02/1990"},
		{handDates, "1990-02", "dd-mm-yyyy", "02-1990"},
		{handDates, "1990", "dd.mm.yy", "1990"},
		{handDates, "1990-12-05", "d/m/yyyy", "5/12/1990"},
		{handDates, "2003-02-05", "dd/mm/yy", "05/02/03"},
		{handDates, "2003-02-05", "d.m.yy", "5.2.03"},
		{handDates, "2003-02-5", "d.m.yy", "2003-02-5"},
		{handStamps, "2021-11-30", "dd.mm.yyyy", "30.11.2021"},
		{handPhones, "0912345678", "+84", "+84912345678"},
		{handPhones, "0912345678", "84", "84912345678"},
		{handPhones, "0912345678", "without_0", "912345678"},
		{handPhones, "0912345678", "4.3.3", "0912.345.678"},
		{handPhones, "0912345678", "4_3_3", "0912 345 678"},
		{handPhones, "0912345678", "4-3-3", "0912-345-678"},
		{handPhones, "02438123456", "+84", "02438123456"},
	} {
		text := handGroups[c.group].name + "=" + c.style
		h, ok := ParseHand(text)
		if !ok || h.String() != text {
			t.Errorf("%s is read as %q, %v", text, h, ok)
		}
		if got := string(h.append(nil, []byte(c.clean), c.group)); got != c.want {
			t.Errorf("%s writes %q as %q, want %q", text, c.clean, got, c.want)
		}
	}
	for _, text := range []string{"names", "names=", "names=Upper", "surnames=UPPER", "dates=UPPER"} {
		if h, ok := ParseHand(text); ok {
			t.Errorf("%q is read as %q", text, h)
		}
	}
	for g, group := range handGroups {
		if len(group.styles) >= 1<<styleBits {
			t.Errorf("group %d has more styles than %d bits can tell apart", g, styleBits)
		}
	}
}

// Whatever stands on a form, storing the raw values without what the hand gives
// back loses nothing.
func TestHandGivesBack(t *testing.T) {
	values := map[int][]string{
		handNames:  {"", "Nguyễn Văn An", "Ý", "Lê Thị Ỷ", "Y"},
		handDates:  {"", "1990-02-05", "1990-02", "1990", "2011-11-11"},
		handStamps: {"", "2021-11-30", "2022-01-02"},
		handPhones: {"", "0912345678", "02438123456"},
		-1:         {"", "Kinh"},
	}
	rapid.Check(t, func(t *rapid.T) {
		var rows, back FormRows
		rows.Reset(FormSchema)
		back.Reset(FormSchema)
		n := rapid.IntRange(1, 4).Draw(t, "rows")
		for range n {
			office := Hand(rapid.Uint16().Draw(t, "hand"))
			raw := make([][]byte, NumFormFields)
			for f, def := range FormSchema.Fields {
				group := handOf(def)
				clean := rapid.SampledFrom(values[group]).Draw(t, "clean")
				came := []byte(clean)
				if group >= 0 {
					came = office.append(nil, came, group)
				}
				if rapid.IntRange(0, 4).Draw(t, "other") == 0 {
					came = []byte(rapid.SampledFrom([]string{"", "?", clean, strings.ToUpper(clean), "05/02/1990"}).Draw(t, "raw"))
				}
				raw[f] = came
				for _, r := range []*FormRows{&rows, &back} {
					for c := FormSchema.ColumnOf[f]; c < len(FormSchema.Columns) && FormSchema.Columns[c].Field == Field(f); c++ {
						v := ""
						if c == FormSchema.ColumnOf[f] { // else codes of an address
							v = clean
						}
						r.Clean[c].AppendString(v)
					}
				}
			}
			for f, v := range raw {
				if string(v) != string(rows.Clean[FormSchema.ColumnOf[f]].At(rows.N)) {
					rows.Raw.Add(Field(f), v)
				}
			}
			rows.CloseRaw(raw)
			rows.N++
		}
		var kept RawValues
		rows.Raw.Kept(&kept)
		for i, h := range rows.Raw.Hand {
			again, ok := ParseHand(h.String())
			if !ok {
				t.Fatalf("%s is not read", h)
			}
			row := back.Restore(again)
			for e, to := kept.Row(i); e < to; e++ {
				row.Add(kept.Field[e], kept.Value.At(e))
			}
			row.Close()
			back.N++
		}
		for i := range n {
			a, b := entries(&rows.Raw, i), entries(&back.Raw, i)
			if a != b {
				t.Fatalf("row %d, written by %s:\n%s became\n%s", i, rows.Raw.Hand[i], a, b)
			}
		}
		if len(kept.Field) > len(rows.Raw.Field) {
			t.Fatal("more is stored than there is")
		}
	})
}

func entries(r *RawValues, i int) string {
	var out strings.Builder
	for e, to := r.Row(i); e < to; e++ {
		out.WriteString(FormSchema.Fields[r.Field[e]].Name + " " + string(r.Value.At(e)) + "\n")
	}
	return out.String()
}

// A form whose office writes in capitals and days first has no raw value to store.
func TestHandLeavesNothing(t *testing.T) {
	var rows FormRows
	rows.Reset(FormSchema)
	raw := make([][]byte, NumFormFields)
	for f, def := range FormSchema.Fields {
		clean, came := "", ""
		switch handOf(def) {
		case handNames:
			clean, came = "Trần Thị Bưởi", "TRẦN THỊ BƯỞI"
		case handDates, handStamps:
			clean, came = "2001-02-03", "03/02/2001"
		}
		for c := FormSchema.ColumnOf[f]; c < len(FormSchema.Columns) && FormSchema.Columns[c].Field == Field(f); c++ {
			rows.Clean[c].AppendString(clean)
		}
		if raw[f] = []byte(came); came != clean {
			rows.Raw.Add(Field(f), raw[f])
		}
	}
	rows.CloseRaw(raw)
	rows.N++
	if got := rows.Raw.Hand[0].String(); got != "names=UPPER dates=dd/mm/yyyy stamps=dd/mm/yyyy" {
		t.Errorf("the hand is %q", got)
	}
	var kept RawValues
	if rows.Raw.Kept(&kept); len(kept.Field) != 0 {
		t.Errorf("%d raw values are left: %q", len(kept.Field), entries(&kept, 0))
	}
	if allocs := testing.AllocsPerRun(100, func() { rows.handOfRow(raw) }); allocs != 0 {
		t.Errorf("finding the hand of a form allocates %v times", allocs)
	}
}

// handOfRow finds the hand of row 0 again.
func (r *FormRows) handOfRow(raw [][]byte) Hand {
	r.N = 0
	return r.handOf(raw)
}

func FuzzHand(f *testing.F) {
	f.Add("Nguyễn Ỷ", uint16(0x11))
	f.Fuzz(func(t *testing.T, clean string, bits uint16) {
		h := Hand(bits)
		for g := range numHandGroups {
			out := h.append(nil, []byte(clean), g)
			if utf8.ValidString(clean) && !utf8.Valid(out) {
				t.Errorf("hand %x makes %q of %q", bits, out, clean)
			}
		}
	})
}
