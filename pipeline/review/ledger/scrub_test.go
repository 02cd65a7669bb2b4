package ledger

import (
	"errors"
	"os"
	"strings"
	"sync"
	"testing"
)

// scrubbed writes the ledger of a store without the forms, as erasing does.
func scrubbed(t testing.TB, store string, entry int, forms ...string) []int {
	t.Helper()
	set := map[string]bool{}
	for _, f := range forms {
		set[f] = true
	}
	l, err := Lock(store)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	numbers, _ := l.Scrub(set, entry)
	data, err := l.Encode()
	if err = errors.Join(err, os.WriteFile(File(store)+".new", data, 0o600), os.Rename(File(store)+".new", File(store))); err != nil {
		t.Fatal(err)
	}
	return numbers
}

// A decision on an erased form is gone, its place in the chain is not: the rest
// stands, what follows is put behind it, and Resolve knows nothing of it.
func TestScrubKeepsTheChain(t *testing.T) {
	store := t.TempDir()
	added := appended(t, store, say2("A", "B", true), say2("B", "C", false), say2("C", "D", true))
	before, err := os.ReadFile(File(store))
	if err != nil {
		t.Fatal(err)
	}
	if got := scrubbed(t, store, 4, "B"); len(got) != 2 || got[0] != 1 || got[1] != 2 {
		t.Fatalf("erased are %v", got)
	}
	appended(t, store, say2("E", "B", true))
	l, err := Read(store)
	if err != nil || len(l.List) != 4 || l.List[2] != added[2] || l.List[1].Hash != added[1].Hash || l.List[0].Erased != 4 {
		t.Fatalf("%+v, %v", l.List, err)
	}
	for _, secret := range []string{`"A"`, `"B"`, added[0].Salt, added[1].Salt} {
		data, err := l.First(3).Encode()
		if err != nil || strings.Contains(string(data), secret) || !strings.Contains(string(before), secret) {
			t.Errorf("%s: %s, %v", secret, data, err)
		}
	}
	if v := l.Resolve(); len(v.Same) != 2 || len(v.Apart) != 0 || len(v.Overruled) != 0 {
		t.Errorf("%+v", v)
	}
	if got := scrubbed(t, store, 5, "B"); len(got) != 1 || got[0] != 4 {
		t.Errorf("a second erasure accounts for %v", got)
	}
	if w := l.Without(map[string]bool{"D": true}); len(w.List) != 4 || w.Head() != l.Head() || len(w.Resolve().Same) != 1 || len(l.Resolve().Same) != 2 {
		t.Errorf("without D: %+v", w.List)
	}
}

// A line that says that it was erased and tells something all the same, or lacks its
// place in the chain, is refused.
func TestErasedByHalvesIsRefused(t *testing.T) {
	store := t.TempDir()
	appended(t, store, say2("A", "B", true), say2("B", "C", false))
	scrubbed(t, store, 1, "A")
	good, err := os.ReadFile(File(store))
	if err != nil {
		t.Fatal(err)
	}
	l, err := Read(store)
	if err != nil {
		t.Fatal(err)
	}
	for what, change := range map[string][2]string{
		"a form":        {`"form_a":""`, `"form_a":"A"`},
		"a verdict":     {`"same":false`, `"same":true`},
		"a salt":        {`"erased":1`, `"salt":"x","erased":1`},
		"another place": {`"n":1`, `"n":2`},
		"no entry":      {`"erased":1`, `"erased":-1`},
		"no hash":       {l.List[0].Hash + "\"}", "\"}"},
		"another hash":  {`"hash":"` + l.List[0].Hash[:1], `"hash":"` + string(l.List[0].Hash[0]^1)},
	} {
		bad := strings.Replace(string(good), change[0], change[1], 1)
		if bad == string(good) {
			t.Fatalf("%s: nothing was changed in %s", what, good)
		}
		if err := os.WriteFile(File(store), []byte(bad), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(store); err == nil {
			t.Errorf("%s: %s was believed", what, bad)
		}
	}
}

// Decisions that come while others are erased are not lost in the file that was
// replaced.
func TestDecideWhileScrubbing(t *testing.T) {
	store := t.TempDir()
	appended(t, store, say2("A", "B", true))
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 20 {
				if _, err := Append(store, []Decision{say2("X", "Y", true)}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for range 20 {
		scrubbed(t, store, 1, "A")
	}
	wg.Wait()
	if l, err := Read(store); err != nil || len(l.List) != 81 {
		t.Errorf("%d of 81 decisions stand, %v", len(l.List), err)
	}
}

// A sample loses the pairs of an erased form as if they had never been drawn, and
// shows the others in the order of before.
func TestScrubSample(t *testing.T) {
	data := []byte(`{"name":"s","snapshot":"000001","epoch":{"model":"m"},"forms":9,"strata":[` +
		`{"stratum":"a","size":7,"pairs":[["A","B"],["C","D"]]},{"stratum":"b","size":5,"pairs":[["D","E"],["F","G"],["H","I"]]}],"order":[4,2,0,3,1]}`)
	out, changed, err := ScrubSample(data, map[string]bool{"D": true})
	if err != nil || !changed {
		t.Fatal(changed, err)
	}
	want := `{"name":"s","snapshot":"000001","epoch":{"model":"m"},"forms":9,"strata":[` +
		`{"stratum":"a","size":6,"pairs":[["A","B"]]},{"stratum":"b","size":4,"pairs":[["F","G"],["H","I"]]}],"order":[2,0,1]}`
	if got := strings.NewReplacer("\n", "", " ", "").Replace(string(out)); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	if _, changed, err := ScrubSample(data, map[string]bool{"Z": true}); changed || err != nil {
		t.Error("nothing was to be taken out", err)
	}
	if _, _, err := ScrubSample([]byte(`{"strata":[{"pairs":[["A","B"]]}],"order":[3]}`), map[string]bool{"A": true}); err == nil {
		t.Error("an order of pairs that are not there was taken")
	}
}
