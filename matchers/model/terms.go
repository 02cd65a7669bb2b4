package model

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/dusach/dusach/normalize"
)

// A Position is a place in a name; a word is common in one and rare in another.
type Position uint8

// The positions.
const (
	Surname Position = iota
	Middle
	Given
	positions
)

// Terms holds how common name words are, by position, frozen with the model.
type Terms struct {
	Surname Frequencies `json:"surname"`
	Middle  Frequencies `json:"middle"`
	Given   Frequencies `json:"given"`
	// Lengths is the share of names with 1, 2, … words; the last for that many and more.
	Lengths []float64 `json:"lengths,omitempty"`

	tables  [positions]termTable
	lengths [normalize.MaxNameWords + 1]float32 // rarity in bits by number of words
}

// Frequencies lists the words of one position, most common first.
type Frequencies struct {
	Names  float64 `json:"names"`  // how many names were counted
	Unseen float64 `json:"unseen"` // share to expect of a word that is not listed
	Words  []Term  `json:"words"`
}

// A Term is a word and its share of the names at a position.
type Term struct {
	Word  string  `json:"w"` // folded letters, a colon, marks and tone in hex
	Share float64 `json:"s"`
}

const termMarks = normalize.WordShapes | normalize.WordTone

// termText writes a word as it stands in a model file: "nguyen:4000140".
func termText(w normalize.Word) string {
	text := w.AppendFold(nil)
	if strings.ContainsRune(string(text), '?') || w.Len() == 12 {
		return fmt.Sprintf("#%x:%x", w.Base, w.Marks&termMarks)
	}
	return string(text) + ":" + strconv.FormatUint(uint64(w.Marks&termMarks), 16)
}

func parseTerm(s string) (normalize.Word, error) {
	letters, hex, ok := strings.Cut(s, ":")
	marks, err := strconv.ParseUint(hex, 16, 32)
	if !ok || err != nil || letters == "" {
		return normalize.Word{}, fmt.Errorf("term %q: wanted letters, a colon and marks in hex", s)
	}
	w := normalize.Word{Marks: uint32(marks)}
	if letters[0] == '#' {
		w.Base, err = strconv.ParseUint(letters[1:], 16, 64)
		return w, err
	}
	if len(letters) > 11 {
		return w, fmt.Errorf("term %q: more than 11 letters", s)
	}
	for i := range len(letters) {
		if letters[i] < 'a' || letters[i] > 'z' {
			return w, fmt.Errorf("term %q: letters a to z only", s)
		}
		w.Base |= uint64(letters[i]-'a'+1) << (5 * i)
	}
	w.Base |= uint64(len(letters)) << 60
	return w, nil
}

func (t *Terms) each() [positions]*Frequencies {
	return [positions]*Frequencies{&t.Surname, &t.Middle, &t.Given}
}

func (t *Terms) check() error {
	for p, f := range t.each() {
		if !finite(f.Names, f.Unseen) || f.Unseen < 0 || f.Unseen > 1 || (f.Unseen == 0 && len(f.Words) > 0) {
			return fmt.Errorf("terms, position %d: the share of unseen words must lie between 0 and 1", p)
		}
		for _, w := range f.Words {
			if _, err := parseTerm(w.Word); err != nil {
				return fmt.Errorf("terms: %w", err)
			}
			if !finite(w.Share) || w.Share <= 0 || w.Share > 1 {
				return fmt.Errorf("term %q: share %v is not between 0 and 1", w.Word, w.Share)
			}
		}
	}
	if len(t.Lengths) > normalize.MaxNameWords {
		return fmt.Errorf("terms: %d lengths, at most %d", len(t.Lengths), normalize.MaxNameWords)
	}
	for _, l := range t.Lengths {
		if !finite(l) || l <= 0 || l > 1 {
			return fmt.Errorf("terms: share of a length %v is not between 0 and 1", l)
		}
	}
	return nil
}

// build makes the tables that Rarity reads. It must follow every change.
func (t *Terms) build() {
	for p, f := range t.each() {
		t.tables[p].build(f)
	}
	for i := range t.lengths {
		t.lengths[i] = 0
		if n := len(t.Lengths); n > 0 && i > 0 {
			t.lengths[i] = float32(-math.Log2(t.Lengths[min(i, n)-1]))
		}
	}
}

// SetTerms gives the model other term frequencies.
func (m *Model) SetTerms(t Terms) {
	m.Terms = t
	m.Terms.build()
}

// Share returns the share of names that have the word at a position: the
// smoothed share of an unlisted word, never 0. A word without marks counts as
// written so; ask ShareBare for "with whatever marks".
func (t *Terms) Share(w normalize.Word, p Position) float32 {
	return float32(math.Exp2(-float64(t.tables[p].rarity(w.Base, w.Marks&termMarks))))
}

// ShareBare returns the share of names whose word at a position has these
// letters, whatever the marks.
func (t *Terms) ShareBare(w normalize.Word, p Position) float32 {
	return float32(math.Exp2(-float64(t.tables[p].rarity(w.Base, anyMarks))))
}

// RarityBare returns −log2 of ShareBare.
func (t *Terms) RarityBare(w normalize.Word, p Position) float32 {
	return t.tables[p].rarity(w.Base, anyMarks)
}

// rarestWord is how many bits a word of each position counts at most. Words are not
// strewn evenly over a country: a rare surname fills a village, a rare given
// name is often an odd spelling of a usual one, so what is rare in the tables
// may be common where two people of that name meet.
var rarestWord = [positions]float32{Surname: 7, Middle: 10, Given: 11}

// rarestLength is how many bits an unusual number of words counts at most: names
// of one or two words are those of whole peoples.
const rarestLength = 4

