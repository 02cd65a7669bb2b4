package compare

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/dusach/dusach/matchers"
	"github.com/dusach/dusach/matchers/library"
	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/stagetest"
)

// The order of the two records does not matter.
func TestCompareIsSymmetric(t *testing.T) {
	known := stagetest.Known(stagetest.Records(t, stagetest.Forms(t, 1500, 4)), nil)
	set := formSet(t, known.Packing)
	rng := rand.New(rand.NewPCG(4, 4))
	seen := map[matchers.Levels]bool{}
	for n := range 100_000 {
		a := rng.IntN(known.Len())
		b := rng.IntN(known.Len())
		if n%2 == 0 { // copies of a person and neighbours stand near each other
			b = min(a+1+rng.IntN(3), known.Len()-1)
		}
		var there, back matchers.Levels
		x, y := known.Row(uint32(a)), known.Row(uint32(b))
		rarity, again := set.Compare(known, x, y, &there), set.Compare(known, y, x, &back)
		if there != back || rarity != again {
			t.Fatalf("records %d and %d: levels %v and rarity %v, the other way round %v and %v", a, b, there, rarity, back, again)
		}
		seen[there] = true
	}
	if len(seen) < 1000 {
		t.Fatalf("only %d patterns were seen", len(seen))
	}
}

// whole is a form with every field that is compared.
var whole = map[string]string{
	"form_id": "F1", "collected_at": "2021-03-12", "full_name": "Nguyễn Thị Hương Giang", "birth_date": "12/03/1985", "gender": "Nữ",
	"birth_place": "Xã Tân Thành, huyện Vụ Bản, tỉnh Nam Định", "hometown": "Xã Tân Thành, huyện Vụ Bản, tỉnh Nam Định", "ethnicity": "Kinh",
	"religion": "Phật giáo", "nationality": "Việt Nam", "cccd": "036185000123", "cmnd": "162345678",
	"permanent_address": "Số 12 đường Trần Phú, phường Văn Quán, quận Hà Đông, thành phố Hà Nội",
	"current_address":   "Số 7 đường Quang Trung, phường Quang Trung, quận Hà Đông, thành phố Hà Nội", "household_no": "123456789",
	"head_name": "Trần Văn Bình", "head_id": "036080000456", "father_name": "Nguyễn Văn Cường", "mother_name": "Lê Thị Dung",
	"spouse_name": "Phạm Văn Em", "blood_type": "O", "marital_status": "Đã kết hôn", "phone": "0912345678",
	"birth_registration_place": "Xã Tân Thành, huyện Vụ Bản, tỉnh Nam Định", "event": "đổi tên",
}

// twice returns the whole form as two known records.
func twice(t *testing.T) *record.Known {
	f := new(record.Forms)
	f.Reset(record.FormSchema)
	for range 2 {
		stagetest.Add(f, func(field record.Field) string { return whole[record.FormSchema.Fields[field].Name] })
	}
	r := stagetest.Records(t, f)
	if r.N != 2 {
		t.Fatal("the whole form was refused")
	}
	return stagetest.Known(r, nil)
}

// blank empties a field of a packed record.
func blank(l *record.Packing, row []byte, name string) {
	at := l.Offset[l.Schema.ByName(name)]
	switch name { // the two share a byte
	case "gender":
		row[at] &= 0xf0
		return
	case "event":
		record.PutEvent(row, at, normalize.NoEvent)
		return
	}
	end := l.Width
	for _, other := range l.Offset {
		if other > at {
			end = min(end, other)
		}
	}
	clear(row[at:end])
}

// depends reports whether a comparison looks at one of the fields.
func depends(s Spec, fields []string) bool {
	return len(s.Fields) == 0 || slices.ContainsFunc(s.Fields, func(f string) bool { return slices.Contains(fields, f) })
}

// Every comparison is bound to its own fields: with them it has evidence,
// without them it has none, and nobody else looks at them.
func TestEveryComparisonIsBoundToItsFields(t *testing.T) {
	var base matchers.Levels
	known := twice(t)
	formSet(t, known.Packing).Compare(known, known.Row(0), known.Row(1), &base)
	for i, spec := range FormComparisons {
		if (base[i] == matchers.Null) != (i == library.AtBearer) { // which speaks of two names
			t.Errorf("%s has no evidence on two equal forms", spec.Comparison)
		}
	}
	for i, spec := range FormComparisons {
		if len(spec.Fields) == 0 {
			continue
		}
		known := twice(t)
		for _, name := range spec.Fields {
			blank(known.Packing, known.Row(0), name) // an event counts on either side
			blank(known.Packing, known.Row(1), name)
		}
		var levels matchers.Levels
		formSet(t, known.Packing).Compare(known, known.Row(0), known.Row(1), &levels)
		if levels[i] != matchers.Null {
			t.Errorf("%s has evidence without its fields", spec.Comparison)
		}
		for j, other := range FormComparisons {
			if j != i && !depends(other, spec.Fields) && levels[j] != base[j] {
				t.Errorf("%s looks at the fields of %s", other.Comparison, spec.Comparison)
			}
		}
	}
}

