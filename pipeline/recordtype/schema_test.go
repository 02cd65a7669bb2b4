package recordtype

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"
)

const whole = `
record: person
fields:
  id: key
  name: {kind: name, headers: [Full Name], missing: n/a}
  born: {kind: date, formats: [DD/MM/YYYY, YYYY]}
  remark: {kind: note, sheet: true}
comparisons:
  name: [exact, jaro_winkler >= 0.9]
  born:
    term_frequency: false
    levels:
      - {when: exact, name: same, vi: cùng ngày, en: same day}
      - days <= 31
blocking: [name, year(born)]
thresholds: {match: 0.9, review: 0.2}
model: learn
`

// files are small changes of a whole file, and whether they are still right.
var files = []struct {
	name, from, to string
	right          bool
}{
	{"the whole file", "", "", true},
	{"one rule to add", "record: person", "extends: form\nrecord: form", true},
	{"a key of the top that does not exist", "record:", "recodr:", false},
	{"a key of a field that does not exist", "headers:", "header:", false},
	{"a kind that does not exist", "kind: name", "kind: nam", false},
	{"a key of a comparison that does not exist", "term_frequency:", "frequency:", false},
	{"a flag that is no flag", "term_frequency: false", "term_frequency: often", false},
	{"a key of a level that does not exist", "name: same", "nam: same", false},
	{"a level without a condition", "when: exact, ", "", false},
	{"the level else", "- days <= 31", "- else", false},
	{"a level named null", "name: same", "name: null_", true},
	{"no levels", "[exact, jaro_winkler >= 0.9]", "[]", false},
	{"levels that are a text", "[exact, jaro_winkler >= 0.9]", "exact", false},
	{"a library comparison", "[exact, jaro_winkler >= 0.9]", "{library: true, fields: [name]}", true},
	{"neither levels nor library", "[exact, jaro_winkler >= 0.9]", "{fields: [name]}", false},
	{"a threshold of 1", "match: 0.9", "match: 1", false},
	{"a threshold that is a word", "match: 0.9", "match: high", false},
	{"a threshold that does not exist", "review: 0.2", "maybe: 0.2", false},
	{"a rule twice", "[name, year(born)]", "[name, name]", false},
	{"no rules", "[name, year(born)]", "[]", false},
	{"rules that are a text", "[name, year(born)]", "name", false},
	{"no record", "record: person", "", false},
	{"a field in capitals", "  born: {", "  Born: {", false},
	{"another extension", "record: person", "extends: person", false},
	{"rules to add without an extension", "[name, year(born)]", "{add: [name]}", false},
}

// The JSON Schema and Parse accept the same files, as far as a schema can tell.
func TestSchemaAndParseAgree(t *testing.T) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(JSONSchema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("record-type.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("record-type.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !strings.Contains(whole, f.from) {
			t.Fatalf("%s: %q is not in the file", f.name, f.from)
		}
		text := strings.Replace(whole, f.from, f.to, 1)
		_, parsed := Parse(strings.NewReader(text), "f.yaml")
		var value any
		if err := yaml.Unmarshal([]byte(text), &value); err != nil {
			t.Fatalf("%s: %v", f.name, err)
		}
		plain, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		read, err := jsonschema.UnmarshalJSON(bytes.NewReader(plain))
		if err != nil {
			t.Fatal(err)
		}
		valid := schema.Validate(read)
		if (parsed == nil) != f.right || (valid == nil) != f.right {
			t.Errorf("%s: right is %v, but Parse says %v and the schema %v", f.name, f.right, parsed, valid)
		}
	}
}

// What Write writes is what Parse read.
func TestWriteIsReadBack(t *testing.T) {
	first, err := Parse(strings.NewReader(whole), "f.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var once, twice bytes.Buffer
	if err := Write(&once, first); err != nil {
		t.Fatal(err)
	}
	second, err := Parse(strings.NewReader(once.String()), "f.yaml")
	if err != nil {
		t.Fatalf("%v in\n%s", err, once.String())
	}
	if err := Write(&twice, second); err != nil {
		t.Fatal(err)
	}
	if once.String() != twice.String() {
		t.Errorf("written twice:\n%s\n%s", once.String(), twice.String())
	}
	if len(second.Fields) != 4 || second.Fields[1].Headers[0] != "Full Name" || second.Comparisons[1].Levels[0].VI != "cùng ngày" ||
		second.Match.Probability != .9 || second.Model != "learn" {
		t.Errorf("read back as %+v", second)
	}
}

// No text makes reading fail other than by an error.
func FuzzParse(f *testing.F) {
	f.Add(whole)
	f.Add("a: &x {b: *x}")
	f.Fuzz(func(t *testing.T, text string) {
		if typ, err := Parse(strings.NewReader(text), "f.yaml"); err == nil {
			var b bytes.Buffer
			if err := Write(&b, typ); err != nil {
				t.Fatal(err)
			}
		}
	})
}
