package ledger

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

func ledgerFile(store string) string { return File(store) }

func say2(a, b string, same bool) Decision {
	return Decision{A: a, B: b, Same: same, By: "Lan", At: "2026-11-30T08:00:00Z", Why: "cùng chữ ký"}
}

func appended(t testing.TB, store string, list ...Decision) []Decision {
	t.Helper()
	added, err := Append(store, list)
	if err != nil {
		t.Fatal(err)
	}
	return added
}

func TestWhatIsDecidedIsReadBack(t *testing.T) {
	store := t.TempDir()
	empty, err := Read(store)
	if err != nil || len(empty.List) != 0 || empty.Head() != "" {
		t.Fatalf("a store without reviews has %+v, %v", empty, err)
	}
	added := appended(t, store, say2("B", "A", true))
	added = append(added, appended(t, store, say2("A", "C", false), say2("<x>", "é", true))...)
	l, err := Read(store)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(l.List, added) || l.List[0].A != "A" || l.List[2].Number != 3 || l.Head() != added[2].Hash {
		t.Fatalf("read %+v\nwrote %+v", l.List, added)
	}
	if l.First(1).Head() != added[0].Hash || l.First(0).Head() != "" || len(l.First(9).List) != 3 {
		t.Error("the ledger as it was is not a prefix of what it is")
	}
}

// Whatever byte of the ledger is changed, whatever line is taken out, doubled or
// moved, it shows.
func TestTheChainShowsEveryChange(t *testing.T) {
	store := t.TempDir()
	for i := range 5 {
		appended(t, store, say2(fmt.Sprintf("A%d", i), "Z", i%2 == 0))
	}
	good, err := os.ReadFile(ledgerFile(store))
	if err != nil {
		t.Fatal(err)
	}
	refused := func(what string, data []byte) {
		t.Helper()
		if err := os.WriteFile(ledgerFile(store), data, 0o600); err != nil {
			t.Fatal(err)
		}
		if l, err := Read(store); err == nil {
			t.Errorf("%s: %d lines were believed", what, len(l.List))
		}
		if _, err := Append(store, []Decision{say2("X", "Y", true)}); err == nil {
			t.Errorf("%s: a line was put behind it", what)
		}
	}
	end := len(good) - 1 // without its end the last line does not count, which is another test
	for i := range end {
		bad := slices.Clone(good)
		bad[i] ^= 0x01
		refused(fmt.Sprintf("byte %d", i), bad)
	}
	lines := strings.SplitAfter(strings.TrimSuffix(string(good), "\n"), "\n")
	lines[4] += "\n"
	refused("a line missing", []byte(lines[0]+lines[1]+lines[3]+lines[4]))
	refused("the first line missing", []byte(strings.Join(lines[1:], "")))
	refused("a line twice", []byte(lines[0]+lines[0]+lines[1]))
	refused("lines in another order", []byte(lines[0]+lines[2]+lines[1]))
	refused("an endless line", slices.Repeat([]byte("x"), 2*maxLine))
}

