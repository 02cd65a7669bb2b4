package block

import (
	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/normalize/address"
	"github.com/dusach/dusach/pipeline/record"
)

// An atom turns a field of a packed record into a number; 0 means absent, and
// an absent atom never blocks.
type atom struct {
	text  string
	at    int // offset in the packed record
	short bool
	eval  func(k *record.Known, row []byte, a *atom) uint64
	// many appends the values of an atom that has several, none twice: instead
	// of eval. Two records share it if they share one of them.
	many func(dst []uint64, k *record.Known, row []byte, a *atom) []uint64
	most int    // how many values many appends at most
	each []atom // what an atom over several fields is made of
	// bits is how rare the value is (−log2 of the share of records expected to
	// have it), from the model's frozen tables; nil where all are taken to be
	// alike: even bits.
	bits func(t Frequencies, k *record.Known, row []byte, a *atom) float32
	even float32
	// prepare works out a table of Values.Derived for a run, which eval reads.
	prepare func(k *record.Known, a *atom)
	table   int
	values  []uint64 // what prepare worked out beside it

	// Of an atom of a name: what its function makes of the name, and how rare that
	// is; dear functions, and rarities, are worked out once for each name (learn).
	name              func(k *normalize.NameKey) uint64
	weigh             func(t Frequencies, k *normalize.NameKey) float32
	dear              bool
	function, weighed string    // what tables are called by
	known             []uint64  // by the number of a name; nil: ask
	rare              []float32 // so too
}

// Frequencies are the epoch's frozen term frequencies.
type Frequencies interface {
	// SurnameBits, GivenBits and NameBits are −log2 of the share of people
	// expected to have that surname, given name, whole name, marks left out.
	SurnameBits(k *normalize.NameKey) float32
	GivenBits(k *normalize.NameKey) float32
	NameBits(k *normalize.NameKey) float32
}

// Bits of values that are taken to be spread evenly: births over 80 years.
const (
	yearBits = 6.3
	dayBits  = 8.5 // of the year
)

var names = []record.Kind{record.KindName}

