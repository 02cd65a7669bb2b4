package library

import (
	"strconv"

	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/normalize/tables"
)

// standing is how well established a word is as a Vietnamese name word.
type standing uint8

const (
	unheard  standing = iota // no Vietnamese syllable
	possible                 // a legal syllable that no list of names has
	attested                 // found in lists of names
)

const (
	wordMarks  = normalize.WordShapes | normalize.WordTone
	dictionary = 1 << 13 // slots; about 3,000 words and as many bare forms
)

// entry is a slot of the dictionary; a bare form is kept under bareForm.
type entry struct {
	base  uint64
	marks uint32
	is    standing
	given bool // a given name of the lists
}

// bareForm stands for "with whatever marks": the entry of a word that lost them.
const bareForm uint32 = 1 << 31

// dictionary words come from the embedded tables of surnames, middle and given
// names and of syllables attested in names of persons and places.
var words = func() *[dictionary]entry {
	t := new([dictionary]entry)
	for _, list := range []string{tables.Given, tables.Middle, tables.Surnames} {
		for cells := range tables.Rows(list, 1) {
			addWords(t, cells[0], attested)
		}
	}
	for cells := range tables.Rows(tables.Given, 1) {
		if w := normalize.ParseWord([]byte(cells[0])); w.Base != 0 {
			find(t, w.Base, w.Marks&wordMarks).given = true
			find(t, w.Base, bareForm).given = true
		}
	}
	for cells := range tables.Rows(tables.Syllables, 2) {
		is := possible
		if n, err := strconv.Atoi(cells[1]); err == nil && n > 0 {
			is = attested
		}
		addWords(t, cells[0], is)
	}
	return t
}()

func addWords(t *[dictionary]entry, text string, is standing) {
	for start, i := 0, 0; i <= len(text); i++ {
		if i == len(text) || text[i] == ' ' {
			if w := normalize.ParseWord([]byte(text[start:i])); w.Base != 0 {
				add(t, w.Base, w.Marks&wordMarks, is)
				add(t, w.Base, bareForm, is)
			}
			start = i + 1
		}
	}
}

func add(t *[dictionary]entry, base uint64, marks uint32, is standing) {
	e := find(t, base, marks)
	e.base, e.marks, e.is = base, marks, max(e.is, is)
}

// find returns the slot of a word, or the free slot where it would stand.
func find(t *[dictionary]entry, base uint64, marks uint32) *entry {
	h := (base ^ uint64(marks)<<29) * 0x9E3779B97F4A7C15
	for i := h >> 51; ; i++ {
		e := &t[i%dictionary]
		if e.base == base && e.marks == marks || e.base == 0 {
			return e
		}
	}
}

// stands says how well established a word is. In a name that lost all its marks
// the word counts as any word with its letters.
func stands(w normalize.Word, bare bool) standing {
	if w.Marks&normalize.WordRead != 0 {
		return unheard
	}
	marks := w.Marks & wordMarks
	if bare {
		marks = bareForm
	}
	is := find(words, w.Base, marks).is
	if is == unheard && w.Valid() {
		return possible
	}
	return is
}

// isGiven reports whether the lists have the word as a given name, in a bare name
// with whatever marks.
func isGiven(w normalize.Word, bare bool) bool {
	marks := w.Marks & wordMarks
	if bare {
		marks = bareForm
	}
	return w.Marks&normalize.WordRead == 0 && find(words, w.Base, marks).given
}
