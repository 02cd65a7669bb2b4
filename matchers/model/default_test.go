package model

import (
	"strings"
	"testing"

	"github.com/dusach/dusach/matchers"
	"github.com/dusach/dusach/matchers/library"
	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/normalize/address"
)

func person(name, birth, father, mother string, cccd uint64) *library.Person {
	d, _ := normalize.ParseISO(birth)
	p := &library.Person{Name: nameKey(name), Birth: d, IDs: library.IDs{CCCD: cccd}, Gender: normalize.Male,
		Permanent: &address.Key{Old: 7, District: 3, ProvinceOld: 1, ProvinceNew: 1, Street: 99}}
	if father != "" {
		p.Father = nameKey(father)
	}
	if mother != "" {
		p.Mother = nameKey(mother)
	}
	return p
}

// What any default model must decide: these are plain cases, not a test set.
func TestDefaultDecidesPlainCases(t *testing.T) {
	m := Default()
	s := m.NewScorer(Province)
	const father, mother = "Trần Văn Nam", "Lê Thị Cúc"
	for _, c := range []struct {
		name string
		a, b *library.Person
		want string
	}{
		{"same person, marks lost", person("Trần Minh Đức", "1990-05-17", father, mother, 0), person("Tran Minh Duc", "1990-05-17", father, mother, 0), "match"},
		{"same number, year only", person("Trần Minh Đức", "1990-05-17", father, "", 1090012345), person("Trần Minh Đức", "1990", "", mother, 1090012345), "match"},
		{"twins with their own numbers", person("Trần Minh An", "2000-01-09", father, mother, 1200000111), person("Trần Minh Ân", "2000-01-09", father, mother, 1200000219), "not match"},
		{"twins without numbers", person("Trần Minh Khoa", "2000-01-09", father, mother, 0), person("Trần Minh Khang", "2000-01-09", father, mother, 0), "not match"},
		{"siblings", person("Trần Minh Khoa", "2000-01-09", father, mother, 0), person("Trần Minh Đức", "2003-08-19", father, mother, 0), "non-match"},
		{"father and son of one name", person("Lê Văn Cường", "1999-03-03", "", "", 38099000111), person("Lê Văn Cường", "1973-03-03", "", "", 38073000222), "non-match"},
		{"strangers", person("Trần Minh Khoa", "2000-01-09", father, mother, 0), person("Lê Thị Mai", "1960-10-30", "Lê Tư", "Vũ Thị Hoa", 0), "non-match"},
	} {
		var l matchers.Levels
		library.Compare(c.a, c.b, &l)
		rarity := min(m.Terms.Rarity(c.a.Name), m.Terms.Rarity(c.b.Name))
		got := s.Verdict(s.Weight(&l, rarity)).String()
		if got != c.want && (c.want != "not match" || got == "match") {
			e := m.Explain(library.Comparisons(), &l, rarity, Province, "en")
			var text strings.Builder
			if err := WriteExplanation(&text, &e, "en"); err != nil {
				t.Fatal(err)
			}
			t.Errorf("%s: %s, want %s\n%s", c.name, got, c.want, &text)
		}
	}
}

func TestExplanationReadsWell(t *testing.T) {
	list := library.Comparisons()
	m := Default().Clone()
	m.Interactions = []Interaction{{"full_name", "birth_date", []Cell{{"bare", "same", 0.75}}}}
	var l matchers.Levels
	library.Compare(person("Trần Minh Đức", "1990-05-17", "Trần Văn Nam", "", 0), person("Tran Minh Duc", "1990-05-17", "Trần Văn Nam", "", 0), &l)
	for lang, wants := range map[string][]string{
		"vi": {"Xác suất nền", "Họ và tên", "một bên không dấu", "Độ hiếm của tên", "1 trên", "Ngày sinh", "cùng ngày", "Tổng (bit)", "Xác suất trùng"},
		"en": {"Prior", "Full name", "one side without marks", "Rarity of the name", "1 in", "Birth date × Full name|Full name × Birth date", "Total (bits)", "Match probability"},
	} {
		e := m.Explain(list, &l, 20, Province, lang)
		var text strings.Builder
		if err := WriteExplanation(&text, &e, lang); err != nil {
			t.Fatal(err)
		}
		t.Log("\n" + text.String())
		for _, want := range wants {
			found := false
			for _, either := range strings.Split(want, "|") {
				found = found || strings.Contains(text.String(), either)
			}
			if !found {
				t.Errorf("%s: no %q in\n%s", lang, want, &text)
			}
		}
	}
}

// What levels mean, their weights keep to: no agreement is worth less than the
// disagreement it stands against. A weight may stand the wrong way round by what
// fitting cannot tell apart.
func TestWeightsKeepTheOrderOfLevels(t *testing.T) {
	const slack = 0.25 // bits
	m := Default()
	for c, comparison := range library.Comparisons() {
		levels := m.Comparisons[c].Levels
		for _, chain := range comparison.Order {
			for i := 1; i < len(chain); i++ {
				better, worse := levels[chain[i-1]], levels[chain[i]]
				if better.Bits < worse.Bits-slack {
					t.Errorf("%s: %s weighs %.2f bits, less than %s with %.2f", comparison.Name, better.Name, better.Bits, worse.Name, worse.Bits)
				}
			}
		}
	}
}

// Fitting keeps to an order where a corpus says the opposite by the habits of
// those who made it.
func TestFittingKeepsTheOrder(t *testing.T) {
	list := comparisons("a", "b")
	list[0].Order = [][]matchers.Level{{1, 2, matchers.Null, 3}}
	tally := NewTally()
	for i := range 3000 { // matches agree nearly, never wholly: an odd habit
		l := matchers.Levels{2, 1}
		if i%3 > 0 {
			l = matchers.Levels{matchers.Level(1 + 2*(i%2)), 3}
		}
		tally.Add(&l, 18, i%3 == 0)
	}
	for _, ordered := range []bool{false, true} {
		if !ordered {
			list[0].Order = nil
		} else {
			list[0].Order = [][]matchers.Level{{1, 2, matchers.Null, 3}}
		}
		m, err := Fit([]Corpus{{"odd", tally.Counts()}}, list, nil, FitOptions{})
		if err != nil {
			t.Fatal(err)
		}
		l := m.Comparisons[0].Levels
		if kept := l[1].Bits > l[2].Bits-0.05 && l[2].Bits > -0.05 && l[3].Bits < 0.05; kept != ordered {
			t.Errorf("order asked for: %v, kept: %v (%.2f, %.2f, %.2f bits)", ordered, kept, l[1].Bits, l[2].Bits, l[3].Bits)
		}
	}
}