// The functions that a rule can apply to a field, by the kinds they take.
var functions = map[string]struct {
	kinds []record.Kind
	make  func(a *atom)
}{
	"":            {[]record.Kind{record.KindCCCD, record.KindCMND, record.KindPhone, record.KindNumber, record.KindDate}, plain},
	"given":       {names, func(a *atom) { a.named(given).weighedBy("given") }},
	"surname":     {names, func(a *atom) { a.named(surname).weighedBy("surname") }},
	"folded":      {names, func(a *atom) { a.named(folded).weighedBy("name") }},
	"words":       {names, func(a *atom) { a.named(words).weighedBy("name") }},
	"but_given":   {names, func(a *atom) { a.named(butGiven).weighedBy("surname") }},
	"initials":    {names, func(a *atom) { a.named(initials).even = 8 }},
	"rest":        {names, func(a *atom) { a.named(rest).weighedBy("given") }},
	"looks":       {names, func(a *atom) { a.named(looks).dearly("looks").even = 9 }},
	"sounds":      {names, func(a *atom) { a.named(sounds).dearly("sounds").even = 10 }},
	"looks_given": {names, func(a *atom) { a.named(looksGiven).dearly("looks_given").even = 5 }},
	"near_given": {[]record.Kind{record.KindName}, func(a *atom) {
		a.even, a.most, a.many = 4, nearMost, func(dst []uint64, k *record.Known, row []byte, a *atom) []uint64 {
			if name := k.Name(row, a.at); name != nil {
				return near(dst, given(name))
			}
			return dst
		}
	}},
	"year": {[]record.Kind{record.KindDate}, func(a *atom) {
		a.eval, a.even = func(_ *record.Known, row []byte, a *atom) uint64 { return uint64(record.Date(row, a.at).Year()) }, yearBits
	}},
	"day": {[]record.Kind{record.KindDate}, func(a *atom) {
		a.eval, a.even = func(_ *record.Known, row []byte, a *atom) uint64 { return fullDate(row, a) }, yearBits+dayBits
	}},
	"any_day": {[]record.Kind{record.KindDate}, func(a *atom) {
		a.eval, a.even = func(k *record.Known, row []byte, a *atom) uint64 {
			if d := dayMonth(k, row, a); d != 0 {
				return uint64(record.Date(row, a.at).Year())<<16 | d
			}
			return 0
		}, yearBits+dayBits-1
	}},
	"decade": {[]record.Kind{record.KindDate}, func(a *atom) {
		a.eval, a.even = func(_ *record.Known, row []byte, a *atom) uint64 { return uint64(record.Date(row, a.at).Year() / 10) }, 3
	}},
	"last_digit": {[]record.Kind{record.KindDate}, func(a *atom) {
		a.eval, a.even = func(_ *record.Known, row []byte, a *atom) uint64 {
			if y := record.Date(row, a.at).Year(); y != 0 {
				return uint64(y%10) + 1
			}
			return 0
		}, 3.3
	}},
	"day_month": {[]record.Kind{record.KindDate}, func(a *atom) { a.eval, a.even = dayMonth, dayBits }},
	"commune": {[]record.Kind{record.KindResidence, record.KindOrigin}, func(a *atom) {
		a.eval, a.even = func(_ *record.Known, row []byte, a *atom) uint64 { return uint64(place(row, a).New) }, 11
	}},
	"district": {[]record.Kind{record.KindResidence}, func(a *atom) {
		a.eval, a.even = func(_ *record.Known, row []byte, a *atom) uint64 { return uint64(place(row, a).District) }, 9
	}},
	"street": {[]record.Kind{record.KindResidence}, func(a *atom) { a.eval, a.even = street, 15 }},
	"province": {[]record.Kind{record.KindResidence, record.KindOrigin}, func(a *atom) {
		a.eval, a.even = func(_ *record.Known, row []byte, a *atom) uint64 { return uint64(place(row, a).ProvinceNew) }, 4.5
	}},
	"house": {[]record.Kind{record.KindResidence}, func(a *atom) { a.eval, a.even = house, 20 }},
	"head9": {[]record.Kind{record.KindCCCD}, func(a *atom) {
		a.eval, a.even = func(_ *record.Known, row []byte, a *atom) uint64 { return record.Uint40(row, a.at) / 1000 }, 20
	}},
	"ends": {[]record.Kind{record.KindCCCD}, func(a *atom) {
		a.eval, a.even = func(_ *record.Known, row []byte, a *atom) uint64 {
			n := record.Uint40(row, a.at)
			return n/1_000_000*1000 + n%1000
		}, 20
	}},
	"tail6": {[]record.Kind{record.KindCCCD}, func(a *atom) {
		a.eval, a.even = func(_ *record.Known, row []byte, a *atom) uint64 { return record.Uint40(row, a.at) % 1_000_000 }, 20
	}},
}

// plain is a number that one person or one house bears.
func plain(a *atom) { a.even = 30 }

// value evaluates the plain atom of each kind.
var value = map[record.Kind]func(k *record.Known, row []byte, a *atom) uint64{
	record.KindCCCD:   func(_ *record.Known, row []byte, a *atom) uint64 { return record.Uint40(row, a.at) },
	record.KindCMND:   func(_ *record.Known, row []byte, a *atom) uint64 { return uint64(record.Uint32(row, a.at)) },
	record.KindPhone:  func(_ *record.Known, row []byte, a *atom) uint64 { return uint64(record.Uint32(row, a.at)) },
	record.KindNumber: func(_ *record.Known, row []byte, a *atom) uint64 { return uint64(record.Uint32(row, a.at)) },
	record.KindDate:   func(_ *record.Known, row []byte, a *atom) uint64 { return fullDate(row, a) },
}

