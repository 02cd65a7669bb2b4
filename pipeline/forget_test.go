package pipeline_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline"
	"github.com/dusach/dusach/pipeline/erasure"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/snapshot"
)

// forget erases ids from a store.
func forget(t testing.TB, store string, ids []string, change ...func(*pipeline.ForgetJob)) (*pipeline.Erased, error) {
	t.Helper()
	job := pipeline.ForgetJob{Store: store, IDs: ids, By: "nnt", Why: "QĐ 12", Lang: "vi", Version: "test", Command: "dusach forget",
		Time: time.Date(2026, 11, 30, 21, 0, 0, 0, time.UTC)}
	for _, c := range change {
		c(&job)
	}
	return pipeline.New(liveConfig(t, 2, 100)).Forget(context.Background(), job, pipeline.Quiet{})
}

func forgotten(t testing.TB, store string, ids []string, change ...func(*pipeline.ForgetJob)) *pipeline.Erased {
	t.Helper()
	e, err := forget(t, store, ids, change...)
	if err != nil {
		t.Fatal(err)
	}
	verified(t, store)
	return e
}

func countsOf(t testing.TB, store string) snapshot.Counts {
	t.Helper()
	s, err := snapshot.Open(store, "")
	if err != nil {
		t.Fatal(err)
	}
	return s.Manifest.Counts
}

// published is what a store holds, by the positions of the lines it came from.
type published struct {
	id, person string
	reused     bool
	lines      []int64 // the form and its repeats, from 1
}

func contentOf(t testing.TB, store string) (forms []*published, refused map[string][]int64) {
	t.Helper()
	s, err := snapshot.Open(store, "")
	if err != nil {
		t.Fatal(err)
	}
	byID := map[string]*published{}
	key := record.FormSchema.ColumnOf[record.FormID]
	ctx := context.Background()
	for rows, err := range s.ReadForms(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		for i := range rows.N {
			p := &published{id: string(rows.Clean[key].At(i)), person: string(rows.Person.At(i)), reused: rows.Codes[i].Has(reason.FormIDReused)}
			byID[p.id], forms = p, append(forms, p)
		}
	}
	refused = map[string][]int64{}
	var sources record.Sources
	for rows, err := range s.ReadOrigins(ctx, &sources) {
		if err != nil {
			t.Fatal(err)
		}
		for i := range rows.N {
			id := string(rows.Key.At(i))
			if p := byID[id]; rows.Outcome[i] != record.Refused {
				p.lines = append(p.lines, rows.Position[i])
			} else if id != "" {
				refused[id] = append(refused[id], rows.Position[i])
			}
		}
	}
	return forms, refused
}

