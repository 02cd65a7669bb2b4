package snapshot

import (
	"context"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// noLinks is a file system without hard links.
type noLinks struct{ osDisk }

func (noLinks) Link(string, string) error {
	return &os.LinkError{Op: "link", Err: syscall.EPERM}
}

func TestUnchangedPartsAreOneFile(t *testing.T) {
	part := func(store, number, name string) string { return filepath.Join(store, snapshotsDir, number, name) }
	same := func(t *testing.T, store, name string) bool {
		t.Helper()
		a, err := os.Stat(part(store, "000001", name))
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.Stat(part(store, "000002", name))
		if err != nil {
			t.Fatal(err)
		}
		return os.SameFile(a, b)
	}
	const forms, links = "forms/part-00000.parquet", "links/part-00000.parquet"
	for _, c := range []struct {
		name   string
		spoil  func(t *testing.T, store string)
		on     disk
		shared bool
	}{
		{"shared", func(*testing.T, string) {}, osDisk{}, true},
		{"no hard links", func(*testing.T, string) {}, noLinks{}, false},
		{"damaged", func(t *testing.T, store string) {
			f, err := os.OpenFile(part(store, "000001", forms), os.O_WRONLY, 0)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if _, err := f.WriteAt([]byte{1, 2, 3}, 100); err != nil {
				t.Fatal(err)
			}
		}, osDisk{}, false},
		{"gone", func(t *testing.T, store string) {
			if err := os.Rename(part(store, "000001", forms), part(store, "000001", forms+".gone")); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(part(store, "000001", forms), nil, 0o644); err != nil {
				t.Fatal(err)
			}
		}, osDisk{}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			store := t.TempDir()
			s := newSample(60)
			publish(t, store, s)
			c.spoil(t, store)
			publishOn(t, store, s, c.on)
			if got := same(t, store, forms); got != c.shared {
				t.Errorf("one file: %v", got)
			}
			if same(t, store, manifestName) {
				t.Error("the manifests are one file")
			}
			if c.on == (osDisk{}) && !same(t, store, links) {
				t.Error("what is whole is not shared")
			}
			if err := os.RemoveAll(filepath.Join(store, snapshotsDir, "000001")); err != nil {
				t.Fatal(err)
			}
			reports, err := VerifyStore(context.Background(), store, true)
			if err != nil || len(reports) != 1 || !reports[0].Passed() {
				t.Errorf("without the snapshot before: %v, %+v", err, reports)
			}
		})
	}
}

// What changed is a file of its own.
func TestChangedPartsAreTwoFiles(t *testing.T) {
	store := t.TempDir()
	publish(t, store, newSample(60))
	publish(t, store, newSample(61))
	a, aerr := os.Stat(filepath.Join(store, snapshotsDir, "000001/forms/part-00000.parquet"))
	b, berr := os.Stat(filepath.Join(store, snapshotsDir, "000002/forms/part-00000.parquet"))
	if aerr != nil || berr != nil || os.SameFile(a, b) {
		t.Errorf("%v, %v", aerr, berr)
	}
}
