package lookup

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/snapshot"
)

// Whoever is in a part is looked for in that part, and few parts are opened.
func TestPartOfFindsThePart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.SliceOfNDistinct(rapid.StringMatching(`[0-9a-f]{4}`), 1, 60, rapid.ID).Draw(t, "ids")
		slices.Sort(ids)
		size := rapid.IntRange(1, len(ids)).Draw(t, "size")
		cut := slices.Collect(slices.Chunk(ids, size))
		var parts []snapshot.File
		for i := range cut {
			parts = append(parts, snapshot.File{Path: fmt.Sprint(i)})
		}
		opened := 0
		first := func(f snapshot.File) (string, error) {
			opened++
			var i int
			fmt.Sscan(f.Path, &i)
			return cut[i][0], nil
		}
		for i, rows := range cut {
			for _, id := range rows {
				opened = 0
				part, ok, err := partOf(parts, id, first)
				if err != nil || !ok || part.Path != fmt.Sprint(i) {
					t.Fatalf("%s of part %d is looked for in %q, %v, %v", id, i, part.Path, ok, err)
				}
				if opened > 8 {
					t.Fatalf("%d of %d parts were opened", opened, len(parts))
				}
			}
		}
		if _, ok, _ := partOf(parts, "", first); ok {
			t.Fatal("an id before all others was looked for")
		}
	})
}

func TestPartOfPassesOnErrors(t *testing.T) {
	broken := errors.New("broken")
	_, ok, err := partOf(make([]snapshot.File, 5), "x", func(snapshot.File) (string, error) { return "", broken })
	if ok || !errors.Is(err, broken) {
		t.Errorf("got %v, %v", ok, err)
	}
}

// span is what a plain search of the column finds.
func TestSpan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.SliceOfN(rapid.StringMatching(`[a-c]{1,2}`), 0, 20).Draw(t, "ids")
		slices.Sort(ids)
		var column record.Text
		for _, id := range ids {
			column.AppendString(id)
		}
		want := rapid.StringMatching(`[a-c]{1,2}`).Draw(t, "want")
		from, to, passed := span(&column, want)
		for i, id := range ids {
			if (id == want) != (i >= from && i < to) {
				t.Fatalf("%q in %v: rows %d to %d", want, ids, from, to)
			}
		}
		if beyond := len(ids) > 0 && ids[len(ids)-1] > want; passed != beyond {
			t.Fatalf("%q in %v: passed is %v", want, ids, passed)
		}
	})
}

func TestAsItCame(t *testing.T) {
	if got := asItCame([]byte("Ngu\uf7ea n")); got != "Ngu\xea n" {
		t.Errorf("got %q", got)
	}
}
