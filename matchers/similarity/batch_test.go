package similarity

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// slabOf puts texts side by side.
func slabOf(texts [][]byte) (slab []byte, ends []uint32) {
	for _, t := range texts {
		slab = append(slab, t...)
		ends = append(ends, uint32(len(slab)))
	}
	return slab, ends
}

// withoutVectors runs f with the vector kernels, where there are any, and without.
func withoutVectors(f func()) {
	f()
	defer func(v bool) { vectors = v }(vectors)
	vectors = false
	f()
}

func checkBatch(t rapid.TB, texts [][]byte, text []byte) {
	b := NewBatch(slabOf(texts))
	withoutVectors(func() {
		lev, osa, lcs := b.Levenshtein([]int{7}, text), b.OSA(nil, text), b.LCS(nil, text)
		jaro, winkler := b.Jaro(nil, text), b.JaroWinkler([]float64{7}, text)
		limit, least := len(text)/3, float64(len(text)%8)/8
		near, nearSwap, alike := b.LevenshteinWithin(nil, text, limit), b.OSAWithin(nil, text, limit), b.JaroWinklerAtLeast(nil, text, least)
		if len(lev) != len(texts)+1 || lev[0] != 7 || len(osa) != len(texts) {
			t.Fatalf("%d and %d distances for %d texts", len(lev), len(osa), len(texts))
		}
		for i, other := range texts {
			if want := naiveEdit(other, text, false); lev[i+1] != want {
				t.Fatalf("vectors %v: Levenshtein(%q, %q) = %d, want %d", vectors, other, text, lev[i+1], want)
			}
			if want := naiveEdit(other, text, true); osa[i] != want {
				t.Fatalf("vectors %v: OSA(%q, %q) = %d, want %d", vectors, other, text, osa[i], want)
			}
			if want := naiveLCS(other, text); lcs[i] != want {
				t.Fatalf("vectors %v: LCS(%q, %q) = %d, want %d", vectors, other, text, lcs[i], want)
			}
			if want := naiveJaro(other, text); math.Abs(jaro[i]-want) > 1e-12 {
				t.Fatalf("vectors %v: Jaro(%q, %q) = %v, want %v", vectors, other, text, jaro[i], want)
			}
			// The lanes answer bit for bit as the single calls do.
			if jaro[i] != Jaro(other, text) || winkler[i+1] != JaroWinkler(other, text) {
				t.Fatalf("vectors %v: Jaro(%q, %q) = %v and %v, single calls %v and %v", vectors, other, text, jaro[i], winkler[i+1], Jaro(other, text), JaroWinkler(other, text))
			}
			if near[i] != min(lev[i+1], limit+1) || nearSwap[i] != min(osa[i], limit+1) || alike[i] != orNothing(winkler[i+1], least) {
				t.Fatalf("vectors %v: %q, %q: within %d: %d and %d, at least %v: %v", vectors, other, text, limit, near[i], nearSwap[i], least, alike[i])
			}
		}
	})
}

// The lanes answer as the definitions do, with vectors and without, whatever
// stands beside a text in its group.
func TestBatchAgreesWithDefinitions(t *testing.T) {
	for _, letters := range []string{"ab", "abcdeghiklmnopqrstuvxy 0", "ab\x00\xffZ {"} {
		rapid.Check(t, func(t *rapid.T) {
			text := rapid.SliceOfN(rapid.SampledFrom([]byte(letters)), 0, 40).Draw(t, "text")
			var texts [][]byte
			for range rapid.IntRange(0, 40).Draw(t, "texts") {
				if rapid.Bool().Draw(t, "cut") { // much of the text itself, so that distances are small
					from := rapid.IntRange(0, len(text)).Draw(t, "from")
					texts = append(texts, append(append([]byte{}, text[:from]...), text[min(from+1, len(text)):]...))
					continue
				}
				texts = append(texts, rapid.SliceOfN(rapid.SampledFrom([]byte(letters)), 0, 36).Draw(t, "other"))
			}
			checkBatch(t, texts, text)
		})
	}
	checkBatch(t, [][]byte{[]byte("nguyen van an"), []byte("huynh nguyen thi thanh huong"), {}}, []byte("huynh nguyen thi thanh huong giang va nguyen van an o xa phuong 1"))
	long := make([]byte, longestText+1)
	checkBatch(t, [][]byte{[]byte("nguyen van an"), []byte("huynh nguyen thi thanh huong"), {}}, long)
}

