package library

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"
	"github.com/dusach/dusach/matchers"
	"github.com/dusach/dusach/normalize"
	"pgregory.net/rapid"
)

// TestFullName reads pairs "name / name" and prints their level: a linguist can
// read the file. -rewrite writes what the code says now.
func TestFullName(t *testing.T) {
	datadriven.RunTest(t, "testdata/full_name", func(t *testing.T, d *datadriven.TestData) string {
		var out strings.Builder
		for line := range strings.Lines(d.Input) {
			a, b, _ := strings.Cut(strings.TrimSpace(line), " / ")
			l, back := FullName(key(a), key(b)), FullName(key(b), key(a))
			fmt.Fprintf(&out, "%s\n", FullNameComparison.Levels[l].Name)
			if l != back {
				t.Errorf("%s: %v one way, %v the other", line, l, back)
			}
		}
		return out.String()
	})
}

var nameWords = strings.Fields("Nguyễn Trần Lê Phạm Vũ Võ Văn Thị Minh Ngọc Hương Hường Huong An Ân Anh Lan Lang Khánh Khánj Đức Duc V. Kỹ Kĩ Hoàng Huỳnh H'Na Y Niê Kdăm")

func drawName(t *rapid.T, label string) *normalize.NameKey {
	return key(strings.Join(rapid.SliceOfN(rapid.SampledFrom(nameWords), 0, 5).Draw(t, label), " "))
}

func TestNameLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawName(t, "a"), drawName(t, "b")
		l := FullName(a, b)
		if l != FullName(b, a) {
			t.Fatalf("not symmetric: %v, %v", l, FullName(b, a))
		}
		if (l == matchers.Null) != (a.N == 0 || b.N == 0) {
			t.Fatalf("level %d for names of %d and %d words", l, a.N, b.N)
		}
		if self := FullName(a, a); a.N > 0 && self != NameExact {
			t.Fatalf("a name with itself: level %d", self)
		}
		if int(l) >= len(FullNameComparison.Levels) {
			t.Fatalf("level %d has no description", l)
		}
	})
}

func TestNothingAllocates(t *testing.T) {
	pairs := [][2]*normalize.NameKey{
		{key("Nguyễn Thị Hương"), key("Nguyễn Thị Hường")},
		{key("Nguyễn Quốc Khánh"), key("Nguyen Quoc Khanj")},
		{key("Trần Văn An"), key("Trần An")},
	}
	n := testing.AllocsPerRun(100, func() {
		for _, p := range pairs {
			sink += FullName(p[0], p[1]) + Parents(p[0], p[1], p[1], p[0]) + Household(Home{Head: p[0], Number: 5}, Home{Head: p[1], Number: 7})
		}
	})
	if n != 0 {
		t.Errorf("%v allocations", n)
	}
}
