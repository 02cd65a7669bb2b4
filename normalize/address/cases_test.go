package address

import (
	_ "embed"
	"slices"
	"strings"
	"testing"

	"github.com/dusach/dusach/normalize/reason"
)

//go:embed testdata/cases.tsv
var cases string

func TestCases(t *testing.T) {
	var p Parser
	var a Address
	for line := range strings.Lines(cases) {
		if line[0] == '#' {
			continue
		}
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		p.Parse([]byte(f[0]), &a)
		old, new := a.Old.Code(), a.New.Code()
		if f[1] != "?" && old != strings.Trim(f[1], "-") {
			t.Errorf("%q: old %q, want %s", f[0], old, f[1])
		}
		if new == "" && f[2] != "-" || new != "" && !slices.Contains(strings.Fields(f[2]), new) {
			t.Errorf("%q: new %q, want %s", f[0], new, f[2])
		}
		if f[3] != "-" {
			for want := range strings.FieldsSeq(f[3]) {
				if c, ok := reason.Parse(want); !ok || !a.Codes.Has(c) {
					t.Errorf("%q: codes %v, want %s", f[0], a.Codes.AppendStrings(nil), want)
				}
			}
		}
		if t.Failed() && testing.Verbose() {
			explain(t, &p)
			return
		}
	}
}

// explain logs the readings that were weighed last.
func explain(t *testing.T, p *Parser) {
	for _, c := range p.top {
		t.Logf("  %s/%s %s%s score %d gaps %d contrary %d district %v province %v", c.old.Code(), c.new.Code(), c.old.Name(), c.new.Name(), c.score, c.gaps, c.contrary, c.district, c.province)
	}
}
