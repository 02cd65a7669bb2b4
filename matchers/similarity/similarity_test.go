package similarity

import (
	"math"
	"testing"
	"time"

	"github.com/antzucaro/matchr"
	"pgregory.net/rapid"
)

// near draws two texts of which the second is often an edit of the first, so
// that properties see small distances as well as large ones.
func near(t *rapid.T, alphabet string, most int) (a, b []byte) {
	letter := rapid.SampledFrom([]byte(alphabet))
	a = rapid.SliceOfN(letter, 0, most).Draw(t, "a")
	if rapid.Bool().Draw(t, "unrelated") {
		return a, rapid.SliceOfN(letter, 0, most).Draw(t, "b")
	}
	b = append([]byte{}, a...)
	for range rapid.IntRange(0, 4).Draw(t, "edits") {
		at := rapid.IntRange(0, len(b)).Draw(t, "at")
		switch rapid.IntRange(0, 3).Draw(t, "edit") {
		case 0:
			b = append(b[:at:at], append([]byte{letter.Draw(t, "c")}, b[at:]...)...)
		case 1:
			if at < len(b) {
				b = append(b[:at:at], b[at+1:]...)
			}
		case 2:
			if at < len(b) {
				b[at] = letter.Draw(t, "c")
			}
		case 3:
			if at+1 < len(b) {
				b[at], b[at+1] = b[at+1], b[at]
			}
		}
	}
	return a, b[:min(len(b), most)]
}

func checkAll(t rapid.TB, a, b []byte) {
	lev, osa := naiveEdit(a, b, false), naiveEdit(a, b, true)
	if got := Levenshtein(a, b); got != lev {
		t.Fatalf("Levenshtein(%q, %q) = %d, want %d", a, b, got, lev)
	}
	if got := OSA(a, b); got != osa {
		t.Fatalf("OSA(%q, %q) = %d, want %d", a, b, got, osa)
	}
	for limit := range 5 {
		if got := LevenshteinWithin(a, b, limit); got != min(lev, limit+1) {
			t.Fatalf("LevenshteinWithin(%q, %q, %d) = %d, distance %d", a, b, limit, got, lev)
		}
		if got := OSAWithin(a, b, limit); got != min(osa, limit+1) {
			t.Fatalf("OSAWithin(%q, %q, %d) = %d, distance %d", a, b, limit, got, osa)
		}
	}
	if got, want := Jaro(a, b), naiveJaro(a, b); math.Abs(got-want) > 1e-12 {
		t.Fatalf("Jaro(%q, %q) = %v, want %v", a, b, got, want)
	}
	if got, want := LCS(a, b), naiveLCS(a, b); got != want {
		t.Fatalf("LCS(%q, %q) = %d, want %d", a, b, got, want)
	}
	if d := Damerau(a, b); d > osa || d != Damerau(b, a) {
		t.Fatalf("Damerau(%q, %q) = %d: above OSA %d, or not symmetric", a, b, d, osa)
	}
	p := NewPattern(a)
	if p.Levenshtein(b) != lev || p.OSA(b) != osa || math.Abs(p.Jaro(b)-naiveJaro(a, b)) > 1e-12 {
		t.Fatalf("Pattern(%q) with %q: %d %d %v, want %d %d %v",
			a, b, p.Levenshtein(b), p.OSA(b), p.Jaro(b), lev, osa, naiveJaro(a, b))
	}
}

func TestKernelsAgreeWithDefinitions(t *testing.T) {
	for _, c := range []struct {
		name, alphabet string
		most           int
	}{
		{"tiny alphabet", "ab", 12},
		{"folded names", "abcdeghiklmnopqrstuvxy 0", 64},
		{"any bytes", "ab\x00\xff\xc3 @`AZ{", 70},
		{"across blocks", "abc", 200},
	} {
		t.Run(c.name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				a, b := near(t, c.alphabet, c.most)
				checkAll(t, a, b)
			})
		})
	}
}

func FuzzKernels(f *testing.F) {
	f.Add([]byte("nguyen thi huong giang"), []byte("nguyen thi huong gaing"))
	f.Add([]byte(""), []byte("\x00"))
	f.Add([]byte("ca"), []byte("abc"))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		checkAll(t, a[:min(len(a), 300)], b[:min(len(b), 300)])
	})
}

func TestPackedAgreesWithBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := near(t, rapid.SampledFrom([]string{"ab", "aghnuyeoiz"}).Draw(t, "alphabet"), 12)
		want := naiveEdit(a, b, true)
		if got := PackedOSA(pack(a), pack(b)); got != want {
			t.Fatalf("PackedOSA(%s, %s) = %d, want %d", a, b, got, want)
		}
		if got := PackedNear(pack(a), pack(b)); got != (want <= 1) {
			t.Fatalf("PackedNear(%s, %s) = %v, distance %d", a, b, got, want)
		}
	})
}

