package merge

import (
	"github.com/dusach/dusach/normalize"
)

// A spelling is what the choice between two writings of a name asks of each.
type spelling struct {
	folded   uint64 // the same for writings that differ in marks only
	words    int    // a word written twice in a row counts once
	initials int
	invalid  int // words that are no Vietnamese syllable, initials apart
	marks    int // words that bear a tone or another mark
}

// score tells the better of two writings that differ in marks only: each mark
// counts for it, each word that is no syllable outweighs two. A word of another
// language is no syllable with its marks or without, so there marks decide.
func (s *spelling) score() int { return s.marks - 2*s.invalid }

func (s *spelling) better(t *spelling) bool {
	return s.score() > t.score() || s.score() == t.score() && s.marks > t.marks
}

// spell reads a clean name, words apart by single spaces.
func spell(name []byte) (s spelling) {
	var before normalize.Word
	for len(name) > 0 {
		word := name
		if i := space(name); i < len(name) {
			word, name = name[:i], name[i+1:]
		} else {
			name = nil
		}
		w := normalize.ParseWord(word)
		s.folded = (s.folded ^ w.Base) * 0x9E3779B97F4A7C15
		s.folded ^= s.folded >> 29
		if w.Base != before.Base {
			s.words++
		}
		before = w
		switch {
		case isInitial(w):
			s.initials++
		case !w.Valid():
			s.invalid++
		}
		if !w.Bare() {
			s.marks++
		}
	}
	return s
}

func space(b []byte) int {
	for i, c := range b {
		if c == ' ' {
			return i
		}
	}
	return len(b)
}

// isInitial reports whether w is a single consonant. A single vowel may be a
// whole name (Y, A, Ô).
func isInitial(w normalize.Word) bool {
	if w.Initial() {
		return true
	}
	if w.Len() != 1 {
		return false
	}
	const vowels = 1<<('a'-'`') | 1<<('e'-'`') | 1<<('i'-'`') | 1<<('o'-'`') | 1<<('u'-'`') | 1<<('y'-'`')
	return vowels>>(w.Base&31)&1 == 0
}

// formerName fills the other name with the name that a change of name ended,
// unless the form of the change, or a later one, says what the other name is.
func (e *election) formerName(f *forms, p *plan, other *pick) {
	name, field := &p.fields[p.name], &p.fields[p.otherName]
	k, change := lastChange(f, name)
	if change < 0 || f.statesSince(field, change) {
		return
	}
	e.collect(f, name)
	e.describe()
	var ended int32
	for _, b := range e.ballots {
		if int(b.form) == change {
			ended = e.values[b.value].group
		}
	}
	if by := f.governing(name, k); by >= 0 {
		e.restrict(by)
	}
	e.keep(func(b ballot) bool { return e.values[b.value].group != ended })
	if former := e.choose(); former >= 0 {
		*other = pick{column: int32(name.column), row: int32(f.lo) + former, disputed: true}
	}
}

// lastChange returns the last change of name, as its place in the order of
// events and its form; -1 if there is none.
func lastChange(f *forms, name *fieldPlan) (k, form int) {
	for k := len(f.events) - 1; k >= 0; k-- {
		i := int(f.events[k])
		if f.form[i].event == nameChange && f.has(i, name) {
			return k, i
		}
	}
	return -1, -1
}

// statesSince reports whether the form of an event, or one that speaks of a
// later day, has a value for p.
func (f *forms) statesSince(p *fieldPlan, event int) bool {
	for i := range f.form {
		if (i == event || f.form[i].collected > f.form[event].effective) && f.has(i, p) {
			return true
		}
	}
	return false
}