func FuzzBatch(f *testing.F) {
	f.Add([]byte("nguyen van an\ntran thi binh\nhuynh nguyen thi thanh huong"), []byte("nguyen van na"))
	f.Fuzz(func(t *testing.T, lines, text []byte) {
		var texts [][]byte
		start := 0
		for i, c := range lines[:min(len(lines), 2000)] {
			if c == '\n' {
				texts, start = append(texts, lines[start:i]), i+1
			}
		}
		checkBatch(t, texts, text[:min(len(text), 300)])
	})
}

func TestBatchAllocatesNothing(t *testing.T) {
	b := NewBatch(slabOf(benchNames))
	dst, similar := make([]int, 0, b.Len()), make([]float64, 0, b.Len())
	withoutVectors(func() {
		if n := testing.AllocsPerRun(100, func() {
			dst = b.OSA(b.Levenshtein(dst[:0], benchNames[3])[:0], benchNames[4])
			dst = b.OSAWithin(b.LCS(dst[:0], benchNames[3])[:0], benchNames[4], 2)
			similar = b.JaroWinklerAtLeast(b.JaroWinkler(similar[:0], benchNames[5])[:0], benchNames[6], .9)
		}); n != 0 {
			t.Errorf("vectors %v: %v allocations a call", vectors, n)
		}
	})
}

// BenchmarkBatch compares each of 16 names with 1,600; ns/op is for one pair.
func BenchmarkBatch(b *testing.B) {
	var texts [][]byte
	for i := range 1600 {
		texts = append(texts, benchNames[i%len(benchNames)])
	}
	batch := NewBatch(slabOf(texts))
	dst := make([]int, 0, len(texts))
	run := func(name string, f func(text []byte)) {
		b.Run(name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				f(benchNames[i%len(benchNames)])
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(texts)), "ns/pair")
		})
	}
	run("Levenshtein", func(text []byte) { dst = batch.Levenshtein(dst[:0], text) })
	run("OSA", func(text []byte) { dst = batch.OSA(dst[:0], text) })
	run("LCS", func(text []byte) { dst = batch.LCS(dst[:0], text) })
	similar := make([]float64, 0, len(texts))
	run("JaroWinkler", func(text []byte) { similar = batch.JaroWinkler(similar[:0], text) })
	defer func(v bool) { vectors = v }(vectors)
	vectors = false
	run("Levenshtein/go", func(text []byte) { dst = batch.Levenshtein(dst[:0], text) })
	run("OSA/go", func(text []byte) { dst = batch.OSA(dst[:0], text) })
	run("LCS/go", func(text []byte) { dst = batch.LCS(dst[:0], text) })
	run("JaroWinkler/go", func(text []byte) { similar = batch.JaroWinkler(similar[:0], text) })
}

// The short form of the unrestricted distance answers as the long one.
func TestShortDamerauIsDamerau(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := near(t, "abcn \xff", damerauShort)
		x, y := trim(a, b)
		if len(x) == 0 {
			return
		}
		if vectors && len(x) <= damerauRows {
			if got, want := damerauLanes(x, y), damerauSmall(x, y); got != want {
				t.Fatalf("damerauLanes(%q, %q) = %d, want %d", x, y, got, want)
			}
		}
		if got, want := damerauSmall(x, y), damerau(x, y, make([]int32, (len(x)+2)*(len(y)+2))); got != want {
			t.Fatalf("damerauSmall(%q, %q) = %d, want %d", x, y, got, want)
		}
	})
}
