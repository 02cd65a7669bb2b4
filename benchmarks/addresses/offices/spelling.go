package offices

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A spelling is a name as letters, each with its shape (circumflex, breve,
// horn, stroke); the tone of a word stands at its first letter, so that it does
// not matter over which vowel it is written. I and y are one letter.
type spelling []letter

const maxLetters = 60

type letter struct {
	base, shape, tone rune
}

func spell(s string) (out spelling) {
	first := 0
	inWord := false
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		switch {
		case r == 'đ':
			out, inWord, first = grow(out, letter{base: 'd', shape: r}, inWord, first)
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if r == 'y' {
				r = 'i'
			}
			out, inWord, first = grow(out, letter{base: r}, inWord, first)
		case !unicode.Is(unicode.Mn, r):
			inWord = false
		case len(out) == 0:
		case r == 0x302 || r == 0x306 || r == 0x31B:
			out[len(out)-1].shape = r
		default:
			out[first].tone = r
		}
	}
	return out
}

func grow(s spelling, l letter, inWord bool, first int) (spelling, bool, int) {
	if !inWord {
		first = len(s)
	}
	return append(s, l), true, first
}

func (s spelling) letters() string {
	var b strings.Builder
	for _, l := range s {
		b.WriteRune(l.base)
	}
	return b.String()
}

// distance counts the letters added, dropped, changed, swapped and the marks
// that differ between what is written and a name; marks that the writing lacks
// are free. Beyond most it is only known to be more.
func distance(written, of spelling, most int) int {
	if d := len(written) - len(of); d > most || -d > most {
		return most + 1
	}
	var rows [3][maxLetters + 1]int
	if len(of) > maxLetters {
		return most + 1
	}
	before, last, now := &rows[0], &rows[1], &rows[2]
	for j := range len(of) + 1 {
		last[j] = j
	}
	for i, w := range written {
		now[0] = i + 1
		least := now[0]
		for j, o := range of {
			now[j+1] = min(last[j]+differ(w, o), last[j+1]+1, now[j]+1)
			if i > 0 && j > 0 && w.base == of[j-1].base && written[i-1].base == o.base && w.base != o.base {
				now[j+1] = min(now[j+1], before[j-1]+1)
			}
			least = min(least, now[j+1])
		}
		if least > most {
			return most + 1
		}
		before, last, now = last, now, before
	}
	return min(last[len(of)], most+1)
}

func differ(w, o letter) int {
	switch {
	case w.base != o.base, w.shape != 0 && w.shape != o.shape, w.tone != 0 && w.tone != o.tone:
		return 1
	}
	return 0
}
