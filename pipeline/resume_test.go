package pipeline_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/dusach/dusach/pipeline"
	"github.com/dusach/dusach/pipeline/snapshot"
	"github.com/dusach/dusach/pipeline/state"
)

// resumable is the configuration of runs that are killed: many marks, many parts.
func resumable(t testing.TB, tmp string) pipeline.Config {
	t.Helper()
	cfg, err := pipeline.DefaultConfig(nil)
	if err != nil {
		t.Fatal(err)
	}
	cfg.Workers, cfg.BatchSize, cfg.Tmp, cfg.Resume, cfg.Mark = 2, 100, tmp, true, 400
	return cfg
}

// told is what a run says of where it goes on from.
type told struct {
	pipeline.Quiet
	resumed []pipeline.Resumed
	warned  []string
}

func (t *told) Resumed(r pipeline.Resumed) { t.resumed = append(t.resumed, r) }
func (t *told) Warn(err error)             { t.warned = append(t.warned, err.Error()) }

// TestKilledChild is the process that the tests below kill: it runs one clean, of
// which the n-th step of scratch is the last.
func TestKilledChild(t *testing.T) {
	input, store := os.Getenv("RESUME_INPUT"), os.Getenv("RESUME_STORE")
	if store == "" {
		t.Skip("not a child of another test")
	}
	kill, _ := strconv.ParseInt(os.Getenv("RESUME_KILL"), 10, 64)
	var steps atomic.Int64
	state.Hook = func(event string) error {
		_, err := os.Stat(filepath.Join(store, "CURRENT"))
		if steps.Add(1) == kill || kill == oncePublished && err == nil && event == "remove" {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			time.Sleep(time.Hour) // no other step is taken
		}
		return nil
	}
	pipeline.SetRowsPerPart(300)
	var heard told
	job := pipeline.Job{Inputs: strings.Split(input, "|"), Store: store, Lang: "vi", Version: "test"}
	_, err := pipeline.New(resumable(t, os.Getenv("RESUME_TMP"))).Clean(context.Background(), job, &heard)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Printf("steps %d resumed %+v warned %v\n", steps.Load(), heard.resumed, heard.warned)
}

// oncePublished kills the child when it has published and removes its scratch.
const oncePublished = -1

// killed runs the child, and reports whether it was killed and what it said.
func killed(t *testing.T, input, store, tmp string, at int64) (bool, string) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestKilledChild$", "-test.v")
	cmd.Env = append(os.Environ(), "RESUME_INPUT="+input, "RESUME_STORE="+store, "RESUME_TMP="+tmp, fmt.Sprint("RESUME_KILL=", at))
	out, err := cmd.CombinedOutput()
	status, _ := cmd.ProcessState.Sys().(syscall.WaitStatus)
	if err != nil && !(status.Signaled() && status.Signal() == syscall.SIGKILL) {
		t.Fatalf("the child ended with %v:\n%s", err, out)
	}
	return err != nil, string(out)
}

// files returns the bytes of every file of the first snapshot of a store.
func files(t *testing.T, store string) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	root := filepath.Join(store, "snapshots")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(root, path)
		all[rel], err = os.ReadFile(path)
		return err
	})
	if err != nil || len(all) == 0 {
		t.Fatalf("%d files in %s: %v", len(all), root, err)
	}
	return all
}

// corpusOf writes inputs of several kinds: two tables, one of them with a damaged
// row, and a file that cannot be read.
func corpusOf(t *testing.T, n int64) string {
	t.Helper()
	header, rows := forms(t, n, 5)
	dir := t.TempDir()
	third := len(rows) / 3
	a := write(t, filepath.Join(dir, "a.csv"), header, rows[:third])
	b := write(t, filepath.Join(dir, "b.csv"), header, append([]string{"x,y\n", ",,,\n"}, rows[third:]...))
	broken := write(t, filepath.Join(dir, "c.parquet"), "PAR1", nil)
	again := write(t, filepath.Join(dir, "d.csv"), header, rows[:third/2])
	return strings.Join([]string{a, broken, b, again}, "|")
}

// empty asks that nothing of a run is left in scratch.
func empty(t *testing.T, tmp, store string) {
	t.Helper()
	left, err := os.ReadDir(tmp)
	if err != nil || len(left) > 0 {
		t.Errorf("%v is left in scratch (%v)", left, err)
	}
	if _, err := os.Stat(filepath.Join(store, "state", "scratch")); !os.IsNotExist(err) {
		t.Errorf("the store still names its scratch: %v", err)
	}
}