func TestDamerauIsTheShortestPath(t *testing.T) {
	if got := Damerau([]byte("ca"), []byte("abc")); got != 2 {
		t.Errorf("Damerau(ca, abc) = %d, want 2", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := near(t, "abc", 4)
		if got, want := Damerau(a, b), naiveDamerau(string(a), string(b)); got != want {
			t.Fatalf("Damerau(%s, %s) = %d, want %d", a, b, got, want)
		}
	})
}

// matchr is an independent implementation. It is asked only where it follows the
// definitions: its Winkler part does not count digits in the common beginning,
// its OSA misses a swap of the first two letters (hence the letter put before),
// and it calls two empty texts unlike.
func TestAgreesWithMatchr(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := near(t, "abcdeghiklmnopqrstuvxy ", 30)
		if got, want := Levenshtein(a, b), matchr.Levenshtein(string(a), string(b)); got != want {
			t.Fatalf("Levenshtein(%q, %q) = %d, matchr %d", a, b, got, want)
		}
		if got, want := OSA(a, b), matchr.OSA("z"+string(a), "z"+string(b)); got != want {
			t.Fatalf("OSA(%q, %q) = %d, matchr %d", a, b, got, want)
		}
		if len(a) == 0 && len(b) == 0 {
			return
		}
		if got, want := JaroWinkler(a, b), matchr.JaroWinkler(string(a), string(b), false); math.Abs(got-want) > 1e-12 {
			t.Fatalf("JaroWinkler(%q, %q) = %v, matchr %v", a, b, got, want)
		}
	})
}

func TestTokensIgnoreOrder(t *testing.T) {
	a, b := []byte("nguyen van an"), []byte("an nguyen van")
	if got := TokenSet(a, b); got != 1 {
		t.Errorf("TokenSet = %v for the same words in another order", got)
	}
	if n, na, nb := Tokens([]byte("an an binh"), []byte("an  chi ")); n != 1 || na != 3 || nb != 2 {
		t.Errorf("Tokens = %d of %d and %d, want 1 of 3 and 2", n, na, nb)
	}
	if Dice([]byte("night"), []byte("nacht")) != 0.25 {
		t.Errorf("Dice(night, nacht) = %v, want 0.25", Dice([]byte("night"), []byte("nacht")))
	}
}

func TestSimilaritiesAreSymmetricAndBounded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := near(t, "abn ", 40)
		for name, f := range map[string]func(a, b []byte) float64{
			"Dice": Dice, "Jaccard": Jaccard, "TokenSet": TokenSet, "Jaro": Jaro, "JaroWinkler": JaroWinkler,
		} {
			s := f(a, b)
			if s < 0 || s > 1 || s != f(b, a) || f(a, a) != 1 {
				t.Fatalf("%s(%q, %q) = %v, reversed %v, with itself %v", name, a, b, s, f(b, a), f(a, a))
			}
		}
	})
}

func TestDaysAgreesWithTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y, m, d := rapid.IntRange(1, 2400).Draw(t, "y"), rapid.IntRange(1, 12).Draw(t, "m"), rapid.IntRange(1, 28).Draw(t, "d")
		n := rapid.IntRange(-300000, 300000).Draw(t, "n")
		to := time.Date(y, time.Month(m), d+n, 0, 0, 0, 0, time.UTC)
		if got := Days(y, m, d, to.Year(), int(to.Month()), to.Day()); got != n {
			t.Fatalf("Days(%d-%d-%d, %v) = %d, want %d", y, m, d, to, got, n)
		}
	})
}

func TestDigits(t *testing.T) {
	for _, c := range []struct {
		a, b uint64
		n    int
		swap bool
	}{
		{79090012345, 79090012345, 0, false},
		{79090012345, 79090012344, 1, false},
		{79090012345, 79090012354, 2, true},
		{79090012345, 79090012543, 2, false},
		{120, 12, 3, false},
		{100, 10, 2, true},
	} {
		if n, swap := Digits(c.a, c.b); n != c.n || swap != c.swap {
			t.Errorf("Digits(%d, %d) = %d %v, want %d %v", c.a, c.b, n, swap, c.n, c.swap)
		}
	}
}

func TestNothingAllocates(t *testing.T) {
	a, b := []byte("nguyen thi huong giang"), []byte("nguyen thi thu huong")
	p := NewPattern(a)
	var sink float64
	for name, f := range map[string]func(){
		"Levenshtein": func() { sink += float64(Levenshtein(a, b)) },
		"OSA":         func() { sink += float64(OSA(a, b)) },
		"OSAWithin":   func() { sink += float64(OSAWithin(a, b, 2)) },
		"Damerau":     func() { sink += float64(Damerau(a, b)) },
		"JaroWinkler": func() { sink += JaroWinkler(a, b) },
		"LCS":         func() { sink += float64(LCS(a, b)) },
		"Dice":        func() { sink += Dice(a, b) },
		"TokenSet":    func() { sink += TokenSet(a, b) },
		"Pattern":     func() { p.Set(b); sink += float64(p.OSA(a)) },
	} {
		if n := testing.AllocsPerRun(100, f); n != 0 {
			t.Errorf("%s allocates %v times a call", name, n)
		}
	}
}