// A crash while a line is written leaves a part of it: that does not count, and the
// next line takes its place.
func TestATornLineDoesNotCount(t *testing.T) {
	store := t.TempDir()
	appended(t, store, say2("A", "B", true), say2("C", "D", true))
	good, err := os.ReadFile(ledgerFile(store))
	if err != nil {
		t.Fatal(err)
	}
	first := strings.IndexByte(string(good), '\n') + 1
	for cut := first; cut < len(good); cut++ {
		if err := os.WriteFile(ledgerFile(store), good[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		l, err := Read(store)
		if err != nil || len(l.List) != 1 {
			t.Fatalf("cut at %d of %d: %d lines, %v", cut, len(good), len(l.List), err)
		}
	}
	appended(t, store, say2("E", "F", false))
	l, err := Read(store)
	if err != nil || len(l.List) != 2 || l.List[1].A != "E" {
		t.Fatalf("behind a torn line stands %+v, %v", l, err)
	}
}

func TestManyMayDecideAtOnce(t *testing.T) {
	store := t.TempDir()
	var wg sync.WaitGroup
	for w := range 8 {
		wg.Go(func() {
			for i := range 10 {
				if _, err := Append(store, []Decision{say2(fmt.Sprintf("%d-%d", w, i), "z", true)}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	l, err := Read(store)
	if err != nil || len(l.List) != 80 {
		t.Fatalf("%d of 80 decisions stand, %v", len(l.List), err)
	}
}

func TestWhatIsNoDecision(t *testing.T) {
	store := t.TempDir()
	appended(t, store, say2("A", "B", true))
	bad := map[string]Decision{
		"a form missing":   say2("", "B", true),
		"twice the same":   say2("A", "A", true),
		"an endless id":    say2("A", strings.Repeat("B", maxID+1), true),
		"no UTF-8":         say2("A", "B\xff", true),
		"a number":         {A: "A", B: "B", Why: "số 001 090 012345"},
		"a number as name": {A: "A", B: "B", By: "0912.345.678"},
		"a long story":     {A: "A", B: "B", Why: strings.Repeat("x", maxWhy+1)},
	}
	for name, d := range bad {
		if _, err := Append(store, []Decision{say2("C", "D", true), d}); err == nil {
			t.Errorf("%s was taken", name)
		} else if strings.Contains(err.Error(), "0912") || strings.Contains(err.Error(), "001 090") {
			t.Errorf("%s: the error repeats the number: %v", name, err)
		}
	}
	if l, err := Read(store); err != nil || len(l.List) != 1 {
		t.Errorf("of refused decisions %d lines stand, %v", len(l.List)-1, err)
	}
	info, err := os.Stat(ledgerFile(store))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the ledger: %v, %v", info.Mode(), err)
	}
}

// Resolve agrees with a naive reading: whatever was decided, no two forms that are
// kept apart are joined; every decision of today is followed, contradicted or was
// overruled; and one that is contradicted would really have joined the two.
func TestResolve(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var l Ledger
		for i := range rapid.IntRange(0, 14).Draw(t, "decisions") {
			a, b := rapid.IntRange(0, 5).Draw(t, "a"), rapid.IntRange(6, 8).Draw(t, "b")
			d := say2(fmt.Sprint(a), fmt.Sprint(b), rapid.Bool().Draw(t, "same"))
			d.Number = i + 1
			l.List = append(l.List, d)
		}
		v := l.Resolve()
		joined := func(same []Decision) func(a, b string) bool {
			group := map[string]string{}
			name := func(x string) string {
				for group[x] != "" {
					x = group[x]
				}
				return x
			}
			for _, d := range same {
				if a, b := name(d.A), name(d.B); a != b {
					group[a] = b
				}
			}
			return func(a, b string) bool { return name(a) == name(b) }
		}
		one := joined(v.Same)
		for _, d := range v.Apart {
			if one(d.A, d.B) {
				t.Fatalf("%s and %s are kept apart and joined", d.A, d.B)
			}
		}
		for _, c := range v.Contradicted {
			later := []Decision{c.Same}
			for _, d := range v.Same {
				if d.Number > c.Same.Number {
					later = append(later, d)
				}
			}
			if all := joined(later); !all(c.Apart.A, c.Apart.B) {
				t.Fatalf("%+v contradicts nothing", c)
			}
		}
		latest := map[[2]string]Decision{}
		for _, d := range l.List {
			latest[d.Pair()] = d
		}
		if n := len(v.Same) + len(v.Apart) + len(v.Contradicted); n != len(latest) {
			t.Fatalf("%d pairs were decided, %d are accounted for", len(latest), n)
		}
		for _, d := range slices.Concat(v.Same, v.Apart) {
			if latest[d.Pair()] != d {
				t.Fatalf("%+v is not the latest on its pair", d)
			}
		}
	})
}