// Killed at any step, a run goes on and publishes what it would have published.
func TestKilledRunGoesOn(t *testing.T) {
	if testing.Short() {
		t.Skip("kills many processes")
	}
	input := corpusOf(t, 2400)
	whole, tmp := filepath.Join(t.TempDir(), "whole"), t.TempDir()
	_, said := killed(t, input, whole, tmp, 0)
	want := files(t, whole)
	empty(t, tmp, whole)
	var steps int64
	if _, err := fmt.Sscanf(said[strings.Index(said, "steps"):], "steps %d", &steps); err != nil {
		t.Fatal(err, said)
	}
	t.Logf("%d steps", steps)
	resumed := 0
	const tries, after = 8, 1400 // steps after reading, about
	for try := int64(1); try <= tries; try++ {
		store, tmp := filepath.Join(t.TempDir(), "store"), t.TempDir()
		at := (steps - after) * try / (tries / 2) // half of them while forms are read,
		if try > tries/2 {                        // half after
			at = steps - after*(tries-try)/(tries/2) - 300
		}
		if was, _ := killed(t, input, store, tmp, at); !was {
			t.Errorf("step %d of %d was not taken", at, steps)
		}
		if _, err := os.Stat(filepath.Join(store, "CURRENT")); err == nil {
			t.Errorf("killed at step %d the store is published", at)
		}
		_, said := killed(t, input, store, tmp, 0)
		if !strings.Contains(said, "resumed []") {
			resumed++
		}
		t.Log(at, said[strings.Index(said, "steps"):strings.Index(said, "\n---")])
		same(t, fmt.Sprint("killed at step ", at), want, files(t, store))
		empty(t, tmp, store)
	}
	if resumed < tries*2/3 {
		t.Errorf("only %d of %d went on", resumed, tries)
	}
}

// Killed once it has published and before it ends, a run is done: the same call
// publishes nothing further. Another call does.
func TestKilledAfterPublishing(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes")
	}
	input := corpusOf(t, 600)
	whole := filepath.Join(t.TempDir(), "whole")
	killed(t, input, whole, t.TempDir(), 0)
	store, tmp := filepath.Join(t.TempDir(), "store"), t.TempDir()
	if was, _ := killed(t, input, store, tmp, oncePublished); !was {
		t.Fatal("it was not killed")
	}
	if _, err := os.Stat(filepath.Join(store, "CURRENT")); err != nil {
		t.Fatal("it was killed before it had published: ", err)
	}
	other := strings.Split(input, "|")[0]
	copied := filepath.Join(t.TempDir(), "copied")
	if err := os.CopyFS(copied, os.DirFS(store)); err != nil {
		t.Fatal(err)
	}
	if _, said := killed(t, input, store, tmp, 0); !strings.Contains(said, "Published:000001") {
		t.Errorf("the same call said %s", said)
	}
	same(t, "killed after publishing", files(t, whole), files(t, store))
	empty(t, tmp, store)
	if _, said := killed(t, other, copied, tmp, 0); strings.Contains(said, "Published:000001") {
		t.Errorf("another call said %s", said)
	}
	if _, err := os.Stat(filepath.Join(copied, "snapshots", "000002")); err != nil {
		t.Errorf("another call published nothing: %v", err)
	}
}

// Killed over and over, a run comes to its end.
func TestKilledAgainAndAgain(t *testing.T) {
	if testing.Short() {
		t.Skip("kills many processes")
	}
	input := corpusOf(t, 1500)
	whole := filepath.Join(t.TempDir(), "whole")
	killed(t, input, whole, t.TempDir(), 0)
	store, tmp := filepath.Join(t.TempDir(), "store"), t.TempDir()
	kills := 0
	for at := int64(1200); ; at += 150 {
		was, said := killed(t, input, store, tmp, at)
		if !was {
			t.Logf("%d kills; at last: %s", kills, said)
			break
		}
		if kills++; kills > 40 {
			t.Fatal("it never ends")
		}
	}
	same(t, "killed again and again", files(t, whole), files(t, store))
	empty(t, tmp, store)
}

func same(t *testing.T, what string, want, have map[string][]byte) {
	t.Helper()
	for name := range want {
		if !bytes.Equal(want[name], have[name]) {
			t.Errorf("%s: %s differs", what, name)
		}
	}
	if len(want) != len(have) {
		t.Errorf("%s: %d files, want %d", what, len(have), len(want))
	}
}

