package pipeline_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dusach/dusach/fixtures/corpus"
	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/snapshot"
)

// forms writes a small corpus and returns its header and rows.
func forms(t *testing.T, n int64, seed uint64) (header string, rows []string) {
	t.Helper()
	o := corpus.Defaults()
	o.Forms, o.Seed, o.Malformed, o.Copies = n, seed, 0, 0.3
	file := filepath.Join(t.TempDir(), "forms.csv")
	if _, err := corpus.WriteFiles(context.Background(), o, file, ""); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range all {
		var line bytes.Buffer
		w := csv.NewWriter(&line)
		w.Write(r)
		w.Flush()
		if i == 0 {
			header = line.String()
		} else {
			rows = append(rows, line.String())
		}
	}
	return header, rows
}

func write(t *testing.T, name, header string, rows []string) string {
	t.Helper()
	if err := os.WriteFile(name, []byte(header+strings.Join(rows, "")), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

// clean runs a batch and returns the store.
func clean(t *testing.T, store string, workers, batch int, inputs ...string) string {
	t.Helper()
	cfg, err := pipeline.DefaultConfig(nil)
	if err != nil {
		t.Fatal(err)
	}
	cfg.Workers, cfg.BatchSize, cfg.Tmp = workers, batch, t.TempDir()
	job := pipeline.Job{Inputs: inputs, Store: store, Lang: "vi", Version: "test"}
	if _, err := pipeline.New(cfg).Clean(context.Background(), job, pipeline.Quiet{}); err != nil {
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
	return store
}

// tables returns the bytes of the given tables of a store's last snapshot.
func tables(t *testing.T, store string, names ...string) map[string][]byte {
	t.Helper()
	s, err := snapshot.Open(store, "")
	if err != nil {
		t.Fatal(err)
	}
	root := filepath.Join(store, "snapshots", s.Manifest.Snapshot)
	all := map[string][]byte{}
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(root, path)
		for _, n := range names {
			if strings.HasPrefix(rel, n) {
				all[rel], err = os.ReadFile(path)
			}
		}
		return err
	})
	if err != nil || len(all) == 0 {
		t.Fatalf("reading %s: %d files, %v", root, len(all), err)
	}
	return all
}

func equal(t *testing.T, what string, a, b map[string][]byte) {
	t.Helper()
	if len(a) != len(b) {
		t.Errorf("%s: %d files, want %d", what, len(b), len(a))
	}
	for name := range a {
		if !bytes.Equal(a[name], b[name]) {
			t.Errorf("%s: %s differs", what, name)
		}
	}
}

var lawful = []string{"citizens", "forms", "links"}

// Law 2: the same forms give the same bytes, whatever the number of workers, the
// size of batches, the order of rows, the names of files and how the input is
// cut.
func TestDeterminism(t *testing.T) {
	header, rows := forms(t, 3000, 11)
	dir := t.TempDir()
	one := write(t, filepath.Join(dir, "forms.csv"), header, rows)
	want := tables(t, clean(t, filepath.Join(dir, "want"), 1, 65536, one), lawful...)

	for _, c := range []struct{ workers, batch int }{{2, 1000}, {3, 137}} {
		store := clean(t, filepath.Join(dir, fmt.Sprint("w", c.workers)), c.workers, c.batch, one)
		equal(t, fmt.Sprintf("%d workers, batches of %d", c.workers, c.batch), want, tables(t, store, lawful...))
	}
	shuffled := append([]string(nil), rows...)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	other := write(t, filepath.Join(dir, "renamed.csv"), header, shuffled)
	equal(t, "shuffled and renamed", want, tables(t, clean(t, filepath.Join(dir, "shuffled"), 2, 500, other), lawful...))

	half := len(rows) / 2
	a := write(t, filepath.Join(dir, "a.csv"), header, rows[half:])
	b := write(t, filepath.Join(dir, "b.csv"), header, rows[:half])
	equal(t, "split in two", want, tables(t, clean(t, filepath.Join(dir, "split"), 2, 1000, a, b), lawful...))

	// A store that grows by a second clean ends where one clean of all begins.
	grown := clean(t, filepath.Join(dir, "grown"), 2, 1000, a)
	clean(t, grown, 2, 1000, b)
	equal(t, "added to a store", want, tables(t, grown, lawful...))
}

// reused is the seed of forms among which ids are used twice and rows refused.
const reused = 13

// An id that two forms bear is resolved in the same way whether they come
// together or one after the other, and every origin is kept.
func TestReusedIDsAcrossSnapshots(t *testing.T) {
	o := corpus.Defaults()
	o.Forms, o.Seed, o.Malformed = 2000, reused, 0.2
	dir := t.TempDir()
	all := filepath.Join(dir, "all.jsonl")
	if _, err := corpus.WriteFiles(context.Background(), o, all, ""); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(all)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(data), "\n")
	a := write(t, filepath.Join(dir, "a.jsonl"), "", lines[:len(lines)/2])
	b := write(t, filepath.Join(dir, "b.jsonl"), "", lines[len(lines)/2:])
	whole := clean(t, filepath.Join(dir, "whole"), 2, 300, all)
	grown := clean(t, filepath.Join(dir, "grown"), 2, 300, b)
	clean(t, grown, 2, 300, a)
	equal(t, "reused ids", tables(t, whole, lawful...), tables(t, grown, lawful...))
	s, err := snapshot.Open(whole, "")
	if err != nil {
		t.Fatal(err)
	}
	kept, renamed := map[string]bool{}, map[string]bool{}
	key := record.FormSchema.ColumnOf[record.FormID]
	for rows, err := range s.ReadForms(context.Background(), "form_id", "reason_codes") {
		if err != nil {
			t.Fatal(err)
		}
		for i := range rows.N {
			id, _, others := strings.Cut(string(rows.Clean[key].At(i)), "~")
			switch coded := rows.Codes[i].Has(reason.FormIDReused); {
			case others && !coded:
				t.Error("a form that lost its id is not coded")
			case others:
				renamed[id] = true
			case coded:
				kept[id] = true
			}
		}
	}
	if len(renamed) == 0 {
		t.Error("no id was used twice: the test shows nothing")
	}
	if !maps.Equal(kept, renamed) {
		t.Errorf("%d ids were given to several forms, %d forms that kept theirs are coded", len(renamed), len(kept))
	}
}

// A form that comes again changes nothing but the count of repeats.
func TestRepeats(t *testing.T) {
	header, rows := forms(t, 500, 12)
	dir := t.TempDir()
	once := write(t, filepath.Join(dir, "once.csv"), header, rows)
	twice := write(t, filepath.Join(dir, "twice.csv"), header, append(append([]string(nil), rows...), rows...))
	a, b := clean(t, filepath.Join(dir, "a"), 2, 100, once), clean(t, filepath.Join(dir, "b"), 2, 100, twice)
	equal(t, "every form twice", tables(t, a, lawful...), tables(t, b, lawful...))
	sa, _ := snapshot.Open(a, "")
	sb, _ := snapshot.Open(b, "")
	if got, want := sb.Manifest.Counts.Repeats, sa.Manifest.Counts.Repeats*2+sa.Manifest.Counts.Forms; got != want {
		t.Errorf("%d repeats, want %d", got, want)
	}
}
