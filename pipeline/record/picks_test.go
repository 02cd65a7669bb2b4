package record_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/dusach/dusach/pipeline/record"
)

func TestPicksAreNumberedInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 300).Draw(t, "records")
		in := make([]bool, n)
		p := record.NewPicks(n)
		for _, i := range rapid.SliceOf(rapid.IntRange(0, n-1)).Draw(t, "picks") {
			in[i] = true
			p.Add(uint32(i))
		}
		all, want := p.Close(), 0
		for i, picked := range in {
			if p.Has(uint32(i)) != picked {
				t.Fatalf("record %d: picked %v", i, !picked)
			}
			if picked {
				if at := p.At(uint32(i)); at != want {
					t.Fatalf("record %d is pick %d, want %d", i, at, want)
				}
				want++
			}
		}
		if all != want {
			t.Fatalf("%d picks, want %d", all, want)
		}
	})
}
