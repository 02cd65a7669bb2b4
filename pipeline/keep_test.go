package pipeline

import (
	"bytes"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/dusach/dusach/pipeline/record"
)

// byKey sorts as a plain sort does.
func TestByKey(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		keys := make([]record.PersonKey, rapid.IntRange(0, 200).Draw(t, "records"))
		for i := range keys {
			for b := range keys[i] {
				if b < 2 || b > 7 {
					keys[i][b] = rapid.SampledFrom([]byte{0, 1, 255}).Draw(t, "byte")
				}
			}
		}
		want := make([]uint32, len(keys))
		for i := range want {
			want[i] = uint32(i)
		}
		slices.SortStableFunc(want, func(a, b uint32) int { return bytes.Compare(keys[a][:], keys[b][:]) })
		if got := byKey(keys); !slices.Equal(got, want) {
			t.Fatalf("%v, want %v", got, want)
		}
	})
}
