package block

import (
	"fmt"
	"slices"
	"strings"

	"github.com/dusach/dusach/pipeline/record"
)

// A Rule says which records may meet.
type Rule struct {
	Text   string
	key    []atom // all present and equal
	refine []atom // equal too where the key is hot
}

// hotLimit is how many records of the size class may be expected under one key
// before the rule is refined: a form meets few strangers under any one key
// (docs/decisions/blocking-rules.md).
const hotLimit = 8

// ParseRule reads the expression of a rule over the fields of l.
func ParseRule(text string, l *record.Packing) (Rule, error) {
	r := Rule{Text: text}
	key, refine, _ := strings.Cut(text, "/")
	var err error
	if r.key, err = parseAtoms(key, l); err != nil {
		return Rule{}, fmt.Errorf("rule %q: %w", text, err)
	}
	if strings.TrimSpace(refine) == "" {
		return r, nil
	}
	if r.refine, err = parseAtoms(refine, l); err != nil {
		return Rule{}, fmt.Errorf("rule %q: %w", text, err)
	}
	if r.several() || slices.ContainsFunc(r.refine, func(a atom) bool { return a.many != nil }) {
		return Rule{}, fmt.Errorf("rule %q: what has several values cannot be refined, nor refine", text)
	}
	return r, nil
}

func parseAtoms(text string, l *record.Packing) ([]atom, error) {
	var atoms []atom
	for part := range strings.SplitSeq(text, "+") {
		a, err := parseAtom(strings.TrimSpace(part), l)
		if err != nil {
			return nil, err
		}
		atoms = append(atoms, a)
	}
	return atoms, nil
}

func parseAtom(text string, l *record.Packing) (atom, error) {
	function, name := "", text
	if open := strings.IndexByte(text, '('); open >= 0 && strings.HasSuffix(text, ")") {
		function, name = text[:open], text[open+1:len(text)-1]
	}
	if fields := strings.Split(name, "|"); len(fields) > 1 {
		return parseAlternatives(text, function, fields, l)
	}
	name, args := cutArguments(name)
	field := l.Schema.ByName(name)
	if field == record.None {
		return atom{}, fmt.Errorf("there is no field %q", name)
	}
	if kind := l.Schema.Fields[field].Kind; kind.IsValue() || kind == record.KindQuantity {
		a := atom{text: text, at: l.Offset[field]}
		err := generalAtom(&a, function, args, kind)
		return a, err
	}
	if len(args) > 0 {
		return atom{}, fmt.Errorf("%s takes the field alone", function)
	}
	f, ok := functions[function]
	kind := l.Schema.Fields[field].Kind
	if kind == record.KindDay {
		kind = record.KindDate // packed alike
	}
	if !ok || !slices.Contains(f.kinds, kind) || l.Offset[field] < 0 {
		return atom{}, fmt.Errorf("%q cannot be applied to the field %s", function, name)
	}
	a := atom{text: text, at: l.Offset[field], short: kind == record.KindOrigin}
	f.make(&a)
	if a.eval == nil && a.many == nil {
		a.eval = value[kind]
	}
	if function == "" && kind == record.KindDate {
		a.even = yearBits + dayBits
	}
	return a, nil
}

// parseAlternatives reads an atom over several fields, "given(full_name |
// other_name)": its values are those of all of them.
func parseAlternatives(text, function string, fields []string, l *record.Packing) (atom, error) {
	var all []atom
	for _, field := range fields {
		part := strings.TrimSpace(field)
		if function != "" {
			part = function + "(" + part + ")"
		}
		a, err := parseAtom(part, l)
		if err != nil {
			return atom{}, err
		}
		if a.many != nil {
			return atom{}, fmt.Errorf("%s takes one field", function)
		}
		all = append(all, a)
	}
	a := atom{text: text, each: all, most: len(all), even: all[0].even}
	a.many = func(dst []uint64, k *record.Known, row []byte, a *atom) []uint64 {
		from := len(dst)
		for i := range a.each {
			if x := a.each[i].eval(k, row, &a.each[i]); x != 0 && !slices.Contains(dst[from:], x) {
				dst = append(dst, x)
			}
		}
		return dst
	}
	a.prepare = func(k *record.Known, a *atom) {
		a.each = slices.Clone(a.each)
		for i := range a.each {
			if a.each[i].prepare != nil {
				a.each[i].prepare(k, &a.each[i])
			}
		}
	}
	return a, nil
}

// several reports whether a record may have more than one key under the rule.
func (r *Rule) several() bool {
	return slices.ContainsFunc(r.key, func(a atom) bool { return a.many != nil })
}

// cutArguments parts what stands between the brackets of an atom: the field, and
// what a function wants to know beside it.
func cutArguments(text string) (field string, args []string) {
	field, rest, more := strings.Cut(text, ",")
	if more {
		for a := range strings.SplitSeq(rest, ",") {
			args = append(args, strings.TrimSpace(a))
		}
	}
	return strings.TrimSpace(field), args
}

// CheckRules reports whether rules can be used together: a pair remembers the
// rule that brought it in one byte, and a record its atoms in a table.
func CheckRules(rules []Rule) error {
	atoms := map[string]bool{}
	for _, r := range rules {
		most := 1
		for _, a := range slices.Concat(r.key, r.refine) {
			atoms[a.text] = true
			most *= max(a.most, 1)
		}
		if most > maxKeys {
			return fmt.Errorf("rule %q: up to %d keys a record, at most %d are possible", r.Text, most, maxKeys)
		}
	}
	switch {
	case len(rules) > maxRules:
		return fmt.Errorf("%d blocking rules, at most %d are possible", len(rules), maxRules)
	case len(atoms) > maxAtoms:
		return fmt.Errorf("the blocking rules use %d different parts of fields, at most %d are possible", len(atoms), maxAtoms)
	}
	return nil
}

// maxKeys is how many keys a record may have under one rule.
const maxKeys = 32

// maxRules is how many rules there may be: their number is kept in one byte.
const maxRules = 255
