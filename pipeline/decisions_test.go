package pipeline_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/dusach/dusach/pipeline"
	"github.com/dusach/dusach/pipeline/intake"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/review"
	"github.com/dusach/dusach/pipeline/snapshot"
)

// A seenLink is a link as a snapshot tells it.
type seenLink struct {
	a, b, rule string
	verdict    record.Verdict
}

// persons returns the citizen of each form of a store's last snapshot, and its
// links.
func persons(t *testing.T, store string) (of map[string]string, links []seenLink, s *snapshot.Snapshot) {
	t.Helper()
	s, err := snapshot.Open(store, "")
	if err != nil {
		t.Fatal(err)
	}
	of = map[string]string{}
	for rows, err := range s.ReadForms(context.Background(), "form_id", "person_id") {
		if err != nil {
			t.Fatal(err)
		}
		for i := range rows.N {
			of[string(rows.Clean[s.Schema.ColumnOf[s.Schema.Key]].At(i))] = string(rows.Person.At(i))
		}
	}
	for rows, err := range s.ReadLinks(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		for i := range rows.N {
			links = append(links, seenLink{string(rows.FormA.At(i)), string(rows.FormB.At(i)), s.Manifest.Rules[rows.Rule[i]], rows.Verdict[i]})
		}
	}
	return of, links, s
}

// decide puts decisions into the ledger of a store.
func decide(t *testing.T, store string, same bool, pairs ...[2]string) {
	t.Helper()
	var list []review.Decision
	for _, p := range pairs {
		list = append(list, review.Decision{A: p[0], B: p[1], Same: same, By: "test", At: "2026-11-30T00:00:00Z"})
	}
	if _, err := review.Append(store, list); err != nil {
		t.Fatal(err)
	}
}

// Law 6: a decision that two forms are two citizens rebuilds the component that they
// are of, and nothing else.
func TestACannotLinkRebuildsItsComponentAlone(t *testing.T) {
	header, rows := forms(t, 2000, 61)
	dir := t.TempDir()
	store := clean(t, filepath.Join(dir, "store"), 2, 1000, write(t, filepath.Join(dir, "forms.csv"), header, rows))
	before, links, s := persons(t, store)
	if s.Manifest.Reviews != nil {
		t.Error("a store without reviews tells of them")
	}
	at := slices.IndexFunc(links, func(l seenLink) bool { return l.verdict == record.Match })
	pair := [2]string{links[at].a, links[at].b}
	decide(t, store, false, pair)
	clean(t, store, 1, 300)
	after, now, s := persons(t, store)
	if after[pair[0]] == after[pair[1]] {
		t.Fatal("two forms that are decided to be two citizens are one")
	}
	if r := s.Manifest.Reviews; r == nil || r.Decisions != 1 || len(r.Hash) != 64 {
		t.Errorf("the manifest says of the reviews: %+v", r)
	}
	touched := 0
	for form, person := range before {
		if after[form] == person {
			continue
		}
		touched++
		if person != before[pair[0]] {
			t.Errorf("form %s of another citizen moved", form)
		}
	}
	if touched == 0 {
		t.Error("no form moved")
	}
	own := func(l seenLink) bool { return before[l.a] == before[pair[0]] || before[l.b] == before[pair[0]] }
	if x, y := slices.DeleteFunc(links, own), slices.DeleteFunc(now, own); !slices.Equal(x, y) {
		t.Error("links of other components changed")
	}
	if slices.ContainsFunc(now, func(l seenLink) bool { return [2]string{l.a, l.b} == pair }) {
		t.Error("a pair that was decided still waits")
	}
	// Taking it back gives what was.
	decide(t, store, true, pair)
	clean(t, store, 2, 1000)
	if again, _, _ := persons(t, store); !maps.Equal(before, again) {
		t.Error("a decision that was taken back leaves a trace")
	}
}

