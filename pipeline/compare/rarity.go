package compare

import (
	"fmt"

	"github.com/dusach/dusach/matchers"
	"github.com/dusach/dusach/pipeline/record"
)

// Equal values prove the more the rarer they are. A comparison with term
// frequencies therefore has a level of equality for each band of rarity, and
// learning finds out what each is worth: no formula says how much of a
// frequency is chance.

// bandCount is how many bands there are; bandBits are the rarities, in bits, at
// which one ends and the next begins.
const bandCount = 4

var bandBits = [bandCount - 1]float32{5, 8, 11}

var bandNames = [bandCount]string{"common", "usual", "uncommon", "rare"}

// bandLevels returns the levels of equality, the commonest values first.
func bandLevels(l matchers.LevelInfo) (levels []matchers.LevelInfo) {
	for i, name := range bandNames {
		limit := bandBits[min(i, bandCount-2)]
		vi, en := "giá trị hiếm hơn", "a value rarer than"
		if i == 0 {
			vi, en = "giá trị phổ biến hơn", "a value commoner than"
		}
		if i > 0 {
			limit = bandBits[i-1]
		}
		people := int(1) << int(limit)
		levels = append(levels, matchers.LevelInfo{Name: l.Name + "_" + name,
			VI: fmt.Sprintf("%s (%s 1 trên %d)", l.VI, vi, people), EN: fmt.Sprintf("%s (%s 1 in %d)", l.EN, en, people)})
	}
	return levels
}

// bandOf returns the band of a rarity.
func bandOf(bits float32) uint64 {
	band := uint64(0)
	for _, limit := range bandBits {
		if bits >= limit {
			band++
		}
	}
	return band
}

// band returns the band of the value that two records share.
func (c *custom) band(k *record.Known, a []byte) matchers.Level {
	return matchers.Level(k.Values.Derived[c.bands][record.Uint32(a, c.packing.Offset[c.bandField()])])
}

// Frequencies tell how rare values of a field are, by a model's frozen tables.
type Frequencies interface {
	// ValueBits returns −log2 of the share of records that have the value with a
	// hash (record.HashText) in a field; an unseen one counts as rare.
	ValueBits(field string, hash uint64) float32
}

// Prepare works out once for each distinct value of a run what its comparisons
// ask for: codes of its sound, bands of its rarity. It must be called before
// records are compared, and before others read known.
func (s *Set) Prepare(known *record.Known, f Frequencies) {
	if known.Values == nil {
		if len(known.Packing.Texts) == 0 {
			return
		}
		known.Values = record.NewValues()
	}
	known.Values.DropDerived()
	for _, derive := range s.perValue {
		derive(known.Values, f)
	}
}

// A derivation is worked out once for each distinct value of a run.
type derivation func(v *record.Values, f Frequencies)

// derivations numbers what c wants to be worked out, from table on.
func (c *custom) derivations(table int) (list []derivation) {
	for i := range c.terms {
		if code := c.terms[i].measure.code; code != nil {
			c.tables[i] = table + len(list)
			list = append(list, func(v *record.Values, _ Frequencies) {
				v.Derive(func(text []byte, _ uint64) uint64 { return code(text) })
			})
		}
		if c.terms[i].measure.weighted {
			c.tables[i] = table + len(list)
			field := WordsOf(c.packing.Schema.Fields[c.terms[i].fields[0]].Name)
			list = append(list, func(v *record.Values, f Frequencies) {
				v.DeriveWords(func(hash uint64) float32 { return f.ValueBits(field, hash) })
			})
		}
	}
	if c.banded >= 0 {
		c.bands = table + len(list)
		field := c.packing.Schema.Fields[c.bandField()].Name
		list = append(list, func(v *record.Values, f Frequencies) {
			v.Derive(func(_ []byte, hash uint64) uint64 { return bandOf(f.ValueBits(field, hash)) })
		})
	}
	return list
}

// bandField is the field whose values are cut into bands.
func (c *custom) bandField() record.Field { return c.levels[c.banded][0].fields[0] }

// WordsOf is the name under which a model keeps how frequent the words of a field
// are.
func WordsOf(field string) string { return "words(" + field + ")" }

// TermFields returns the fields of which comparisons want the frequencies of
// values, and as WordsOf those of which they want the frequencies of words.
func (s *Set) TermFields() (names []string) {
	for _, c := range s.customs {
		if c.banded >= 0 {
			names = append(names, c.packing.Schema.Fields[c.bandField()].Name)
		}
		for i := range c.terms {
			if c.terms[i].measure.weighted {
				names = append(names, WordsOf(c.packing.Schema.Fields[c.terms[i].fields[0]].Name))
			}
		}
	}
	return names
}
