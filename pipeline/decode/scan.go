package decode

import (
	"encoding/binary"
	"unicode/utf8"
)

// Eight bytes at a time: a flag of a byte is its top bit.
const (
	ones  = 0x0101010101010101
	flags = 0x8080808080808080
)

// scan reports whether b holds bytes beyond ASCII, whether it may hold control
// characters (tabs and line ends among them), and whether it is valid UTF-8.
//
// It looks at every row, so it takes eight bytes at a time and decides nothing
// byte by byte: a byte has to continue a character exactly where the leading
// bytes before it say so. What that rule alone does not settle (overlong
// forms, surrogates, characters of four bytes) is left to the library.
func scan(b []byte) (high, control, valid bool) {
	var tops, lows, wrong, odd uint64
	var due uint64 // bytes that have to continue a character begun in the word before
	for i := 0; i <= len(b); i += 8 {
		var w uint64
		if i+8 <= len(b) {
			w = binary.LittleEndian.Uint64(b[i:])
		} else {
			w = lastWord(b[i:])
		}
		lows |= (w-0x20*ones)&^w | zeros(w^0x7F*ones)
		top := w & flags
		if top|due == 0 {
			continue
		}
		two := top & (w << 1) // begins a character of two bytes or more
		three := two & (w << 2)
		four := three & (w << 3)
		wrong |= (top &^ two) ^ (two<<8 | three<<16 | four<<24 | due)
		due = two>>56 | three>>48 | four>>40
		tops |= top
		odd |= four | zeros(w&^ones^0xC0*ones) | zeros(w^0xE0*ones) | zeros(w^0xED*ones)
	}
	valid = wrong == 0
	if valid && odd&flags != 0 {
		valid = utf8.Valid(b)
	}
	return tops != 0, lows&flags != 0, valid
}

// lastWord returns fewer than eight bytes with spaces after them.
func lastWord(b []byte) uint64 {
	w := [8]byte{' ', ' ', ' ', ' ', ' ', ' ', ' ', ' '}
	copy(w[:], b)
	return binary.LittleEndian.Uint64(w[:])
}

// zeros flags the lowest zero byte of w, and perhaps others above it.
func zeros(w uint64) uint64 { return (w - ones) &^ w }
