package snapshot

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/dusach/dusach/pipeline/audit"
	"github.com/dusach/dusach/pipeline/erasure"
	"github.com/dusach/dusach/pipeline/review/ledger"
)

// eraseStore is a store of two snapshots and a state that hold a form, and the
// sample that follows when it is erased.
type eraseStore struct {
	before string
	next   *sample
	marks  []byte
	listed []string
	from   int // calls before the draft is published: TestEachCallFailsOnce has tried those
}

func newEraseStore(t *testing.T) *eraseStore {
	t.Helper()
	c := &eraseStore{before: filepath.Join(t.TempDir(), "before"), next: newSampleOf(tinySchema, 1)}
	c.next.counts.Forgotten = 1
	c.next.counts.FormsIn++
	publish(t, c.before, newSampleOf(tinySchema, 2))
	publish(t, c.before, newSampleOf(tinySchema, 3))
	for _, name := range []string{"live/000001.log", "resume/segment"} {
		file := filepath.Join(c.before, stateDir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte("the form"), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	decide := func(a, b string) ledger.Decision {
		return ledger.Decision{A: a, B: b, Same: true, By: "Lan", At: "2026-11-30T08:00:00Z", Why: "the hand of " + a}
	}
	if _, err := ledger.Append(c.before, []ledger.Decision{decide("A", "B"), decide("E", "F"), decide("C", "D"), decide("F", "G")}); err != nil {
		t.Fatal(err)
	}
	drawn := `{"name":"000002-2-1","snapshot":"000002","epoch":{},"forms":3,"strata":[{"stratum":"sure","size":9,"pairs":[["A","F"],["C","D"]]}],"order":[1,0]}`
	samples := filepath.Join(ledger.Dir(c.before), "samples")
	if err := errors.Join(os.MkdirAll(samples, 0o700), os.WriteFile(filepath.Join(samples, "000002-2-1.json"), []byte(drawn), 0o600),
		os.WriteFile(filepath.Join(samples, "damaged.json"), []byte(`["F"`), 0o600)); err != nil {
		t.Fatal(err)
	}
	set := erasure.New(erasure.NewKey())
	set.Seeker().AddForm([]byte("F"), [16]byte{})
	c.marks = set.Encode()
	c.listed, _ = erasure.Listed(c.marks)
	return c
}

func (c *eraseStore) attempt(t *testing.T, d *faultyDisk) (store string, err error) {
	t.Helper()
	store = filepath.Join(t.TempDir(), "store")
	if err := os.CopyFS(store, os.DirFS(c.before)); err != nil {
		t.Fatal(err)
	}
	draft, err := Begin(context.Background(), store, Options{Schema: tinySchema, Version: "test", disk: d})
	if err != nil {
		return store, err
	}
	defer draft.lease.release() // the system would, had we died
	defer draft.Abort()
	if err := errors.Join(c.next.write(draft), draft.WriteFile(erasure.FileName, c.marks)); err != nil {
		return store, err
	}
	draft.syncs.Wait()
	c.from = max(c.from, d.calls)
	entry := &audit.Entry{Time: "2026-11-30T21:00:00Z", Action: "forget", By: "me", Why: "asked", Forms: 1, Withdrawn: []string{"000001", "000002"}, Tombstones: c.listed}
	return store, draft.PublishErasing(c.next.manifest(), entry, []string{"F", "F2"})
}

// check proves that nothing was erased, or all, once the next writer has begun.
func (c *eraseStore) check(t *testing.T, what, store string, done bool) {
	t.Helper()
	now, err := current(store)
	if err != nil || now != "000002" && now != "000003" {
		t.Fatalf("%s: CURRENT names %q, %v", what, now, err)
	}
	if done && now != "000003" {
		t.Fatalf("%s: it said done, but CURRENT names %s", what, now)
	}
	lease, err := TakeLease(store, "the next one")
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	defer lease.Release()
	log, err := audit.Read(filepath.Join(store, audit.Dir))
	if err == nil {
		err = audit.Check(log)
	}
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	erased := now == "000003"
	if (len(log) == 1) != erased {
		t.Fatalf("%s: CURRENT names %s, and the audit log has %d entries", what, now, len(log))
	}
	if _, err := os.Stat(audit.Pending(store)); err == nil {
		t.Fatalf("%s: the erasure is still pending", what)
	}
	if left, _ := os.ReadDir(filepath.Join(store, stateDir)); erased && len(left) != 1 {
		t.Fatalf("%s: %d files are left in the state", what, len(left))
	}
	checkScrubbed(t, what, store, erased)
	for _, number := range []string{"000001", "000002"} {
		if _, err := Open(store, number); erased != errors.Is(err, ErrWithdrawn) {
			t.Fatalf("%s: opening %s: %v", what, number, err)
		}
		if left, _ := os.ReadDir(filepath.Join(store, snapshotsDir, number)); erased && len(left) != 1 {
			t.Fatalf("%s: %d files are left of %s", what, len(left), number)
		}
	}
	reports, err := VerifyStore(context.Background(), store, false)
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	for _, r := range reports {
		if !r.Passed() {
			t.Fatalf("%s: %s: %+v", what, r.Snapshot, r.Checks)
		}
	}
}

// checkScrubbed proves that the decisions and samples name the form, all of them, or
// none any more, and that the chain holds.
func checkScrubbed(t *testing.T, what, store string, erased bool) {
	t.Helper()
	l, err := ledger.Read(store)
	if err != nil || len(l.List) != 4 {
		t.Fatalf("%s: the ledger: %d lines, %v", what, len(l.List), err)
	}
	for i, d := range l.List {
		if gone := d.Erased == 1; gone != (erased && i%2 == 1) {
			t.Fatalf("%s: decision %d: %+v", what, i+1, d)
		}
	}
	err = filepath.WalkDir(ledger.Dir(store), func(name string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if found := strings.Contains(string(data), `"F"`) || strings.Contains(string(data), "hand of E"); found && erased {
			t.Fatalf("%s: %s still tells of the form: %s", what, name, data)
		}
		if info, ierr := e.Info(); what == "no fault" && (ierr != nil || info.Mode().Perm() != 0o600) { // the copies of stores lose it
			t.Fatalf("%s: others may read %s: %v", what, name, ierr)
		}
		return err
	})
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
}

// Whatever call of an erasure fails, or at whatever call the power goes: nothing
// was erased, or all that held the form is gone when the next writer has begun.
func TestEraseAllOrNothing(t *testing.T) {
	t.Parallel()
	c := newEraseStore(t)
	whole := &faultyDisk{}
	store, err := c.attempt(t, whole)
	if err != nil {
		t.Fatal(err)
	}
	c.check(t, "no fault", store, true)
	n, points := whole.calls, 0
	for at := c.from + 1; at <= n; at++ {
		store, err := c.attempt(t, &faultyDisk{at: at, err: fmt.Errorf("no room: %w", syscall.ENOSPC)})
		what := fmt.Sprintf("call %d of %d fails", at, n)
		if !errors.Is(err, syscall.ENOSPC) {
			t.Fatalf("%s: %v", what, err)
		}
		c.check(t, what, store, false)
		loss := append(otherLosses, loss{"lost", 2})[at%4]
		d := &faultyDisk{at: at, err: errPowerLoss, gone: true}
		if store, err = c.attempt(t, d); err == nil {
			t.Fatalf("the power went at call %d of %d: no error", at, n)
		}
		if err := d.powerLoss(loss.bytes, (len(d.names)*loss.names+1)/2); err != nil {
			t.Fatal(err)
		}
		c.check(t, fmt.Sprintf("the power goes at call %d of %d, bytes %s, %d/2 of the names undone", at, n, loss.bytes, loss.names), store, false)
		points += 2
	}
	t.Logf("%d points of failure", points)
}

// Whoever opens a withdrawn snapshot is told why it is gone and what to use.
func TestWithdrawnSnapshotSaysWhy(t *testing.T) {
	t.Parallel()
	c := newEraseStore(t)
	store, err := c.attempt(t, &faultyDisk{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = Open(store, "000001")
	if err == nil || !strings.Contains(err.Error(), "lawfully erased; use snapshot 000003") {
		t.Errorf("%v", err)
	}
}

// Verify tells when the audit log and the tombstones do not belong together.
func TestVerifyTellsOfErasure(t *testing.T) {
	t.Parallel()
	c := newEraseStore(t)
	for what, one := range map[string]struct {
		spoil func(store string) error
		want  string
	}{
		"the log is gone": {func(s string) error { return os.RemoveAll(filepath.Join(s, audit.Dir)) }, "the log was cut off"},
		"an entry was changed": {func(s string) error {
			name := filepath.Join(s, audit.Dir, "000001.json")
			data, err := os.ReadFile(name)
			return errors.Join(err, os.WriteFile(name, []byte(strings.Replace(string(data), `"me"`, `"you"`, 1)), 0o644))
		}, "entry 1 was changed"},
		"a file came back": {func(s string) error {
			return os.WriteFile(filepath.Join(s, snapshotsDir, "000001", "forms.parquet"), nil, 0o644)
		}, "is left of a snapshot that was withdrawn"},
		"a decision was erased by nobody": {func(s string) error {
			l, err := ledger.Read(s)
			if err != nil {
				return err
			}
			l.Scrub(map[string]bool{"A": true}, 1)
			data, err := l.Encode()
			return errors.Join(err, os.WriteFile(ledger.File(s), data, 0o600))
		}, "decision 1: erased under audit entry 1, accounted for by 0"},
		"the ledger is gone":  {func(s string) error { return os.Remove(ledger.File(s)) }, "decision 2, which audit entry 1 accounts for, is not in the ledger"},
		"it was not finished": {func(s string) error { return os.WriteFile(audit.Pending(s), []byte("{}"), 0o644) }, "was not finished"},
	} {
		store, err := c.attempt(t, &faultyDisk{})
		if err != nil {
			t.Fatal(err)
		}
		if err := one.spoil(store); err != nil {
			t.Fatal(err)
		}
		reports, err := VerifyStore(context.Background(), store, true)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(faultsOf(reports)); !strings.Contains(got, one.want) {
			t.Errorf("%s: %s, want %q", what, got, one.want)
		}
	}
}

func faultsOf(reports []*Report) (all []string) {
	for _, r := range reports {
		for _, c := range r.Checks {
			all = append(all, c.Example...)
		}
	}
	return all
}
