package snapshot

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Any damaged or missing file is named; a whole snapshot is sound.
func TestSound(t *testing.T) {
	store := t.TempDir()
	publish(t, store, newSampleOf(tinySchema, 20))
	s, err := Open(store, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Sound(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, f := range s.Manifest.Files {
		name := filepath.Join(s.Folder, filepath.FromSlash(f.Path))
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		broken := append([]byte{}, data...)
		broken[len(broken)/2] ^= 4
		for _, damage := range []func() error{
			func() error { return os.WriteFile(name, broken, 0o644) },
			func() error { return os.WriteFile(name, data[:len(data)-1], 0o644) },
			func() error { return os.Remove(name) },
		} {
			if err := damage(); err != nil {
				t.Fatal(err)
			}
			if err := s.Sound(context.Background()); err == nil || !strings.Contains(err.Error(), f.Path) {
				t.Errorf("damage of %s: %v", f.Path, err)
			}
		}
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
