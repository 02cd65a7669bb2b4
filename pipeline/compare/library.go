package compare

import (
	"github.com/dusach/dusach/matchers"
	"github.com/dusach/dusach/matchers/library"
	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/pipeline/record"
)

// known is a comparison of the library and how it is bound to offsets of a
// packed record.
type known struct {
	describe matchers.Comparison
	cost     cost
	bind     func(at []int) binding
	bites    func(at []int) biteBinding // for many pairs at once; nil: one by one
	// Of a derived comparison: the comparisons that it reads, and a rarity of
	// each kind that makes a difference to it. Bounds are sound without them,
	// and tighter with them.
	reads    []int
	rarities []float32
}

// cost says when a comparison is made where a pair may be let go before all
// are: the cheap and the decisive come first.
type cost uint8

// A bound lets next to no pair go before the bytes, the own name and the relatives are
// known: of generated forms' candidate pairs a fifth goes after the first step, three
// quarters after the second.
const (
	costBytes     cost = iota // a few bytes of the two records, and the person's own name
	costRelatives             // names of relatives, mostly settled by their numbers
	costResidence             // four addresses
	costOrigin                // six places
	costHousehold             // the head, and whether it is the person
)

// comparisons holds the comparisons that a Spec can name.
var comparisons = map[string]known{
	"full_name": {describe: library.FullNameComparison, bites: fullNameBites, bind: func(at []int) binding {
		name := at[0]
		if len(at) == 1 { // a record type without other names
			return func(k *record.Known, a, b []byte, _ *matchers.Levels, _ float32) matchers.Level {
				return k.Names.Numbered().FullName(record.Uint32(a, name), record.Uint32(b, name))
			}
		}
		other := at[1]
		return func(k *record.Known, a, b []byte, _ *matchers.Levels, _ float32) matchers.Level {
			return k.Names.Numbered().Names(record.Uint32(a, name), record.Uint32(a, other), record.Uint32(b, name), record.Uint32(b, other))
		}
	}},
	"birth_date": {describe: library.BirthDateComparison, bites: birthDateBites, bind: func(at []int) binding {
		date := at[0]
		return func(_ *record.Known, a, b []byte, _ *matchers.Levels, _ float32) matchers.Level {
			return library.BirthDate(record.Date(a, date), record.Date(b, date))
		}
	}},
	"identity": {describe: library.IdentityComparison, bind: identity},
	"phone": {describe: library.PhoneComparison, bites: phoneBites, bind: func(at []int) binding {
		phone := at[0]
		return func(_ *record.Known, a, b []byte, _ *matchers.Levels, _ float32) matchers.Level {
			return library.Phone(uint64(record.Uint32(a, phone)), uint64(record.Uint32(b, phone)))
		}
	}},
	"parents": {describe: library.ParentsComparison, cost: costRelatives, bites: parentsBites, bind: func(at []int) binding {
		father, mother := at[0], at[1]
		return func(k *record.Known, a, b []byte, _ *matchers.Levels, _ float32) matchers.Level {
			return k.Names.Numbered().Parents(record.Uint32(a, father), record.Uint32(a, mother), record.Uint32(b, father), record.Uint32(b, mother))
		}
	}},
	"spouse": {describe: library.SpouseComparison, cost: costRelatives, bites: spouseBites, bind: func(at []int) binding {
		spouse := at[0]
		return func(k *record.Known, a, b []byte, _ *matchers.Levels, _ float32) matchers.Level {
			return k.Names.Numbered().Spouse(record.Uint32(a, spouse), record.Uint32(b, spouse))
		}
	}},
	"household": {describe: library.HouseholdComparison, cost: costHousehold, bind: func(at []int) binding {
		home := func(k *record.Known, row []byte) library.Home {
			h := library.Home{Head: nameAt(k, row, at[0]), HeadID: record.Uint40(row, at[1]), Number: uint64(record.Uint32(row, at[2])),
				Own: nameAt(k, row, at[3])}
			if head := record.Uint32(row, at[0]); head != 0 { // one form writes one name under one number
				h.Kin = head == record.Uint32(row, at[4]) || head == record.Uint32(row, at[5]) || head == record.Uint32(row, at[6])
			}
			return h
		}
		return func(k *record.Known, a, b []byte, _ *matchers.Levels, _ float32) matchers.Level {
			return library.Household(home(k, a), home(k, b))
		}
	}},
	"residence": {describe: library.ResidenceComparison, cost: costResidence, bind: func(at []int) binding {
		return func(_ *record.Known, a, b []byte, _ *matchers.Levels, _ float32) matchers.Level {
			pa, ca, pb, cb := residence(a, at[0]), residence(a, at[1]), residence(b, at[0]), residence(b, at[1])
			return library.Residence(&pa, &ca, &pb, &cb)
		}
	}},
	"origin": {describe: library.OriginComparison, cost: costOrigin, bind: func(at []int) binding {
		return func(_ *record.Known, a, b []byte, _ *matchers.Levels, _ float32) matchers.Level {
			ha, ba, ra := origin(a, at[0]), origin(a, at[1]), origin(a, at[2])
			hb, bb, rb := origin(b, at[0]), origin(b, at[1]), origin(b, at[2])
			return library.Origin(library.Origins{Hometown: &ha, Birth: &ba, Registration: &ra},
				library.Origins{Hometown: &hb, Birth: &bb, Registration: &rb})
		}
	}},
	"gender": {describe: library.GenderComparison, bind: func(at []int) binding {
		gender := at[0]
		return func(_ *record.Known, a, b []byte, _ *matchers.Levels, _ float32) matchers.Level {
			return library.Gender(record.GenderAt(a, gender), record.GenderAt(b, gender))
		}
	}},
	"ethnicity": {describe: library.EthnicityComparison, bites: codeBites, bind: code},
	"religion": {describe: library.ReligionComparison, bites: religionBites, bind: func(at []int) binding {
		return func(_ *record.Known, a, b []byte, _ *matchers.Levels, _ float32) matchers.Level {
			return library.Religion(a[at[0]], b[at[0]])
		}
	}},
	"blood_type":     {describe: library.BloodComparison, bites: codeBites, bind: code},
	"marital_status": {describe: library.MaritalComparison, bites: codeBites, bind: code},
	"situation": {
		describe: library.SituationComparison,
		reads:    []int{library.AtFullName, library.AtBirthDate, library.AtParents, library.AtHousehold},
		bind: func([]int) binding {
			return func(_ *record.Known, _, _ []byte, l *matchers.Levels, _ float32) matchers.Level {
				return library.Situation(l)
			}
		},
	},
	"circumstance": {
		describe: library.CircumstanceComparison,
		reads:    []int{library.AtFullName, library.AtBirthDate, library.AtResidence},
		rarities: []float32{library.CommonName - 1, library.CommonName},
		bind: func([]int) binding {
			return func(_ *record.Known, _, _ []byte, l *matchers.Levels, rarity float32) matchers.Level {
				return library.Circumstance(l, rarity)
			}
		},
	},
	"event": {describe: library.EventComparison, bind: func(at []int) binding {
		event := at[0]
		return func(_ *record.Known, a, b []byte, _ *matchers.Levels, _ float32) matchers.Level {
			return library.Event(record.EventAt(a, event), record.EventAt(b, event))
		}
	}},
	"change": {
		describe: library.ChangeComparison,
		reads:    []int{library.AtFullName, library.AtBirthDate, library.AtIdentity, library.AtEvent},
		bind: func([]int) binding {
			return func(_ *record.Known, _, _ []byte, l *matchers.Levels, _ float32) matchers.Level {
				return library.Change(l)
			}
		},
	},
	"bearer": {
		describe: library.BearerComparison,
		reads:    []int{library.AtFullName, library.AtIdentity, library.AtGender, library.AtEvent},
		bind: func([]int) binding {
			return func(_ *record.Known, _, _ []byte, l *matchers.Levels, _ float32) matchers.Level {
				return library.Bearer(l)
			}
		},
	},
	"renown": {
		describe: library.RenownComparison,
		reads:    []int{library.AtFullName, library.AtBirthDate},
		rarities: library.RenownRarities(),
		bind: func([]int) binding {
			return func(_ *record.Known, _, _ []byte, l *matchers.Levels, rarity float32) matchers.Level {
				return library.Renown(l, rarity)
			}
		},
	},
}

