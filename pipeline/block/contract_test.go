package block

import (
	"testing"

	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/stagetest"
)

func TestContract(t *testing.T) {
	known := stagetest.Known(stagetest.Records(t, stagetest.Forms(t, 2000, 1)), nil)
	var rules []Rule
	for _, text := range []string{"cccd", "surname(full_name) + given(full_name)", "commune(permanent_address)"} {
		rules = append(rules, mustRule(t, text, known.Packing))
	}
	blocks := New(known, Options{Rules: rules, Terms: flat(30), People: 1})
	for range 2 {
		blocks.Next(3)
		for part := range 3 {
			blocks.Gather(part)
		}
		for part := range 3 {
			blocks.Sort(part)
		}
		blocks.Join()
	}
	ranges := blocks.Ranges(3)
	if len(ranges) < 2 {
		t.Fatalf("only %d ranges", len(ranges))
	}
	var batches []func() *Range
	for _, r := range ranges {
		batches = append(batches, func() *Range { return &Range{from: r.from, to: r.to} })
	}
	stagetest.Run(t, stagetest.Case[*Range, *record.Pairs]{
		Stage:   func() stagetest.Stage[*Range, *record.Pairs] { return NewStage(blocks) },
		Empty:   func() *Range { return new(Range) },
		Batches: batches,
		Out:     func() *record.Pairs { return new(record.Pairs) },
		Rewind:  func(r *Range) { r.i, r.j, r.end = 0, 0, 0 },
	})
}

func mustRule(t testing.TB, text string, l *record.Packing) Rule {
	t.Helper()
	r, err := ParseRule(text, l)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