// What is left after an erasure is what a batch without the forms would have
// made. If they come again, in whatever way, they are counted and no more.
func TestForgetIsAsIfTheyHadNeverCome(t *testing.T) {
	kinds := map[string]int{}
	for seed := range uint64(seeds(2)) {
		rng := rand.New(rand.NewPCG(seed, 21))
		lines := jsonForms(t, 500, 3000+seed)
		for i := range lines { // some without an id: they are known by their content
			if id, rest, ok := strings.Cut(lines[i], `"form_id":"`); ok && i%9 == 0 {
				_, rest, _ = strings.Cut(rest, `"`)
				lines[i] = id + `"form_id":"` + `"` + rest
			}
		}
		rng.Shuffle(len(lines)-1, func(i, j int) { lines[i+1], lines[j+1] = lines[j+1], lines[i+1] })
		dir := t.TempDir()
		all := write(t, filepath.Join(dir, "all.jsonl"), "", withEnds(lines))
		store := clean(t, filepath.Join(dir, "store"), 2, 100, all)
		forms, refused := contentOf(t, store)

		gone, ids, n := map[int64]bool{}, []string{}, 0
		drop := func(lines []int64) {
			for _, at := range lines {
				gone[at] = true
			}
		}
		rng.Shuffle(len(forms), func(i, j int) { forms[i], forms[j] = forms[j], forms[i] })
		for _, f := range forms {
			hash, others := strings.HasPrefix(f.id, "h"), strings.Contains(f.id, "~")
			switch {
			case f.reused && len(f.lines) > 1: // whose repeats they are cannot be told
			case n < 6 || (hash || others || f.reused) && rng.IntN(3) == 0:
				kinds["h"] += count(hash)
				kinds["~"] += count(others)
				kinds["had its id to share"] += count(f.reused && !others)
				ids = append(ids, f.id)
				drop(f.lines)
				n++
			}
		}
		person := forms[len(forms)-1].person
		for _, f := range forms {
			if f.person == person && !slices.Contains(ids, f.id) {
				drop(f.lines)
				n++
			}
		}
		ids = append(ids, person)
		for id, at := range refused {
			if i := slices.IndexFunc(forms, func(f *published) bool { return f.id == id }); i < 0 {
				ids = append(ids, id)
				drop(at)
				kinds["refused"]++
				break
			}
		}
		left := slices.Clone(lines)
		for at := range gone {
			left[at-1] = ""
		}
		left = slices.DeleteFunc(left, func(l string) bool { return l == "" })
		want := tables(t, clean(t, filepath.Join(dir, "without"), 2, 100, write(t, filepath.Join(dir, "left.jsonl"), "", withEnds(left))), lawful...)

		before := countsOf(t, store)
		e := forgotten(t, store, ids)
		if len(e.Withdrawn) != 1 || int(e.Forms) != n {
			t.Errorf("seed %d: %+v, want %d forms", seed, e, n)
		}
		equal(t, fmt.Sprint("erased, seed ", seed), want, tables(t, store, lawful...))
		after := countsOf(t, store)
		if after.FormsIn != before.FormsIn || after.Forgotten < int64(len(gone)) {
			t.Errorf("seed %d: %+v, then %+v; %d lines are gone", seed, before, after, len(gone))
		}

		clean(t, store, 2, 100, all)
		equal(t, fmt.Sprint("sent again, seed ", seed), want, tables(t, store, lawful...))
		if again := countsOf(t, store); again.Forgotten < after.Forgotten+int64(len(gone)) || again.FormsIn != 2*before.FormsIn {
			t.Errorf("seed %d: sent again %+v, before %+v; %d lines are gone", seed, again, after, len(gone))
		}
		cfg := liveConfig(t, 2, 100)
		if _, err := pipeline.New(cfg).Clean(context.Background(), pipeline.Job{Inputs: []string{all}, Store: store, Fresh: true, Version: "test"}, pipeline.Quiet{}); err != nil {
			t.Fatal(err)
		}
		equal(t, fmt.Sprint("begun anew, seed ", seed), want, tables(t, store, lawful...))
		verified(t, store)
	}
	for _, k := range []string{"h", "~", "had its id to share", "refused"} {
		if kinds[k] == 0 {
			t.Errorf("nothing of kind %q was erased: the test shows less than it says", k)
		}
	}
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// What live took in and did not publish is not lost, and what it took in is
// erased from the state too; a topic that is read again from its beginning, and
// a state that was lost, bring nothing back.
func TestForgetInALiveStore(t *testing.T) {
	lines := jsonForms(t, 300, 91)
	dir := t.TempDir()
	b := newBroker(t, 2)
	rng := rand.New(rand.NewPCG(4, 4))
	store, cfg := filepath.Join(dir, "store"), liveConfig(t, 2, 50)
	b.produce(rng, lines[:150])
	b.drain(store, cfg)
	b.produce(rng, lines[150:])
	unpublished(t, b, store, cfg, 150)

	first, _ := contentOf(t, store)
	e := forgotten(t, store, []string{first[0].id, first[3].id})
	if c := countsOf(t, store); c.FormsIn != 300 || c.Forgotten < 2 {
		t.Errorf("after the erasure %+v", c)
	}
	if len(e.Withdrawn) != 2 {
		t.Errorf("withdrawn %v: the form was in the first snapshot and in the one of what waited", e.Withdrawn)
	}
	if _, err := os.Stat(filepath.Join(store, "state", "live")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the log is still there: %v", err)
	}
	want := tables(t, store, lawful...)
	b.produce(rng, lines[:150]) // sent again
	b.drain(store, cfg)
	equal(t, "sent again", want, tables(t, store, lawful...))
	if err := os.RemoveAll(filepath.Join(store, "state")); err != nil {
		t.Fatal(err)
	}
	b.produce(rng, lines)
	b.drain(store, cfg)
	equal(t, "rebuilt", want, tables(t, store, lawful...))
	verified(t, store)
	if c := countsOf(t, store); c.FormsIn != 750 || c.Forgotten < 6 {
		t.Errorf("in the end %+v", c)
	}
}

// unpublished lives until the messages are durable, and ends before they are
// published.
func unpublished(t *testing.T, b *broker, store string, cfg pipeline.Config, messages int) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	job := b.job(store)
	job.Watcher = &takeUntil{stop: stop, left: messages}
	if _, err := pipeline.New(cfg).Live(ctx, job, pipeline.Quiet{}); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
}

type takeUntil struct {
	stop func()
	left int
}

func (*takeUntil) Ready(int)                          {}
func (*takeUntil) Alive()                             {}
func (*takeUntil) Asked([]pipeline.PartitionLag)      {}
func (*takeUntil) Publishing()                        {}
func (*takeUntil) Published(*pipeline.Summary, int64) {}
func (w *takeUntil) Took(b *pipeline.LiveBite) {
	if w.left -= b.Forms + b.Refusals + b.Repeats + b.Forgotten; w.left <= 0 {
		w.stop()
	}
}

