package recordtype

import (
	"fmt"
	"io"
	"strings"
)

// Write writes a type as the file that Parse reads.
func Write(w io.Writer, t *Type) error {
	var b strings.Builder
	fmt.Fprintf(&b, "record: %s\n\nfields:\n", quoted(t.Record))
	for i := range t.Fields {
		b.WriteString("  " + t.Fields[i].String() + "\n")
	}
	b.WriteString("\ncomparisons:\n")
	for i := range t.Comparisons {
		t.Comparisons[i].write(&b)
	}
	b.WriteString("\nblocking:\n")
	for _, r := range t.Blocking {
		fmt.Fprintf(&b, "  - %s\n", quoted(r.Text))
	}
	if t.Match.Probability != 0 || t.Review.Probability != 0 {
		fmt.Fprintf(&b, "\nthresholds: {match: %.6g, review: %.6g}\n", t.Match.Probability, t.Review.Probability)
	}
	if t.Model != "" {
		fmt.Fprintf(&b, "\nmodel: %s\n", quoted(t.Model))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// String returns the field as one line.
func (f *Field) String() string {
	var more []string
	list := func(key string, values []string) {
		if len(values) > 0 {
			more = append(more, key+": "+flow(values))
		}
	}
	list("headers", f.Headers)
	list("formats", f.Formats)
	list("missing", f.Missing)
	if f.Sheet {
		more = append(more, "sheet: true")
	}
	if more == nil {
		return f.Name + ": " + f.Kind
	}
	return fmt.Sprintf("%s: {kind: %s, %s}", f.Name, f.Kind, strings.Join(more, ", "))
}

func (c *Comparison) write(b *strings.Builder) {
	fmt.Fprintf(b, "  %s:\n", c.Name)
	flags := []struct {
		key string
		set bool
	}{{"library", c.Library}, {"any", c.Any}, {"term_frequency", c.TermFrequency}, {"shared", c.Shared}}
	for _, f := range flags {
		if f.set {
			fmt.Fprintf(b, "    %s: true\n", f.key)
		}
	}
	if len(c.Fields) > 0 {
		fmt.Fprintf(b, "    fields: %s\n", flow(c.Fields))
	}
	for _, caption := range [][2]string{{"vi", c.VI}, {"en", c.EN}} {
		if caption[1] != "" {
			fmt.Fprintf(b, "    %s: %s\n", caption[0], quoted(caption[1]))
		}
	}
	if len(c.Levels) == 0 {
		return
	}
	b.WriteString("    levels:\n")
	for _, l := range c.Levels {
		if l.Name+l.VI+l.EN == "" {
			fmt.Fprintf(b, "      - %s\n", quoted(l.When))
			continue
		}
		fmt.Fprintf(b, "      - {when: %s", quoted(l.When))
		for _, part := range [][2]string{{"name", l.Name}, {"vi", l.VI}, {"en", l.EN}} {
			if part[1] != "" {
				fmt.Fprintf(b, ", %s: %s", part[0], quoted(part[1]))
			}
		}
		b.WriteString("}\n")
	}
}

func flow(values []string) string {
	list := make([]string, len(values))
	for i, v := range values {
		list[i] = quoted(v)
	}
	return "[" + strings.Join(list, ", ") + "]"
}

// quoted returns a text as a YAML scalar: plain where that is safe, else in double
// quotes, in which YAML reads what Go writes.
func quoted(text string) string {
	plain := text != "" && text == strings.TrimSpace(text)
	for i, r := range text {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || !(r >= '0' && r <= '9' || strings.ContainsRune("_+/()-. >=", r))) {
			plain = false
		}
	}
	switch strings.ToLower(text) {
	case "true", "false", "yes", "no", "on", "off", "null", "y", "n":
		plain = false
	}
	if plain {
		return text
	}
	return fmt.Sprintf("%q", text)
}
