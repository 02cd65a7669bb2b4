package block

import (
	"slices"

	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/pipeline/record"
)

// Sketches of a name keep what a kind of damage leaves of it: what a poor scan
// does to letters, what the ear of a region does to sounds, one slip of a pen.

const letters = 1<<60 - 1 // of normalize.Word.Base, five bits each

// code returns the five bits of a letter.
func code(c byte) uint64 { return uint64(c - 'a' + 1) }

// lookAlike groups letters that scans and hurried hands exchange: m for rn or nn,
// h for n or b, c for e or o, l for i or t.
var lookAlike = func() (t [32]uint8) {
	for i, group := range []string{"nmhurb", "iltfj", "oceqgad", "vywx", "kr"} {
		for _, c := range []byte(group) {
			if t[code(c)] == 0 {
				t[code(c)] = uint8(i + 1)
			}
		}
	}
	for c := range t {
		if t[c] == 0 {
			t[c] = uint8(8 + c)
		}
	}
	return t
}()

// looks is the name as a poor scan shows it: letters that look alike are one,
// and a run of them is one letter.
func looks(k *normalize.NameKey) uint64 {
	h := uint64(1)
	for _, w := range k.Base[:k.N] {
		h = looksWord(record.Mix(h, 1), w)
	}
	return h | 1<<63
}

func looksGiven(k *normalize.NameKey) uint64 { return looksWord(1, given(k)) | 1<<63 }

func looksWord(h, w uint64) uint64 {
	last := uint8(0)
	for w &= letters; w != 0; w >>= 5 {
		if c := lookAlike[w&31]; c != last {
			h, last = record.Mix(h, uint64(c)), c
		}
	}
	return h
}

// sounds is the name as it is heard somewhere in the country: tr as ch, x as s,
// gi and r and v as d, n as l, no g after a last n, c for a last t, i for y.
func sounds(k *normalize.NameKey) uint64 {
	h := uint64(1)
	for _, w := range k.Base[:k.N] {
		h = soundsWord(record.Mix(h, 1), w)
	}
	return h | 1<<63
}

func soundsWord(h, w uint64) uint64 {
	n := int(w >> 60)
	at := func(i int) byte { return byte('a' - 1 + w>>(5*i)&31) }
	for i := 0; i < n; i++ {
		c := at(i)
		switch {
		case i == 0 && c == 't' && n > 1 && at(1) == 'r':
			h = record.Mix(record.Mix(h, code('c')), code('h'))
			i = 1
			continue
		case i == 0 && c == 'g' && n > 2 && at(1) == 'i':
			c, i = 'd', 1
		case i == 0 && (c == 'v' || c == 'r'):
			c = 'd'
		case i == 0 && c == 'x':
			c = 's'
		case i == 0 && c == 'n' && n > 1 && at(1) != 'g' && at(1) != 'h':
			c = 'l'
		case i == 0 && c == 'k':
			c = 'c'
		case i == n-1 && i > 1 && c == 'g' && at(i-1) == 'n':
			continue
		case i == n-1 && i > 0 && c == 't':
			c = 'c'
		case c == 'y':
			c = 'i'
		}
		h = record.Mix(h, code(c))
	}
	return h
}

// nearMost is how many values near appends at most.
const nearMost = 9

// near appends a word and what is left of it without one letter: two words that
// one slip separates share one of these (symmetric deletion, after Garbe 2012).
// Words of one or two letters stand for themselves.
func near(dst []uint64, w uint64) []uint64 {
	from, n := len(dst), w>>60
	dst = append(dst, w)
	if n < 3 {
		return dst
	}
	for i := uint64(0); i < min(n, nearMost-1); i++ {
		low := w & (1<<(5*i) - 1)
		rest := w & letters >> (5 * (i + 1)) << (5 * i)
		if x := low | rest | (n-1)<<60; !slices.Contains(dst[from:], x) {
			dst = append(dst, x)
		}
	}
	return dst
}

// rest is the name without its first word.
func rest(k *normalize.NameKey) uint64 {
	if k.N < 3 {
		return 0
	}
	h := uint64(k.N)
	for _, w := range k.Base[1:k.N] {
		h = record.Mix(h, w)
	}
	return h
}
