package block

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// The keys of a batch are those of its records one by one, whether or not names were
// learnt; so are those of rules that may give several.
func TestColumnsKeepTheKeys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		known := keep(rapid.SliceOfN(rapid.Custom(drawPerson), 1, batch).Draw(t, "people"))
		_, rules := drawRules(t, known.Packing)
		c := compile(known, Options{Rules: rules, Terms: uneven{}, People: people})
		names := int64(len(known.Names.Keys))
		room := rapid.SampledFrom([]int64{0, 4 * names, 12 * names, math.MaxInt64}).Draw(t, "room")
		if took := c.learn(room); took > room {
			t.Fatalf("%d bytes were learnt in room for %d", took, room)
		}
		cols := newColumns(c)
		cols.turn(known, c.namesOf(c.rules), 0, known.Len())
		keys := make([]uint64, known.Len())
		for i := range keys {
			keys[i] = 99 // of the batch before
		}
		var v values
		for r := range c.rules {
			rule := &c.rules[r]
			several := rule.most > 1
			if !several {
				c.keysOfAll(cols, rule, keys)
			}
			present := c.all(cols, c.single(rule))
			for i := range keys {
				v.turn(known.Row(uint32(i)))
				if !several {
					if want := c.key(rule, &v); keys[i] != want {
						t.Fatalf("rule %q, record %d of %d: key %x, one by one %x", rules[r].Text, i, len(keys), keys[i], want)
					}
					continue
				}
				var got []uint64
				if present>>i&1 != 0 {
					got = c.severalOf(cols, rule, i)
				}
				if want := c.keysOf(rule, &v); !slices.Equal(got, want) {
					t.Fatalf("rule %q, record %d: keys %x, one by one %x", rules[r].Text, i, got, want)
				}
			}
		}
	})
}
