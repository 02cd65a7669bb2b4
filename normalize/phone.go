package normalize

import "github.com/dusach/dusach/normalize/reason"

// ParsePhone reads a phone number: the national number without its leading 0,
// nine digits for a mobile; 0 if there is none.
func ParsePhone(raw []byte) (n uint64, codes reason.Set) {
	digits := 0
	for _, c := range raw {
		if c >= '0' && c <= '9' && digits < 15 {
			n = n*10 + uint64(c-'0')
			digits++
		}
	}
	return n, codes
}

// AppendPhone appends a national number with its leading 0; nothing for 0.
func AppendPhone(dst []byte, n uint64) []byte {
	if n == 0 {
		return dst
	}
	at := len(dst)
	dst = append(dst, '0')
	for p := uint64(1e12); p > 0; p /= 10 {
		if n >= p || len(dst) > at+1 {
			dst = append(dst, byte('0'+n/p%10))
		}
	}
	return dst
}
