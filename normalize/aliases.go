package normalize

import (
	"strings"

	"github.com/cespare/xxhash/v2"

	"github.com/dusach/dusach/normalize/tables"
)

// aliasTable finds the value that a text stands for: open addressing on the hash
// of the text. Each form stands in it twice, in small letters after a "=" and
// folded: "bà" is a grandmother and "ba" a father, "me" can only be "mẹ".
type aliasTable struct {
	slots  []aliasSlot
	values []aliasValue
}

type aliasSlot struct {
	text  string
	value uint16 // 1 + index into values, 0 = free
}

// An aliasValue is one value of a closed field.
type aliasValue struct {
	code uint8
	text []byte
}

const maxAlias = 48 // no alias is longer, folded

func newAliasTable(size int) *aliasTable {
	n := 64
	for n < 8*size {
		n *= 2
	}
	return &aliasTable{slots: make([]aliasSlot, n)}
}

// value adds a canonical value; its own text is an alias of it.
func (t *aliasTable) value(code uint8, text string) int {
	t.values = append(t.values, aliasValue{code, []byte(text)})
	t.alias(text, len(t.values))
	return len(t.values)
}

// alias adds a form of value v; the first value that claims a form has it.
func (t *aliasTable) alias(form string, v int) {
	folded := string(AppendFold(nil, []byte(form)))
	if folded == "" {
		return
	}
	for _, text := range []string{string(appendLower([]byte{'='}, []byte(form))), folded} {
		if slot := t.slot([]byte(text)); t.slots[slot].value == 0 {
			t.slots[slot] = aliasSlot{text, uint16(v)}
		}
	}
}

func (t *aliasTable) slot(text []byte) uint64 {
	mask := uint64(len(t.slots) - 1)
	slot := xxhash.Sum64(text) & mask
	for t.slots[slot].value != 0 && t.slots[slot].text != string(text) {
		slot = (slot + 1) & mask
	}
	return slot
}

// find returns the value of a raw cell, nil if it is not known.
func (t *aliasTable) find(raw []byte) *aliasValue {
	if len(raw) > 4*maxAlias {
		return nil
	}
	var buf [4*maxAlias + 8]byte
	if v := t.slots[t.slot(appendLower(append(buf[:0], '='), raw))].value; v != 0 {
		return &t.values[v-1]
	}
	f := AppendFold(buf[:0], raw)
	if v := t.slots[t.slot(f)].value; v != 0 {
		return &t.values[v-1]
	}
	return nil
}

// codeOf reads a two-digit code of a table.
func codeOf(text string) (code uint8) {
	for _, c := range []byte(text) {
		if c >= '0' && c <= '9' {
			code = code*10 + c - '0'
		}
	}
	return code
}

// namedTable reads a table of code, name and other names.
func namedTable(text string) *aliasTable {
	t := newAliasTable(strings.Count(text, ";") + 2*strings.Count(text, "\n"))
	var later []func()
	for c := range tables.Rows(text, 3) {
		v, aliases := t.value(codeOf(c[0]), c[1]), c[2]
		later = append(later, func() {
			for form := range strings.SplitSeq(aliases, ";") {
				t.alias(form, v)
			}
		})
	}
	for _, add := range later {
		add() // after all official names, which no alias may take
	}
	return t
}

// fieldTable reads the values of one field of the value table. numbered gives
// codes 1, 2, … in the order of the table to values that have none.
func fieldTable(field string) *aliasTable {
	t := newAliasTable(256)
	n := uint8(0)
	for c := range tables.Rows(tables.Values, 4) {
		if c[0] != field || c[1] == "" {
			continue
		}
		code := codeOf(c[2])
		if n++; code == 0 {
			code = n
		}
		t.value(code, c[1])
	}
	v := 0
	for c := range tables.Rows(tables.Values, 4) {
		if c[0] != field || c[1] == "" {
			continue
		}
		v++
		for form := range strings.SplitSeq(c[3], ";") {
			t.alias(form, v)
		}
		t.alias(c[2], v) // some offices send the code itself
	}
	return t
}
