package similarity

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// Over bytes, functions for units answer as those for texts, and so do bags.
func TestUnitsAgreeWithTexts(t *testing.T) {
	for _, most := range []int{8, 80} {
		rapid.Check(t, func(t *rapid.T) {
			a, b := near(t, "abn ", most)
			for name, f := range map[string][2]func(a, b []byte) float64{
				"Levenshtein":   {number(Levenshtein), number(LevenshteinOf[byte])},
				"OSA":           {number(OSA), number(OSAOf[byte])},
				"LCS":           {number(LCS), number(LCSOf[byte])},
				"Jaro":          {Jaro, JaroOf[byte]},
				"Jaro–Winkler":  {JaroWinkler, JaroWinklerOf[byte]},
				"bytes in bags": {bagOfBytes, TokenSetOf[byte]},
			} {
				if x, y := f[0](a, b), f[1](a, b); x != y {
					t.Fatalf("%s of %q and %q is %v as texts and %v as units", name, a, b, x, y)
				}
			}
			if x, y := DiceOf(a, b), TokenSetOf(a, b); len(a)+len(b) > 0 && math.Abs(x-2*y/(1+y)) > 1e-12 {
				t.Fatalf("of %q and %q: DiceOf %v, TokenSetOf %v", a, b, x, y)
			}
			for limit := range 5 {
				if got := LevenshteinOfWithin(a, b, limit); got != LevenshteinWithin(a, b, limit) {
					t.Fatalf("LevenshteinOfWithin(%q, %q, %d) = %d", a, b, limit, got)
				}
				if got := OSAOfWithin(a, b, limit); got != OSAWithin(a, b, limit) {
					t.Fatalf("OSAOfWithin(%q, %q, %d) = %d", a, b, limit, got)
				}
				if got, want := LCSOfAtLeast(a, b, limit), LCS(a, b); got != want && (got != 0 || want >= limit) {
					t.Fatalf("LCSOfAtLeast(%q, %q, %d) = %d, want %d", a, b, limit, got, want)
				}
			}
		})
	}
}

func number(f func(a, b []byte) int) func(a, b []byte) float64 {
	return func(a, b []byte) float64 { return float64(f(a, b)) }
}

// bagOfBytes counts by a table.
func bagOfBytes(a, b []byte) float64 {
	var counts [256]int
	for _, c := range a {
		counts[c]++
	}
	common := 0
	for _, c := range b {
		if counts[c] > 0 {
			counts[c]--
			common++
		}
	}
	return jaccardShare(common, len(a), len(b))
}

func TestCutOffsAreCutOffs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := near(t, "abn ", 12)
		least := rapid.Float64Range(0.01, 1).Draw(t, "least")
		for name, f := range map[string]struct {
			of  func(a, b []byte) float64
			cut func(a, b []byte, least float64) float64
		}{
			"JaroWinkler": {JaroWinkler, JaroWinklerAtLeast},
			"Dice":        {Dice, DiceAtLeast},
			"Jaccard":     {Jaccard, JaccardAtLeast},
			"TokenSet":    {TokenSet, TokenSetAtLeast},
		} {
			want := f.of(a, b)
			if got := f.cut(a, b, least); got != orNothing(want, least) || f.cut(a, b, want) != want {
				t.Fatalf("%s of %q and %q is %v, at least %v: %v, at least itself: %v", name, a, b, want, least, got, f.cut(a, b, want))
			}
		}
		limit := rapid.IntRange(0, 6).Draw(t, "limit")
		if got, want := DamerauWithin(a, b, limit), min(Damerau(a, b), limit+1); got != want {
			t.Fatalf("DamerauWithin(%q, %q, %d) = %d, want %d", a, b, limit, got, want)
		}
		if got, want := LCSAtLeast(a, b, limit), LCS(a, b); got != want && (got != 0 || want >= limit) {
			t.Fatalf("LCSAtLeast(%q, %q, %d) = %d, want %d", a, b, limit, got, want)
		}
	})
}

