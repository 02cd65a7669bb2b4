package record

import (
	"fmt"
	"math"
	"testing"
)

// Equal texts have one number, others have others, through every growth of the
// table; hashes depend on the text alone.
func TestValuesNumberDistinctTexts(t *testing.T) {
	v := NewValues()
	for round := range 2 {
		for i := range 5000 {
			text := fmt.Sprint("value ", i)
			if got := v.Add([]byte(text)); got != uint32(i+1) {
				t.Fatalf("round %d: %q has the number %d, want %d", round, text, got, i+1)
			}
		}
	}
	if v.Len() != 5001 || string(v.At(5000)) != "value 4999" || v.Hash(7) != HashText([]byte("value 6")) {
		t.Errorf("%d numbers, the last is %q", v.Len(), v.At(5000))
	}
	if v.Add(nil) != 0 || len(v.At(0)) != 0 || v.Hash(0) != 0 {
		t.Error("no value has a number other than 0")
	}
	table := v.Derive(func(text []byte, _ uint64) uint64 { return uint64(len(text)) })
	if d := v.Derived[table]; d[0] != 0 || d[5000] != 10 {
		t.Errorf("derived %d and %d", d[0], d[5000])
	}
}

// Zero bytes are no number; every number comes back.
func TestQuantity(t *testing.T) {
	row := make([]byte, 9)
	if _, ok := Quantity(row, 1); ok {
		t.Error("zero bytes are a number")
	}
	for _, want := range []float64{0, math.Copysign(0, -1), 1, -1, 12.5, math.MaxFloat64, -math.SmallestNonzeroFloat64} {
		PutQuantity(row, 1, want)
		if got, ok := Quantity(row, 1); !ok || got != want {
			t.Errorf("put %v, got %v, %v", want, got, ok)
		}
	}
}
