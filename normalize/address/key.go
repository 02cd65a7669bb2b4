package address

import "github.com/dusach/dusach/normalize/units"

// Key is what comparing two addresses needs, and nothing of the text: 24 bytes.
// Number, Street and Hamlet are hashes of folded, canonical parts, 0 where the
// part is absent.
type Key struct {
	Number, Street, Hamlet uint32
	Old                    units.Old
	New                    units.New
	District               uint16 // old district code
	ProvinceNew            uint8  // code in the list of 34, 0 unknown
	ProvinceOld            uint8  // code in the list of 63, 0 unknown
	Flags                  uint8
}

// Flags of a Key.
const (
	KeySplit uint8 = 1 << iota // New is the default of several
	KeyLoose                   // ProvinceOld was not written: it follows from the new unit, or from a name that both editions have
	KeyFuzzy                   // a unit was read through a misspelling
)

// Level says how closely two addresses agree.
type Level uint8

// From nothing known to the same house. UnderReform: the one names an old
// commune, the other a new one that received a part of it.
const (
	Null Level = iota
	Different
	SameProvince
	SameDistrict
	UnderReform
	SameCommune
	SameStreet
	SameHouse
)

var levelNames = [...]string{"null", "different", "same province", "same district", "under reform", "same commune", "same street", "same house"}

// String returns the level in words.
func (l Level) String() string { return levelNames[l] }

// Consistent compares two addresses, each in whichever edition it was written.
// It is symmetric; Null when one of them names no province.
func Consistent(a, b *Key) Level {
	if a.ProvinceNew == 0 || b.ProvinceNew == 0 {
		return Null
	}
	l := communes(a, b)
	if l < UnderReform {
		return l
	}
	numbers := a.Number != 0 && a.Number == b.Number
	streets := a.Street != 0 && a.Street == b.Street
	hamlets := a.Hamlet != 0 && a.Hamlet == b.Hamlet
	apart := a.Street != 0 && b.Street != 0 && !streets || a.Hamlet != 0 && b.Hamlet != 0 && !hamlets
	switch {
	case numbers && (streets || hamlets) && !apart:
		return SameHouse
	case (streets || hamlets) && !apart:
		return SameStreet
	}
	return l
}

// communes compares the units alone.
func communes(a, b *Key) Level {
	switch {
	case a.Old != 0 && b.Old != 0:
		if a.Old == b.Old {
			return SameCommune
		}
		if a.District == b.District {
			return SameDistrict
		}
	case a.New != 0 && b.New != 0:
		if a.Old == 0 && b.Old == 0 {
			if a.New == b.New {
				return SameCommune
			}
			break // the new edition has no districts
		}
		o, n := a.Old, b.New
		if o == 0 {
			o, n = b.Old, a.New
		}
		if units.Follows(o, n) {
			return UnderReform
		}
	}
	if a.District != 0 && a.District == b.District {
		return SameDistrict
	}
	switch {
	case a.ProvinceNew != b.ProvinceNew:
		return Different
	case a.ProvinceOld != 0 && b.ProvinceOld != 0 && a.ProvinceOld != b.ProvinceOld && (a.Flags|b.Flags)&KeyLoose == 0:
		return Different
	}
	return SameProvince
}