func TestBagsAgreeWithPairs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SliceOfN(rapid.SampledFrom([]byte("abn ")), 0, 30).Draw(t, "text")
		var texts [][]byte
		for range rapid.IntRange(0, 12).Draw(t, "texts") {
			texts = append(texts, rapid.SliceOfN(rapid.SampledFrom([]byte("abn ")), 0, 30).Draw(t, "other"))
		}
		least := rapid.SampledFrom([]float64{0, .2, .5, 1}).Draw(t, "least")
		slab, ends := slabOf(texts)
		grams, words := NewGrams(slab, ends), NewWords(slab, ends)
		dice, jaccard, sets := grams.Dice([]float64{7}, text, least), grams.Jaccard(nil, text, least), words.Jaccard(nil, text, least)
		numbers := NewBags(wide(slab), ends)
		diceOf, setsOf := numbers.DiceOf(nil, wide(text), least), numbers.JaccardOf(nil, wide(text), least)
		if grams.Len() != len(texts) || len(dice) != len(texts)+1 || dice[0] != 7 {
			t.Fatalf("%d texts, %d answers for %d", grams.Len(), len(dice), len(texts))
		}
		for i, other := range texts {
			for _, c := range []struct {
				name      string
				got, want float64
			}{
				{"Dice", dice[i+1], Dice(other, text)},
				{"Jaccard", jaccard[i], Jaccard(other, text)},
				{"TokenSet", sets[i], TokenSet(other, text)},
				{"DiceOf", diceOf[i], DiceOf(other, text)},
				{"TokenSetOf", setsOf[i], TokenSetOf(other, text)},
			} {
				if c.got != orNothing(c.want, least) {
					t.Fatalf("%s of %q and %q among others, at least %v: %v, alone %v", c.name, other, text, least, c.got, c.want)
				}
			}
		}
	})
}

func wide(text []byte) (units []uint64) {
	for _, c := range text {
		units = append(units, uint64(c)<<40)
	}
	return units
}

func TestDifferencesOfMany(t *testing.T) {
	if got := Relatives(nil, 10, []float64{10, 8, -10}); got[0] != 0 || math.Abs(got[1]-.2) > 1e-12 || got[2] != 2 {
		t.Errorf("Relatives(10; 10, 8, -10) = %v, want 0, 0.2, 2", got)
	}
	days := DaysWithin(nil, DayOf(2000, 2, 28), []Day{DayOf(2000, 2, 28), DayOf(2000, 3, 1), DayOf(1999, 2, 28)}, 30)
	if days[0] != 0 || days[1] != 2 || days[2] != 31 {
		t.Errorf("days from 2000-02-28 = %v, want 0, 2, 31 for more than 30", days)
	}
	if got := DigitsAmong(nil, 123456, []uint64{123456, 123457, 132456, 321456, 654321}); got[0] != 0 || got[1] != 1 || got[2] != 1 || got[3] != 2 || got[4] != 3 {
		t.Errorf("DigitsAmong(123456) = %v, want 0 1 1 2 3", got)
	}
}

func TestNothingOfManyAllocates(t *testing.T) {
	slab, ends := slabOf(benchNames)
	grams, words := NewGrams(slab, ends), NewWords(slab, ends)
	a, b := []uint32{1, 2, 3, 4}, []uint32{1, 3, 2, 4, 5}
	dst := make([]float64, 0, len(ends))
	for name, f := range map[string]func(){
		"grams":  func() { dst = grams.Dice(dst[:0], benchNames[0], 0) },
		"words":  func() { dst = words.Jaccard(dst[:0], benchNames[0], .5) },
		"OSAOf":  func() { sinkInt += OSAOf(a, b) + LevenshteinOfWithin(a, b, 2) + LCSOf(a, b) },
		"JaroOf": func() { sinkFloat += JaroWinklerOf(a, b) + TokenSetOf(a, b) + DiceOf(a, b) },
		"AtLeast": func() {
			sinkFloat += JaroWinklerAtLeast(slab[:12], slab[12:26], .9) + DiceAtLeast(slab[:9], slab[9:20], .1)
		},
		"DaysWithin": func() { sinkInt += DamerauWithin(slab[:12], slab[12:26], 3) },
	} {
		if n := testing.AllocsPerRun(100, f); n != 0 {
			t.Errorf("%s allocates %v times a call", name, n)
		}
	}
}
