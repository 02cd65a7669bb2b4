package pipeline_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/dusach/dusach/pipeline"
)

// members describes people of whom two in three copies bear the same number and no
// name, and the others the same name and birth date; all live in one town.
const members = `
record: member
fields:
  id: key
  number: code
  name: name
  born: date
  town: category
comparisons:
  number: [exact]
  name: [exact, jaro_winkler >= 0.9]
  born: [exact]
  town: [exact]
blocking:
  - number
  - prefix(name, 2)
`

// club returns members and copies of some of them: a copy has the number or the name
// and birth date, never both and never neither.
func club(n int, seed uint64) (header string, rows []string, copies int) {
	rng := rand.New(rand.NewPCG(seed, 4))
	for i := range n {
		number, name := fmt.Sprintf("K%07d", rng.IntN(1e7)), letters(rng, 6)+" "+letters(rng, 7)
		born, town := fmt.Sprintf("19%02d-%02d-%02d", rng.IntN(90), 1+rng.IntN(12), 1+rng.IntN(28)), "Northgate"
		rows = append(rows, fmt.Sprintf("m%d,%s,%s,%s,%s\n", i, number, name, born, town))
		switch rng.IntN(6) {
		case 0:
			rows, copies = append(rows, fmt.Sprintf("c%d,,%s,%s,%s\n", i, name, born, town)), copies+1
		case 1, 2:
			rows, copies = append(rows, fmt.Sprintf("c%d,%s,,,%s\n", i, number, town)), copies+1
		}
	}
	return "id,number,name,born,town\n", rows, copies
}

func letters(rng *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteByte(byte('a' + rng.IntN(26)))
	}
	return b.String()
}

func suggestFor(t *testing.T, config string, workers int, input string) *pipeline.Suggestion {
	t.Helper()
	cfg, err := pipeline.ReadConfig(configFile(t, config), "")
	if err != nil {
		t.Fatal(err)
	}
	cfg.Workers, cfg.BatchSize, cfg.Tmp = workers, 100, t.TempDir()
	s, err := pipeline.New(cfg).Suggest(context.Background(), pipeline.PlanJob{Inputs: []string{input}}, pipeline.Quiet{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Two rules are right, one for each kind of copy, and are found whatever the order of
// rows; the beginning of a name, which the file has for a rule, is not.
func TestSuggestFindsTheRulesThatCopiesAskFor(t *testing.T) {
	dir := t.TempDir()
	header, rows, copies := club(1500, 2)
	s := suggestFor(t, members, 2, write(t, filepath.Join(dir, "a.csv"), header, rows))
	if s.Likely < copies*98/100 || s.Likely > copies*102/100 {
		t.Errorf("%d pairs look like one, there are %d", s.Likely, copies)
	}
	if len(s.Rules) != 2 || s.Rules[0].Rule != "number" || s.Total.Completeness < .999 || s.Total.ReductionRatio < .999 {
		t.Errorf("suggested are %+v with %+v", s.Rules, s.Total)
	}
	if s.Present.Completeness < .999 || s.Present.Pairs < 3*s.Total.Pairs {
		t.Errorf("the present rules are measured as %+v", s.Present)
	}
	gain, before := 0, 0.0
	for _, r := range s.Rules {
		if gain += r.Gain; r.Completeness <= before || int(r.Completeness*float64(s.Likely)+.5) != gain {
			t.Errorf("%+v after completeness %v", r, before)
		}
		before = r.Completeness
		if strings.Contains(r.Rule, "town") {
			t.Errorf("%s uses what says nothing", r.Rule)
		}
	}
	rng := rand.New(rand.NewPCG(3, 3))
	rng.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	if other := suggestFor(t, members, 1, write(t, filepath.Join(dir, "b.csv"), header, rows)); !reflect.DeepEqual(s, other) {
		t.Errorf("the order of rows changes the suggestion:\n%+v\n%+v", s, other)
	}
	// What is suggested can be used: pasted, it brings the same pairs.
	var blocking strings.Builder
	for _, r := range s.Rules {
		blocking.WriteString("  - " + r.Rule + "\n")
	}
	pasted := strings.Replace(members, "  - number\n  - prefix(name, 2)\n", blocking.String(), 1)
	again := suggestFor(t, pasted, 2, filepath.Join(dir, "a.csv"))
	if again.Present.Rules != len(s.Rules) || again.Present.Pairs != s.Total.Pairs {
		t.Errorf("pasted, the rules are measured as %+v, not %+v", again.Present, s.Total)
	}
}
