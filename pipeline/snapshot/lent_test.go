package snapshot

import (
	"context"
	"errors"
	"strings"
	"testing"
)

// A lease that outlives drafts is neither taken again nor given back by them,
// and keeps everybody else out all the while.
func TestDraftsUnderALentLease(t *testing.T) {
	store := t.TempDir()
	lease, err := TakeLease(store, "dusach live")
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		d, err := Begin(context.Background(), store, Options{Lease: lease})
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Abort(); err != nil {
			t.Fatal(err)
		}
		_, err = Begin(context.Background(), store, Options{Command: "dusach clean"})
		if !errors.Is(err, ErrLeased) || !strings.Contains(err.Error(), "dusach live") {
			t.Fatalf("another writer got %v", err)
		}
		if _, err := TakeLease(store, "dusach live"); !errors.Is(err, ErrLeased) {
			t.Fatalf("a second lease: %v", err)
		}
	}
	if err := lease.Release(); err != nil {
		t.Fatal(err)
	}
	d, err := Begin(context.Background(), store, Options{})
	if err != nil {
		t.Fatal(err)
	}
	d.Abort()
}