// identity asks whether a number contradicts its own form only where two are in
// conflict, and for the head of the household only where a number is missing:
// nowhere else do they count.
func identity(at []int) binding {
	cccd, cmnd, date, gender, headID, head, name := at[0], at[1], at[2], at[3], at[4], at[5], at[6]
	ids := func(row []byte) library.IDs {
		ids := library.IDs{CCCD: record.Uint40(row, cccd), CMND: uint64(record.Uint32(row, cmnd))}
		if ids.CCCD == 0 {
			who := record.Uint32(row, head)
			ids.CCCD = library.OwnNumber(0, record.Uint40(row, headID), who != 0 && who == record.Uint32(row, name))
			if who == 0 {
				ids.Head = record.Uint40(row, headID)
			}
		}
		return ids
	}
	doubtful := func(row []byte, number uint64) bool {
		return library.Contradicts(number, record.Date(row, date), record.GenderAt(row, gender))
	}
	return func(_ *record.Known, a, b []byte, _ *matchers.Levels, _ float32) matchers.Level {
		x, y := ids(a), ids(b)
		l := library.Identity(x, y)
		if l == library.IDConflict || l == library.IDConflictOther {
			if x.Doubtful, y.Doubtful = doubtful(a, x.CCCD), doubtful(b, y.CCCD); x.Doubtful || y.Doubtful {
				return library.Identity(x, y)
			}
		}
		return l
	}
}

// code compares two codes out of a short list.
func code(at []int) binding {
	code := at[0]
	return func(_ *record.Known, a, b []byte, _ *matchers.Levels, _ float32) matchers.Level {
		return library.Code(a[code], b[code])
	}
}

var noName normalize.NameKey

// nameAt returns the name at an offset, the empty name where there is none.
func nameAt(k *record.Known, row []byte, at int) *normalize.NameKey {
	if n := k.Name(row, at); n != nil {
		return n
	}
	return &noName
}
