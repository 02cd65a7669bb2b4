package model

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/dusach/dusach/matchers"
	"github.com/dusach/dusach/matchers/library"
	"github.com/dusach/dusach/normalize"
)

func TestDefaultFitsTheLibrary(t *testing.T) {
	if err := Default().Bind(library.Comparisons()); err != nil {
		t.Fatal(err)
	}
	if err := matchers.Check(library.Comparisons()); err != nil {
		t.Fatal(err)
	}
}

func TestSaveLoadKeepsEveryBit(t *testing.T) {
	m := Default().Clone()
	m.Interactions = append(m.Interactions, Interaction{"gender", "phone", []Cell{{"same", "slip", 1.25}}})
	var a, b bytes.Buffer
	if err := m.Save(&a); err != nil {
		t.Fatal(err)
	}
	again, err := Load(bytes.NewReader(a.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Save(&b); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) || m.Hash() != again.Hash() || m.Hash() == Default().Hash() {
		t.Error("a saved and loaded model is not the same, or a changed one is")
	}
	s, s2 := m.NewScorer(Province), again.NewScorer(Province)
	r := rand.New(rand.NewPCG(1, 1))
	for range 1000 {
		l, tf := randomLevels(r, library.Comparisons()), 40*r.Float32()
		if s.Weight(&l, tf) != s2.Weight(&l, tf) {
			t.Fatalf("levels %v weigh %v before, %v after", l, s.Weight(&l, tf), s2.Weight(&l, tf))
		}
	}
}

func TestLoadRefuses(t *testing.T) {
	var good bytes.Buffer
	if err := Default().Save(&good); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ from, to, says string }{
		{`"format": 1`, `"format": 9`, "format 9"},
		{`"format": 1`, `"fromat": 1`, "fromat"},
		{`"name": "null", "m": 1, "u": 1, "bits": 0`, `"name": "null", "m": 1, "u": 1, "bits": 2`, "null level"},
		{`"name": "birth_date"`, `"name": "full_name"`, "twice"},
		{`"name": "bare"`, `"name": "exact"`, "twice"},
		{`"interactions": [`, `"interactions": [{"a":"gender","b":"nobody","cells":[]},`, "nobody"},
		{`"w": "nguyen:4000100"`, `"w": "Nguyen"`, "Nguyen"},
		{fmt.Sprintf(`"match": %v`, Default().Thresholds.Match), `"match": -30`, "thresholds"},
	} {
		text := strings.Replace(good.String(), c.from, c.to, 1)
		if text == good.String() {
			t.Fatalf("%s does not stand in the model", c.from)
		}
		_, err := Load(strings.NewReader(text))
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: error %v, wanted one about %q", c.to, err, c.says)
		}
	}
	if _, err := Load(strings.NewReader(good.String() + "{}")); err == nil {
		t.Error("text after the model was taken")
	}
}

func randomLevels(r *rand.Rand, list []matchers.Comparison) (l matchers.Levels) {
	for i := range list {
		l[i] = matchers.Level(r.IntN(len(list[i].Levels)))
	}
	return l
}

func TestExplanationSumsToWeight(t *testing.T) {
	m := Default().Clone()
	m.Interactions = []Interaction{{"full_name", "parents", []Cell{{"given_other", "both", -2}, {"exact", "both", 0.5}}}}
	s, list := m.NewScorer(Nation), library.Comparisons()
	r := rand.New(rand.NewPCG(2, 2))
	for range 2000 {
		l, tf := randomLevels(r, list), 40*r.Float32()
		e := m.Explain(list, &l, tf, Nation, "vi")
		if w := s.Weight(&l, tf); math.Abs(float64(w)-e.Bits) > 1e-4 {
			t.Fatalf("levels %v weigh %v, explained as %v", l, w, e.Bits)
		}
		if p := Probability(s.Weight(&l, tf)); math.Abs(float64(p)-e.Probability) > 1e-5 {
			t.Fatalf("probability %v, explained as %v", p, e.Probability)
		}
	}
}

func TestNullSaysNothing(t *testing.T) {
	s := Default().NewScorer(Province)
	if w := s.Weight(&matchers.Levels{}, 25); w != s.Prior() {
		t.Errorf("no evidence weighs %v, prior %v", w, s.Prior())
	}
}

