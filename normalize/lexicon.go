package normalize

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/dusach/dusach/normalize/tables"
)

// A frequency says how often a syllable occurs in the lists of person names
// and of place names.
type frequency struct{ person, place uint16 }

// lexicon gives the frequencies by syllable: index maps the number of a
// syllable to a place in entries; 0 is "never seen".
type lexicon struct {
	index   [1 << 16]uint16
	entries []frequency
	loans   []Word // attested words that are no legal syllable (Đắk, Niê), sorted
}

var seen = buildLexicon()

func buildLexicon() *lexicon {
	x := &lexicon{entries: make([]frequency, 1, 2200)}
	for c := range tables.Rows(tables.Syllables, 3) {
		w := ParseWord([]byte(c[0]))
		s := w.Syllable()
		if s == 0 {
			x.loans = append(x.loans, w)
			continue
		}
		person, _ := strconv.Atoi(c[1])
		place, _ := strconv.Atoi(c[2])
		if x.index[s] == 0 {
			x.index[s] = uint16(len(x.entries))
			x.entries = append(x.entries, frequency{})
		}
		f := &x.entries[x.index[s]]
		f.person += uint16(person)
		f.place += uint16(min(place, 60000))
	}
	slices.SortFunc(x.loans, compareWords)
	return x
}

func compareWords(a, b Word) int {
	if c := cmp.Compare(a.Base, b.Base); c != 0 {
		return c
	}
	const all = WordShapes | WordTone
	return cmp.Compare(a.Marks&all, b.Marks&all)
}

// isLoan reports whether a word that is no legal syllable is attested in names
// or places, with these very marks and at least one.
func isLoan(w Word) bool {
	if w.Valid() || w.Bare() || w.Len() < 3 {
		return false
	}
	_, ok := slices.BinarySearchFunc(seen.loans, w, compareWords)
	return ok
}

func frequencyOf(s Syllable) frequency { return seen.entries[seen.index[s]] }
