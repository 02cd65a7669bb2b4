package merge

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// The pools are small, so that forms agree and disagree in every way.
var pools = map[record.Kind][]string{
	record.KindText:      {"", "DC01", "CT01", "x"},
	record.KindName:      {"", "Nguyễn Văn An", "Nguyen Van An", "Nguyễn Vănn An", "Nguyễn V An", "Nguyễn Thị Hường", "Nguyễn Thị Hương", "Y Khoa Niê"},
	record.KindDate:      {"", "1985", "1985-02", "1985-01-01", "1985-02-07", "1958-02-07"},
	record.KindCollected: {"", "2019", "2019-05-01", "2019-05-02", "2021-12-31"},
	record.KindGender:    {"", "Nam", "Nữ"},
	record.KindCCCD:      {"", "001085123456", "001085123465", "079185654321", "123"},
	record.KindCMND:      {"", "012345679", "023456780", "12"},
	record.KindEvent:     {"", "", "", "birth", "death", "move", "id_issued", "name_change", "correct", "tea"},
}

var addressPool = [][4]string{{}, {"gần chợ"}, {"Bến Nghé", "26740", "26740", "26740"}, {"Hà Đông", "09556", "", "09556"},
	{"xã A", "09556", "", "09556 26740"}, {"Quận 1", "", "", ""}}

func drawSheet(t *rapid.T, s *record.Schema, id string) sheet {
	f := sheet{}
	for i, field := range s.Fields {
		switch {
		case record.Field(i) == s.Key:
			f[field.Name] = id
		case field.Kind.IsAddress():
			parts := rapid.SampledFrom(addressPool).Draw(t, field.Name)
			for k, v := range parts {
				f[s.Columns[s.ColumnOf[i]+k].Name] = v
			}
		default:
			pool, ok := pools[field.Kind]
			if !ok {
				pool = []string{"", "một", "hai"}
			}
			f[field.Name] = rapid.SampledFrom(pool).Draw(t, field.Name)
		}
	}
	var names []string
	for range rapid.IntRange(0, 3).Draw(t, "codes") {
		c := reason.Code(rapid.IntRange(0, int(reason.NumCodes)-1).Draw(t, "code"))
		switch {
		case c == reason.IDYearMismatch, c == reason.IDGenderMismatch:
		case c == reason.IDMissing && f["cmnd"] != "", c == reason.RelHeadMissing && f["head_id"] != "":
		default:
			names = append(names, c.String())
		}
	}
	// These two follow from the values, as standardize finds them.
	if n := readCard([]byte(f["cccd"])); n.ok {
		if birth := f["birth_date"]; birth != "" && stamp([]byte(birth))>>9 != n.year {
			names = append(names, reason.IDYearMismatch.String())
		}
		if sex := f["gender"]; sex != "" && (sex == "Nữ") != n.female {
			names = append(names, reason.IDGenderMismatch.String())
		}
	}
	f["codes"] = strings.Join(names, " ")
	return f
}

func drawForms(t *rapid.T, s *record.Schema) []sheet {
	var forms []sheet
	for i := range rapid.IntRange(1, 5).Draw(t, "forms") {
		forms = append(forms, drawSheet(t, s, fmt.Sprintf("f%d", i)))
	}
	return forms
}

// otherSchema has no event, no number and no date of collection.
var otherSchema = func() *record.Schema {
	s, err := record.NewSchema("other", []record.FieldDef{
		{Name: "rec_id", Kind: record.KindKey, Sheet: true}, {Name: "given_name", Kind: record.KindName},
		{Name: "surname", Kind: record.KindName}, {Name: "address", Kind: record.KindResidence},
		{Name: "date_of_birth", Kind: record.KindDate}, {Name: "died", Kind: record.KindDate},
		{Name: "soc_sec_id", Kind: record.KindNumber}, {Name: "title", Kind: record.KindText},
	})
	if err != nil {
		panic(err)
	}
	return s
}()

func forSchemas(t *testing.T, law func(t *rapid.T, s *record.Schema)) {
	for _, s := range []*record.Schema{record.FormSchema, otherSchema} {
		t.Run(s.Name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) { law(t, s) })
		})
	}
}

