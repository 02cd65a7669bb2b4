package compare

import (
	"fmt"
	"slices"
	"strings"

	"github.com/dusach/dusach/matchers"
	"github.com/dusach/dusach/pipeline/record"
)

// A Definition is a comparison of a configuration: one of the library, or levels
// of its own.
type Definition struct {
	Name, VI, EN string
	Library      string   // name of a comparison of the library, "" for own levels
	Fields       []string // in the order in which a comparison of the library wants them
	Any          bool     // the fields hold values of one kind; any two of them may agree
	// TermFrequency tells equal values that are rare from those that are common.
	TermFrequency bool
	Shared        bool // relatives agree here too: see matchers.Comparison
	Levels        []LevelDefinition
}

// A LevelDefinition is one level: a condition, and what people call it.
type LevelDefinition struct{ When, Name, VI, EN string }

// A DefinitionError says what is wrong with a comparison or one of its levels.
type DefinitionError struct {
	Level int // -1: the comparison itself
	Err   error
}

// Error returns the text of the cause.
func (e *DefinitionError) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *DefinitionError) Unwrap() error { return e.Err }

func wrong(level int, format string, args ...any) error {
	return &DefinitionError{level, fmt.Errorf(format, args...)}
}

// slots is how many different measures the levels of a comparison may take.
const slots = 16

// custom is a comparison of a configuration, bound to packed records.
type custom struct {
	packing *record.Packing
	fields  []record.Field
	anyOf   bool
	levels  [][]term
	terms   []term // each different measure once, with its widest limit
	tables  []int  // of Values.Derived, by slot, for measures of codes
	banded  int    // level that is cut into bands of rarity, -1 none
	bands   int    // table of Values.Derived with the band of each value
}

// compile checks a definition and returns what it describes.
func compile(d *Definition, p *record.Packing) (*custom, matchers.Comparison, error) {
	c := &custom{packing: p, anyOf: d.Any, banded: -1}
	describe := matchers.Comparison{Name: d.Name, VI: or(d.VI, d.Name), EN: or(d.EN, d.Name), Shared: d.Shared,
		Levels: []matchers.LevelInfo{{Name: "null", VI: "thiếu", EN: "missing"}}}
	for _, name := range d.Fields {
		f := p.Schema.ByName(name)
		if f == record.None {
			return nil, describe, wrong(-1, "there is no field %q%s", name, suggest(name, fieldNames(p.Schema)))
		}
		if p.Offset[f] < 0 {
			return nil, describe, wrong(-1, "the field %s is kept but not compared: give it another kind than note", name)
		}
		c.fields = append(c.fields, f)
	}
	if len(c.fields) == 0 || len(d.Levels) == 0 {
		return nil, describe, wrong(-1, "the comparison needs a field and at least one level")
	}
	for i := range d.Levels {
		if err := c.addLevel(i, &d.Levels[i], d, &describe); err != nil {
			return nil, describe, err
		}
	}
	if d.TermFrequency && c.banded < 0 {
		return nil, describe, wrong(-1, "term_frequency is for a level \"exact\" of a field of the kinds text, name, code, phone or email: add one, or leave term_frequency out")
	}
	describe.Levels = append(describe.Levels, matchers.LevelInfo{Name: "else", VI: "khác", EN: "otherwise"})
	if len(describe.Levels) > matchers.MaxLevels {
		return nil, describe, wrong(-1, "%d levels with the missing one and the last, at most %d are possible", len(describe.Levels), matchers.MaxLevels)
	}
	return c, describe, nil
}

func (c *custom) addLevel(i int, l *LevelDefinition, d *Definition, describe *matchers.Comparison) error {
	terms, err := parseCondition(l.When, c.fields, c.anyOf, c.packing)
	if err != nil {
		return wrong(i, "%w", err)
	}
	for j, earlier := range c.levels {
		if covers(earlier, terms) {
			return wrong(i, "the level %q can never be reached: the level %q above it takes every such pair; put the stricter one first",
				l.When, d.Levels[j].When)
		}
	}
	for k := range terms {
		if terms[k].slot, err = c.slot(&terms[k]); err != nil {
			return wrong(i, "%w", err)
		}
	}
	c.levels = append(c.levels, terms)
	info := matchers.LevelInfo{Name: or(l.Name, levelName(l.When)), VI: or(l.VI, l.When), EN: or(l.EN, l.When)}
	if slices.ContainsFunc(describe.Levels, func(o matchers.LevelInfo) bool { return o.Name == info.Name }) {
		return wrong(i, "two levels are called %q: give one of them another name", info.Name)
	}
	if d.TermFrequency && c.banded < 0 && c.isTerm(terms) {
		c.banded = i
		describe.Levels = append(describe.Levels, bandLevels(info)...)
		return nil
	}
	describe.Levels = append(describe.Levels, info)
	return nil
}

// covers reports whether every pair of the level later is taken by earlier.
func covers(earlier, later []term) bool {
	for i := range earlier {
		if !slices.ContainsFunc(later, func(t term) bool { return t.implies(&earlier[i]) }) {
			return false
		}
	}
	return true
}

