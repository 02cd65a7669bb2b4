package pipeline_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dusach/dusach/pipeline"
	"github.com/dusach/dusach/pipeline/evaluate"
	"github.com/dusach/dusach/pipeline/snapshot"
)

// books describes catalogue entries: a record type that has nothing of a form.
const books = `
record: book
fields:
  entry: key
  title: {kind: text, headers: [Book title]}
  author: name
  year: {kind: date, formats: [YYYY]}
  pages: number
  publisher: {kind: category, missing: [unknown]}
comparisons:
  title: [exact, words >= 0.7, jaro_winkler >= 0.9, words >= 0.4]
  author: {levels: [exact, sorted, jaro_winkler >= 0.9], term_frequency: true}
  year: [exact, years <= 1]
  pages: [exact, percent <= 5]
  publisher: [exact, initial]
blocking:
  - author + year
  - word(title, 1) + year(year)
  - soundex(author) + word(title, 2)
  - longest(title)
`

var (
	nouns    = strings.Fields("garden river winter letter shadow mirror stone bridge summer harbour silence orchard island window market forest engine castle theatre journey")
	kinds    = strings.Fields("red long lost quiet golden broken hidden distant empty burning early second bitter green secret")
	surnames = strings.Fields("miller baker archer fletcher cooper mason turner carter walker fisher shepherd weaver potter sawyer thatcher chandler")
	givens   = strings.Fields("anna peter maria james ruth henry clara simon edith walter nora oscar")
	houses   = strings.Fields("northgate harbourside oldfield lantern")
)

func pick(rng *rand.Rand, list []string) string { return list[rng.IntN(len(list))] }

// slip changes a letter.
func slip(rng *rand.Rand, text string) string {
	b := []byte(text)
	b[rng.IntN(len(b))] = byte('a' + rng.IntN(26))
	return string(b)
}

// catalogues returns two lists of entries of books, the second with slips, and
// the truth. Entry a7 and b7 are one book.
func catalogues(n int, seed uint64) (header string, first, second []string, truth string) {
	rng := rand.New(rand.NewPCG(seed, seed))
	var people strings.Builder
	people.WriteString("form_id,person_id\n")
	for i := range n {
		title := fmt.Sprintf("The %s %s of the %s %s", pick(rng, kinds), pick(rng, nouns), pick(rng, kinds), pick(rng, nouns))
		author := pick(rng, givens) + " " + pick(rng, surnames)
		year, pages, house := 1950+rng.IntN(60), 80+rng.IntN(500), pick(rng, houses)
		first = append(first, fmt.Sprintf("a%d,%s,%s,%d,%d,%s\n", i, title, author, year, pages, house))
		fmt.Fprintf(&people, "a%d,%d\n", i, i)
		if rng.IntN(3) == 0 {
			continue
		}
		switch rng.IntN(4) {
		case 0:
			title = slip(rng, title)
		case 1:
			author = slip(rng, author)
		case 2:
			pages += rng.IntN(5)
		}
		if rng.IntN(4) == 0 {
			house = "Unknown"
		}
		second = append(second, fmt.Sprintf("b%d,%s,%s,%d,%d,%s\n", i, strings.ToUpper(title), author, year, pages, house))
		fmt.Fprintf(&people, "b%d,%d\n", i, i)
	}
	return "entry,Book title,author,year,pages,publisher\n", first, second, people.String()
}

// run cleans inputs of a configured type into a new snapshot of a store.
func runConfigured(t *testing.T, store string, linkOnly bool, workers int, inputs ...string) *pipeline.Summary {
	t.Helper()
	cfg, err := pipeline.ReadConfig(configFile(t, books), "")
	if err != nil {
		t.Fatal(err)
	}
	cfg.Workers, cfg.BatchSize, cfg.Tmp, cfg.LinkOnly = workers, 64, t.TempDir(), linkOnly
	sum, err := pipeline.New(cfg).Clean(context.Background(), pipeline.Job{Inputs: inputs, Store: store, Lang: "en", Version: "test"}, pipeline.Quiet{})
	if err != nil {
		t.Fatal(err)
	}
	reports, err := snapshot.VerifyStore(context.Background(), store, true)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range reports {
		if !r.Passed() {
			t.Fatalf("snapshot %s does not verify: %+v", r.Snapshot, r)
		}
	}
	return sum
}

