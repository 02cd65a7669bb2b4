package normalize

import "github.com/dusach/dusach/normalize/reason"

// ParsePhone reads a phone number: the national number without its leading 0
// (nine digits for a mobile, nine or ten for a landline); 0 if there is none.
// +84 and 84 stand for the 0; a mobile number of before 2018-09 (01xx, eleven
// digits) gets its present prefix and PHONE_OLD_PREFIX. Of several numbers in a
// cell the first good one counts.
func ParsePhone(raw []byte) (n uint64, codes reason.Set) {
	if len(raw) > 200 {
		return 0, reason.Of(reason.PhoneFormat)
	}
	raw = dropDecimals(raw)
	var first reason.Set
	for i := 0; i < len(raw); {
		var p phone
		i += p.read(raw[i:])
		if p.digits == 0 {
			continue
		}
		n, codes = p.national()
		if n != 0 {
			return n, codes
		}
		first = codes
	}
	return 0, first
}

// AppendPhone appends a national number with its leading 0; nothing for 0.
func AppendPhone(dst []byte, n uint64) []byte {
	if n == 0 {
		return dst
	}
	size := 10
	if n >= 1e9 {
		size = 11
	}
	return appendDigits(dst, n, size)
}

// phone is one number of a cell while it is being read.
type phone struct {
	value  uint64
	digits int
	plus   bool
	broken bool // 9.12E+08
}

// read takes in one number and returns how much of s it took.
func (p *phone) read(s []byte) int {
	for i, c := range s {
		switch {
		case digit(c):
			if p.digits < 15 {
				p.value = p.value*10 + uint64(c-'0')
			}
			p.digits++
		case c == '+' && p.digits == 0:
			p.plus = true
		case c == '/' || c == ';' || c == ',' || c == '&', c == '-' && p.digits >= 9:
			return i + 1
		case (c == 'O' || c == 'o') && p.digits == 0 && i+1 < len(s) && digit(s[i+1]):
			p.digits++ // the letter for the leading zero
		case p.digits > 0 && p.digits < 10 && digit(s[i-1]) && misread(c) >= 0 && asciiLetters[c&0x7F] != 0 && c < 0x80 && restDigits(s[i+1:]) >= 9-p.digits-1:
			p.value = p.value*10 + uint64(misread(c))
			p.digits++
		case c|0x20 == 'e' && p.digits > 0 && i+1 < len(s) && s[i+1] == '+':
			p.broken = true
		case asciiLetters[c&0x7F] != 0 && c < 0x80 && p.digits >= 9:
			return i + 1
		}
	}
	return len(s)
}

// restDigits counts the digits of a number that goes on, with letters that look like digits
// and what stands between its groups.
func restDigits(s []byte) (n int) {
	for _, c := range s {
		switch {
		case digit(c), c < 0x80 && misread(c) >= 0:
			n++
		case c != ' ' && c != '.' && c != '-':
			return n
		}
	}
	return n
}

// national returns the national number without the leading 0.
func (p *phone) national() (uint64, reason.Set) {
	v, digits := p.value, p.digits
	switch {
	case p.broken:
		return 0, reason.Of(reason.PhoneFormat)
	case digits == 13 && v/1e9 == 84, digits == 14 && v/1e10 == 84: // 0084…
		v %= pow10(digits - 4)
		digits -= 3
	case v/pow10(max(digits-2, 0)) == 84 && (p.plus || digits == 11 || digits == 12):
		v %= pow10(digits - 2)
		digits--
		if v/pow10(max(digits-2, 0)) == 0 { // +84 0912…
			digits--
		}
	case digits > 0 && v/pow10(digits-1) != 0:
		digits++ // the leading zero was lost
	}
	switch {
	case digits == 10 && mobile(v) && !sameDigits(v):
		return v, reason.Set{}
	case digits == 11 && v/1e9 == 1:
		if to := newPrefix(v / 1e7); to != 0 {
			return to*1e7 + v%1e7, reason.Of(reason.PhoneOldPrefix)
		}
	case (digits == 10 || digits == 11) && landline(v, digits):
		return v, reason.Set{}
	case v == 0 && digits < 4:
		return 0, reason.Set{}
	}
	return 0, reason.Of(reason.PhoneFormat)
}

func pow10(n int) uint64 {
	p := uint64(1)
	for range min(n, 19) {
		p *= 10
	}
	return p
}

// mobile reports whether nine digits begin as a mobile number.
func mobile(v uint64) bool {
	switch v / 1e8 {
	case 3, 5, 7, 8, 9:
		return true
	}
	return false
}

// landline reports whether a number begins with one of the area codes in use
// since 2017: 02x and 02xx.
func landline(v uint64, digits int) bool { return v/pow10(digits-2) == 2 }

func sameDigits(v uint64) bool {
	for d := v % 10; v > 0; v /= 10 {
		if v%10 != d {
			return false
		}
	}
	return true
}

// newPrefix returns the mobile prefix since 2018-09 of an old one: 16x became
// 3x, 12x 7x or 8x, 18x 5x, 199 59; 0 if there is none.
func newPrefix(old uint64) uint64 {
	switch old {
	case 162, 163, 164, 165, 166, 167, 168, 169:
		return 30 + old - 160
	case 120:
		return 70
	case 121:
		return 79
	case 122:
		return 77
	case 126:
		return 76
	case 128:
		return 78
	case 123:
		return 83
	case 124:
		return 84
	case 125:
		return 85
	case 127:
		return 81
	case 129:
		return 82
	case 186:
		return 56
	case 188:
		return 58
	case 199:
		return 59
	}
	return 0
}
