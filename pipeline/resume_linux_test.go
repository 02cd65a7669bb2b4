package pipeline_test

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/dusach/dusach/pipeline"
)

// smallDisk mounts a file system of some KiB; resize changes its size.
func smallDisk(t *testing.T, kib int64) (dir string, resize func(kib int64)) {
	t.Helper()
	dir = t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%dk", kib)); err != nil {
		t.Skipf("only who may mount a file system can fill one: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir, func(kib int64) {
		if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, fmt.Sprintf("size=%dk", kib)); err != nil {
			t.Fatal(err)
		}
	}
}

// sizeOf returns the KiB of all files below a folder.
func sizeOf(t *testing.T, dir string) (kib int64) {
	err := filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			info, e := e.Info()
			err = e
			kib += (info.Size() + 4095) >> 12 << 2
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return kib
}

// A disk that is really full, of scratch or of the store, ends a run with a sentence
// that helps; with more room the same call goes on.
func TestDiskThatIsFull(t *testing.T) {
	pipeline.SetRowsPerPart(300)
	defer pipeline.SetRowsPerPart(1 << 18)
	input := corpusOf(t, 2400)
	whole := filepath.Join(t.TempDir(), "whole")
	if _, err := cleaned(t, resumable(t, t.TempDir()), input, whole, nil); err != nil {
		t.Fatal(err)
	}
	want := files(t, whole)
	for _, c := range []struct {
		name string
		kib  int64
		of   func(small, large string) (store, tmp string)
		says string
	}{
		{"store", sizeOf(t, whole) * 6 / 10, func(small, large string) (string, string) { return small, large }, "put the store on another disk"},
		{"scratch", 900, func(small, large string) (string, string) { return large, small }, "--tmp"},
	} {
		t.Run(c.name, func(t *testing.T) {
			small, resize := smallDisk(t, c.kib)
			dir, tmp := c.of(small, t.TempDir())
			store := filepath.Join(dir, "store")
			_, err := cleaned(t, resumable(t, tmp), input, store, nil)
			if unfinished := (*pipeline.Unfinished)(nil); !errors.Is(err, syscall.ENOSPC) || !errors.As(err, &unfinished) || !strings.Contains(err.Error(), c.says) {
				t.Fatalf("on %d KiB: %v", c.kib, err)
			}
			resize(64 << 10)
			heard, err := cleaned(t, resumable(t, tmp), input, store, nil)
			if err != nil || len(heard.resumed) == 0 {
				t.Fatalf("with more room: %v, resumed %v", err, heard.resumed)
			}
			same(t, c.name, want, files(t, store))
			empty(t, tmp, store)
		})
	}
}
