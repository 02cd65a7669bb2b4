package merge

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"

	"github.com/dusach/dusach/pipeline/record"
)

// Each case is one citizen: a form a line, form_id first, then field: value
// pairs with " | " between. An address is text / old code / new code /
// candidates. Run with -rewrite to accept what changed.
func TestGoldenRecords(t *testing.T) {
	datadriven.Walk(t, "testdata", func(t *testing.T, path string) {
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			cfg := Config{Trust: map[string]int{}}
			for _, arg := range d.CmdArgs {
				if arg.Key != "trust" {
					d.Fatalf(t, "unknown argument %s", arg.Key)
				}
				for rank, name := range arg.Vals {
					cfg.Trust[name] = rank + 1
				}
			}
			var forms []sheet
			for line := range strings.Lines(d.Input) {
				forms = append(forms, parseSheet(t, d, strings.TrimSpace(line)))
			}
			if d.Cmd == "lifeline" {
				return lifeline(grouped(t, record.FormSchema, forms).Rows)
			}
			return one(t, New(cfg), record.FormSchema, forms).String()
		})
	})
}

func parseSheet(t *testing.T, d *datadriven.TestData, line string) sheet {
	id, rest, _ := strings.Cut(line, " | ")
	f := sheet{"form_id": id}
	for pair := range strings.SplitSeq(rest, " | ") {
		name, value, ok := strings.Cut(pair, ": ")
		if !ok {
			d.Fatalf(t, "no value in %q", pair)
		}
		field := record.FormSchema.ByName(name)
		switch {
		case name == "codes":
			f[name] = value
		case field == record.None:
			d.Fatalf(t, "no field is called %q", name)
		case record.FormSchema.Fields[field].Kind.IsAddress():
			first := record.FormSchema.ColumnOf[field]
			for k, part := range strings.Split(value, " / ") {
				f[record.FormSchema.Columns[first+k].Name] = strings.TrimSpace(part)
			}
		default:
			f[name] = value
		}
	}
	return f
}

// lifeline tells the events of a citizen, what each set, and until when.
func lifeline(rows *record.FormRows) string {
	var b strings.Builder
	key := rows.Schema.ColumnOf[rows.Schema.Key]
	for _, e := range Lifeline(rows) {
		dated := map[bool]string{true: "", false: " (collected)"}[e.Dated]
		fmt.Fprintf(&b, "%s%s %s by %s\n", e.Date, dated, e.Kind, rows.Clean[key].At(e.Row))
		for _, s := range e.Sets {
			fmt.Fprintf(&b, "  %s: %s", rows.Schema.Fields[s.Field].Name, s.Value)
			if s.Until != "" {
				b.WriteString(" until " + s.Until)
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}
