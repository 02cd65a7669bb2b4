package compare

import (
	"bytes"
	"slices"

	"github.com/dusach/dusach/matchers/phonetic"
	"github.com/dusach/dusach/matchers/similarity"
	"github.com/dusach/dusach/pipeline/record"
)

// A sense says how a measure is held against its limit.
type sense uint8

const (
	yesNo   sense = iota // 1 or 0
	atLeast              // a similarity
	atMost               // a distance
)

// A measure is a function of two values that a level can ask for.
type measure struct {
	sense      sense
	share      bool // lies between 0 and 1
	example    float32
	takes      func(record.Kind) bool
	takesWords string
	// text measures two values of kinds that are numbered in Values; limit is
	// the greatest that is asked for.
	text func(a, b []byte, limit float32) float32
	// code is worked out once for each value: the measure is true where both
	// have the same, and it is not 0.
	code func(text []byte) uint64
	// weighted measures by the words that two values share, the rare ones for
	// more: see record.Values.SharedWeight.
	weighted bool
	// packed measures two values in packed records, both present.
	packed func(a, b []byte, at int) float32
}

func isValue(k record.Kind) bool    { return k.IsValue() }
func isQuantity(k record.Kind) bool { return k == record.KindQuantity }
func isDate(k record.Kind) bool     { return k == record.KindDay || k == record.KindDate }

// isScalar reports kinds of which equal bytes mean equal values.
func isScalar(k record.Kind) bool {
	return k.IsGeneral() || k == record.KindName || k == record.KindDate || k == record.KindCCCD || k == record.KindCMND ||
		k == record.KindPhone || k == record.KindNumber || k == record.KindGender || k == record.KindEthnicity ||
		k == record.KindReligion || k == record.KindMarital || k == record.KindBlood
}

const (
	texts  = "fields of the kinds text, name, code, phone, email, postcode, category"
	dates  = "dates"
	number = "numbers"
)

func ofText(s sense, share bool, example float32, f func(a, b []byte, limit float32) float32) measure {
	return measure{sense: s, share: share, example: example, takes: isValue, takesWords: texts, text: f}
}

func ofCode(f func(text []byte) uint64) measure {
	return measure{sense: yesNo, takes: isValue, takesWords: texts, code: f}
}

func ofDate(s sense, example float32, f func(a, b []byte, at int) float32) measure {
	return measure{sense: s, example: example, takes: isDate, takesWords: dates, packed: f}
}

func ofNumber(example float32, f func(a, b float64) float64) measure {
	return measure{sense: atMost, example: example, takes: isQuantity, takesWords: number, packed: func(a, b []byte, at int) float32 {
		x, _ := record.Quantity(a, at)
		y, _ := record.Quantity(b, at)
		return float32(f(x, y))
	}}
}

func similar(f func(a, b []byte) float64) func(a, b []byte, _ float32) float32 {
	return func(a, b []byte, _ float32) float32 { return float32(f(a, b)) }
}

