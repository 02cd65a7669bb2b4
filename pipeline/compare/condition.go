package compare

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/dusach/dusach/pipeline/record"
)

// A term is one test of a level: a measure of one or two fields, held against a
// limit. It is false where a value that it needs is missing.
type term struct {
	measure *measure
	name    string
	fields  []record.Field // one; or two that are held against each other, crosswise
	limit   float32
	slot    int // of the values that were measured for the pair at hand
}

// holds reports whether a measured value passes the limit.
func (t *term) holds(v float32) bool {
	switch t.measure.sense {
	case atMost:
		return v <= t.limit
	default:
		return v >= t.limit
	}
}

// implies reports whether t being true makes u true, whatever the values.
func (t *term) implies(u *term) bool {
	if !slices.Equal(t.fields, u.fields) {
		return false
	}
	if t.name == "exact" {
		return true // equal values pass every measure
	}
	if t.name != u.name {
		return false
	}
	if t.measure.sense == atMost {
		return t.limit <= u.limit
	}
	return t.limit >= u.limit
}

// parseCondition reads "jaro_winkler(surname) >= 0.9 and exact(postcode)". own
// are the fields of the comparison: a measure without brackets is of the only
// one. In a comparison of any two values, brackets have no place.
func parseCondition(text string, own []record.Field, anyOf bool, p *record.Packing) ([]term, error) {
	var terms []term
	for part := range strings.SplitSeq(text, " and ") {
		t, err := parseTerm(strings.TrimSpace(part), own, anyOf, p)
		if err != nil {
			return nil, err
		}
		terms = append(terms, t)
	}
	return terms, nil
}

func parseTerm(text string, own []record.Field, anyOf bool, p *record.Packing) (t term, err error) {
	head, limit, compared := text, "", ""
	for _, op := range []string{">=", "<="} {
		if before, after, ok := strings.Cut(text, op); ok {
			head, limit, compared = strings.TrimSpace(before), strings.TrimSpace(after), op
		}
	}
	var args []string
	t.name = head
	if open := strings.IndexByte(head, '('); open >= 0 {
		if !strings.HasSuffix(head, ")") {
			return t, fmt.Errorf("%q: the bracket is not closed", text)
		}
		t.name = strings.TrimSpace(head[:open])
		for a := range strings.SplitSeq(head[open+1:len(head)-1], ",") {
			args = append(args, strings.TrimSpace(a))
		}
	}
	m, ok := measures[t.name]
	if !ok {
		return t, fmt.Errorf("%q: there is no measure %q%s", text, t.name, suggest(t.name, measureNames()))
	}
	t.measure = &m
	if t.fields, err = termFields(text, args, own, anyOf, p); err != nil {
		return t, err
	}
	for _, f := range t.fields {
		if kind := p.Schema.Fields[f].Kind; !m.takes(kind) {
			return t, fmt.Errorf("%q: %s is not for the field %s: it takes %s", text, t.name, p.Schema.Fields[f].Name, m.takesWords)
		}
	}
	return t, t.parseLimit(text, compared, limit)
}

func (t *term) parseLimit(text, compared, limit string) error {
	want := map[sense]string{yesNo: "", atLeast: ">=", atMost: "<="}[t.measure.sense]
	switch {
	case compared != want && want == "":
		return fmt.Errorf("%q: %s is either true or not: leave %s %s out", text, t.name, compared, limit)
	case compared != want:
		return fmt.Errorf("%q: write %s with a limit, as %s %s %v", text, t.name, t.name, want, t.measure.example)
	case want == "":
		t.limit = 1
		return nil
	}
	v, err := strconv.ParseFloat(limit, 32)
	if err != nil || v < 0 {
		return fmt.Errorf("%q: %q is no limit: write a number, as %s %s %v", text, limit, t.name, want, t.measure.example)
	}
	if t.measure.share && (v <= 0 || v > 1) {
		return fmt.Errorf("%q: %s lies between 0 and 1: write a limit above 0 and up to 1", text, t.name)
	}
	t.limit = float32(v)
	return nil
}

// termFields finds the fields that a term measures.
func termFields(text string, args []string, own []record.Field, anyOf bool, p *record.Packing) ([]record.Field, error) {
	if len(args) == 0 {
		switch {
		case anyOf:
			return own[:1], nil // the others take their turn
		case len(own) == 1:
			return own, nil
		}
		return nil, fmt.Errorf("%q: the comparison has several fields: say which one is meant, as %s(%s)", text, text, p.Schema.Fields[own[0]].Name)
	}
	if anyOf {
		return nil, fmt.Errorf("%q: with any: true a measure is taken of all fields: leave the brackets out", text)
	}
	if len(args) > 2 {
		return nil, fmt.Errorf("%q: a measure is of one field, or of two held against each other", text)
	}
	var fields []record.Field
	for _, name := range args {
		f := p.Schema.ByName(name)
		if f == record.None {
			return nil, fmt.Errorf("%q: there is no field %q%s", text, name, suggest(name, fieldNames(p.Schema)))
		}
		if !slices.Contains(own, f) {
			return nil, fmt.Errorf("%q: the field %s is not among the fields of the comparison: add it there", text, name)
		}
		fields = append(fields, f)
	}
	return fields, nil
}

func fieldNames(s *record.Schema) (names []string) {
	for i := range s.Fields {
		names = append(names, s.Fields[i].Name)
	}
	return names
}

// suggest returns `; did you mean "x"?` for the nearest of some names.
func suggest(name string, among []string) string {
	if near := Nearest(name, among); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return ""
}
