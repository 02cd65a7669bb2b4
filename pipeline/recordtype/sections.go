package recordtype

import (
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/dusach/dusach/normalize/general"
	"github.com/dusach/dusach/pipeline/record"
)

// top reads the whole file.
func (p *parser) top(n *yaml.Node) {
	p.mapping(n, "the file",
		key{"record", p.text("record", &p.t.Record)},
		key{"extends", func(v *yaml.Node) {
			p.text("extends", &p.t.Extends)(v)
			if p.t.Extends != "form" {
				p.fail(v, "extends: only form, the collection form, can be extended")
			}
		}},
		key{"fields", p.fields},
		key{"comparisons", p.comparisons},
		key{"blocking", p.blocking},
		key{"thresholds", p.thresholds},
		key{"model", func(v *yaml.Node) {
			p.text("model", &p.t.Model)(v)
			p.t.ModelPlace = place(v)
		}})
	if n.Kind != yaml.MappingNode {
		return
	}
	if p.t.Extends == "" {
		for _, section := range []struct {
			name  string
			found bool
		}{{"record", p.t.Record != ""}, {"fields", p.t.Fields != nil}, {"comparisons", p.t.Comparisons != nil}, {"blocking", p.t.Blocking != nil}} {
			if !section.found {
				p.fail(n, "%s: is missing: a record type needs a name, fields, comparisons and blocking rules (or extends: form)", section.name)
			}
		}
	}
}

