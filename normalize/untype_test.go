package normalize

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The quick look spares no text that the slow one would change.
func TestQuickLookMissesNothing(t *testing.T) {
	letters := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "ă", "d", "đ", "e", "ê", "n", "g", "t", "r", "s", "x", "o", "u", "ư", "w", "z", "1", "6", "'", ".", "^", " ", "H", "Ơ"}), 0, 14)
	rapid.Check(t, func(t *rapid.T) {
		text := []byte(strings.Join(letters.Draw(t, "text"), ""))
		if mayBeTyped(text) {
			return
		}
		if out, changed := appendUntyped(nil, text); changed {
			t.Fatalf("%q was spared, and would have become %q", text, out)
		}
	})
}
