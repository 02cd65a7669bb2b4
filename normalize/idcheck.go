package normalize

import (
	"strings"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/normalize/tables"
)

// idPlaces says which three digits may begin a personal number: the 63
// provinces and the countries.
var idPlaces = func() (t [1000]bool) {
	for c := range tables.Rows(tables.Provinces, 1) {
		t[codeOf(c[0])] = true
	}
	for c := range tables.Rows(tables.Countries, 1) {
		t[100*int(c[0][0]-'0')+int(codeOf(c[0][1:]))] = true
	}
	return t
}()

// cmndPlaces gives, by the first two digits of a nine-digit card, the provinces
// whose police gave out such numbers: bit per 63-edition code, two words.
var cmndPlaces = buildCMND()

func buildCMND() (t [100][2]uint64) {
	codes := map[string]uint8{}
	for c := range tables.Rows(tables.Provinces, 2) {
		codes[string(AppendFold(nil, []byte(c[1])))] = codeOf(c[0])
	}
	for c := range tables.Rows(tables.CMND, 2) {
		prefix := codeOf(c[0][:2])
		for name := range strings.SplitSeq(c[1], ",") {
			name, _, _ = strings.Cut(name, "(")
			f := strings.TrimPrefix(string(AppendFold(nil, []byte(name))), "tp ")
			if code := codes[f]; code != 0 {
				t[prefix][code>>6] |= 1 << (code & 63)
			} else if f == "ha tay" {
				t[prefix][0] |= 1 << 1
			}
		}
	}
	return t
}

// cmndIssued says which three digits began nine-digit cards.
var cmndIssued = func() (t [1000]bool) {
	for c := range tables.Rows(tables.CMND, 1) {
		from, to, _ := strings.Cut(c[0], "-")
		if to == "" {
			to = from
		}
		for n := prefixOf(from, "000"); n <= prefixOf(to, "999"); n++ {
			t[n] = true
		}
	}
	return t
}()

// prefixOf returns a prefix of two or three digits as three, the missing one taken from fill.
func prefixOf(digits, fill string) (n int) {
	for _, c := range digits + fill[len(digits):] {
		n = n*10 + int(c-'0')
	}
	return n
}

// id makes an identifier of the digits.
func (t *idText) id(ctx IDContext) ID {
	number := uint64(0)
	for _, d := range t.digit[:t.n] {
		number = number*10 + uint64(d)
	}
	id := ID{Kind: IDUnknown, Number: number, Digits: uint8(t.n)}
	switch {
	case t.tooLong:
		id.Codes.Add(reason.IDFormat)
	case t.head[0] != 0 || t.letters > 0:
		t.lettered(&id)
	case t.filler(number):
		id.Codes.Add(reason.IDFiller)
		if number == 0 && t.n < 6 {
			return ID{Codes: reason.Of(reason.IDMissing)} // "0" is a way of saying none
		}
	case t.n == 12:
		id.checkCCCD(ctx)
	case t.n == 10 || t.n == 11:
		t.padded(&id, ctx)
	case t.n == 9:
		id.checkCMND()
	case t.n == 8 && t.lostZero(number, ctx):
		id.Digits = 9
		id.checkCMND()
		id.Codes.Add(reason.IDLengthPadded)
	default:
		id.Codes.Add(reason.IDFormat)
	}
	return id
}

// lostZero reports whether eight digits are a nine-digit card of which a spreadsheet
// dropped the zero: cards that begin so were issued, it is no date (15081990), and it
// does not rather look like a card of the bearer's own province that lost another digit.
func (t *idText) lostZero(number uint64, ctx IDContext) bool {
	if t.digit[0] == 0 || !cmndIssued[number/1e6] {
		return false
	}
	year := int(number % 1e4)
	if d := NewDate(year, int(number/1e4%100), int(number/1e6)); year >= 1900 && year <= lastYear && d.Valid() && d.Full() {
		return false
	}
	own := ctx.BirthProvince
	return own == 0 || cmndFrom(number/1e7, own) || !cmndFrom(number/1e6, own)
}

// cmndFrom reports whether a nine-digit number whose two first digits are
// prefix may come from a province.
func cmndFrom(prefix uint64, province uint8) bool {
	return prefix < 100 && cmndPlaces[prefix][province>>6]>>(province&63)&1 != 0
}

