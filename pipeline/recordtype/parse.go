package recordtype

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/dusach/dusach/matchers/similarity"
)

// maxFile bounds what is read of a file.
const maxFile = 1 << 20

// Parse reads the file of a record type. file is its name, for errors. What it
// does not know is an error, and as many errors as there are come at once.
func Parse(r io.Reader, file string) (*Type, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if len(text) > maxFile {
		return nil, &Error{File: file, Text: "longer than 1 MiB: this is no description of a record type"}
	}
	p := &parser{t: &Type{File: file}}
	var doc yaml.Node
	d := yaml.NewDecoder(strings.NewReader(string(text)))
	if err := d.Decode(&doc); errors.Is(err, io.EOF) {
		return nil, &Error{File: file, Text: "the file is empty: write record: NAME, fields:, comparisons: and blocking:, as docs/config.md shows"}
	} else if err != nil {
		return nil, yamlError(file, err)
	}
	if err := d.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return nil, &Error{File: file, Text: "there is a second document: keep one record type in a file"}
	}
	p.top(doc.Content[0])
	return p.t, join(p.errs)
}

// inLine finds the line in an error of the YAML library.
var inLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)

func yamlError(file string, err error) error {
	m := inLine.FindStringSubmatch(err.Error())
	if m == nil {
		return &Error{File: file, Text: err.Error()}
	}
	line, _ := strconv.Atoi(m[1])
	e := &Error{File: file, Text: "not YAML: " + strings.TrimPrefix(err.Error(), m[0])}
	if line > 0 {
		e.Place = Place{line, 1}
	}
	return e
}

// parser collects what a file says and what is wrong with it.
type parser struct {
	t    *Type
	errs []*Error
}

func (p *parser) fail(at *yaml.Node, format string, args ...any) {
	p.errs = append(p.errs, p.t.Errorf(place(at), format, args...))
}

func place(n *yaml.Node) Place { return Place{n.Line, n.Column} }

// A key is one key of a mapping and what reads its value.
type key struct {
	name string
	read func(value *yaml.Node)
}

// mapping reads a mapping whose keys are known.
func (p *parser) mapping(n *yaml.Node, what string, keys ...key) {
	if n.Kind != yaml.MappingNode {
		p.fail(n, "%s must be a list of keys with values (key: value)", what)
		return
	}
	names := make([]string, len(keys))
	for i := range keys {
		names[i] = keys[i].name
	}
	p.each(n, func(name, value *yaml.Node) {
		at := slices.Index(names, name.Value)
		if at < 0 {
			p.fail(name, "%s has no key %q%s", what, name.Value, hint(name.Value, names))
			return
		}
		keys[at].read(value)
	})
}

// each visits the keys of a mapping, each name once.
func (p *parser) each(n *yaml.Node, visit func(name, value *yaml.Node)) {
	seen := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		name := n.Content[i]
		if line, twice := seen[name.Value]; twice {
			p.fail(name, "%q stands in line %d already", name.Value, line)
			continue
		}
		seen[name.Value] = name.Line
		visit(name, resolve(n.Content[i+1]))
	}
}

// resolve follows an alias (*name) to what it stands for.
func resolve(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

// text reads a text into to.
func (p *parser) text(what string, to *string) func(*yaml.Node) {
	return func(n *yaml.Node) {
		if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
			p.fail(n, "%s must be a text", what)
			return
		}
		*to = n.Value
	}
}

func (p *parser) flag(what string, to *bool) func(*yaml.Node) {
	return func(n *yaml.Node) {
		if n.Kind != yaml.ScalarNode || n.Decode(to) != nil {
			p.fail(n, "%s must be true or false", what)
		}
	}
}

// texts reads a list of texts, or one text.
func (p *parser) texts(what string, to *[]string) func(*yaml.Node) {
	return func(n *yaml.Node) {
		if n.Kind == yaml.ScalarNode && n.Tag != "!!null" {
			*to = []string{n.Value}
			return
		}
		if n.Kind != yaml.SequenceNode {
			p.fail(n, "%s must be a list of texts", what)
			return
		}
		for _, item := range n.Content {
			if item = resolve(item); item.Kind != yaml.ScalarNode || item.Tag == "!!null" {
				p.fail(item, "%s: each entry must be a text", what)
				continue
			}
			*to = append(*to, item.Value)
		}
	}
}

// hint suggests the nearest of some names, or lists them.
func hint(name string, among []string) string {
	best, least := "", len(name)/3+2
	for _, c := range among {
		if d := similarity.OSA([]byte(name), []byte(c)); d < least {
			best, least = c, d
		}
	}
	if best != "" {
		return fmt.Sprintf("; did you mean %q?", best)
	}
	return ": write " + oneOf(among)
}

// Hint is what an error says of an unknown name: the nearest one of those that
// are known, or all of them.
func Hint(name string, among []string) string { return hint(name, among) }
