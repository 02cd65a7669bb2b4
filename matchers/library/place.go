package library

import (
	"github.com/dusach/dusach/matchers"
	"github.com/dusach/dusach/normalize/address"
)

var noPlace address.Key

// Residence compares the permanent and the current addresses of two forms, as
// one fact: the nearest of the four meetings counts, since a person who moved is
// collected at both places. A nil or empty key is no address.
func Residence(permanentA, currentA, permanentB, currentB *address.Key) matchers.Level {
	pa, ca, pb, cb := orNowhere(permanentA), orNowhere(currentA), orNowhere(permanentB), orNowhere(currentB)
	straight := address.Consistent(pa, pb)
	best := straight
	if straight != address.SameHouse {
		best = max(best, address.Consistent(pa, cb), address.Consistent(ca, pb), address.Consistent(ca, cb))
	}
	switch best {
	case address.Null:
		return matchers.Null
	case address.SameHouse:
		if straight == address.SameHouse {
			return ResidenceHouse
		}
		return ResidenceHouseCrossed
	case address.SameStreet:
		return ResidenceStreet
	case address.SameCommune:
		return ResidenceCommune
	case address.UnderReform:
		return ResidenceReform
	case address.SameDistrict:
		return ResidenceDistrict
	case address.SameProvince:
		return ResidenceProvince
	}
	if merged(pa, pb) {
		return ResidenceProvinceMerged
	}
	return ResidenceElse
}

// merged reports two provinces that the reform of 2025 made one.
func merged(a, b *address.Key) bool {
	return a.ProvinceNew != 0 && a.ProvinceNew == b.ProvinceNew
}

func orNowhere(k *address.Key) *address.Key {
	if k == nil {
		return &noPlace
	}
	return k
}

// Origins holds where a person comes from; nil where a form does not say.
type Origins struct {
	Hometown, Birth, Registration *address.Key
}

// Origin compares hometowns, birth places and places of birth registration, as
// one fact. Birth place and registration stand for each other where one is missing.
func Origin(a, b Origins) matchers.Level {
	best, worst := address.Null, address.SameHouse
	see := func(x, y *address.Key) bool {
		l := address.Consistent(orNowhere(x), orNowhere(y))
		if l == address.Null {
			return false
		}
		best, worst = max(best, l), min(worst, l)
		return true
	}
	see(a.Hometown, b.Hometown)
	birth := see(a.Birth, b.Birth)
	if registration := see(a.Registration, b.Registration); !birth && !registration {
		see(a.Birth, b.Registration)
		see(a.Registration, b.Birth)
	}
	switch {
	case best == address.Null:
		return matchers.Null
	case worst == address.Different && best >= address.SameProvince:
		return OriginMixed
	case best >= address.UnderReform:
		return OriginSame
	case best == address.SameDistrict:
		return OriginDistrict
	case best == address.SameProvince:
		return OriginProvince
	}
	return OriginElse
}
