package record

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"
)

// A person_id stands for one key, has a fixed width, and sorts as its key does.
func TestPersonText(t *testing.T) {
	key := rapid.Custom(func(t *rapid.T) (k PersonKey) {
		copy(k[:], rapid.SliceOfN(rapid.Byte(), len(k), len(k)).Draw(t, "key"))
		return k
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := key.Draw(t, "a"), key.Draw(t, "b")
		x, y := AppendPerson(nil, a), AppendPerson(nil, b)
		if len(x) != PersonLen {
			t.Fatalf("%d characters, want %d", len(x), PersonLen)
		}
		if back, ok := ParsePerson(x); !ok || back != a {
			t.Fatalf("%s reads back as %x, want %x", x, back, a)
		}
		if bytes.Compare(x, y) != bytes.Compare(a[:], b[:]) {
			t.Fatalf("%s and %s do not sort as their keys do", x, y)
		}
	})
}

func TestParsePersonRefuses(t *testing.T) {
	for _, id := range []string{"", "0123456789abcde", "0123456789abcdefg", "0123456789abcdeu", "0123456789ABCDEF"} {
		if _, ok := ParsePerson([]byte(id)); ok {
			t.Errorf("%q was taken for a person_id", id)
		}
	}
}
