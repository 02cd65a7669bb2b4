package audit

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func log(t *testing.T, n int) (dir string) {
	t.Helper()
	dir = t.TempDir()
	var last *Entry
	for i := range n {
		e := &Entry{Time: "2026-11-30T21:00:00Z", Action: "forget", By: "<nnt>", Why: "QĐ 12/2026", Forms: int64(i + 1), Tombstones: []string{"f00"}}
		e.Seal(last)
		if err := os.WriteFile(filepath.Join(dir, e.Name()), e.Encode(), 0o600); err != nil {
			t.Fatal(err)
		}
		last = e
	}
	return dir
}

func checked(dir string) error {
	list, err := Read(dir)
	if err != nil {
		return err
	}
	return Check(list)
}

func TestWholeLog(t *testing.T) {
	for _, n := range []int{0, 1, 12} {
		dir := log(t, n)
		if err := checked(dir); err != nil {
			t.Errorf("%d entries: %v", n, err)
		}
		if list, _ := Read(dir); len(list) != n {
			t.Errorf("%d entries are %d", n, len(list))
		}
	}
	if list, err := Read(filepath.Join(t.TempDir(), "none")); err != nil || Last(list) != nil {
		t.Errorf("a store without a log: %v", err)
	}
}

// Whatever is done to an entry shows.
func TestChangedLog(t *testing.T) {
	change := func(dir, name, old, new string) {
		file := filepath.Join(dir, name)
		data, err := os.ReadFile(file)
		if err != nil || !strings.Contains(string(data), old) {
			t.Fatalf("%s: %v", name, err)
		}
		if err := os.WriteFile(file, []byte(strings.Replace(string(data), old, new, 1)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for what, c := range map[string]struct {
		do   func(dir string)
		want string
	}{
		"another reason": {func(d string) { change(d, "000002.json", "QĐ 12", "QĐ 13") }, "entry 2 was changed"},
		"another count":  {func(d string) { change(d, "000001.json", `"forms": 1`, `"forms": 0`) }, "entry 1 was changed"},
		"spacing":        {func(d string) { change(d, "000002.json", `"seq": 2`, `"seq":  2`) }, "000002.json is damaged or was changed"},
		"one taken out":  {func(d string) { _ = os.Remove(filepath.Join(d, "000002.json")) }, "entry 2 is missing"},
		"the first out":  {func(d string) { _ = os.Remove(filepath.Join(d, "000001.json")) }, "entry 1 is missing"},
		"renumbered": {func(d string) {
			_ = os.Rename(filepath.Join(d, "000003.json"), filepath.Join(d, "000002.json"))
		}, "000002.json says that it is 000003.json"},
		"resealed": {func(d string) {
			list, _ := Read(d)
			list[1].Why = "other"
			list[1].Seal(list[0])
			_ = os.WriteFile(filepath.Join(d, "000002.json"), list[1].Encode(), 0o600)
		}, "entry 3 does not follow"},
		"torn": {func(d string) { _ = os.Truncate(filepath.Join(d, "000003.json"), 40) }, "000003.json is damaged"},
	} {
		dir := log(t, 3)
		c.do(dir)
		if err := checked(dir); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", what, err, c.want)
		}
	}
}
