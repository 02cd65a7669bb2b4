package pipeline_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"

	"github.com/dusach/dusach/pipeline"
	"github.com/dusach/dusach/pipeline/record"
)

// configFile writes a configuration into a folder of the test.
func configFile(t testing.TB, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "person.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Every slip is told with its place and what to do.
func TestConfigErrors(t *testing.T) {
	datadriven.RunTest(t, "testdata/config_errors", func(t *testing.T, d *datadriven.TestData) string {
		path := configFile(t, d.Input)
		if _, err := pipeline.ReadConfig(path, ""); err != nil {
			return strings.ReplaceAll(err.Error(), filepath.Dir(path)+"/", "") + "\n"
		}
		return "no error\n"
	})
}

// Too many rules or parts of fields are an error and no panic.
func TestTooManyRulesAreAnError(t *testing.T) {
	const head = "record: person\nfields: {id: key, a: text, b: text}\ncomparisons: {a: [exact]}\nblocking:\n"
	for n, want := range map[int]string{256: "at most 255", 129: "at most 128", 90: ""} {
		var b strings.Builder
		b.WriteString(head)
		for i := range n {
			if n > 200 { // many rules of few parts
				fmt.Fprintf(&b, "  - %sa%s\n", strings.Repeat("b + ", i/16), strings.Repeat(" + a", i%16))
				continue
			}
			fmt.Fprintf(&b, "  - %s(%s, %d)\n", []string{"prefix", "suffix"}[i%2], []string{"a", "b"}[i/2%2], 1+i/4)
		}
		_, err := pipeline.ReadConfig(configFile(t, b.String()), "")
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%d rules: error %v, want one that says %q", n, err, want)
		}
	}
}

// The form as it is shown is the form: the same schema, rules and comparisons.
func TestTheShownFormIsTheForm(t *testing.T) {
	form, err := pipeline.DefaultConfig(nil)
	if err != nil {
		t.Fatal(err)
	}
	var shown bytes.Buffer
	if err := form.WriteYAML(&shown); err != nil {
		t.Fatal(err)
	}
	back, err := pipeline.ReadConfig(configFile(t, shown.String()), "")
	if err != nil {
		t.Fatalf("%v in\n%s", err, shown.String())
	}
	if back.Schema() != record.FormSchema || back.RulesHash() != form.RulesHash() || back.Model != form.Model || back.Learn {
		t.Errorf("the shown form is read as %q with the rules %s, want %s", back.Schema().Name, back.RulesHash(), form.RulesHash())
	}
}

// A file that extends the form changes what it names and keeps the rest.
func TestExtendingTheForm(t *testing.T) {
	form, err := pipeline.DefaultConfig(nil)
	if err != nil {
		t.Fatal(err)
	}
	c, err := pipeline.ReadConfig(configFile(t, `
extends: form
fields: {phone: {headers: [Số máy bàn]}}
blocking: {add: [folded(other_name) + year(birth_date)]}
thresholds: {match: 0.95}
`), "")
	if err != nil {
		t.Fatal(err)
	}
	if c.Schema() != record.FormSchema || len(c.Rules) != len(form.Rules)+1 || c.Intake.Headers["phone"][0] != "Số máy bàn" {
		t.Errorf("read as %q with %d rules and the headers %v", c.Schema().Name, len(c.Rules), c.Intake.Headers)
	}
	if c.Model == form.Model || c.Model.Thresholds.Match <= form.Model.Thresholds.Match || c.Model.Thresholds.Review != form.Model.Thresholds.Review {
		t.Errorf("the thresholds are %+v, were %+v", c.Model.Thresholds, form.Model.Thresholds)
	}
}
