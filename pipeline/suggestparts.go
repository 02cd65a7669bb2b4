package pipeline

import (
	"slices"
	"strings"

	"github.com/dusach/dusach/pipeline/block"
	"github.com/dusach/dusach/pipeline/record"
)

// partsOf lists the parts of a field of some kind that a blocking rule may be made of,
// %s standing for the field: the whole first, then what survives a kind of damage. Places of birth, gender and the
// like are too coarse to begin with but refine others.
var partsOf = map[record.Kind][]string{
	record.KindPhrase:    {"%s", "any_word(%s)", "two_words(%s)", "longest(%s)", "word(%s, 1)", "prefix(%s, 4)"},
	record.KindLatin:     {"%s", "soundex(%s)", "prefix(%s, 3)", "last_word(%s)", "initials(%s)"},
	record.KindCode:      {"%s", "near(%s)", "prefix(%s, 4)", "suffix(%s, 4)"},
	record.KindDigits:    {"%s", "near(%s)", "suffix(%s, 6)"},
	record.KindEmail:     {"%s", "near(%s)", "prefix(%s, 5)"},
	record.KindDay:       {"day(%s)", "year(%s)", "day_month(%s)"},
	record.KindQuantity:  {"%s"},
	record.KindName:      {"folded(%s)", "looks(%s)", "initials(%s)", "given(%s)", "surname(%s)"},
	record.KindDate:      {"any_day(%s)", "year(%s)", "day_month(%s)"},
	record.KindCCCD:      {"%s", "ends(%s)", "head9(%s)"},
	record.KindCMND:      {"%s"},
	record.KindPhone:     {"%s"},
	record.KindNumber:    {"%s"},
	record.KindResidence: {"house(%s)", "commune(%s)", "province(%s)"},
	record.KindOrigin:    {"commune(%s)"},
}

// A rulePart is one of them, of a field.
type rulePart struct {
	text  string
	field record.Field
}

// ruleParts lists the parts of all fields of a type that can be compared.
func ruleParts(p *record.Packing) (list []rulePart) {
	for i := range p.Schema.Fields {
		def := &p.Schema.Fields[i]
		if p.Offset[i] < 0 || def.Sheet {
			continue
		}
		for _, form := range partsOf[def.Kind] {
			part := rulePart{strings.ReplaceAll(form, "%s", def.Name), record.Field(i)}
			if rule, err := block.ParseRule(part.text, p); err == nil && rule.Fits() {
				list = append(list, part)
			}
		}
	}
	return list
}

// A proposal is a rule that may be suggested.
type proposal struct {
	parts  []rulePart
	rule   block.Rule
	pairs  int64 // of its blocks in the sample
	shares bits  // the likely matches that it brings
}

func newProposal(parts []rulePart, p *record.Packing) (*proposal, bool) {
	texts := make([]string, len(parts))
	for i := range parts {
		texts[i] = parts[i].text
	}
	rule, err := block.ParseRule(strings.Join(texts, " + "), p)
	if err != nil || !rule.Fits() {
		return nil, false
	}
	return &proposal{parts: parts, rule: rule}, true
}

// extended returns proposals with a further part, of a field that they do not use yet.
// tried holds the rules that were proposed before, whatever the order of their parts.
func extended(list []*proposal, parts []rulePart, p *record.Packing, tried map[string]bool) (more []*proposal) {
	for _, old := range list {
		for _, part := range parts {
			if name, ok := old.with(part); ok && !tried[name] {
				tried[name] = true
				if next, ok := newProposal(append(append([]rulePart{}, old.parts...), part), p); ok {
					more = append(more, next)
				}
			}
		}
	}
	return more
}

// with names the proposal with a further part, and reports whether that makes sense.
func (p *proposal) with(part rulePart) (name string, ok bool) {
	names := []string{part.text}
	for _, have := range p.parts {
		if have.field == part.field {
			return "", false
		}
		names = append(names, have.text)
	}
	slices.Sort(names)
	return strings.Join(names, " + "), true
}

// bits is a set of numbers.
type bits []uint64

func newBits(n int) bits { return make(bits, (n+63)/64) }
func (b bits) add(i int) { b[i/64] |= 1 << (i % 64) }
