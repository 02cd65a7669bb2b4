package block

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/dusach/dusach/pipeline/record"
)

func TestRuleErrorsNameWhatIsWrong(t *testing.T) {
	l := record.NewPacking(record.FormSchema)
	for _, c := range []struct{ rule, says string }{
		{"", `no field ""`},
		{"   ", `no field ""`},
		{"height", `no field "height"`},
		{"cccd +", `no field ""`},
		{"+ cccd", `no field ""`},
		{"/ cccd", `no field ""`},
		{"year(birth)", `no field "birth"`},
		{"weekday(birth_date)", `"weekday" cannot be applied to the field birth_date`},
		{"year(full_name)", `"year" cannot be applied to the field full_name`},
		{"given(birth_date)", `"given" cannot be applied to the field birth_date`},
		{"house(hometown)", `"house" cannot be applied to the field hometown`},
		{"tail6(cmnd)", `"tail6" cannot be applied to the field cmnd`},
		{"full_name", `"" cannot be applied to the field full_name`},
		{"permanent_address", `"" cannot be applied to the field permanent_address`},
		{"note", `"" cannot be applied to the field note`},
		{"event_date", `"" cannot be applied to the field event_date`}, // is not packed
		{"guardian_name", `cannot be applied to the field guardian_name`},
		{"year(birth_date", `no field "year(birth_date"`},
		{"cccd / weekday(birth_date)", `"weekday" cannot be applied`},
	} {
		_, err := ParseRule(c.rule, l)
		if err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), `rule "`+c.rule+`"`) {
			t.Errorf("rule %q: error %v, want one that says %s", c.rule, err, c.says)
		}
	}
}

// Every function can be applied to a field of each kind that it names, and what
// is absent never blocks.
func TestAbsentNeverBlocks(t *testing.T) {
	l := record.NewPacking(record.FormSchema)
	known := keep([]person{{}})
	row, tried := known.Row(0), 0
	for name, f := range functions {
		for _, kind := range f.kinds {
			field := fieldOf(l, kind)
			text := l.Schema.Fields[field].Name
			if name != "" {
				text = name + "(" + text + ")"
			}
			rule := mustRule(t, text, l)
			c := compile(known, Options{Rules: []Rule{rule}, Terms: flat(30), People: 1})
			var v values
			v.turn(row)
			if keys := c.appendKeys(nil, &c.rules[0], &v); len(keys) > 0 {
				t.Errorf("%s of an empty record is %d", text, keys)
			}
			tried++
		}
	}
	if tried < 15 {
		t.Errorf("only %d functions were tried", tried)
	}
}

func fieldOf(l *record.Packing, kind record.Kind) record.Field {
	return record.Field(slices.IndexFunc(l.Schema.Fields, func(f record.FieldDef) bool { return f.Kind == kind }))
}

// sortKeys orders as a stable sort by key does.
func TestSortKeys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.OneOf(rapid.Uint64(), rapid.Uint64Range(0, 5), rapid.Map(rapid.Uint64Range(0, 3), func(v uint64) uint64 { return v << 62 }))
		values := rapid.SliceOf(value).Draw(t, "keys")
		keys := make([]keyed, len(values))
		for i, v := range values {
			keys[i] = keyed{v, uint32(i)}
		}
		want := slices.Clone(keys)
		slices.SortFunc(want, func(a, b keyed) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.rec, b.rec)) })
		spare := make([]keyed, rapid.IntRange(0, 10).Draw(t, "spare"))
		got, _ := sortKeys(keys, spare)
		if !slices.Equal(got, want) {
			t.Fatalf("got %v\nwant %v", got, want)
		}
	})
}
