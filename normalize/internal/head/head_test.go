package head

import (
	"encoding/binary"
	"testing"
)

// At and First agree with the bytes copied one by one, wherever the text ends.
func TestAtIsTheBytes(t *testing.T) {
	text := []byte("Số 12 ngõ 45 Trần Phú, Văn Quán")
	for end := range len(text) + 1 {
		for i := range end {
			var want [Size]byte
			copy(want[:], text[i:end])
			low, high := At(text[:end], i)
			if low != binary.LittleEndian.Uint64(want[:]) || high != binary.LittleEndian.Uint64(want[8:]) {
				t.Fatalf("%q from %d: %x %x, want %x", text[:end], i, low, high, want)
			}
			for n := range min(Size, end-i+1) {
				var first [Size]byte
				copy(first[:], want[:n])
				first[Size-1] = byte(n)
				if k := First(low, high, n); k.Low != binary.LittleEndian.Uint64(first[:]) || k.High != binary.LittleEndian.Uint64(first[8:]) {
					t.Fatalf("first %d of %q: %x", n, want, k)
				}
			}
		}
	}
}
