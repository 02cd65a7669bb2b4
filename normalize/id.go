package normalize

import "github.com/dusach/dusach/normalize/reason"

// IDKind says which number an identifier is.
type IDKind uint8

// The kinds of identifiers that stand in forms.
const (
	IDNone IDKind = iota
	CCCD
	CMND9
	Passport
	BHXH
	BHYT
	IDUnknown
)

// An ID is a parsed identifier.
type ID struct {
	Kind     IDKind
	Number   uint64 // its digits as a number; for Passport and BHYT the digits after the letters
	Prefix   [2]byte
	Digits   uint8
	Province uint8  // 63-edition code in a CCCD, 0 = none or a country
	Country  uint16 // country code in a CCCD, 0 = none
	Gender   Gender
	Year     uint16 // birth year in a CCCD
	Codes    reason.Set
}

// IDContext is what else a form says about the bearer, for cross-checks. Zero
// values are unknown.
type IDContext struct {
	Birth         Date
	Gender        Gender
	BirthProvince uint8 // 63-edition code of the place of birth registration
}

// ParseID reads an identifier.
func ParseID(raw []byte, ctx IDContext) ID {
	var id ID
	for _, c := range raw {
		if c >= '0' && c <= '9' && id.Digits < 12 {
			id.Number = id.Number*10 + uint64(c-'0')
			id.Digits++
		}
	}
	switch id.Digits {
	case 12:
		id.Kind = CCCD
	case 9:
		id.Kind = CMND9
	case 0:
		id.Codes.Add(reason.IDMissing)
	default:
		id.Kind = IDUnknown
		id.Codes.Add(reason.IDFormat)
	}
	return id
}

// AppendID appends the canonical text of an identifier, leading zeros and
// letters included.
func AppendID(dst []byte, id ID) []byte {
	for _, c := range id.Prefix {
		if c != 0 {
			dst = append(dst, c)
		}
	}
	at := len(dst)
	for range int(id.Digits) {
		dst = append(dst, '0')
	}
	for n, i := id.Number, len(dst)-1; n > 0 && i >= at; n, i = n/10, i-1 {
		dst[i] = byte('0' + n%10)
	}
	return dst
}
