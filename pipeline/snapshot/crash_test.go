package snapshot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// crashStore is a store with one snapshot, kept as it is, and the sample that
// becomes the second.
type crashStore struct {
	before string
	next   *sample
}

func newCrashStore(t *testing.T) *crashStore {
	c := &crashStore{before: filepath.Join(t.TempDir(), "before"), next: newSampleOf(tinySchema, 1)}
	publish(t, c.before, newSampleOf(tinySchema, 2))
	return c
}

// attempt publishes the second snapshot in a copy of the store.
func (c *crashStore) attempt(t *testing.T, d *faultyDisk) (store string, err error) {
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
	if err := c.next.write(draft); err != nil {
		return store, err
	}
	return store, draft.Publish(c.next.manifest())
}

// check proves that the store is whole: as before, or as after, and that the
// next run goes on from there if it is to try again.
func (c *crashStore) check(t *testing.T, what, store string, published, again bool) {
	t.Helper()
	now, err := current(store)
	if err != nil || now != "000001" && now != "000002" {
		t.Fatalf("%s: CURRENT names %q, %v", what, now, err)
	}
	if published && now != "000002" {
		t.Fatalf("%s: Publish said done, but CURRENT names %s", what, now)
	}
	c.verify(t, what, store)
	before, err := os.ReadFile(filepath.Join(c.before, snapshotsDir, "000001", manifestName))
	if err != nil {
		t.Fatal(err)
	}
	after, err := os.ReadFile(filepath.Join(store, snapshotsDir, "000001", manifestName))
	if err != nil || !bytes.Equal(before, after) {
		t.Fatalf("%s: the snapshot before was changed: %v", what, err)
	}
	if !again {
		return
	}
	publishOn(t, store, c.next, &faultyDisk{})
	want := fmt.Sprintf("00000%d", now[5]-'0'+1)
	if then, err := current(store); err != nil || then != want {
		t.Fatalf("%s: the next run published %q, want %s; %v", what, then, want, err)
	}
	c.verify(t, what+", next run", store)
}

func (c *crashStore) verify(t *testing.T, what, store string) {
	t.Helper()
	reports, err := VerifyStore(context.Background(), store, false)
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	if !reports[0].Passed() {
		t.Fatalf("%s: %+v", what, reports[0].Checks)
	}
}

// calls counts the calls of an attempt in which nothing fails.
func (c *crashStore) calls(t *testing.T) int {
	d := &faultyDisk{}
	store, err := c.attempt(t, d)
	if err != nil {
		t.Fatal(err)
	}
	c.check(t, "no fault", store, true, true)
	if d.linked.Load() == 0 {
		t.Fatal("nothing is shared with the snapshot before: those calls are not tried")
	}
	return d.calls
}

// Every call fails once, with a full disk: the run ends with an error that
// tells what to do, and the store is as it was or, from the last call on, as
// it should become.
func TestEachCallFailsOnce(t *testing.T) {
	t.Parallel()
	c := newCrashStore(t)
	n := c.calls(t)
	for at := 1; at <= n; at++ {
		d := &faultyDisk{at: at, err: fmt.Errorf("no room: %w", syscall.ENOSPC)}
		store, err := c.attempt(t, d)
		what := fmt.Sprintf("call %d of %d fails", at, n)
		if err == nil {
			t.Fatalf("%s: no error", what)
		}
		if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "free some space") {
			t.Fatalf("%s: %v", what, err)
		}
		if drafts, _ := os.ReadDir(filepath.Join(store, stateDir, draftDir)); len(drafts) > 0 && at < n-1 {
			t.Fatalf("%s: the draft was left behind", what)
		}
		c.check(t, what, store, false, true)
	}
	t.Logf("%d points of failure", n)
}

// A loss is what becomes of the bytes that were not synced, and how many halves
// of the names that were not are lost.
type loss struct {
	bytes string
	names int
}

var otherLosses = []loss{{"torn", 1}, {"lost", 0}, {"kept", 2}}

// At every call the power goes, and all that was not synced is lost; or some of
// it, by turns.
func TestPowerGoesAtEachCall(t *testing.T) {
	t.Parallel()
	c := newCrashStore(t)
	n, points := c.calls(t), 0
	for at := 1; at <= n+1; at++ {
		for _, loss := range []loss{{"lost", 2}, otherLosses[at%len(otherLosses)]} {
			d := &faultyDisk{at: at, err: errPowerLoss, gone: true}
			store, err := c.attempt(t, d)
			if (err == nil) != (at > n) {
				t.Fatalf("call %d of %d: %v", at, n, err)
			}
			if err := d.powerLoss(loss.bytes, (len(d.names)*loss.names+1)/2); err != nil {
				t.Fatal(err)
			}
			what := fmt.Sprintf("the power goes at call %d of %d, bytes %s, %d/2 of the names undone", at, n, loss.bytes, loss.names)
			c.check(t, what, store, err == nil, loss.names == 2)
			points++
		}
	}
	t.Logf("%d points of failure", points)
}
