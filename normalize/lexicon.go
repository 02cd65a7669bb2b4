package normalize

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/dusach/dusach/normalize/tables"
)

// facts is what the tables know of one syllable as a part of names.
type facts struct {
	person, place uint16 // how often in the lists of person and of place names
	surname       uint16 // share as a surname, in hundredths of a percent; at least 1 for one that is listed
	boy, girl     uint16 // how often a given or middle name of boys, of girls
	role          role
	odds          float64 // that a bearer is a woman, of those who bear it; 0 unknown
}

// role marks words that the parser of names looks at twice.
type role uint8

const (
	roleTitle   role = 1 << iota // Ông, Bà, Cụ …
	roleVoid                     // begins "Không rõ", "Bé gái con bà …"
	roleRemark                   // ends a remark: chết, hộ, con …
	roleThi                      // Thị
	roleVan                      // Văn
	roleAlias                    // begins a remark: bí danh, tức, con ông …
	roleAddress                  // begins a title of several words
	roleSurname                  // a great surname that is nobody's given name
)

// lexicon gives the facts by syllable: index maps the number of a syllable to
// a place in entries; entry 0 is "never seen".
type lexicon struct {
	index   [1 << 16]uint16
	entries []facts
	bare    []bareFacts // by letters without marks, sorted
	loans   []Word      // attested words that are no legal syllable (Đắk, Niê), sorted
}

// bareFacts sums up what may stand behind a word without marks.
type bareFacts struct {
	base    uint64
	surname uint16 // the greatest share among the marked forms
	person  uint16
}

var seen = buildLexicon()

var roleWords = map[role]string{
	roleTitle:   "ông bà anh chị cụ bé cháu em cô chú bác ong ba cu",
	roleVoid:    "không khong chưa chua bé be con trẻ tre vô vo cháu sơ so test như nhu liệt liet hy hi đã",
	roleRemark:  "chết chet mất mat hộ ho con cháu vợ chồng đời doi trần tran tịch họ danh rể dâu khẩu",
	roleSurname: "nguyễn trần phạm huỳnh phan bùi đặng tran pham huynh bui dang",
	roleThi:     "thị",
	roleVan:     "văn",
	roleAlias:   "bí tức hay còn con vợ chồng đã chết mất tạm chủ xuất chuyển cắt xóa",
	roleAddress: "đồng thầy nhà y dược tiến thạc kỹ kĩ luật giáo giảng linh mục giám sư ni đại thượng hòa mẹ liệt thương chiến trung thiếu hạ binh " +
		"trưởng chủ phó dong thay",
}

func buildLexicon() *lexicon {
	x := &lexicon{entries: make([]facts, 1, 2400)}
	for c := range tables.Rows(tables.Syllables, 3) {
		w := ParseWord([]byte(c[0]))
		if w.Syllable() == 0 {
			x.loans = append(x.loans, w)
			continue
		}
		f := x.entry(c[0])
		f.person += count(c[1])
		f.place += count(c[2])
	}
	for c := range tables.Rows(tables.Surnames, 4) {
		if f := x.entry(c[0]); f != nil {
			a, _ := strconv.ParseFloat(c[1], 64)
			b, _ := strconv.ParseFloat(c[2], 64)
			f.surname = max(1, uint16(100*max(a, b)))
		}
	}
	for _, t := range []string{tables.Given, tables.Middle} {
		for c := range tables.Rows(t, 4) {
			if f := x.entry(c[0]); f != nil {
				f.boy += count(c[1])
				f.girl += count(c[2])
				f.person = max(f.person, 1)
			}
		}
	}
	for r, words := range roleWords {
		for word := range strings.FieldsSeq(words) {
			if f := x.entry(word); f != nil {
				f.role |= r
			}
		}
	}
	for i := range x.entries {
		f := &x.entries[i]
		if b, g := float64(f.boy), float64(f.girl); b+g > 0 {
			f.odds = (g + 0.5) / (b + 0.5) * boyGirlPrior
		}
	}
	slices.SortFunc(x.loans, compareWords)
	x.sumBare()
	return x
}

func count(text string) uint16 {
	n, _ := strconv.Atoi(text)
	return uint16(min(n, 60000))
}

// entry returns the facts of a word, nil if it is no legal syllable.
func (x *lexicon) entry(text string) *facts {
	s := ParseWord([]byte(text)).Syllable()
	if s == 0 {
		return nil
	}
	if x.index[s] == 0 {
		x.index[s] = uint16(len(x.entries))
		x.entries = append(x.entries, facts{})
	}
	return &x.entries[x.index[s]]
}

// sumBare gathers the marked syllables under their letters.
func (x *lexicon) sumBare() {
	at := map[uint64]bareFacts{}
	for _, table := range []string{tables.Syllables, tables.Surnames, tables.Given, tables.Middle} {
		for c := range tables.Rows(table, 1) {
			w := ParseWord([]byte(c[0]))
			f := x.entry(c[0])
			if f == nil || w.Bare() {
				continue
			}
			b := at[w.Base]
			at[w.Base] = bareFacts{w.Base, max(b.surname, f.surname), max(b.person, f.person)}
		}
	}
	for _, b := range at {
		x.bare = append(x.bare, b)
	}
	slices.SortFunc(x.bare, func(a, b bareFacts) int { return cmp.Compare(a.base, b.base) })
}

func factsOf(s Syllable) *facts { return &seen.entries[seen.index[s]] }

// markedFacts returns what is known of the marked forms of a word without
// marks.
func markedFacts(base uint64) bareFacts {
	i, ok := slices.BinarySearchFunc(seen.bare, base, func(b bareFacts, base uint64) int { return cmp.Compare(b.base, base) })
	if !ok {
		return bareFacts{}
	}
	return seen.bare[i]
}

func compareWords(a, b Word) int {
	if c := cmp.Compare(a.Base, b.Base); c != 0 {
		return c
	}
	const all = WordShapes | WordTone
	return cmp.Compare(a.Marks&all, b.Marks&all)
}

// isLoan reports whether a word that is no legal syllable is attested in names
// or places, with these very marks.
func isLoan(w Word) bool {
	if w.Valid() || w.Len() < 3 {
		return false
	}
	_, ok := slices.BinarySearchFunc(seen.loans, w, compareWords)
	return ok
}