// A name of a field or comparison is a column name too.
var goodName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,62}$`)

func (p *parser) checkName(n *yaml.Node) {
	if !goodName.MatchString(n.Value) {
		p.fail(n, "%q is no name: write small letters, digits and _, a letter first (headers: takes any text)", n.Value)
	}
}

func (p *parser) fields(n *yaml.Node) {
	if n.Kind != yaml.MappingNode || len(n.Content) == 0 {
		p.fail(n, "fields must list each field as name: kind, or name: {kind: …}")
		return
	}
	headers := map[string]string{}
	p.each(n, func(name, value *yaml.Node) {
		p.checkName(name)
		f := Field{Name: name.Value, Place: place(name)}
		if value.Kind == yaml.ScalarNode && value.Tag != "!!null" {
			p.kind(&f)(value)
		} else {
			p.mapping(value, "the field "+name.Value,
				key{"kind", p.kind(&f)},
				key{"headers", p.texts("headers", &f.Headers)},
				key{"formats", p.formats(&f)},
				key{"missing", p.texts("missing", &f.Missing)},
				key{"sheet", p.flag("sheet", &f.Sheet)})
		}
		if f.Kind == "" && p.t.Extends == "" && value.Kind == yaml.MappingNode {
			p.fail(name, "the field %s has no kind: write kind: %s", name.Value, oneOf(KindNames()))
		}
		if f.Formats != nil && f.Kind != "date" {
			p.fail(name, "formats: is for fields of the kind date; %s is of the kind %s", name.Value, f.Kind)
		}
		for _, h := range f.Headers {
			if other, taken := headers[strings.ToLower(h)]; taken {
				p.fail(name, "the header %q belongs to the field %s already", h, other)
			}
			headers[strings.ToLower(h)] = name.Value
			if strings.Contains(h, "|") {
				p.fail(name, "the header %q holds a |: leave it out", h)
			}
		}
		p.t.Fields = append(p.t.Fields, f)
	})
}

func (p *parser) kind(f *Field) func(*yaml.Node) {
	return func(n *yaml.Node) {
		p.text("kind", &f.Kind)(n)
		if _, ok := ParseKind(f.Kind); !ok && f.Kind != "" {
			p.fail(n, "there is no kind %q%s", f.Kind, hint(f.Kind, KindNames()))
		}
	}
}

func (p *parser) formats(f *Field) func(*yaml.Node) {
	return func(n *yaml.Node) {
		p.texts("formats", &f.Formats)(n)
		for _, text := range f.Formats {
			if _, err := general.ParseLayout(text); err != nil || strings.Contains(text, "|") {
				p.fail(n, "%q is no way to write a date: use YYYY, MM, DD (M, D, MON, YY), as in YYYY-MM-DD or D MON YYYY", text)
			}
		}
	}
}

func (p *parser) comparisons(n *yaml.Node) {
	if n.Kind != yaml.MappingNode || len(n.Content) == 0 {
		p.fail(n, "comparisons must list each comparison as name: {levels: […]}")
		return
	}
	p.each(n, func(name, value *yaml.Node) {
		p.checkName(name)
		c := Comparison{Name: name.Value, Place: place(name)}
		if value.Kind == yaml.SequenceNode { // the levels alone
			p.levels(&c)(value)
		} else {
			p.mapping(value, "the comparison "+name.Value,
				key{"field", p.texts("field", &c.Fields)},
				key{"fields", p.texts("fields", &c.Fields)},
				key{"any", p.flag("any", &c.Any)},
				key{"library", p.flag("library", &c.Library)},
				key{"term_frequency", p.flag("term_frequency", &c.TermFrequency)},
				key{"shared", p.flag("shared", &c.Shared)},
				key{"vi", p.text("vi", &c.VI)}, key{"en", p.text("en", &c.EN)},
				key{"levels", p.levels(&c)})
		}
		switch {
		case c.Library && c.Levels != nil:
			p.fail(name, "the comparison %s is of the library and has its levels: leave levels out", c.Name)
		case !c.Library && c.Levels == nil:
			p.fail(name, "the comparison %s has no levels: write levels: [exact, …]", c.Name)
		case !c.Library && c.Fields == nil:
			c.Fields = []string{c.Name}
		}
		if c.Any && len(c.Fields) < 2 {
			p.fail(name, "any: true is for several fields: list them as fields: […]")
		}
		p.t.Comparisons = append(p.t.Comparisons, c)
	})
}

func (p *parser) levels(c *Comparison) func(*yaml.Node) {
	return func(n *yaml.Node) {
		if n.Kind != yaml.SequenceNode || len(n.Content) == 0 {
			p.fail(n, "levels must be a list, the highest degree of agreement first")
			return
		}
		for _, item := range n.Content {
			item = resolve(item)
			l := Level{Place: place(item)}
			if item.Kind == yaml.ScalarNode {
				p.text("a level", &l.When)(item)
			} else {
				p.mapping(item, "the level",
					key{"when", p.text("when", &l.When)}, key{"name", func(v *yaml.Node) {
						p.text("name", &l.Name)(v)
						p.checkName(v)
					}},
					key{"vi", p.text("vi", &l.VI)}, key{"en", p.text("en", &l.EN)})
				if l.When == "" {
					p.fail(item, "the level has no condition: write when: exact, when: jaro_winkler >= 0.9 …")
				}
			}
			if l.Name == "else" || l.Name == "null" || l.When == "else" {
				p.fail(item, "the levels null (missing) and else (otherwise) are always there: leave them out")
			}
			c.Levels = append(c.Levels, l)
		}
	}
}

func (p *parser) blocking(n *yaml.Node) {
	list := n
	if n.Kind == yaml.MappingNode {
		list = nil
		p.mapping(n, "blocking", key{"add", func(v *yaml.Node) { list = v }})
		if p.t.AddBlocking = list != nil; !p.t.AddBlocking {
			return
		}
		if p.t.Extends == "" {
			p.fail(n, "blocking: add: is for a file that extends the form: list the rules themselves")
		}
	}
	if list.Kind != yaml.SequenceNode || len(list.Content) == 0 {
		p.fail(n, "blocking must be a list of rules, as - surname + year(birth_date)")
		return
	}
	for _, item := range list.Content {
		r := Rule{Place: place(item)}
		p.text("a rule", &r.Text)(resolve(item))
		if slices.ContainsFunc(p.t.Blocking, func(o Rule) bool { return o.Text == r.Text }) {
			p.fail(item, "the rule %q stands twice", r.Text)
		}
		p.t.Blocking = append(p.t.Blocking, r)
	}
}

func (p *parser) thresholds(n *yaml.Node) {
	read := func(what string, to *Threshold) func(*yaml.Node) {
		return func(v *yaml.Node) {
			to.Place = place(v)
			if v.Kind != yaml.ScalarNode || v.Decode(&to.Probability) != nil || !(to.Probability > 0 && to.Probability < 1) {
				p.fail(v, "%s must be a probability between 0 and 1, as 0.9", what)
			}
		}
	}
	p.mapping(n, "thresholds", key{"match", read("match", &p.t.Match)}, key{"review", read("review", &p.t.Review)})
	if p.t.Match.Probability != 0 && p.t.Review.Probability > p.t.Match.Probability {
		p.fail(n, "review must not lie above match")
	}
}

// Definition returns the field as the schema keeps it.
func (f *Field) Definition() record.FieldDef {
	kind, _ := ParseKind(f.Kind)
	return record.FieldDef{Name: f.Name, Kind: kind, Sheet: f.Sheet, Layouts: strings.Join(f.Formats, "|"),
		Missing: strings.Join(f.Missing, "|"), Headers: strings.Join(f.Headers, "|")}
}
