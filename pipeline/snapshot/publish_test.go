package snapshot

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPublishMakesTheNextSnapshot(t *testing.T) {
	store := filepath.Join(t.TempDir(), "a", "store")
	s := newSample(40)
	publish(t, store, s)
	publish(t, store, s)
	now, err := current(store)
	if err != nil || now != "000002" {
		t.Fatalf("CURRENT names %q, %v", now, err)
	}
	for _, name := range []string{
		"000001/manifest.json", "000002/forms/part-00000.parquet", "000002/citizens/province=79/part-00000.parquet",
	} {
		if _, err := os.Stat(filepath.Join(store, snapshotsDir, name)); err != nil {
			t.Error(err)
		}
	}
	if entries, _ := os.ReadDir(filepath.Join(store, stateDir, draftDir)); len(entries) > 0 {
		t.Errorf("the draft is still there: %v", entries)
	}
}

func TestSameRowsSameBytes(t *testing.T) {
	stores := [2]string{t.TempDir(), t.TempDir()}
	for _, store := range stores {
		publish(t, store, newSample(300))
	}
	root := filepath.Join(stores[0], snapshotsDir)
	err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(root, name)
		a, _ := os.ReadFile(name)
		b, _ := os.ReadFile(filepath.Join(stores[1], snapshotsDir, rel))
		if !bytes.Equal(a, b) {
			t.Errorf("%s differs between two runs", rel)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestFolderMustBeAStore(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "thesis.doc"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Begin(context.Background(), dir, Options{}); err == nil || !strings.Contains(err.Error(), "no dusach store") {
		t.Errorf("a folder with other things: %v", err)
	}
	if _, err := Begin(context.Background(), filepath.Join(dir, "thesis.doc"), Options{}); err == nil || !strings.Contains(err.Error(), "is a file") {
		t.Errorf("a file: %v", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("the refused folder was changed: %v, %v", entries, err)
	}
}

func TestLeaseNamesItsHolder(t *testing.T) {
	store := t.TempDir()
	d, err := Begin(context.Background(), store, Options{Command: "dusach clean"})
	if err != nil {
		t.Fatal(err)
	}
	_, err = Begin(context.Background(), store, Options{})
	if !errors.Is(err, ErrLeased) || !strings.Contains(err.Error(), "dusach clean, process") {
		t.Fatalf("second writer: %v", err)
	}
	if err := d.Abort(); err != nil {
		t.Fatal(err)
	}
	again, err := Begin(context.Background(), store, Options{})
	if err != nil {
		t.Fatalf("after the first gave up: %v", err)
	}
	if err := again.Abort(); err != nil {
		t.Fatal(err)
	}
}

func TestPublishRefusesSumsThatDoNotHold(t *testing.T) {
	store := t.TempDir()
	publish(t, store, newSample(10))
	for name, spoil := range map[string]func(*Counts){
		"a form too many": func(c *Counts) { c.FormsIn++ },
		"a link too few":  func(c *Counts) { c.Links-- },
	} {
		s := newSample(20)
		d, err := Begin(context.Background(), store, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.write(d); err != nil {
			t.Fatal(err)
		}
		m := s.manifest()
		spoil(&m.Counts)
		if err := d.Publish(m); err == nil {
			t.Errorf("%s: published", name)
		}
		if err := d.Abort(); err != nil {
			t.Error(err)
		}
		if now, err := current(store); err != nil || now != "000001" {
			t.Errorf("%s: CURRENT names %q, %v", name, now, err)
		}
	}
}

func TestLostCurrentIsNotOverwritten(t *testing.T) {
	store := t.TempDir()
	for range 3 {
		publish(t, store, newSample(5))
	}
	if err := os.Remove(filepath.Join(store, currentName)); err != nil {
		t.Fatal(err)
	}
	if _, err := Begin(context.Background(), store, Options{}); err == nil || !strings.Contains(err.Error(), "write the number") {
		t.Errorf("a store whose CURRENT is lost: %v", err)
	}
	if _, err := os.Stat(filepath.Join(store, snapshotsDir, "000003")); err != nil {
		t.Error(err)
	}
}
