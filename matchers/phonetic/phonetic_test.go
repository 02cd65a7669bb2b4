package phonetic

import "testing"

func TestSoundAlike(t *testing.T) {
	for _, c := range []struct {
		name  string
		of    func([]byte) uint64
		a, b  string
		alike bool
	}{
		{"soundex", Soundex, "Robert", "rupert", true},
		{"soundex", Soundex, "Robert", "Rubin", false},
		{"metaphone", Metaphone, "smith", "smyth", true},
		{"metaphone", Metaphone, "smith", "jones", false},
		{"nysiis", NYSIIS, "macdonald", "mcdonald", true},
		{"nysiis", NYSIIS, "knight", "brown", false},
		{"sorted words", SortedWords, "van der berg", "berg van der", true},
		{"sorted words", SortedWords, "van berg", "vanberg", false},
	} {
		if got := c.of([]byte(c.a)) == c.of([]byte(c.b)); got != c.alike {
			t.Errorf("%s: %q and %q alike is %v", c.name, c.a, c.b, got)
		}
		if c.of([]byte(c.a)) == 0 || c.of(nil) != 0 || c.name != "sorted words" && c.of([]byte("12 ю")) != 0 {
			t.Errorf("%s: no letters must have no code, and letters one", c.name)
		}
	}
}

// No text makes a code fail.
func FuzzCodes(f *testing.F) {
	f.Add([]byte("O'Neill-Wright"))
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, of := range []func([]byte) uint64{Soundex, Metaphone, NYSIIS, SortedWords} {
			if of(text) != of(text) {
				t.Fatal("a code is not a function of its text")
			}
		}
	})
}