// cleaned runs a clean in this process.
func cleaned(t *testing.T, cfg pipeline.Config, input, store string, change func(*pipeline.Config, *pipeline.Job)) (*told, error) {
	t.Helper()
	job := pipeline.Job{Inputs: strings.Split(input, "|"), Store: store, Lang: "vi", Version: "test"}
	if change != nil {
		change(&cfg, &job)
	}
	var heard told
	_, err := pipeline.New(cfg).Clean(context.Background(), job, &heard)
	return &heard, err
}

// failing lets the n-th step of scratch fail by a full disk.
func failing(t *testing.T, n int64) (steps *atomic.Int64) {
	steps = new(atomic.Int64)
	state.Hook = func(event string) error {
		if k := steps.Add(1); k >= n && n > 0 && event != "free" && event != "remove" {
			return syscall.ENOSPC
		}
		return nil
	}
	t.Cleanup(func() { state.Hook = nil })
	return steps
}

// A full disk ends a run with a sentence that helps, loses nothing, and the same call
// goes on.
func TestFullDiskIsGoneOnFrom(t *testing.T) {
	pipeline.SetRowsPerPart(300)
	defer pipeline.SetRowsPerPart(1 << 18)
	input := corpusOf(t, 1200)
	whole := filepath.Join(t.TempDir(), "whole")
	steps := failing(t, 0)
	if _, err := cleaned(t, resumable(t, t.TempDir()), input, whole, nil); err != nil {
		t.Fatal(err)
	}
	want, all := files(t, whole), steps.Load()
	for _, part := range []int64{1, 20, 35, 50, 65, 80, 90, 95} { // of a hundred
		store, tmp := filepath.Join(t.TempDir(), "store"), t.TempDir()
		failing(t, max(all*part/100, 1))
		_, err := cleaned(t, resumable(t, tmp), input, store, nil)
		if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "--tmp") {
			t.Fatalf("at %d%% the run ended with %v", part, err)
		}
		var unfinished *pipeline.Unfinished
		if left, _ := os.ReadDir(tmp); errors.As(err, &unfinished) != (len(left) > 0) {
			t.Errorf("at %d%%: %v, and %v is left", part, err, left)
		}
		if part >= 50 && unfinished == nil {
			t.Errorf("at %d%% nothing is kept: %v", part, err)
		}
		failing(t, 0)
		heard, err := cleaned(t, resumable(t, tmp), input, store, nil)
		if err != nil || (unfinished != nil) != (len(heard.resumed) > 0) {
			t.Fatalf("at %d%%: then %v, resumed %v", part, err, heard.resumed)
		}
		same(t, fmt.Sprint("full at ", part), want, files(t, store))
		empty(t, tmp, store)
	}
}