// strangers returns forms of citizens that nothing joins.
func strangers(t *testing.T, of map[string]string, links []seenLink, n int) (ids []string) {
	t.Helper()
	linked := map[string]bool{}
	for _, l := range links {
		linked[l.a], linked[l.b] = true, true
	}
	for _, form := range slices.Sorted(maps.Keys(of)) {
		if !linked[form] {
			ids = append(ids, form)
		}
	}
	if len(ids) < n {
		t.Fatalf("only %d strangers", len(ids))
	}
	return ids[:n]
}

// Two forms that nothing brings together are one citizen once a person says so,
// with all that are linked to them; a contradiction is told and the two stay apart.
func TestAMustLinkJoinsWhatNoRuleBrings(t *testing.T) {
	header, rows := forms(t, 1500, 62)
	dir := t.TempDir()
	store := clean(t, filepath.Join(dir, "store"), 2, 1000, write(t, filepath.Join(dir, "forms.csv"), header, rows))
	before, links, _ := persons(t, store)
	ids := strangers(t, before, links, 4)
	decide(t, store, true, [2]string{ids[0], ids[1]}, [2]string{ids[1], ids[2]}, [2]string{ids[3], "not there"})
	clean(t, store, 2, 1000)
	after, now, s := persons(t, store)
	if after[ids[0]] != after[ids[1]] || after[ids[1]] != after[ids[2]] {
		t.Fatal("forms that are decided to be one citizen are not")
	}
	want := seenLink{ids[0], ids[1], pipeline.DecidedRule, record.Match}
	if !slices.Contains(now, want) || s.Manifest.Rules[len(s.Manifest.Rules)-1] != pipeline.DecidedRule {
		t.Errorf("no link tells of the decision")
	}
	decide(t, store, false, [2]string{ids[0], ids[2]})
	warned := &warnings{}
	cfg := liveConfig(t, 2, 500)
	if _, err := pipeline.New(cfg).Clean(t.Context(), pipeline.Job{Store: store, Lang: "vi", Version: "test"}, warned); err != nil {
		t.Fatal(err)
	}
	after, _, _ = persons(t, store)
	if after[ids[0]] == after[ids[2]] || after[ids[1]] != after[ids[2]] || len(warned.list) != 1 {
		t.Errorf("after a contradiction: %s %s %s, warnings %v", after[ids[0]], after[ids[1]], after[ids[2]], warned.list)
	}
}

type warnings struct {
	pipeline.Quiet
	list []error
}

func (w *warnings) Warn(err error) { w.list = append(w.list, err) }

// Laws 2 and 3 with decisions: the same forms and decisions give the same bytes in a
// batch, in a store that grew, and live, also where a decision comes after all
// messages.
func TestDecisionsInBatchAndLive(t *testing.T) {
	for seed := range uint64(seeds(3)) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			rng := rand.New(rand.NewPCG(seed, 71))
			lines := jsonForms(t, 500, 2000+seed)
			dir := t.TempDir()
			all := write(t, filepath.Join(dir, "all.jsonl"), "", withEnds(lines))
			batch := clean(t, filepath.Join(dir, "batch"), 2, 100, all)
			of, links, _ := persons(t, batch)
			ids := strangers(t, of, links, 4)
			at := slices.IndexFunc(links, func(l seenLink) bool { return l.verdict == record.Match })
			same, apart := [][2]string{{ids[0], ids[1]}, {ids[2], ids[3]}}, [2]string{links[at].a, links[at].b}

			b, store := newBroker(t, 2), filepath.Join(dir, "live")
			b.produce(rng, lines[:250])
			b.drain(store, liveConfig(t, 2, 30))
			decide(t, store, true, same...)
			b.produce(rng, lines[250:])
			b.drain(store, liveConfig(t, 1, 50))
			decide(t, store, false, apart)
			if s := b.drain(store, liveConfig(t, 2, 50)); s == nil {
				t.Fatal("a decision after the last message was not published")
			}
			if s := b.drain(store, liveConfig(t, 2, 50)); s != nil {
				t.Error("a snapshot without anything new was published")
			}
			verified(t, store)

			decide(t, batch, true, same...)
			decide(t, batch, false, apart)
			clean(t, batch, 3, 40)
			want := tables(t, batch, append(lawful, "splits")...)
			equal(t, "live", want, tables(t, store, append(lawful, "splits")...))
			fresh := filepath.Join(dir, "fresh")
			decide(t, fresh, false, apart)
			decide(t, fresh, true, same[1], same[0])
			equal(t, "decisions before forms", want, tables(t, clean(t, fresh, 2, 33, all), append(lawful, "splits")...))
		})
	}
}

