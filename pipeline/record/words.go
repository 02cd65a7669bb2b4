package record

import (
	"bytes"
	"cmp"
	"slices"
)

// A Word is one word of a value with what it weighs.
type Word struct {
	Hash   uint64
	Weight float32
}

// DeriveWords adds a table of the distinct words of every text with their
// weights, and returns its number, for SharedWeight.
func (v *Values) DeriveWords(weight func(hash uint64) float32) int {
	table := make([]uint64, len(v.hash))
	for i := 1; i < len(v.hash); i++ {
		from := len(v.words)
		for word := range bytes.SplitSeq(v.At(uint32(i)), []byte(" ")) {
			if h := HashText(word); h != 0 {
				v.words = append(v.words, Word{h, weight(h)})
			}
		}
		own := v.words[from:]
		slices.SortFunc(own, func(a, b Word) int { return cmp.Compare(a.Hash, b.Hash) })
		own = slices.CompactFunc(own, func(a, b Word) bool { return a.Hash == b.Hash })
		v.words = v.words[:from+len(own)]
		table[i] = uint64(from)<<24 | uint64(min(len(own), 1<<24-1))
	}
	v.Derived = append(v.Derived, table)
	return len(v.Derived) - 1
}

// SharedWeight returns the weight of the words that two texts share over the
// weight of all their words, 0..1, by a table of DeriveWords.
func (v *Values) SharedWeight(table int, a, b uint32) float32 {
	x, y := v.wordsOf(table, a), v.wordsOf(table, b)
	var shared, all float32
	for i, j := 0, 0; i < len(x) || j < len(y); {
		switch {
		case j == len(y) || i < len(x) && x[i].Hash < y[j].Hash:
			all += x[i].Weight
			i++
		case i == len(x) || y[j].Hash < x[i].Hash:
			all += y[j].Weight
			j++
		default:
			all += x[i].Weight
			shared += x[i].Weight
			i, j = i+1, j+1
		}
	}
	if all == 0 {
		return 0
	}
	return shared / all
}

func (v *Values) wordsOf(table int, i uint32) []Word {
	at := v.Derived[table][i]
	from, n := at>>24, at&(1<<24-1)
	return v.words[from : from+n]
}