// What an unfinished run left counts for the same commission alone, and only while it
// is whole.
func TestUnfinishedRunIsGivenUp(t *testing.T) {
	pipeline.SetRowsPerPart(300)
	defer pipeline.SetRowsPerPart(1 << 18)
	input := corpusOf(t, 900)
	first := strings.Split(input, "|")[0]
	whole := filepath.Join(t.TempDir(), "whole")
	failing(t, 0)
	if _, err := cleaned(t, resumable(t, t.TempDir()), input, whole, nil); err != nil {
		t.Fatal(err)
	}
	want := files(t, whole)
	scratch := func(tmp, name string) string {
		found, err := filepath.Glob(filepath.Join(tmp, "dusach-run-*", name))
		if err != nil || len(found) != 1 {
			t.Fatalf("%s: %v, %v", name, found, err)
		}
		return found[0]
	}
	flip := func(t *testing.T, name string, share float64) {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		data[int(float64(len(data))*share)] ^= 4
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name   string
		change func(t *testing.T, tmp string, cfg *pipeline.Config, job *pipeline.Job)
		warns  string // "": none
		anew   bool
	}{
		{"nothing", func(*testing.T, string, *pipeline.Config, *pipeline.Job) {}, "", false},
		{"workers and batches", func(_ *testing.T, _ string, cfg *pipeline.Config, _ *pipeline.Job) {
			cfg.Workers, cfg.BatchSize = 3, 70
		}, "", false},
		{"restart", func(_ *testing.T, _ string, cfg *pipeline.Config, _ *pipeline.Job) { cfg.Restart = true }, "--restart", true},
		{"an option", func(_ *testing.T, _ string, _ *pipeline.Config, job *pipeline.Job) { job.Today = "2026-11-30" }, "options", true},
		{"an input", func(t *testing.T, _ string, _ *pipeline.Config, _ *pipeline.Job) {
			later := time.Now().Add(time.Minute)
			if err := os.Chtimes(first, later, later); err != nil {
				t.Fatal(err)
			}
		}, "inputs", true},
		{"one input less", func(_ *testing.T, _ string, _ *pipeline.Config, job *pipeline.Job) { job.Inputs = job.Inputs[1:] }, "inputs", true},
		{"a torn journal", func(t *testing.T, tmp string, _ *pipeline.Config, _ *pipeline.Job) {
			name := scratch(tmp, "journal")
			info, err := os.Stat(name)
			if err == nil {
				err = os.Truncate(name, info.Size()-5)
			}
			if err != nil {
				t.Fatal(err)
			}
		}, "", false},
		{"a bit of the first entry", func(t *testing.T, tmp string, _ *pipeline.Config, _ *pipeline.Job) {
			flip(t, scratch(tmp, "journal"), 0.01)
		}, "", true},
		{"a bit of the rows", func(t *testing.T, tmp string, _ *pipeline.Config, _ *pipeline.Job) {
			flip(t, scratch(tmp, "rows"), 0.3)
		}, "damaged", true},
		{"a bit of the trail", func(t *testing.T, tmp string, _ *pipeline.Config, _ *pipeline.Job) {
			flip(t, scratch(tmp, "trail"), 0.3)
		}, "damaged", true},
		{"a bit of the memo", func(t *testing.T, tmp string, _ *pipeline.Config, _ *pipeline.Job) {
			flip(t, scratch(tmp, "memo"), 0.5)
		}, "damaged", true},
		{"cut rows", func(t *testing.T, tmp string, _ *pipeline.Config, _ *pipeline.Job) {
			if err := os.Truncate(scratch(tmp, "rows"), 1000); err != nil {
				t.Fatal(err)
			}
		}, "damaged", true},
		{"no memo", func(t *testing.T, tmp string, _ *pipeline.Config, _ *pipeline.Job) {
			if err := os.Remove(scratch(tmp, "memo")); err != nil {
				t.Fatal(err)
			}
		}, "damaged", true},
		{"no claims", func(t *testing.T, tmp string, _ *pipeline.Config, _ *pipeline.Job) {
			if err := os.Remove(scratch(tmp, "claims")); err != nil {
				t.Fatal(err)
			}
		}, "damaged", true},
		{"cut claims", func(t *testing.T, tmp string, _ *pipeline.Config, _ *pipeline.Job) {
			if err := os.Truncate(scratch(tmp, "claims"), 100); err != nil {
				t.Fatal(err)
			}
		}, "damaged", true},
		{"another folder for scratch", func(t *testing.T, _ string, cfg *pipeline.Config, _ *pipeline.Job) { cfg.Tmp = t.TempDir() }, "--tmp", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			store, tmp := filepath.Join(t.TempDir(), "store"), t.TempDir()
			notes := 0
			state.Hook = func(event string) error {
				if event == "note" {
					notes++
				}
				if notes > 3 && event != "free" && event != "remove" { // begun, and read twice
					return syscall.ENOSPC
				}
				return nil
			}
			var unfinished *pipeline.Unfinished
			if _, err := cleaned(t, resumable(t, tmp), input, store, nil); !errors.As(err, &unfinished) {
				t.Fatalf("the first run: %v", err)
			}
			failing(t, 0)
			heard, err := cleaned(t, resumable(t, tmp), input, store, func(cfg *pipeline.Config, job *pipeline.Job) { c.change(t, tmp, cfg, job) })
			if err != nil {
				t.Fatal(err)
			}
			warned := strings.Join(heard.warned, "\n")
			if c.warns == "" && strings.Contains(warned, "anew") || !strings.Contains(warned, c.warns) {
				t.Errorf("warned %q, want %q", warned, c.warns)
			}
			if !c.anew && len(heard.resumed) == 0 {
				t.Error("the run began anew")
			}
			if c.name != "one input less" && c.name != "an option" {
				same(t, c.name, want, files(t, store))
			}
			empty(t, tmp, store)
		})
	}
}

