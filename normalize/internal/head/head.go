// Package head reads the first bytes of a word at once, as numbers.
package head

import "encoding/binary"

// Size is how many bytes are read.
const Size = 16

// Ones and Tops have the lowest and the highest bit of each byte set.
const (
	Ones = 0x0101010101010101
	Tops = 0x8080808080808080
)

// A Key is a short word as two numbers: its bytes, zeros behind them and, in the last
// byte, their number. (A struct, for an array would go through memory.)
type Key struct{ Low, High uint64 }

// At returns the bytes of text from i on, little-endian, zeros beyond its end.
func At(text []byte, i int) (low, high uint64) {
	if len(text)-i >= Size {
		return binary.LittleEndian.Uint64(text[i:]), binary.LittleEndian.Uint64(text[i+8:])
	}
	return tail(text, i)
}

func tail(text []byte, i int) (low, high uint64) {
	from := len(text) - Size
	if from < 0 {
		for k := len(text) - 1; k >= i; k-- {
			high = high<<8 | low>>56
			low = low<<8 | uint64(text[k])
		}
		return low, high
	}
	low, high = binary.LittleEndian.Uint64(text[from:]), binary.LittleEndian.Uint64(text[from+8:])
	if i -= from; i >= 8 {
		return high >> (8 * uint(i-8)), 0
	}
	return low>>(8*uint(i)) | high<<(64-8*uint(i)), high >> (8 * uint(i))
}

// First returns the key of the first n bytes, at most 15, of those that At returned.
func First(low, high uint64, n int) Key {
	if n < 8 {
		return Key{low & (1<<(8*n) - 1), uint64(n) << 56}
	}
	return Key{low, high&(1<<(8*n-64)-1) | uint64(n)<<56}
}

// Hash spreads a key over all bits; the highest are the best.
func (k Key) Hash() uint64 {
	return (k.Low*0x9E3779B97F4A7C15 ^ k.High) * 0xC2B2AE3D27D4EB4F
}