func TestScorerDoesNotAllocate(t *testing.T) {
	s := Default().NewScorer(Province)
	l := randomLevels(rand.New(rand.NewPCG(3, 3)), library.Comparisons())
	k := nameKey("Nguyễn Văn Đức")
	sum := float32(0)
	if n := testing.AllocsPerRun(100, func() { sum += s.Weight(&l, Default().Terms.Rarity(k)) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func nameKey(s string) *normalize.NameKey {
	k := new(normalize.NameKey)
	k.Flags = normalize.NameBare
	for _, text := range strings.Fields(s) {
		w := normalize.ParseWord([]byte(text))
		k.Base[k.N], k.Marks[k.N] = w.Base, w.Marks
		k.N++
		if !w.Bare() {
			k.Flags &^= normalize.NameBare
		}
	}
	return k
}

func TestRarity(t *testing.T) {
	terms := &Default().Terms
	common, rare := terms.Rarity(nameKey("Nguyễn Văn Anh")), terms.Rarity(nameKey("Quàng Tấn Oanh"))
	if !(common < rare && common > 4 && rare < 60) {
		t.Errorf("rarity of a common name %v, of a rare one %v", common, rare)
	}
	bare := terms.Rarity(nameKey("Nguyen Van Anh"))
	if !(bare <= common && bare > 4) {
		t.Errorf("a name without marks has rarity %v, with marks %v: it stands for more people", bare, common)
	}
	nguyen := nameKey("Nguyễn").Word(0)
	if s := terms.Share(nguyen, Surname); s < 0.2 || s > 0.4 { // fewer where the corpora lie among highland peoples
		t.Errorf("share of Nguyễn among surnames %v", s)
	}
}

// named returns the key of a name of a people.
func named(name, people string) *normalize.NameKey {
	var n normalize.Name
	n.Parse([]byte(name), []byte(people))
	return &n.Key
}

// A marker of the sex is no surname, and few names serve a small people: whoever
// meets in its village shares one more often than the country's tables say.
func TestRarityOfSmallPeoples(t *testing.T) {
	terms := &Default().Terms
	for _, c := range []struct {
		name, people string
		most         float32
	}{
		{"A Phiên", "Xơ-đăng", 7}, {"Y Pao", "Xơ-đăng", 7}, {"A Phiên", "", 7}, {"Ka Huê", "Cơ-ho", 7},
		{"Y Bhăm Niê", "Ê-đê", 14}, {"H'Pin Liêng Hót", "Mnông", 14}, {"Kiên Be", "Khơ-me", 14}, {"Thạch Thị Sô Khum", "Khơ-me", 14},
	} {
		if got := terms.Rarity(named(c.name, c.people)); !(got > 3 && got <= c.most) {
			t.Errorf("%s: %.1f bits, want more than 3 and at most %v", c.name, got, c.most)
		}
	}
	if got := terms.Rarity(named("Đặng Hiếu Nghĩa", "Kinh")); got < 15 {
		t.Errorf("an uncommon name of the many: %.1f bits", got)
	}
}

func TestTermCounterLeavesMarkersOut(t *testing.T) {
	c := NewTermCounter()
	for _, name := range []string{"A Phiên", "A Thút", "Y Bưởi"} {
		c.Add(named(name, "Xơ-đăng"))
	}
	c.Add(named("Trần Văn Nam", "Kinh"))
	terms := c.Terms()
	if terms.Surname.Names != 1 || terms.Given.Names != 4 || terms.Middle.Names != 1 {
		t.Errorf("%v surnames, %v middle and %v given names counted, want 1, 1 and 4", terms.Surname.Names, terms.Middle.Names, terms.Given.Names)
	}
	if l := terms.Lengths[1]; l > .2 {
		t.Errorf("names of two words are %v of those with a surname, there was none", l)
	}
}

func TestTermCounterDoesNotDependOnOrder(t *testing.T) {
	names := strings.Split("Nguyễn Văn An,Trần Thị Bình,Nguyễn Thị An,Lê An,Nguyen Van Duc,Trần Văn Bình", ",")
	a, b, c := NewTermCounter(), NewTermCounter(), NewTermCounter()
	for i := range names {
		a.Add(nameKey(names[i]))
		if i%2 == 0 {
			b.Add(nameKey(names[len(names)-1-i]))
		} else {
			c.Add(nameKey(names[len(names)-1-i]))
		}
	}
	c.Merge(b)
	m, n := Default().Clone(), Default().Clone()
	m.Terms, n.Terms = a.Terms(), c.Terms()
	if m.Hash() != n.Hash() {
		t.Error("terms depend on the order of counting")
	}
	if got := m.Terms.Share(nameKey("Nguyễn").Word(0), Surname); math.Abs(float64(got)-1.5/5) > 1e-4 {
		t.Errorf("share of Nguyễn %v, want (2 − 0.5)/5", got)
	}
}

func BenchmarkWeight(b *testing.B) {
	m := Default().Clone()
	list := library.Comparisons()
	for i := range 12 {
		in := Interaction{A: list[i].Name, B: list[i+1].Name}
		in.Cells = append(in.Cells, Cell{list[i].Levels[1].Name, list[i+1].Levels[1].Name, 1})
		m.Interactions = append(m.Interactions, in)
	}
	s := m.NewScorer(Province)
	r := rand.New(rand.NewPCG(4, 4))
	levels := make([]matchers.Levels, 256)
	for i := range levels {
		levels[i] = randomLevels(r, list)
	}
	sum := float32(0)
	for i := 0; b.Loop(); i++ {
		sum += s.Weight(&levels[i%len(levels)], 17)
	}
}

func BenchmarkRarity(b *testing.B) {
	k, t := nameKey("Nguyễn Thị Hương"), &Default().Terms
	sum := float32(0)
	for b.Loop() {
		sum += t.Rarity(k)
	}
}