// A copy of a store names the scratch of a run that is alive: the copy neither goes on
// with it nor removes it.
func TestCopyOfAStoreKeepsItsHandsOff(t *testing.T) {
	input := corpusOf(t, 900)
	whole := filepath.Join(t.TempDir(), "whole")
	if _, err := cleaned(t, resumable(t, t.TempDir()), input, whole, nil); err != nil {
		t.Fatal(err)
	}
	want := files(t, whole)
	store, tmp, notes := filepath.Join(t.TempDir(), "store"), t.TempDir(), 0
	state.Hook = func(event string) error {
		if event != "note" {
			return nil
		}
		if notes++; notes != 3 { // forms were read once
			return nil
		}
		state.Hook = nil
		other := filepath.Join(t.TempDir(), "copy")
		if err := os.CopyFS(other, os.DirFS(store)); err != nil {
			t.Error(err)
		}
		heard, err := cleaned(t, resumable(t, tmp), input, other, nil)
		if err != nil || len(heard.resumed) > 0 || !strings.Contains(strings.Join(heard.warned, " "), "copy") {
			t.Errorf("the copy: %v, resumed %v, warned %v", err, heard.resumed, heard.warned)
		}
		same(t, "the copy", want, files(t, other))
		if left, _ := os.ReadDir(tmp); len(left) != 1 {
			t.Errorf("of the living run %v is left in scratch", left)
		}
		return nil
	}
	defer func() { state.Hook = nil }()
	if _, err := cleaned(t, resumable(t, tmp), input, store, nil); err != nil || notes < 3 {
		t.Fatal(err, notes)
	}
	same(t, "the living run", want, files(t, store))
	empty(t, tmp, store)
}

// While a process holds the store, another one can neither go on nor take its scratch.
func TestLivingRunIsLeftAlone(t *testing.T) {
	input := corpusOf(t, 900)
	store, tmp := filepath.Join(t.TempDir(), "store"), t.TempDir()
	asked := false
	state.Hook = func(event string) error {
		if event == "note" && !asked {
			asked = true
			if _, err := cleaned(t, resumable(t, tmp), input, store, nil); !errors.Is(err, snapshot.ErrLeased) {
				t.Errorf("the second run: %v", err)
			}
		}
		return nil
	}
	defer func() { state.Hook = nil }()
	if _, err := cleaned(t, resumable(t, tmp), input, store, nil); err != nil || !asked {
		t.Fatal(err, asked)
	}
	empty(t, tmp, store)
}

// A run that learns its model goes on, whichever entry of the journal was the last.
func TestLearntRunGoesOn(t *testing.T) {
	pipeline.SetRowsPerPart(300)
	defer pipeline.SetRowsPerPart(1 << 18)
	header, first, second, _ := catalogues(900, 7)
	dir := t.TempDir()
	input := write(t, filepath.Join(dir, "a.csv"), header, first) + "|" + write(t, filepath.Join(dir, "b.csv"), header, second)
	config := func(tmp string) pipeline.Config {
		cfg, err := pipeline.ReadConfig(configFile(t, books), "")
		if err != nil || !cfg.Learn {
			t.Fatal(err, cfg.Learn)
		}
		cfg.Workers, cfg.BatchSize, cfg.Tmp, cfg.Resume, cfg.Mark = 2, 100, tmp, true, 400
		return cfg
	}
	notes, last := 0, 0
	state.Hook = func(event string) error {
		if event == "note" {
			notes++
		}
		if last > 0 && notes > last && event != "free" && event != "remove" {
			return syscall.ENOSPC
		}
		return nil
	}
	defer func() { state.Hook = nil }()
	whole := filepath.Join(t.TempDir(), "whole")
	if _, err := cleaned(t, config(t.TempDir()), input, whole, nil); err != nil {
		t.Fatal(err)
	}
	want, all := files(t, whole), notes
	if _, ok := want["000001/model.json"]; !ok {
		t.Fatal("no model was learnt")
	}
	settled := 0
	for at := 2; at < all; at += 3 {
		store, tmp := filepath.Join(t.TempDir(), "store"), t.TempDir()
		notes, last = 0, at
		var unfinished *pipeline.Unfinished
		if _, err := cleaned(t, config(tmp), input, store, nil); !errors.As(err, &unfinished) {
			t.Fatalf("at entry %d of %d: %v", at, all, err)
		}
		last = 0
		heard, err := cleaned(t, config(tmp), input, store, nil)
		if err != nil || len(heard.resumed) != 1 {
			t.Fatalf("after entry %d of %d: %v, resumed %v", at, all, err, heard.resumed)
		}
		if heard.resumed[0].Settled {
			settled++
		}
		same(t, fmt.Sprint("after entry ", at), want, files(t, store))
		empty(t, tmp, store)
	}
	if settled == 0 {
		t.Error("none went on from who is who")
	}
}
