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
	limit  float64
}

// DefaultLimit is how many records of the size class may be expected under one
// key before the rule is refined.
const DefaultLimit = 400

// ParseRule reads the expression of a rule over the fields of l.
func ParseRule(text string, l *record.Packing) (Rule, error) {
	r := Rule{Text: text, limit: DefaultLimit}
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
		a.of = years * 365
	}
	return a, nil
}

// keyOf returns the key of a packed record under r; 0 means that the record
// takes no part.
func (r *Rule) keyOf(known *record.Known, row []byte, heat *heat) uint64 {
	h := uint64(1)
	for i := range r.key {
		v := r.key[i].eval(known, row, &r.key[i])
		if v == 0 {
			return 0
		}
		h = record.Mix(h, v)
	}
	if len(r.refine) == 0 || !heat.hot(r, known, row) {
		return h | 1
	}
	for i := range r.refine {
		v := r.refine[i].eval(known, row, &r.refine[i])
		if v == 0 {
			return 0
		}
		h = record.Mix(h, v)
	}
	return h &^ 1
}

// share reports whether two packed records share a key under r.
func (r *Rule) share(known *record.Known, a, b []byte, heat *heat) bool {
	return r.equal(r.key, known, a, b) &&
		(len(r.refine) == 0 || !heat.hot(r, known, a) || r.equal(r.refine, known, a, b))
}

func (r *Rule) equal(atoms []atom, known *record.Known, a, b []byte) bool {
	for i := range atoms {
		v := atoms[i].eval(known, a, &atoms[i])
		if v == 0 || v != atoms[i].eval(known, b, &atoms[i]) {
			return false
		}
	}
	return true
}

// heat knows which keys are hot in a size class.
type heat struct {
	terms  Frequencies
	people float64
}

func (h *heat) hot(r *Rule, known *record.Known, row []byte) bool {
	expected := h.people
	for i := range r.key {
		a := &r.key[i]
		if a.share != nil {
			expected *= a.share(h.terms, known, row, a)
		} else {
			expected /= a.of
		}
	}
	return expected > r.limit
}
