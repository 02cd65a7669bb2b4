// Package phonetic gives codes to words that sound alike, for names in Latin
// letters that are not Vietnamese. The codes are those of matchr; they know
// English best. A code is a number, so that comparing two costs nothing and it
// can be worked out once for each distinct value.
package phonetic

import (
	"bytes"
	"slices"

	"github.com/antzucaro/matchr"
	"github.com/cespare/xxhash/v2"
)

// Soundex returns the code of a text by Soundex, 0 where it has no letter from a
// to z. The words of a text are read as one.
func Soundex(text []byte) uint64 { return code(text, matchr.Soundex) }

// NYSIIS returns the code by the New York State system.
func NYSIIS(text []byte) uint64 { return code(text, matchr.NYSIIS) }

// Metaphone returns the first code by double metaphone.
func Metaphone(text []byte) uint64 {
	return code(text, func(s string) string {
		first, _ := matchr.DoubleMetaphone(s)
		return first
	})
}

// SortedWords is the same for texts of the same words in any order, 0 for an
// empty text.
func SortedWords(text []byte) uint64 {
	words := bytes.Fields(text)
	slices.SortFunc(words, bytes.Compare)
	return hash(bytes.Join(words, []byte(" ")))
}

func code(text []byte, of func(string) string) uint64 {
	letters := make([]byte, 0, len(text))
	for _, c := range text {
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c >= 'a' && c <= 'z' {
			letters = append(letters, c)
		}
	}
	if len(letters) == 0 {
		return 0
	}
	return hash([]byte(of(string(letters))))
}

func hash(text []byte) uint64 {
	if len(text) == 0 {
		return 0
	}
	return xxhash.Sum64(text) | 1<<63
}
