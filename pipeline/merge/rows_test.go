package merge

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// A sheet is one clean form: column name → value, "codes" → reason codes.
type sheet map[string]string

// grouped makes a batch of citizens, each the forms in the order given.
func grouped(t testing.TB, s *record.Schema, citizens ...[]sheet) *record.Grouped {
	t.Helper()
	rows := &record.FormRows{}
	rows.Reset(s)
	g := &record.Grouped{Rows: rows, Start: []uint32{0}}
	for n, forms := range citizens {
		for _, f := range forms {
			rows.Person.AppendString(fmt.Sprintf("p%06d", n))
			for c, col := range s.Columns {
				rows.Clean[c].AppendString(f[col.Name])
			}
			rows.Raw.Close()
			rows.Codes = append(rows.Codes, codes(t, f["codes"]))
			rows.N++
		}
		g.Start = append(g.Start, uint32(rows.N))
	}
	return g
}

func codes(t testing.TB, names string) (s reason.Set) {
	for _, name := range strings.Fields(names) {
		c, ok := reason.Parse(name)
		if !ok {
			t.Fatalf("no reason code is called %q", name)
		}
		s.Add(c)
	}
	return s
}

// A golden is one row of CitizenRows, read back.
type golden struct {
	values  sheet // with "codes"
	origins map[string]string
	status  string
	first   string
	last    string
	forms   int
	home    uint8
}

func readBack(out *record.CitizenRows, i int) golden {
	s := out.Schema
	g := golden{values: sheet{}, origins: map[string]string{}, status: string(out.Status.At(i)),
		first: string(out.FirstSeen.At(i)), last: string(out.LastSeen.At(i)), forms: int(out.Forms[i]), home: out.Province[i]}
	for k, c := range s.CitizenColumns {
		if v := string(out.Clean[k].At(i)); v != "" {
			g.values[s.Columns[c].Name] = v
		}
	}
	if flags := out.Flags[i].AppendStrings(nil); len(flags) > 0 {
		g.values["codes"] = strings.Join(flags, " ")
	}
	from, to := out.Origins.Row(i)
	for k := from; k < to; k++ {
		g.origins[s.Fields[out.Origins.Field[k]].Name] = string(out.Origins.Form.At(k))
	}
	return g
}

// one merges the forms of one citizen.
func one(t testing.TB, stage *Stage, s *record.Schema, forms []sheet) golden {
	t.Helper()
	var out record.CitizenRows
	if err := stage.Do(context.Background(), grouped(t, s, forms), &out); err != nil {
		t.Fatal(err)
	}
	if out.N != 1 {
		t.Fatalf("one citizen in, %d out", out.N)
	}
	return readBack(&out, 0)
}

// String prints a golden record, one value a line, with the form of origin
// where the forms disagreed.
func (g golden) String() string {
	var lines []string
	for name, v := range g.values {
		if name == "codes" {
			continue
		}
		lines = append(lines, name+": "+v)
	}
	slices.Sort(lines)
	for field, form := range g.origins {
		lines = append(lines, "origin of "+field+": "+form)
	}
	slices.Sort(lines[len(lines)-len(g.origins):])
	if g.status != record.StatusActive {
		lines = append(lines, "status: "+g.status)
	}
	if c := g.values["codes"]; c != "" {
		lines = append(lines, "flags: "+c)
	}
	return strings.Join(lines, "\n") + "\n"
}
