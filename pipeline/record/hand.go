package record

import (
	"bytes"
	"slices"
	"strings"
)

// A Hand says how the office that filled a form writes: in capitals, days
// first. Cleaning undoes that, so most texts as received are what the hand
// makes of the clean value: the raw values of a form keep only those that are
// not. It holds the number of a style for each group of fields, 4 bits each;
// 0 is the style of clean values.
//
// Numbers and names of styles are part of the format of a store: add at the
// end, change none.
type Hand uint16

// The groups of fields that one hand writes alike.
const (
	handNames  = iota // persons' names
	handDates         // dates of the person's life
	handStamps        // dates of the sheet
	handPhones
	numHandGroups
)

const styleBits = 4

// handOf returns the group of a field, or -1.
func handOf(f FieldDef) int {
	switch {
	case f.Kind == KindName:
		return handNames
	case f.Kind == KindDate && !f.Sheet:
		return handDates
	case f.Kind == KindDate || f.Kind == KindCollected:
		return handStamps
	case f.Kind == KindPhone:
		return handPhones
	}
	return -1
}

// A style makes text of a clean value: it appends it to dst. Values that it is
// not made for stay as they are.
type style struct {
	name  string
	write func(dst, clean []byte) []byte
}

var nameStyles = []style{
	{"UPPER", func(dst, clean []byte) []byte { return appendCase(dst, clean, &upperOf) }},
	{"lower", func(dst, clean []byte) []byte { return appendCase(dst, clean, &lowerOf) }},
}

var dateStyles = []style{
	{"dd/mm/yyyy", dayFirst('/', true, false)}, {"dd-mm-yyyy", dayFirst('-', true, false)}, {"dd.mm.yyyy", dayFirst('.', true, false)},
	{"d/m/yyyy", dayFirst('/', false, false)}, {"d-m-yyyy", dayFirst('-', false, false)}, {"d.m.yyyy", dayFirst('.', false, false)},
	{"dd/mm/yy", dayFirst('/', true, true)}, {"dd-mm-yy", dayFirst('-', true, true)}, {"dd.mm.yy", dayFirst('.', true, true)},
	{"d/m/yy", dayFirst('/', false, true)}, {"d-m-yy", dayFirst('-', false, true)}, {"d.m.yy", dayFirst('.', false, true)},
}

var phoneStyles = []style{
	{"+84", func(dst, clean []byte) []byte { return phone(dst, clean, "+84", 0) }},
	{"84", func(dst, clean []byte) []byte { return phone(dst, clean, "84", 0) }},
	{"without 0", func(dst, clean []byte) []byte { return phone(dst, clean, "", 0) }},
	{"4.3.3", func(dst, clean []byte) []byte { return phone(dst, clean, "0", '.') }},
	{"4 3 3", func(dst, clean []byte) []byte { return phone(dst, clean, "0", ' ') }},
	{"4-3-3", func(dst, clean []byte) []byte { return phone(dst, clean, "0", '-') }},
}

var handGroups = [numHandGroups]struct {
	name   string
	styles []style
}{{"names", nameStyles}, {"dates", dateStyles}, {"stamps", dateStyles}, {"phones", phoneStyles}}

func (h Hand) style(group int) int { return int(h>>(styleBits*group)) & (1<<styleBits - 1) }

// append appends a clean value of a group as the hand writes it.
func (h Hand) append(dst, clean []byte, group int) []byte {
	if s := h.style(group); s > 0 && s <= len(handGroups[group].styles) {
		return handGroups[group].styles[s-1].write(dst, clean)
	}
	return append(dst, clean...)
}

// String describes the hand, as it stands in a snapshot: "names=UPPER
// dates=dd/mm/yyyy"; it is empty for the hand of clean values.
func (h Hand) String() string {
	var parts []string
	for g, group := range handGroups {
		if s := h.style(g); s > 0 && s <= len(group.styles) {
			parts = append(parts, group.name+"="+strings.ReplaceAll(group.styles[s-1].name, " ", "_"))
		}
	}
	return strings.Join(parts, " ")
}

// ParseHand is the inverse of String.
func ParseHand(text string) (h Hand, ok bool) {
	for part := range strings.FieldsSeq(text) {
		name, value, _ := strings.Cut(part, "=")
		found := false
		for g, group := range handGroups {
			s := slices.IndexFunc(group.styles, func(s style) bool { return strings.ReplaceAll(s.name, " ", "_") == value })
			if group.name == name && s >= 0 {
				h |= Hand(s+1) << (styleBits * g)
				found = true
			}
		}
		if !found {
			return 0, false
		}
	}
	return h, true
}

// casedRunes is the end of the letters that a style turns: the Latin ones. How
// they are turned never changes, which holds of letters that Unicode may still
// add elsewhere not.
const casedRunes = 0x1F00

var upperOf, lowerOf [casedRunes]rune

// dayFirst writes YYYY-MM-DD with the day first; of a date without a day or
// month what there is.
func dayFirst(sign byte, pad, short bool) func(dst, clean []byte) []byte {
	number := func(dst, two []byte) []byte {
		if !pad && two[0] == '0' {
			two = two[1:]
		}
		return append(dst, two...)
	}
	return func(dst, clean []byte) []byte {
		if !isDate(clean) {
			return append(dst, clean...)
		}
		if len(clean) == len("YYYY-MM-DD") {
			dst = append(number(dst, clean[8:]), sign)
		}
		if len(clean) >= len("YYYY-MM") {
			dst = append(number(dst, clean[5:7]), sign)
		}
		if short && len(clean) > 4 {
			return append(dst, clean[2:4]...)
		}
		return append(dst, clean[:4]...)
	}
}

// isDate reports whether v has the form of a clean date.
func isDate(v []byte) bool {
	if len(v) != 4 && len(v) != 7 && len(v) != 10 {
		return false
	}
	for i, b := range v {
		if dash := i == 4 || i == 7; dash != (b == '-') || !dash && (b < '0' || b > '9') {
			return false
		}
	}
	return true
}

// phone writes a clean number of ten digits with another beginning, or in
// groups of 4, 3 and 3.
func phone(dst, clean []byte, begin string, sign byte) []byte {
	if len(clean) != 10 || clean[0] != '0' || bytes.IndexFunc(clean, func(r rune) bool { return r < '0' || r > '9' }) >= 0 {
		return append(dst, clean...)
	}
	dst = append(dst, begin...)
	if sign == 0 {
		return append(dst, clean[1:]...)
	}
	dst = append(append(dst, clean[1:4]...), sign)
	dst = append(append(dst, clean[4:7]...), sign)
	return append(dst, clean[7:]...)
}