// smallPeople is from how many bits on a surname is that of a small people, and
// rarestRest how many bits the words beside it count together at most: a few hundred
// given names are all that such a people uses, and whoever meets lives among
// them. Measured within communes, two people share a name once in 2^9 to 2^11
// where surnames are Chăm, Khơ-me or H'Mông, once in 2^7 where names have none.
const (
	smallPeople = 8.9
	rarestRest  = 7
)

// roles says what the words of a name are: words before from are a marker of the
// sex (A Phiên, Y Pao), the given name begins at given, and the surname is words
// surname to surnameEnd, none where both are 0.
type roles struct{ from, given, surname, surnameEnd int }

func rolesOf(k *normalize.NameKey) roles {
	n := int(k.N)
	switch {
	case k.Flags&normalize.NameSurnameLast != 0 && n > 1:
		clan := max(n-max(int(k.Surname), 1), int(k.Given)+1)
		return roles{min(int(k.Given), n-1), min(int(k.Given), n-1), min(clan, n-1), n}
	case k.Flags&normalize.NameOrderUnsure != 0 && k.Surname == 0:
		given := min(int(k.Given), n-1)
		return roles{from: given, given: given}
	case n == 1:
		return roles{}
	}
	return roles{given: n - 1, surnameEnd: 1}
}

// of returns the position of a word.
func (r *roles) of(i int) Position {
	switch {
	case i == r.given:
		return Given
	case i >= r.surname && i < r.surnameEnd:
		return Surname
	}
	return Middle
}

// Rarity returns −log2 of the share of people to expect with this full name, the
// words taken as independent and none as rarer than rarestWord says; a marker of the
// sex is no word of its own, and names of small peoples are as rare as they are
// among them. A name that lost all marks counts as all names with its letters. It
// does not allocate; an empty name has rarity 0.
func (t *Terms) Rarity(k *normalize.NameKey) float32 {
	n := int(k.N)
	if n == 0 {
		return 0
	}
	mask, or := uint32(termMarks), uint32(0)
	if k.Flags&normalize.NameBare != 0 {
		mask, or = 0, anyMarks
	}
	r := rolesOf(k)
	var surname, rest float32
	for i := r.from; i < n; i++ {
		p := r.of(i)
		bits := t.tables[p].rarity(k.Base[i], k.Marks[i]&mask|or)
		if p == Surname {
			surname = max(surname, bits)
		} else {
			rest += min(bits, rarestWord[p])
		}
	}
	if surname >= smallPeople || k.Flags&(normalize.NameOrderUnsure|normalize.NameSurnameLast) != 0 {
		return min(surname, rarestWord[Surname]) + min(rest, rarestRest)
	}
	return min(surname, rarestWord[Surname]) + rest + min(t.lengths[min(n, normalize.MaxNameWords)], rarestLength)
}

// A TermCounter counts the words of names for a model's Terms. The counts do not
// depend on the order of adding.
type TermCounter struct {
	names   float64
	whole   float64 // those with a surname
	words   [positions]map[normalize.Word]float64
	totals  [positions]float64
	lengths [normalize.MaxNameWords + 1]float64
}

// NewTermCounter returns an empty counter.
func NewTermCounter() *TermCounter {
	c := new(TermCounter)
	for p := range c.words {
		c.words[p] = make(map[normalize.Word]float64)
	}
	return c
}

// Add counts a name. Names without any mark are left out: their words would be
// counted as words that people do not have.
func (c *TermCounter) Add(k *normalize.NameKey) {
	n := int(k.N)
	if n == 0 || k.Flags&normalize.NameBare != 0 && n > 1 {
		return
	}
	c.names++
	r := rolesOf(k)
	if r.surnameEnd > 0 { // how many words a name has says something of names that have a surname
		c.lengths[min(n, normalize.MaxNameWords)]++
		c.whole++
	}
	for i := r.from; i < n; i++ {
		c.AddWord(k.Word(i), r.of(i), 1)
	}
}

// AddWord counts a word at a position, times times.
func (c *TermCounter) AddWord(w normalize.Word, p Position, times float64) {
	w.Marks &= termMarks
	c.words[p][w] += times
	c.totals[p] += times
}

// Merge adds what another counter counted.
func (c *TermCounter) Merge(o *TermCounter) {
	c.names += o.names
	c.whole += o.whole
	for p := range o.words {
		c.totals[p] += o.totals[p]
		for w, n := range o.words[p] {
			c.words[p][w] += n
		}
	}
	for i := range o.lengths {
		c.lengths[i] += o.lengths[i]
	}
}

// Terms returns the frequencies, smoothed by absolute discounting: each count
// gives up half a name to the words that were not seen. Words counted less than
// twice, and all beyond the most common of each position, are not listed.
func (c *TermCounter) Terms() Terms {
	const listed, discount = 4000, 0.5
	var t Terms
	for p, f := range t.each() {
		f.Names = c.totals[p]
		if f.Names == 0 {
			continue
		}
		for w, n := range c.words[p] {
			if n >= 2 {
				f.Words = append(f.Words, Term{termText(w), round((n - discount) / f.Names)})
			}
		}
		slices.SortFunc(f.Words, func(a, b Term) int {
			return cmp.Or(cmp.Compare(b.Share, a.Share), cmp.Compare(a.Word, b.Word))
		})
		f.Words = f.Words[:min(len(f.Words), listed)]
		f.Unseen = round(discount / f.Names)
	}
	if c.names > 0 {
		for i := 1; i <= normalize.MaxNameWords; i++ {
			t.Lengths = append(t.Lengths, round((c.lengths[i]+discount)/(c.whole+discount*normalize.MaxNameWords)))
		}
	}
	t.build()
	return t
}
