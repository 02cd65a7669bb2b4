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
