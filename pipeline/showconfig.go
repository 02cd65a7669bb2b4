package pipeline

import (
	"io"
	"strings"

	"github.com/dusach/dusach/pipeline/recordtype"
)

// WriteYAML writes what a configuration says of its record type as the file that
// ReadConfig reads: the same file gives the same rules and comparisons.
func (c *Config) WriteYAML(w io.Writer) error {
	t := &recordtype.Type{Record: c.Schema().Name}
	list := func(text string) []string {
		if text == "" {
			return nil
		}
		return strings.Split(text, "|")
	}
	for i, f := range c.Schema().Fields {
		field := recordtype.Field{Name: f.Name, Kind: recordtype.KindName(f.Kind), Headers: list(f.Headers),
			Formats: list(f.Layouts), Missing: list(f.Missing), Sheet: f.Sheet}
		if int(c.Schema().Key) == i {
			field.Sheet = false // a key always tells of the form
		}
		t.Fields = append(t.Fields, field)
	}
	for _, d := range c.Definitions {
		one := recordtype.Comparison{Name: d.Name, VI: d.VI, EN: d.EN, Library: d.Library != "", Fields: d.Fields, Any: d.Any,
			TermFrequency: d.TermFrequency, Shared: d.Shared}
		for _, l := range d.Levels {
			one.Levels = append(one.Levels, recordtype.Level{When: l.When, Name: l.Name, VI: l.VI, EN: l.EN})
		}
		t.Comparisons = append(t.Comparisons, one)
	}
	for _, r := range c.Rules {
		t.Blocking = append(t.Blocking, recordtype.Rule{Text: r.Text})
	}
	return recordtype.Write(w, t)
}
