package block

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// Two texts that one slip sets apart share a value, and no text has a value
// twice or more of them than it says.
func TestOneSlipStillMeets(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 20_000 {
		a := make([]byte, 2+rng.IntN(21))
		for i := range a {
			a[i] = byte('a' + rng.IntN(4))
		}
		b := slices.Clone(a)
		at := rng.IntN(len(b))
		switch rng.IntN(4) {
		case 0:
			b[at] = 'z'
		case 1:
			b = slices.Delete(b, at, at+1)
		case 2:
			b = slices.Insert(b, at, 'y')
		case 3:
			if at > 0 {
				b[at], b[at-1] = b[at-1], b[at]
			}
		}
		if len(b) == 0 || len(b) > 22 {
			continue
		}
		x, y := appendNear(nil, a), appendNear(nil, b)
		if !slices.ContainsFunc(x, func(h uint64) bool { return slices.Contains(y, h) }) {
			t.Fatalf("%q and %q share no value", a, b)
		}
		checkDistinct(t, "near", x)
	}
}

func checkDistinct(t *testing.T, function string, values []uint64) {
	t.Helper()
	if most := severalFunctions[function].most; len(values) > most {
		t.Fatalf("%s has %d values, at most %d are said", function, len(values), most)
	}
	sorted := slices.Sorted(slices.Values(values))
	if len(slices.Compact(sorted)) != len(values) || slices.Contains(values, 0) {
		t.Fatalf("%s has a value twice, or 0", function)
	}
}

func TestWordsMeet(t *testing.T) {
	for _, c := range []struct {
		function, a, b string
		meet           bool
	}{
		{"any_word", "the red garden", "garden of eden", true},
		{"any_word", "the red garden", "a blue house", false},
		{"two_words", "canon powershot sd 850 is", "digital camera powershot canon", true},
		{"two_words", "canon powershot", "canon pixma", false},
		{"two_words", "alone", "alone", true},
	} {
		f := severalFunctions[c.function]
		x, y := f.append(nil, []byte(c.a)), f.append(nil, []byte(c.b))
		checkDistinct(t, c.function, x)
		if got := slices.ContainsFunc(x, func(h uint64) bool { return slices.Contains(y, h) }); got != c.meet {
			t.Errorf("%s: %q and %q meet is %v", c.function, c.a, c.b, got)
		}
	}
}