func TestOrderOfFormsDoesNotMatter(t *testing.T) {
	stage := New(Config{})
	forSchemas(t, func(rt *rapid.T, s *record.Schema) {
		forms := drawForms(rt, s)
		want := one(t, stage, s, forms)
		rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 0)).Shuffle(len(forms), func(i, j int) {
			forms[i], forms[j] = forms[j], forms[i]
		})
		if got := one(t, stage, s, forms); got.String() != want.String() {
			rt.Fatalf("in another order\n%s\nnot\n%s", got, want)
		}
	})
}

func TestMergingAGoldenRecordWithItselfChangesNothing(t *testing.T) {
	stage := New(Config{})
	forSchemas(t, func(rt *rapid.T, s *record.Schema) {
		once := one(t, stage, s, drawForms(rt, s))
		self := func(id string) sheet {
			f := maps.Clone(once.values)
			f[s.Fields[s.Key].Name] = id
			if s.Collected != record.None {
				f[s.Fields[s.Collected].Name] = once.last
			}
			return f
		}
		twice := one(t, stage, s, []sheet{self("a"), self("b")})
		if !maps.Equal(once.values, twice.values) || once.status != twice.status {
			rt.Fatalf("once\n%s\ntwice\n%s", once, twice)
		}
		if len(twice.origins) > 0 {
			rt.Fatalf("forms that agree have origins: %s", twice)
		}
	})
}

func TestEveryValueStandsInAForm(t *testing.T) {
	stage := New(Config{})
	forSchemas(t, func(rt *rapid.T, s *record.Schema) {
		forms := drawForms(rt, s)
		g := one(t, stage, s, forms)
		stands := func(column, value string) bool {
			return slices.ContainsFunc(forms, func(f sheet) bool { return f[column] == value })
		}
		for column, v := range g.values {
			switch {
			case column == "codes", stands(column, v):
			case column == "other_name" && stands("full_name", v):
			case strings.HasSuffix(column, "_new_code") && stands(strings.TrimSuffix(column, "code")+"candidates", v):
			default:
				rt.Fatalf("%s %q is in no form", column, v)
			}
		}
		for field, form := range g.origins {
			i := slices.IndexFunc(forms, func(f sheet) bool { return f[s.Fields[s.Key].Name] == form })
			if i < 0 {
				rt.Fatalf("the origin of %s is %s, which is no form of the citizen", field, form)
			}
			column := field
			if f := s.ByName(field); s.Fields[f].Kind.IsAddress() {
				column += "_text"
			}
			if v := forms[i][column]; v != g.values[column] && !(field == "other_name" && forms[i]["full_name"] == g.values[column]) {
				rt.Fatalf("%s is %q, but %q in its origin", field, g.values[column], v)
			}
		}
		if g.forms != len(forms) {
			rt.Fatalf("%d forms counted, %d given", g.forms, len(forms))
		}
	})
}

// The fast way for citizens of one form gives what the election gives.
func TestFastPathIsTheElection(t *testing.T) {
	fast, slow := New(Config{}), New(Config{})
	slow.single = true
	forSchemas(t, func(rt *rapid.T, s *record.Schema) {
		f := drawSheet(rt, s, "f1")
		a, b := one(t, fast, s, []sheet{f}), one(t, slow, s, []sheet{f})
		if a.String() != b.String() || a.first != b.first || a.last != b.last || a.home != b.home {
			rt.Fatalf("fast\n%s\nelected\n%s", a, b)
		}
	})
}

// What a batch holds beside a citizen does not change the citizen.
func TestCitizensDoNotTouchEachOther(t *testing.T) {
	stage := New(Config{})
	rapid.Check(t, func(rt *rapid.T) {
		var citizens [][]sheet
		for range rapid.IntRange(0, 6).Draw(rt, "citizens") {
			citizens = append(citizens, drawForms(rt, record.FormSchema))
		}
		var out record.CitizenRows
		if err := stage.Do(context.Background(), grouped(t, record.FormSchema, citizens...), &out); err != nil {
			rt.Fatal(err)
		}
		if out.N != len(citizens) {
			rt.Fatalf("%d citizens in, %d out", len(citizens), out.N)
		}
		for i, forms := range citizens {
			alone := one(t, New(Config{}), record.FormSchema, forms)
			if got := readBack(&out, i); got.String() != alone.String() || got.home != alone.home || got.first != alone.first {
				rt.Fatalf("citizen %d in a batch\n%s\nalone\n%s", i, got, alone)
			}
		}
	})
}
