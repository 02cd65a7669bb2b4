package normalize

import "github.com/dusach/dusach/normalize/reason"

// IDKind says which number an identifier is.
type IDKind uint8

// The kinds of identifiers that stand in forms. A number that fits none, or is
// a filler, is IDUnknown.
const (
	IDNone   IDKind = iota
	CCCD            // personal number, 12 digits: place of birth registration, sex and century, year, six random
	CMND9           // card number, 9 digits, of the police of a province
	Passport        // a letter and 7 or 8 digits
	BHXH            // social insurance, 10 digits
	BHYT            // health insurance, two letters and 13 digits
	IDUnknown
)

// String returns "cccd", "cmnd" and so on, "" for none.
func (k IDKind) String() string {
	return [...]string{"", "cccd", "cmnd", "passport", "bhxh", "bhyt", "unknown"}[k]
}

// An ID is a parsed identifier.
type ID struct {
	Kind     IDKind
	Digits   uint8   // how many digits Number has, leading zeros counted
	Prefix   [2]byte // letters before the digits (Passport, BHYT), 0 = none
	Number   uint64
	Province uint8  // CCCD: 63-edition code of the place of birth registration, 0 = none
	Country  uint16 // CCCD: code of the country of birth, 0 = none
	Gender   Gender // CCCD
	Year     uint16 // CCCD: birth year
	Codes    reason.Set
}

// Usable reports whether the identifier is well formed and may identify a
// person: a CCCD whose place exists, or a nine-digit CMND.
func (id *ID) Usable() bool {
	return id.Kind == CCCD && (id.Province != 0 || id.Country != 0) || id.Kind == CMND9
}

// IDContext is what else a form says about the bearer, for cross-checks. Zero
// values are unknown.
type IDContext struct {
	Birth         Date // of an impossible date the year: see WrittenYear
	Gender        Gender
	BirthProvince uint8 // 63-edition code of the place of birth registration
}

const maxIDDigits = 18

// ParseID reads an identifier. Spaces, dots, dashes and a spreadsheet's
// apostrophe are taken out, letters that look like digits are read as such
// (ID_REPAIRED); leading zeros that a spreadsheet dropped are restored only
// where place, sex and birth year then agree with the form, or of a nine-digit card
// where cards with that beginning were issued (ID_LENGTH_PADDED).
// Numbers that do not agree with the form keep their kind and get a code:
// such numbers were really issued. Of several numbers in a cell the personal one counts:
// SplitIDs gives the other.
func ParseID(raw []byte, ctx IDContext) ID {
	var t idText
	t.read(firstID(raw))
	if t.scientific {
		return ID{Kind: IDUnknown, Codes: reason.Of(reason.IDScientific)}
	}
	if t.n == 0 {
		if t.letters > 0 && !t.void(raw) {
			return ID{Kind: IDUnknown, Codes: reason.Of(reason.IDFormat)}
		}
		return ID{Codes: reason.Of(reason.IDMissing)}
	}
	id := t.id(ctx)
	if t.misread > 0 && (id.Kind == CCCD || id.Kind == CMND9) {
		id.Codes.Add(reason.IDRepaired)
	}
	return id
}

// firstID returns the number of a cell that counts. Most cells are too short for two.
func firstID(raw []byte) []byte {
	if len(raw) < 19 {
		return raw
	}
	first, _ := SplitIDs(raw)
	return first
}

// AppendID appends the canonical text of an identifier, leading zeros and
// letters included.
func AppendID(dst []byte, id ID) []byte {
	for _, c := range id.Prefix {
		if c != 0 {
			dst = append(dst, c)
		}
	}
	return appendDigits(dst, id.Number, int(id.Digits))
}

// appendDigits appends n with leading zeros up to size digits.
func appendDigits(dst []byte, n uint64, size int) []byte {
	at := len(dst)
	for range size {
		dst = append(dst, '0')
	}
	for i := len(dst) - 1; n > 0 && i >= at; i-- {
		dst[i] = byte('0' + n%10)
		n /= 10
	}
	return dst
}

// idText is an identifier taken apart.
type idText struct {
	digit      [maxIDDigits]byte // 0…9
	n          int
	head       [2]byte // letters before the first digit
	letters    int     // letters that are no digits
	misread    int     // letters read as digits
	tooLong    bool
	scientific bool
}

// read takes in the characters of a cell.
func (t *idText) read(raw []byte) {
	raw = dropDecimals(raw)
	var buf [200]byte
	if len(raw) > 64 {
		raw = raw[:64]
		t.tooLong = true
	}
	if !IsClean(raw) {
		raw = appendSimple(buf[:0], raw)
	}
	if scientific(raw) {
		t.scientific = true
		return
	}
	raw = number(raw)
	plain := digitsIn(raw) // letters are misread digits only among many real ones
	letters := lettersIn(raw)
	for _, c := range raw {
		switch {
		case digit(c):
			t.add(c - '0')
		case asciiLetters[c&0x7F] == 0 || c >= 0x80:
			if c >= 0x80 {
				t.letters++
			}
		case t.n == 0 && t.letters < 2 && passportHead(c, letters, plain):
			t.head[t.letters] = c &^ 0x20
			t.letters++
		case misread(c) >= 0 && plain >= 7:
			t.misread++
			t.add(byte(misread(c)))
		default:
			t.letters++
		}
	}
}

func (t *idText) add(d byte) {
	if t.n == maxIDDigits {
		t.tooLong = true
		return
	}
	t.digit[t.n] = d
	t.n++
}

func digitsIn(s []byte) (n int) {
	for _, c := range s {
		if digit(c) {
			n++
		}
	}
	return n
}

// passportHead reports whether letters at the head belong to a passport (one
// and 7 or 8 digits) or a health insurance card (two and 13): not to a number
// whose first digit was misread.
func passportHead(c byte, letters, digits int) bool {
	if letters == 1 && (digits == 7 || digits == 8) || letters == 2 && digits == 13 {
		return true
	}
	return misread(c) < 0
}

func lettersIn(s []byte) (n int) {
	for _, c := range s {
		if c < 0x80 && asciiLetters[c] != 0 {
			n++
		}
	}
	return n
}

// dropDecimals drops the ".0" that a spreadsheet adds to a number.
func dropDecimals(s []byte) []byte {
	end := len(s)
	for end > 0 && s[end-1] == ' ' {
		end--
	}
	i := end
	for i > 0 && s[i-1] == '0' {
		i--
	}
	if i < end && end-i <= 2 && i > 6 && s[i-1] == '.' && digit(s[i-2]) && digitsIn(s[:i-1]) == len(trimID(s[:i-1])) {
		return s[:i-1]
	}
	return s
}

func trimID(s []byte) []byte {
	for len(s) > 0 && (s[0] == ' ' || s[0] == '\'') {
		s = s[1:]
	}
	return s
}

// scientific reports whether a number was written as 1.23E+11.
func scientific(s []byte) bool {
	for i := 1; i+1 < len(s); i++ {
		if s[i]|0x20 == 'e' && digit(s[i-1]) && (s[i+1] == '+' || s[i+1] == '-' && i+2 < len(s)) {
			return true
		}
		if s[i]|0x20 == 'e' && digit(s[i-1]) && digit(s[i+1]) && i > 2 && (s[1] == '.' || s[1] == ',') {
			return true
		}
	}
	return false
}

// void reports whether a cell without digits says that there is no number.
func (t *idText) void(raw []byte) bool {
	var buf [64]byte
	if len(raw) > 60 {
		return false
	}
	f := AppendFold(buf[:0], raw)
	return len(f) == 0 || voidTexts[string(f)] || IsVoid(raw)
}