// lettered reads a passport or a health insurance card.
func (t *idText) lettered(id *ID) {
	one := t.head[0] != 0 && t.head[1] == 0 && t.letters == 1
	two := t.head[1] != 0 && t.letters == 2
	switch {
	case one && t.n == 8 && t.misreadHead(id):
	case one && (t.n == 7 || t.n == 8):
		id.Kind, id.Prefix = Passport, t.head
	case two && t.n == 13 && t.digit[0] >= 1 && t.digit[0] <= 5:
		id.Kind, id.Prefix = BHYT, t.head
	default:
		id.Codes.Add(reason.IDFormat)
	}
}

// misreadHead reads a letter and eight digits as a nine-digit card of which the
// first digit was misread (L33351051), where the police of some province gave
// out such numbers. The letters of passports (B, C, K, N, P) stay.
func (t *idText) misreadHead(id *ID) bool {
	var first uint64
	switch t.head[0] {
	case 'L', 'I':
		first = 1
	case 'O', 'Q', 'D':
		first = 0
	case 'Z':
		first = 2
	case 'A':
		first = 4
	case 'S':
		first = 5
	case 'G':
		first = 6
	default:
		return false
	}
	number := first*1e8 + id.Number
	if cmndPlaces[number/1e7] == ([2]uint64{}) || number == 123456789 {
		return false
	}
	*id = ID{Kind: CMND9, Number: number, Digits: 9, Codes: reason.Of(reason.IDOldFormat)}
	id.Codes.Add(reason.IDRepaired)
	return true
}

// filler reports whether the digits only fill the cell.
func (t *idText) filler(number uint64) bool {
	same := true
	for _, d := range t.digit[:t.n] {
		same = same && d == t.digit[0]
	}
	return same && (t.n >= 8 || number == 0) || t.n == 9 && number == 123456789 || t.n == 8 && number == 12345678 ||
		t.n == 10 && number == 123456789 || t.n == 12 && number == 12345678912
}

// padded reads 10 or 11 digits: a personal number that lost its leading zeros
// if, with them, it fits the birth year and the sex; else 10 digits may be a
// social insurance number.
func (t *idText) padded(id *ID, ctx IDContext) {
	full := ID{Kind: CCCD, Number: id.Number, Digits: 12}
	full.checkCCCD(ctx)
	wrong := full.Codes.Has(reason.IDProvinceCode) || full.Codes.Has(reason.IDYearMismatch) || full.Codes.Has(reason.IDGenderMismatch)
	switch {
	case !wrong && ctx.Birth != 0:
		*id = full
		id.Codes.Add(reason.IDLengthPadded)
	case t.n == 10 && idPlaces[10*int(t.digit[0])+int(t.digit[1])]:
		id.Kind = BHXH
	default:
		id.Codes.Add(reason.IDFormat)
	}
}

func (id *ID) checkCMND() {
	id.Kind = CMND9
	id.Codes.Add(reason.IDOldFormat)
	if prefix := id.Number / 1e7; cmndPlaces[prefix] == ([2]uint64{}) {
		id.Codes.Add(reason.IDFormat)
	}
}

// checkCCCD reads the structure of a twelve-digit number and compares it with
// the form.
func (id *ID) checkCCCD(ctx IDContext) {
	id.Kind = CCCD
	place, g, yy := id.Number/1e9, id.Number/1e8%10, id.Number/1e6%100
	id.Year = uint16(1900 + 100*(g/2) + yy)
	id.Gender = Male
	if g%2 == 1 {
		id.Gender = Female
	}
	switch {
	case !idPlaces[place]:
		id.Codes.Add(reason.IDProvinceCode)
	case place < 100:
		id.Province = uint8(place)
	default:
		id.Country = uint16(place)
	}
	if ctx.Gender != GenderUnknown && ctx.Gender != id.Gender {
		id.Codes.Add(reason.IDGenderMismatch)
	}
	if y := ctx.Birth.Year(); y != 0 && y != int(id.Year) || g > 3 {
		id.Codes.Add(reason.IDYearMismatch)
	}
	if ctx.BirthProvince != 0 && id.Province != 0 && ctx.BirthProvince != id.Province {
		id.Codes.Add(reason.IDProvinceMismatch)
	}
}
