package evaluate

import (
	"bytes"
	"cmp"
	"context"
	"slices"

	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/pipeline/record"
)

// The kinds of wrong pairs, in the order in which they are tried.
const (
	kindTwins       = "twins"        // one birth date, a parent in common
	kindSiblings    = "siblings"     // a parent in common
	kindParent      = "parent_child" // one is named as a parent of the other
	kindSharedID    = "shared_id"    // one CCCD or CMND
	kindNamesakes   = "namesakes"    // one name, marks aside, and one birth year
	kindSameName    = "same_name"    // one name, marks aside
	kindHousehold   = "household"    // one household or address
	kindOther       = "other"
	kindNotExamined = "not_examined"
)

// maxExamined bounds the wrong pairs that are looked at one by one.
const maxExamined = 200_000

// falseMerges sorts the wrong pairs by what the two forms have in common;
// index is ordered by citizen, within it by person.
func (t *Truth) falseMerges(ctx context.Context, s Store, index []uint32) ([]KindCount, error) {
	pairs, more := t.wrongPairs(index)
	if len(pairs) == 0 {
		return nil, nil
	}
	sheets, err := t.sheetsOf(ctx, s, pairs)
	if err != nil {
		return nil, err
	}
	count := map[string]uint64{}
	for _, p := range pairs {
		a, b := sheets[p.a], sheets[p.b]
		if a == nil || b == nil {
			count[kindNotExamined]++
			continue
		}
		count[kindOf(a, b)]++
	}
	count[kindNotExamined] += more
	var kinds []KindCount
	for kind, n := range count {
		if n > 0 {
			kinds = append(kinds, KindCount{kind, n})
		}
	}
	slices.SortFunc(kinds, func(a, b KindCount) int {
		return cmp.Or(-cmp.Compare(a.Pairs, b.Pairs), cmp.Compare(a.Kind, b.Kind))
	})
	return kinds, nil
}

// wrongPairs lists the pairs of two persons in one citizen, up to a bound, and
// counts the rest.
func (t *Truth) wrongPairs(index []uint32) (pairs []pair, more uint64) {
	for citizen := range t.runs(index, entry.ofCitizen) {
		for i, a := range citizen {
			for _, b := range citizen[:i] {
				switch {
				case t.entries[a].person == t.entries[b].person:
				case len(pairs) < maxExamined:
					pairs = append(pairs, pair{a, b})
				default:
					more++
				}
			}
		}
	}
	return pairs, more
}

// A sheet holds what the kinds ask of a form; names folded.
type sheet struct {
	name, father, mother  string
	birth, cccd, cmnd     string
	household, home, live string
}

var sheetColumns = []string{"form_id", "full_name", "father_name", "mother_name", "birth_date", "cccd", "cmnd",
	"household_no", "permanent_address_text", "current_address_text"}

// sheetsOf reads again the forms of the pairs.
func (t *Truth) sheetsOf(ctx context.Context, s Store, pairs []pair) (map[uint32]*sheet, error) {
	sheets := map[uint32]*sheet{}
	for _, p := range pairs {
		sheets[p.a], sheets[p.b] = nil, nil
	}
	for rows, err := range s.ReadForms(ctx, sheetColumns...) {
		if err != nil {
			return nil, err
		}
		for i := range rows.N {
			e := t.find(rows.Clean[rows.Schema.ColumnOf[rows.Schema.Key]].At(i))
			if e == nil {
				continue
			}
			at, _ := t.search(e.key)
			if _, wanted := sheets[uint32(at)]; wanted {
				sheets[uint32(at)] = sheetOf(rows, i)
			}
		}
	}
	return sheets, nil
}

func sheetOf(rows *record.FormRows, i int) *sheet {
	value := func(name string) []byte {
		f := rows.Schema.ByName(name)
		if f == record.None {
			return nil
		}
		return rows.Clean[rows.Schema.ColumnOf[f]].At(i)
	}
	folded := func(name string) string { return string(normalize.AppendFold(nil, value(name))) }
	return &sheet{name: folded("full_name"), father: folded("father_name"), mother: folded("mother_name"),
		birth: string(value("birth_date")), cccd: string(value("cccd")), cmnd: string(value("cmnd")),
		household: string(value("household_no")), home: string(bytes.ToLower(value("permanent_address"))),
		live: string(bytes.ToLower(value("current_address")))}
}

func kindOf(a, b *sheet) string {
	same := func(x, y string) bool { return x != "" && x == y }
	parent := same(a.father, b.father) || same(a.mother, b.mother)
	year := func(s *sheet) string { return s.birth[:min(4, len(s.birth))] }
	switch {
	case parent && same(a.birth, b.birth):
		return kindTwins
	case parent && !same(a.name, b.name):
		return kindSiblings
	case same(a.name, b.father) || same(a.name, b.mother) || same(b.name, a.father) || same(b.name, a.mother):
		return kindParent
	case same(a.cccd, b.cccd) || same(a.cmnd, b.cmnd):
		return kindSharedID
	case same(a.name, b.name) && same(year(a), year(b)):
		return kindNamesakes
	case same(a.name, b.name):
		return kindSameName
	case same(a.household, b.household) || same(a.home, b.home) || same(a.live, b.live):
		return kindHousehold
	}
	return kindOther
}
