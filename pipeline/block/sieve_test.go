package block

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// No key that two records bear is lost, what passes stands in order under its own
// record, and nearly nothing else passes.
func TestSieve(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		small := rapid.Uint64Range(0, 300)
		keys := rapid.SliceOf(rapid.OneOf(small, rapid.Map(small, func(x uint64) uint64 { return x << 40 }), rapid.Uint64())).Draw(t, "keys")
		count := map[uint64]int{}
		for _, key := range keys {
			count[key]++
		}
		var s sieve
		if any := s.fill(keys); any != slices.ContainsFunc(keys, func(key uint64) bool { return key != 0 }) {
			t.Fatalf("there is a key: %v", any)
		}
		passed := s.sift(nil, keys, 7)
		at := 0
		for i, key := range keys {
			if at < len(passed) && passed[at] == (keyed{key, uint32(7 + i)}) {
				at++
				if key == 0 {
					t.Fatal("a record without a key passes")
				}
			} else if key != 0 && count[key] > 1 {
				t.Fatalf("key %x of record %d, which %d bear, is lost", key, i, count[key])
			}
		}
		if at != len(passed) {
			t.Fatalf("%d of %d that pass stand where they should", at, len(passed))
		}
	})
}

// Ranges of keys are those that in tells apart, whatever the slices and parts.
func TestBoundsAreThoseOfIn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 9).Draw(t, "parts")
		b := Blocks{slices: rapid.IntRange(1, maxSlices).Draw(t, "slices")}
		if n*b.slices == 1 {
			n = 2
		}
		b.slice = rapid.IntRange(0, b.slices-1).Draw(t, "slice")
		part := rapid.Uint64Range(0, uint64(n-1)).Draw(t, "part")
		lo, span := bounds(uint64(b.slice*n)+part, uint64(b.slices*n))
		near := rapid.Map(rapid.Uint64Range(0, 8), func(d uint64) uint64 { return lo + d - 4 })
		end := rapid.Map(rapid.Uint64Range(0, 8), func(d uint64) uint64 { return lo + span + d - 4 })
		keys := rapid.SliceOfN(rapid.OneOf(near, end, rapid.Uint64()), 1, batch).Draw(t, "keys")
		var room [batch]keyed
		got := within(&room, keys, 3, lo, span)
		for i, key := range keys {
			at, ok := b.in(key, uint64(n))
			if ok = ok && at == part && key != 0; ok != slices.Contains(got, keyed{key, uint32(3 + i)}) {
				t.Fatalf("key %x lies in slice %d of %d, part %d of %d: %v, by its bounds %v", key, b.slice, b.slices, part, n, ok, !ok)
			}
		}
	})
}

func TestSieveHoldsBackKeysThatStandAlone(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	keys := make([]uint64, 50_000)
	for i := range keys {
		keys[i] = rng.Uint64() | 1
	}
	var s sieve
	s.fill(keys)
	if n := len(s.sift(nil, keys, 0)); n > len(keys)/6 {
		t.Errorf("%d of %d keys that stand alone pass", n, len(keys))
	}
}

func BenchmarkSieve(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	keys := make([]uint64, 200_000)
	for i := range keys {
		keys[i] = rng.Uint64() | 1
	}
	var s sieve
	var room []keyed
	for b.Loop() {
		s.fill(keys)
		room = s.sift(room[:0], keys, 0)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(keys)), "ns/key")
}