// measures holds what the levels of a configuration can ask for; docs/config.md
// says what each is good for.
var measures = map[string]measure{
	"exact": {sense: yesNo, takes: isScalar, takesWords: "every kind but addresses and places"},

	"edit": ofText(atMost, false, 1, func(a, b []byte, limit float32) float32 {
		return float32(similarity.OSAWithin(a, b, int(limit)))
	}),
	"levenshtein": ofText(atMost, false, 1, func(a, b []byte, _ float32) float32 {
		return float32(similarity.Levenshtein(a, b))
	}),
	"jaro":           ofText(atLeast, true, .9, similar(similarity.Jaro)),
	"jaro_winkler":   ofText(atLeast, true, .9, similar(similarity.JaroWinkler)),
	"dice":           ofText(atLeast, true, .8, similar(similarity.Dice)),
	"jaccard":        ofText(atLeast, true, .7, similar(similarity.Jaccard)),
	"words":          ofText(atLeast, true, .5, similar(similarity.TokenSet)),
	"weighted_words": {sense: atLeast, share: true, example: .6, takes: isValue, takesWords: texts, weighted: true},
	"contained":      ofText(atLeast, true, .8, contained),
	"common":         ofText(atLeast, false, 2, common),
	"prefix":         ofText(atLeast, false, 4, prefix),
	"initial":        ofText(yesNo, false, 0, initial),

	"soundex":   ofCode(phonetic.Soundex),
	"metaphone": ofCode(phonetic.Metaphone),
	"nysiis":    ofCode(phonetic.NYSIIS),
	"sorted":    ofCode(phonetic.SortedWords),

	"days":   ofDate(atMost, 31, days),
	"years":  ofDate(atMost, 1, years),
	"digits": ofDate(atMost, 1, dateDigits),
	"same_year": ofDate(yesNo, 0, func(a, b []byte, at int) float32 {
		return truth(record.Date(a, at).Year() == record.Date(b, at).Year())
	}),
	"day_month_swapped": ofDate(yesNo, 0, dayMonthSwapped),
	"as_far_as_known":   ofDate(yesNo, 0, asFarAsKnown),

	"difference": ofNumber(1, func(a, b float64) float64 { return max(a-b, b-a) }),
	"percent":    ofNumber(5, func(a, b float64) float64 { return 100 * similarity.Relative(a, b) }),
}

func measureNames() (names []string) {
	for name := range measures {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// MeasureNames returns the measures that levels can ask for, in the order of
// their names.
func MeasureNames() []string { return measureNames() }

func truth(ok bool) float32 {
	if ok {
		return 1
	}
	return 0
}

// contained is the share of words of the text with fewer that the other has too.
func contained(a, b []byte, _ float32) float32 {
	n, na, nb := similarity.Tokens(a, b)
	if na == 0 || nb == 0 {
		return 0
	}
	return float32(n) / float32(min(na, nb))
}

// common is how many words both texts have.
func common(a, b []byte, _ float32) float32 {
	n, _, _ := similarity.Tokens(a, b)
	return float32(n)
}

// prefix is how many bytes at the beginning are the same.
func prefix(a, b []byte, _ float32) float32 {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return float32(n)
}

// initial reports whether one text is a single letter and begins the other.
func initial(a, b []byte, _ float32) float32 {
	return truth((len(a) == 1 || len(b) == 1) && a[0] == b[0])
}

func days(a, b []byte, at int) float32 {
	x, y := record.Date(a, at), record.Date(b, at)
	if !x.Full() || !y.Full() {
		return 1 << 20 // not known to be near
	}
	d := similarity.Days(x.Year(), x.Month(), x.Day(), y.Year(), y.Month(), y.Day())
	return float32(max(d, -d))
}

func years(a, b []byte, at int) float32 {
	d := record.Date(a, at).Year() - record.Date(b, at).Year()
	return float32(max(d, -d))
}

// dateDigits is in how many of the eight digits of YYYYMMDD two dates differ.
func dateDigits(a, b []byte, at int) float32 {
	x, y := record.Date(a, at), record.Date(b, at)
	n, _ := similarity.Digits(uint64(x.Year()*10000+x.Month()*100+x.Day()), uint64(y.Year()*10000+y.Month()*100+y.Day()))
	return float32(n)
}

func dayMonthSwapped(a, b []byte, at int) float32 {
	x, y := record.Date(a, at), record.Date(b, at)
	return truth(x.Year() == y.Year() && x.Month() == y.Day() && x.Day() == y.Month() && x.Full())
}

// asFarAsKnown reports whether no part that both dates have differs.
func asFarAsKnown(a, b []byte, at int) float32 {
	x, y := record.Date(a, at), record.Date(b, at)
	return truth(x.Year() == y.Year() && (x.Month() == y.Month() || x.Month() == 0 || y.Month() == 0) &&
		(x.Day() == y.Day() || x.Day() == 0 || y.Day() == 0))
}

// present reports whether a packed value of some bytes is there.
func present(row []byte, at, size int) bool {
	for _, b := range row[at : at+size] {
		if b != 0 {
			return true
		}
	}
	return false
}

func equal(a, b []byte, at, other, size int) bool {
	return bytes.Equal(a[at:at+size], b[other:other+size])
}
