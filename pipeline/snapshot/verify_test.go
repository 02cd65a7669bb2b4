package snapshot

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dusach/dusach/pipeline/record"
)

// verifySample publishes a sample after spoil changed it, and returns the
// names of the checks that failed.
func verifySample(t *testing.T, spoil func(*sample), damage func(folder string)) string {
	t.Helper()
	store, s := t.TempDir(), newSample(300)
	if spoil != nil {
		spoil(s)
	}
	publish(t, store, s)
	if damage != nil {
		damage(filepath.Join(store, snapshotsDir, "000001"))
	}
	reports, err := VerifyStore(context.Background(), store, false)
	if err != nil {
		t.Fatal(err)
	}
	var failed []string
	for _, c := range reports[0].Checks {
		if !c.Passed {
			failed = append(failed, c.Name)
			t.Logf("%s: %d faults: %q", c.Name, c.Faults, c.Example)
		}
	}
	if got := len(failed) == 0; got != reports[0].Passed() {
		t.Errorf("Passed is %v", reports[0].Passed())
	}
	return strings.Join(failed, " ")
}

func TestVerifyPassesASoundStore(t *testing.T) {
	if failed := verifySample(t, nil, nil); failed != "" {
		t.Errorf("failed: %s", failed)
	}
	// The same in many passes over the ids.
	defer func(n int64) { idsAtOnce = n }(idsAtOnce)
	idsAtOnce = 50
	if failed := verifySample(t, nil, nil); failed != "" {
		t.Errorf("in several passes, failed: %s", failed)
	}
}

// replace puts another value, of the same length, into a column.
func replace(t *record.Text, row int, v string) { copy(t.At(row), v) }

// Each law, broken in one place, fails the check of its name.
func TestVerifyFindsEachBreach(t *testing.T) {
	const part = "forms/part-00000.parquet"
	edit := func(name string, change func([]byte) []byte) func(string) {
		return func(folder string) {
			name := filepath.Join(folder, name)
			data, err := os.ReadFile(name)
			if err == nil {
				err = os.WriteFile(name, change(data), 0o644)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, c := range []struct {
		name, want string
		spoil      func(*sample)
		damage     func(string)
	}{
		{name: "a byte changed", want: "files", damage: edit(part, func(b []byte) []byte { b[len(b)/2] ^= 1; return b })},
		{name: "a file cut short", want: "files", damage: edit(part, func(b []byte) []byte { return b[:len(b)-9] })},
		{name: "a file gone", want: "files", damage: func(f string) { os.Remove(filepath.Join(f, part)) }},
		{name: "a file besides", want: "files", damage: func(f string) {
			os.WriteFile(filepath.Join(f, "forms", "part-9.parquet"), nil, 0o644)
		}},
		{name: "counts changed", want: "conservation origins", damage: edit(manifestName, func(b []byte) []byte {
			return []byte(strings.Replace(string(b), `"repeats": 1`, `"repeats": 2`, 1))
		})},
		{name: "forms out of order", want: "order clusters", spoil: func(s *sample) {
			replace(&s.forms.Person, 0, "9999999999999999")
		}},
		{name: "a form of nobody", want: "clusters", spoil: func(s *sample) { replace(&s.forms.Person, 0, "00000000!") }},
		{name: "a citizen with a form too many", want: "clusters", spoil: func(s *sample) { s.citizens[1].Forms[3]++ }},
		{name: "citizens out of order", want: "order clusters", spoil: func(s *sample) {
			replace(&s.citizens[2].Person, 0, "9999999999999999")
		}},
		{name: "one id for two forms", want: "order links origins", spoil: func(s *sample) {
			for i := 1; i < s.forms.N; i++ {
				replace(&s.forms.Clean[0], i, string(s.forms.Clean[0].At(0)))
			}
		}},
		{name: "a link to nothing", want: "links", spoil: func(s *sample) {
			replace(&s.links.FormB, s.links.N-1, "HN-9999999")
		}},
		{name: "a link that is no chance", want: "links", spoil: func(s *sample) { s.links.Probability[0] = 1.5 }},
		{name: "links out of order", want: "order", spoil: func(s *sample) {
			replace(&s.links.FormA, 1, string(s.links.FormA.At(0)))
			replace(&s.links.FormB, 1, string(s.links.FormB.At(0)))
		}},
		{name: "a form without origin", want: "origins", spoil: func(s *sample) { replace(&s.origins.Key, 4, "HN-0000003") }},
		{name: "a repeat of nothing", want: "origins", spoil: func(s *sample) {
			replace(&s.origins.Key, s.forms.N, "XX-9999999")
		}},
		{name: "text that is none", want: "text", spoil: func(s *sample) { replace(&s.forms.Clean[4], 7, "\xff\xfe") }},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := verifySample(t, c.spoil, c.damage); got != c.want {
				t.Errorf("failed: %q, want %q", got, c.want)
			}
		})
	}
}

func TestVerifyAllSnapshots(t *testing.T) {
	store := t.TempDir()
	publish(t, store, newSample(10))
	publish(t, store, newSample(20))
	reports, err := VerifyStore(context.Background(), store, true)
	if err != nil || len(reports) != 2 || !reports[0].Passed() || !reports[1].Passed() {
		t.Errorf("%d reports, %v", len(reports), err)
	}
}