func quality(t *testing.T, store, truth string) *evaluate.Result {
	t.Helper()
	s, err := snapshot.Open(store, "")
	if err != nil {
		t.Fatal(err)
	}
	known, err := evaluate.ReadTruth(write(t, filepath.Join(t.TempDir(), "truth.csv"), "", []string{truth}))
	if err != nil {
		t.Fatal(err)
	}
	r, err := evaluate.Evaluate(context.Background(), s, known)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// A type that a file describes goes through the whole house without labels, and
// what comes out does not depend on the order of rows or the workers.
func TestAConfiguredTypeIsCleaned(t *testing.T) {
	dir := t.TempDir()
	header, first, second, truth := catalogues(900, 5)
	rows := append(append([]string{}, first...), second...)
	store := filepath.Join(dir, "store")
	sum := runConfigured(t, store, false, 2, write(t, filepath.Join(dir, "all.csv"), header, rows))
	if sum.Model == "" {
		t.Error("the run does not say that it learnt a model")
	}
	if q := quality(t, store, truth); q.Pairwise.F1 < .98 {
		t.Errorf("F1 %.4f, precision %.4f, recall %.4f", q.Pairwise.F1, q.Pairwise.Precision, q.Pairwise.Recall)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	rng.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	other := filepath.Join(dir, "other")
	runConfigured(t, other, false, 1, write(t, filepath.Join(dir, "x.csv"), header, rows[:300]), write(t, filepath.Join(dir, "y.csv"), header, rows[300:]))
	names := []string{"citizens", "forms", "links", "model.json", "record-type.yaml"}
	if a, b := tables(t, store, names...), tables(t, other, names...); !maps.EqualFunc(a, b, func(x, y []byte) bool { return string(x) == string(y) }) {
		t.Error("the order of the rows changes what is published")
	}
	// The same records again, under the model of the store: nothing changes.
	again := runConfigured(t, store, false, 2, filepath.Join(dir, "all.csv"))
	if again.Model != "" || again.Counts.Repeats != int64(len(rows)) {
		t.Errorf("a second run learnt %q and found %d repeats", again.Model, again.Counts.Repeats)
	}
	if a, b := tables(t, store, "forms", "links", "model.json"), tables(t, other, "forms", "links", "model.json"); !maps.EqualFunc(a, b, func(x, y []byte) bool { return string(x) == string(y) }) {
		t.Error("a second run changes what is published")
	}
}

// Linking two inputs joins nobody within one of them, and nobody with two.
func TestLinkOnlyIsOneToOne(t *testing.T) {
	dir := t.TempDir()
	header, first, second, truth := catalogues(700, 9)
	first = append(first, strings.Replace(first[0], "a0,", "twin,", 1)) // twice in one input
	store := filepath.Join(dir, "store")
	runConfigured(t, store, true, 2, write(t, filepath.Join(dir, "a.csv"), header, first), write(t, filepath.Join(dir, "b.csv"), header, second))
	s, err := snapshot.Open(store, "")
	if err != nil {
		t.Fatal(err)
	}
	sides := map[string][2]int{}
	for rows, err := range s.ReadForms(context.Background(), "form_id", "person_id") {
		if err != nil {
			t.Fatal(err)
		}
		for i := range rows.N {
			n := sides[string(rows.Person.At(i))]
			if rows.Clean[s.Schema.ColumnOf[s.Schema.Key]].At(i)[0] == 'b' {
				n[1]++
			} else {
				n[0]++
			}
			sides[string(rows.Person.At(i))] = n
		}
	}
	for person, n := range sides {
		if n[0] > 1 || n[1] > 1 {
			t.Errorf("%s has %d entries of one input and %d of the other", person, n[0], n[1])
		}
	}
	if q := quality(t, store, truth); q.Pairwise.F1 < .98 {
		t.Errorf("F1 %.4f, precision %.4f, recall %.4f", q.Pairwise.F1, q.Pairwise.Precision, q.Pairwise.Recall)
	}
}