// Two inputs without duplicates: people choose and forbid partners there too.
func TestDecisionsWhereTwoInputsAreLinked(t *testing.T) {
	header, rows := forms(t, 600, 63)
	dir := t.TempDir()
	a := write(t, filepath.Join(dir, "a.csv"), header, rows[:300])
	b := write(t, filepath.Join(dir, "b.csv"), header, rows[300:])
	run := func(store string) (map[string]string, []seenLink) {
		cfg := liveConfig(t, 2, 100)
		cfg.LinkOnly = true
		job := pipeline.Job{Inputs: []string{a, b}, Store: store, Lang: "vi", Version: "test", Fresh: true}
		if _, err := pipeline.New(cfg).Clean(t.Context(), job, pipeline.Quiet{}); err != nil {
			t.Fatal(err)
		}
		of, links, _ := persons(t, store)
		return of, links
	}
	store := filepath.Join(dir, "store")
	of, links := run(store)
	at := slices.IndexFunc(links, func(l seenLink) bool { return l.verdict == record.Match })
	if at < 0 {
		t.Fatal("no link to decide on")
	}
	decide(t, store, false, [2]string{links[at].a, links[at].b})
	ids := strangers(t, of, links, 100)
	left := ids[slices.IndexFunc(ids, func(id string) bool { return of[id] != "" && inFile(t, a, id) })]
	right := ids[slices.IndexFunc(ids, func(id string) bool { return inFile(t, b, id) })]
	decide(t, store, true, [2]string{left, right})
	of, _ = run(store)
	if of[links[at].a] == of[links[at].b] || of[left] != of[right] {
		t.Error("partners are not those that people decided on")
	}
}

func inFile(t *testing.T, file, id string) bool {
	t.Helper()
	in := intake.New([]string{file}, intake.Options{})
	for chunk, err := range in.Chunks(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		for i := range chunk.Rows {
			if slices.Contains(fields(string(chunk.Bytes(i))), id) {
				return true
			}
		}
	}
	return false
}

// A ledger that was tampered with ends a run before anything is published.
func TestATamperedLedgerStopsARun(t *testing.T) {
	header, rows := forms(t, 100, 64)
	dir := t.TempDir()
	input := write(t, filepath.Join(dir, "forms.csv"), header, rows)
	store := clean(t, filepath.Join(dir, "store"), 1, 100, input)
	decide(t, store, true, [2]string{"A", "B"})
	tamper(t, filepath.Join(review.Dir(store), "decisions.jsonl"))
	_, err := pipeline.New(liveConfig(t, 1, 100)).Clean(t.Context(), pipeline.Job{Inputs: []string{input}, Store: store, Version: "test"}, pipeline.Quiet{})
	if err == nil || errors.Is(err, context.Canceled) {
		t.Fatal("a ledger that was tampered with was followed")
	}
	if _, _, s := persons(t, store); s.Number != "000001" {
		t.Errorf("snapshot %s was published", s.Number)
	}
}

func fields(line string) []string { return strings.Split(line, ",") }

func tamper(t *testing.T, name string) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, bytes.Replace(data, []byte("true"), []byte("false"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
}