// The fields of a comparison are taken in their order.
func TestFieldsAreTakenInTheirOrder(t *testing.T) {
	level := func(spec Spec, change map[string]string) matchers.Level {
		t.Helper()
		f := new(record.Forms)
		f.Reset(record.FormSchema)
		for n := range 2 {
			stagetest.Add(f, func(field record.Field) string {
				name := record.FormSchema.Fields[field].Name
				if v, ok := change[name]; ok && n == 1 {
					return v
				}
				return whole[name]
			})
		}
		known := stagetest.Known(stagetest.Records(t, f), nil)
		set, err := NewSet([]Spec{spec}, known.Packing, nil)
		if err != nil {
			t.Fatal(err)
		}
		var l matchers.Levels
		set.Compare(known, known.Row(0), known.Row(1), &l)
		return l[0]
	}
	parents := FormComparisons[library.AtParents]
	swapped := map[string]string{"father_name": whole["mother_name"], "mother_name": whole["father_name"]}
	if got := level(parents, swapped); got != library.ParentsCrossed {
		t.Errorf("parents who changed places are at level %d", got)
	}
	identity := FormComparisons[library.AtIdentity]
	old, number := level(identity, map[string]string{"cccd": ""}), level(identity, map[string]string{"cmnd": ""})
	if old == number || old == matchers.Null || number == matchers.Null {
		t.Errorf("an equal CMND is at level %d, an equal CCCD at level %d", old, number)
	}
}

// Comparisons are those of the library, each at its place, so that a model can
// be read by their numbers.
func TestFormComparisonsStandAtTheirPlaces(t *testing.T) {
	set := formSet(t, record.NewPacking(record.FormSchema))
	if got := len(set.Describe()); got != len(FormComparisons) {
		t.Fatalf("%d comparisons are described, want %d", got, len(FormComparisons))
	}
	for i, c := range set.Describe() {
		if c.Name != FormComparisons[i].Comparison {
			t.Errorf("comparison %d is %q, want %q", i, c.Name, FormComparisons[i].Comparison)
		}
	}
	if set.IdentityAt() != library.AtIdentity {
		t.Errorf("identity numbers are compared at %d", set.IdentityAt())
	}
	named := slices.Collect(func(yield func(string) bool) {
		for name := range comparisons {
			if !yield(name) {
				return
			}
		}
	})
	for _, name := range named {
		if !slices.ContainsFunc(FormComparisons, func(s Spec) bool { return s.Comparison == name }) {
			t.Errorf("no form uses the comparison %q", name)
		}
	}
}

// The rarity of a pair is that of the commoner name, and 0 where one is absent.
func TestRarityIsThatOfTheCommonerName(t *testing.T) {
	f := new(record.Forms)
	f.Reset(record.FormSchema)
	for _, name := range []string{"Nguyễn Văn An", "Ksor H'Nghiêm"} {
		stagetest.Add(f, func(field record.Field) string {
			if field == record.FullName {
				return name
			}
			return whole[record.FormSchema.Fields[field].Name]
		})
	}
	known := stagetest.Known(stagetest.Records(t, f), nil)
	set := formSet(t, known.Packing)
	var l matchers.Levels
	common, rare := set.Compare(known, known.Row(0), known.Row(0), &l), set.Compare(known, known.Row(1), known.Row(1), &l)
	if common >= rare || common <= 0 {
		t.Fatalf("the common name has %v bits, the rare one %v", common, rare)
	}
	if got := set.Compare(known, known.Row(0), known.Row(1), &l); got != common {
		t.Errorf("a common and a rare name together have %v bits, want %v", got, common)
	}
	blank(known.Packing, known.Row(1), "full_name")
	if got := set.Compare(known, known.Row(0), known.Row(1), &l); got != 0 {
		t.Errorf("without a name there are %v bits", got)
	}
}

func TestSpecErrorsNameWhatIsWrong(t *testing.T) {
	packing := record.NewPacking(record.FormSchema)
	for _, c := range []struct {
		specs []Spec
		says  string
	}{
		{[]Spec{{"weight", []string{"full_name"}}}, `comparison "weight" is not in the library`},
		{[]Spec{{"full_name", []string{"name"}}}, `no field "name"`},
		{[]Spec{{"full_name", []string{"note"}}}, `no field "note"`},
		{[]Spec{{"full_name", []string{"full_name"}}, {"full_name", []string{"full_name"}}}, "full_name"},
	} {
		_, err := NewSet(c.specs, packing, nil)
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%v: error %v, want one that says %s", c.specs, err, c.says)
		}
	}
}