// fullDate is the date if it is known to the day.
func fullDate(row []byte, a *atom) uint64 {
	d := record.Date(row, a.at)
	if d.Day() == 0 || d.Month() == 0 {
		return 0
	}
	return uint64(d)
}

// dayMonth is day and month in either order, so that a swapped date still
// meets its twin.
func dayMonth(_ *record.Known, row []byte, a *atom) uint64 {
	d := record.Date(row, a.at)
	lo, hi := min(d.Day(), d.Month()), max(d.Day(), d.Month())
	if lo == 0 {
		return 0
	}
	return uint64(lo)<<8 | uint64(hi)
}

func place(row []byte, a *atom) (k address.Key) {
	record.Place(row, a.at, a.short, &k)
	return k
}

// house is commune, street or hamlet, and number together.
func house(_ *record.Known, row []byte, a *atom) uint64 {
	k := place(row, a)
	if k.Number == 0 || k.Street == 0 && k.Hamlet == 0 || k.ProvinceNew == 0 {
		return 0
	}
	return record.Mix(uint64(k.ProvinceNew)<<32|uint64(k.Number), uint64(k.Street)<<32|uint64(k.Hamlet))
}

// street is commune and street or hamlet together.
func street(_ *record.Known, row []byte, a *atom) uint64 {
	k := place(row, a)
	if k.Street == 0 && k.Hamlet == 0 || k.ProvinceNew == 0 {
		return 0
	}
	return record.Mix(uint64(k.ProvinceNew), uint64(k.Street)<<32|uint64(k.Hamlet))
}

// named makes the atom one of a name.
func (a *atom) named(f func(k *normalize.NameKey) uint64) *atom {
	a.name = f
	a.eval = func(known *record.Known, row []byte, a *atom) uint64 {
		k := known.Name(row, a.at)
		if k == nil {
			return 0
		}
		return a.name(k)
	}
	return a
}

// dearly says that the function, by its name, is worth a table.
func (a *atom) dearly(function string) *atom {
	a.dear, a.function = true, function
	return a
}

// rarities are those that frequencies tell of names.
var rarities = map[string]func(t Frequencies, k *normalize.NameKey) float32{
	"given": Frequencies.GivenBits, "surname": Frequencies.SurnameBits, "name": Frequencies.NameBits,
}

// weighedBy says which of them is the atom's.
func (a *atom) weighedBy(rarity string) {
	a.weighed, a.weigh = rarity, rarities[rarity]
	a.bits = func(t Frequencies, known *record.Known, row []byte, a *atom) float32 {
		return a.weigh(t, known.Name(row, a.at))
	}
}

// given is the last word without marks; a name of one word has a given name
// only.
func given(k *normalize.NameKey) uint64 { return k.Base[k.N-1] }

func surname(k *normalize.NameKey) uint64 {
	if k.N < 2 {
		return 0
	}
	return k.Base[0]
}

func folded(k *normalize.NameKey) uint64 {
	h := uint64(k.N)
	for _, w := range k.Base[:k.N] {
		h = record.Mix(h, w)
	}
	return h
}

// words is the name whatever the order of its words.
func words(k *normalize.NameKey) uint64 {
	var h uint64
	for _, w := range k.Base[:k.N] {
		h += record.Mix(uint64(k.N), w)
	}
	return h
}

// butGiven is the name without its last word: it brings together what differs
// in the given name only.
func butGiven(k *normalize.NameKey) uint64 {
	if k.N < 2 {
		return 0
	}
	h := uint64(k.N)
	for _, w := range k.Base[:k.N-1] {
		h = record.Mix(h, w)
	}
	return h
}

// initials are the first letters of the words: they survive most slips.
func initials(k *normalize.NameKey) uint64 {
	h := uint64(k.N)
	for _, w := range k.Base[:k.N] {
		h = h<<5 | w&31
	}
	return h
}