// Nothing is erased where an id is unknown, the key is missing or not the right
// one, or the model is another; and a store that has erased forms is not written
// without its key.
func TestForgetRefuses(t *testing.T) {
	header, rows := forms(t, 200, 5)
	dir := t.TempDir()
	input := write(t, filepath.Join(dir, "forms.csv"), header, rows)
	store := clean(t, filepath.Join(dir, "store"), 2, 100, input)
	all, _ := contentOf(t, store)
	refused := func(what, want string, ids []string, change ...func(*pipeline.ForgetJob)) {
		t.Helper()
		was := countsOf(t, store)
		if _, err := forget(t, store, ids, change...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", what, err, want)
		}
		if countsOf(t, store) != was {
			t.Errorf("%s: something was erased", what)
		}
	}
	refused("an unknown id", "does not have 1 of the ids (F-none)", []string{all[0].id, "F-none"})
	outside := filepath.Join(dir, "key")
	with := func(j *pipeline.ForgetJob) { j.ForgetKey = outside }
	refused("an outside key that is not there", "there is no key of erasure", []string{all[0].id}, with)
	if err := os.WriteFile(outside, erasure.NewKey().Text(), 0o600); err != nil {
		t.Fatal(err)
	}
	forgotten(t, store, []string{all[0].id}, with)
	if _, err := os.Stat(filepath.Join(store, erasure.KeyName)); err == nil {
		t.Error("a key was made in the store though another was named")
	}
	refused("the key outside is not named", "there is no key of erasure", []string{all[1].id})
	if err := os.WriteFile(filepath.Join(store, erasure.KeyName), erasure.NewKey().Text(), 0o600); err != nil {
		t.Fatal(err)
	}
	refused("another key", "another key of erasure", []string{all[1].id})
	refused("what is erased already", "does not have", []string{all[0].id}, with)
	cfg := liveConfig(t, 1, 100)
	_, err := pipeline.New(cfg).Clean(context.Background(), pipeline.Job{Inputs: []string{input}, Store: store, Version: "test"}, pipeline.Quiet{})
	if err == nil || !strings.Contains(err.Error(), "another key") {
		t.Errorf("clean without the key: %v", err)
	}
	m := *cfg.Model
	m.Thresholds.Match++
	cfg.Model = &m
	job := pipeline.ForgetJob{Store: store, IDs: []string{all[1].id}, ForgetKey: outside, Version: "test"}
	if _, err := pipeline.New(cfg).Forget(context.Background(), job, pipeline.Quiet{}); err == nil || !strings.Contains(err.Error(), "--new-epoch") {
		t.Errorf("another model: %v", err)
	}
}

// An erased id that is forgotten whole takes every later content with it; an
// erased form does not take another one under its id along.
func TestForgetWholeID(t *testing.T) {
	dir := t.TempDir()
	header := "form_id,full_name,birth_date,cccd\n"
	one := write(t, filepath.Join(dir, "1.csv"), header, []string{"F1,Trần Thị Bông,01/02/1980,\n", "F2,Lê Văn Cừ,03/04/1970,\n"})
	other := write(t, filepath.Join(dir, "2.csv"), header, []string{"F1,Phạm Văn Dần,05/06/1990,\n", "F1,,,\n"})
	for _, whole := range []bool{false, true} {
		store := clean(t, filepath.Join(dir, fmt.Sprint(whole)), 1, 10, one)
		forgotten(t, store, []string{"F1"}, func(j *pipeline.ForgetJob) { j.WholeID = whole })
		clean(t, store, 1, 10, other)
		want := snapshot.Counts{FormsIn: 4, Forms: 2, Quarantine: 1, Forgotten: 1, Citizens: 2}
		if whole {
			want = snapshot.Counts{FormsIn: 4, Forms: 1, Forgotten: 3, Citizens: 1}
		}
		if got := countsOf(t, store); got != want {
			t.Errorf("whole id %v: %+v, want %+v", whole, got, want)
		}
	}
}

// All forms of a store can be erased.
func TestForgetEverybody(t *testing.T) {
	dir := t.TempDir()
	store := clean(t, filepath.Join(dir, "store"), 1, 10, write(t, filepath.Join(dir, "1.csv"), "form_id,full_name,birth_date\n", []string{"F1,Trần Thị Bông,01/02/1980\n"}))
	forgotten(t, store, []string{"F1"})
	if got, want := countsOf(t, store), (snapshot.Counts{FormsIn: 1, Forgotten: 1}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}
