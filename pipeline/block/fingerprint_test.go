package block

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/dusach/dusach/pipeline/record"
)

// A fingerprint may take a rule for shared that is not, never the other way
// round: every rule that two records share is asked for, and no rule at or above
// the limit is.
func TestFingerprintsMissNoSharedRule(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		known := keep(rapid.SliceOfN(rapid.Custom(drawPerson), 2, 20).Draw(t, "people"))
		_, rules := drawRules(t, known.Packing)
		b := New(known, Options{Rules: rules, Terms: uneven{}, People: people})
		for b.Next(1) {
			b.Gather(0)
		}
		limit := rapid.IntRange(0, len(rules)).Draw(t, "limit")
		var x, y values
		for i := range uint32(known.Len()) {
			for j := range i {
				asked, set := map[int]bool{}, make([]uint64, b.marks.words)
				any := b.marks.candidates(i, j, limit, set)
				for r := firstOf(set, 0); r < len(rules); r = firstOf(set, r+1) {
					asked[r] = true
				}
				if any != (len(asked) > 0) {
					t.Fatalf("some rule is asked for: %v, they are %v", any, asked)
				}
				x.turn(known.Row(i))
				y.turn(known.Row(j))
				for r := range rules {
					if r < limit && b.share(&b.rules[r], &x, &y) && !asked[r] {
						t.Fatalf("records %d and %d share rule %d, their fingerprints do not", i, j, r)
					}
					if r >= limit && asked[r] {
						t.Fatalf("rule %d is asked for below %d", r, limit)
					}
				}
			}
		}
	})
}

func BenchmarkFingerprints(b *testing.B) {
	known := &record.Known{Packing: record.NewPacking(record.FormSchema), Names: record.NewNames()}
	var rules []Rule
	for i := range shares {
		rules = append(rules, mustRule(b, shares[i].text, known.Packing))
	}
	for range 2 {
		known.Packed.Add(known.Packing.Width)
	}
	marks := New(known, Options{Rules: rules, Terms: uneven{}, People: people}).marks
	for i := range marks.bytes {
		marks.bytes[i] = byte(i*37) | 1
	}
	b.ReportAllocs()
	set := make([]uint64, marks.words)
	for b.Loop() {
		marks.candidates(0, 1, len(rules), set)
	}
}