// slot returns the place of a term's measure among those of the pair.
func (c *custom) slot(t *term) (int, error) {
	for i := range c.terms {
		if c.terms[i].name == t.name && slices.Equal(c.terms[i].fields, t.fields) {
			c.terms[i].limit = max(c.terms[i].limit, t.limit)
			return i, nil
		}
	}
	if len(c.terms) == slots {
		return 0, fmt.Errorf("the levels take more than %d different measures: use fewer", slots)
	}
	c.terms = append(c.terms, *t)
	c.tables = append(c.tables, -1)
	return len(c.terms) - 1, nil
}

// level judges two packed records.
func (c *custom) level(k *record.Known, a, b []byte) matchers.Level {
	if !c.compares(a, b) {
		return matchers.Null
	}
	var have [slots]bool
	var values [slots]float32
	add := matchers.Level(0) // levels that bands have put before the one at hand
	for i, terms := range c.levels {
		ok := true
		for j := range terms {
			t := &terms[j]
			if !have[t.slot] {
				have[t.slot], values[t.slot] = true, c.measure(k, a, b, t.slot)
			}
			if !t.holds(values[t.slot]) {
				ok = false
				break
			}
		}
		switch {
		case ok && i == c.banded:
			return matchers.Level(i+1) + c.band(k, a)
		case ok:
			return matchers.Level(i+1) + add
		case i == c.banded:
			add = bandCount - 1
		}
	}
	return matchers.Level(len(c.levels)+1) + add
}

// compares reports whether there is anything to compare: of any values, one on
// either side; else a field that both have.
func (c *custom) compares(a, b []byte) bool {
	left, right := false, false
	for _, f := range c.fields {
		x, y := c.has(a, f), c.has(b, f)
		if x && y {
			return true
		}
		left, right = left || x, right || y
	}
	return c.anyOf && left && right || c.crossed() && left && right
}

// crossed reports whether a measure holds two fields against each other.
func (c *custom) crossed() bool {
	return slices.ContainsFunc(c.terms, func(t term) bool { return len(t.fields) == 2 })
}

func (c *custom) has(row []byte, f record.Field) bool {
	return present(row, c.packing.Offset[f], c.packing.Size(f))
}

// impossible is what a measure gives where a value is missing: it passes no
// limit.
func impossible(s sense) float32 {
	if s == atMost {
		return 1 << 30
	}
	return -1
}

func (c *custom) measure(k *record.Known, a, b []byte, slot int) float32 {
	t := &c.terms[slot]
	switch {
	case c.anyOf:
		best := impossible(t.measure.sense)
		for _, f := range c.fields {
			for _, g := range c.fields {
				best = better(t.measure.sense, best, c.one(k, a, b, f, g, slot))
			}
		}
		return best
	case len(t.fields) == 2: // the worse of the two: both must pass
		there, back := c.one(k, a, b, t.fields[0], t.fields[1], slot), c.one(k, a, b, t.fields[1], t.fields[0], slot)
		if better(t.measure.sense, there, back) == there {
			return back
		}
		return there
	}
	return c.one(k, a, b, t.fields[0], t.fields[0], slot)
}

func better(s sense, x, y float32) float32 {
	if s == atMost {
		return min(x, y)
	}
	return max(x, y)
}

// one measures field f of a against field g of b.
func (c *custom) one(k *record.Known, a, b []byte, f, g record.Field, slot int) float32 {
	t := &c.terms[slot]
	if !c.has(a, f) || !c.has(b, g) {
		return impossible(t.measure.sense)
	}
	at, other := c.packing.Offset[f], c.packing.Offset[g]
	switch {
	case t.measure.packed != nil:
		return t.measure.packed(a, b, at)
	case t.measure.code != nil:
		x, y := record.Uint32(a, at), record.Uint32(b, other)
		codes := k.Values.Derived[c.tables[slot]]
		return truth(x == y || codes[x] == codes[y] && codes[x] != 0)
	case t.measure.weighted:
		return k.Values.SharedWeight(c.tables[slot], record.Uint32(a, at), record.Uint32(b, other))
	case t.measure.text != nil:
		x, y := record.Uint32(a, at), record.Uint32(b, other)
		return t.measure.text(k.Values.At(x), k.Values.At(y), t.limit)
	}
	return truth(equal(a, b, at, other, c.packing.Size(f)))
}

func or(text, other string) string {
	if text != "" {
		return text
	}
	return other
}

// levelName makes a stable name of a condition: "jaro_winkler >= 0.9" becomes
// jaro_winkler_0_9.
func levelName(when string) string {
	words := strings.FieldsFunc(when, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '_' })
	return strings.Join(words, "_")
}

// isTerm reports whether a level is equality of one numbered value.
func (c *custom) isTerm(terms []term) bool {
	return len(terms) == 1 && terms[0].name == "exact" && len(terms[0].fields) == 1 && !c.anyOf &&
		c.packing.Schema.Fields[terms[0].fields[0]].Kind.IsValue()
}
