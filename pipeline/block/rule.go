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
// before the rule is refined.
const hotLimit = 400

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
	field := l.Schema.ByName(name)
	if field == record.None {
		return atom{}, fmt.Errorf("there is no field %q", name)
	}
	f, ok := functions[function]
	kind := l.Schema.Fields[field].Kind
	if !ok || !slices.Contains(f.kinds, kind) || l.Offset[field] < 0 {
		return atom{}, fmt.Errorf("%q cannot be applied to the field %s", function, name)
	}
	a := atom{text: text, at: l.Offset[field], short: kind == record.KindOrigin}
	f.make(&a)
	if a.eval == nil {
		a.eval = value[kind]
	}
	if function == "" && kind == record.KindDate {
		a.even = yearBits + dayBits
	}
	return a, nil
}
