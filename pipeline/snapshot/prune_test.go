package snapshot

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// pruneStore is a store of five snapshots, a day apart; the fourth was withdrawn.
func pruneStore(t *testing.T, now time.Time) string {
	t.Helper()
	store := filepath.Join(t.TempDir(), "store")
	s := newSampleOf(tinySchema, 1)
	for i := range 5 {
		d, err := Begin(context.Background(), store, Options{Schema: tinySchema, Version: "test"})
		if err != nil {
			t.Fatal(err)
		}
		m := s.manifest()
		m.AsOf = fmt.Sprintf("2026-11-%02d", 10+2*i)
		if err := errors.Join(s.write(d), d.Publish(m)); err != nil {
			t.Fatal(err)
		}
	}
	if err := withdraw(osDisk{}, store, "000004", "000005"); err != nil {
		t.Fatal(err)
	}
	for i := range 5 {
		at := now.Add(-time.Duration(4-i) * 24 * time.Hour)
		if err := os.Chtimes(filepath.Join(store, snapshotsDir, fmt.Sprintf("%06d", i+1), manifestName), at, at); err != nil {
			t.Fatal(err)
		}
	}
	return store
}

func TestPrune(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 30, 21, 0, 0, 0, time.UTC)
	const day = 24 * time.Hour
	for _, c := range []struct {
		keep Retention
		want string
	}{
		{Retention{}, "1 2 3 4 5"},
		{Retention{Last: 1}, "5"},
		{Retention{Last: 2}, "3 5"}, // a withdrawn one is none
		{Retention{Last: 9}, "1 2 3 5"},
		{Retention{Age: day}, "5"},
		{Retention{Age: 3*day + time.Hour}, "2 3 4 5"},
		{Retention{Last: 3, Age: day + time.Hour}, "2 3 4 5"},
		{Retention{Last: -1}, "5"}, // the published one stays whatever is asked
	} {
		store := pruneStore(t, now)
		for _, dry := range []bool{true, false} {
			out, err := Prune(store, c.keep, now, dry)
			if err != nil {
				t.Fatal(err)
			}
			if got := short(out.Kept); got != c.want || len(out.Kept)+len(out.Removed) != 5 {
				t.Errorf("%+v: kept %s, removed %s, want %s", c.keep, got, short(out.Removed), c.want)
			}
			left, _ := Numbers(store)
			if dry && len(left) != 5 || !dry && short(left) != c.want {
				t.Errorf("%+v, dry %v: %s are left", c.keep, dry, short(left))
			}
		}
		if reports, err := VerifyStore(context.Background(), store, true); err != nil || slices.ContainsFunc(reports, func(r *Report) bool { return !r.Passed() }) {
			t.Errorf("%+v: what is left does not verify: %v", c.keep, err)
		}
	}
}

func short(numbers []string) string {
	var b []string
	for _, n := range numbers {
		b = append(b, strings.TrimLeft(n, "0"))
	}
	return strings.Join(b, " ")
}

// A snapshot that somebody has open stays until he is done; whoever opens one
// that was removed is told so.
func TestPruneLeavesWhatIsRead(t *testing.T) {
	t.Parallel()
	now := time.Now()
	store := pruneStore(t, now)
	s, err := Open(store, "000002")
	if err != nil {
		t.Fatal(err)
	}
	out, err := Prune(store, Retention{Last: 1}, now, false)
	if err != nil || short(out.Kept) != "2 5" || short(out.InUse) != "2" {
		t.Fatalf("%+v, %v", out, err)
	}
	rows := 0
	for r, err := range s.ReadForms(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		rows += r.N
	}
	if rows == 0 {
		t.Error("nothing was read")
	}
	runtime.KeepAlive(s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if out, err = Prune(store, Retention{Last: 1}, now, false); err != nil || short(out.Removed) != "2" {
		t.Errorf("%+v, %v", out, err)
	}
	if _, err := Open(store, "000002"); err == nil || !strings.Contains(err.Error(), "has no snapshot 000002") {
		t.Errorf("opening what was removed: %v", err)
	}
}

// Whatever call fails, each snapshot is there whole or not at all, and the next
// writer clears away what is left of the others.
func TestPruneFails(t *testing.T) {
	t.Parallel()
	now := time.Now()
	whole := &faultyDisk{}
	if _, err := prune(whole, pruneStore(t, now), Retention{Last: 2}, now, false); err != nil {
		t.Fatal(err)
	}
	for at := 1; at <= whole.calls; at++ {
		store := pruneStore(t, now)
		if _, err := prune(&faultyDisk{at: at, err: syscall.EIO, gone: true}, store, Retention{Last: 2}, now, false); err == nil {
			t.Fatalf("call %d fails: no error", at)
		}
		if reports, err := VerifyStore(context.Background(), store, true); err != nil || slices.ContainsFunc(reports, func(r *Report) bool { return !r.Passed() }) {
			t.Errorf("call %d fails: %v", at, err)
		}
		d, err := Begin(context.Background(), store, Options{Schema: tinySchema})
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Abort(); err != nil {
			t.Fatal(err)
		}
		if left, _ := os.ReadDir(filepath.Join(store, stateDir, prunedDir)); len(left) > 0 {
			t.Errorf("call %d fails: %d removed snapshots are left", at, len(left))
		}
	}
}

// The snapshot of a day is the last whose data go no further.
func TestAsOf(t *testing.T) {
	t.Parallel()
	store := pruneStore(t, time.Now())
	for day, want := range map[string]string{
		"2026-11-10": "000001", "2026-11-13": "000002", "2026-11-14": "000003", "2026-11-17": "000003", // the fourth was withdrawn
		"2026-11-18": "000005", "2030-01-01": "000005",
	} {
		if got, err := AsOf(store, day); got != want || err != nil {
			t.Errorf("as of %s: %s, %v, want %s", day, got, err, want)
		}
	}
	if _, err := AsOf(store, "2026-11-09"); err == nil || !strings.Contains(err.Error(), "the oldest that is kept is 000001 (2026-11-10)") {
		t.Errorf("before the first: %v", err)
	}
}
