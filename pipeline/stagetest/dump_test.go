package stagetest

import (
	"context"
	"testing"

	"github.com/dusach/dusach/pipeline/record"
)

func small() *record.Forms {
	f := new(record.Forms)
	f.Reset(record.FormSchema)
	Add(f, func(field record.Field) string { return record.FormSchema.Fields[field].Name })
	return f
}

// Dump sees every byte, and neither what lies beyond the length of a slice nor
// whether it is nil.
func TestDump(t *testing.T) {
	a, b := small(), small()
	if Dump(a) != Dump(b) {
		t.Error("equal batches have different texts")
	}
	b.Cols[record.Note].Slab[0] ^= 1
	if Dump(a) == Dump(b) {
		t.Error("a changed byte is not seen")
	}
	b = small()
	b.Origin[0].Position++
	if Dump(a) == Dump(b) {
		t.Error("a changed number is not seen")
	}
	b = small()
	b.Raw.Slab = append(b.Raw.Slab, "beyond"...)[:len(a.Raw.Slab)]
	if Dump(a) != Dump(b) {
		t.Error("what lies beyond the length counts")
	}
	if Dump(&record.Pairs{}) != Dump(&record.Pairs{Pairs: []record.Pair{}}) {
		t.Error("nil and empty differ")
	}
}

// Scribble overwrites a batch and leaves alone what all batches share.
func TestScribble(t *testing.T) {
	f := Clone(small())
	schema := Dump(record.FormSchema.Fields)
	Scribble(f)
	for _, c := range f.Cols[record.Note].Slab {
		if c != 0xaa {
			t.Fatalf("a byte is %#x", c)
		}
	}
	if f.Schema != record.FormSchema || Dump(record.FormSchema.Fields) != schema {
		t.Error("the schema was overwritten")
	}
}

// A stage that keeps the contract passes.
func TestRunOnAStageWithoutMemory(t *testing.T) {
	batch := func(n int) func() *record.Pairs {
		return func() *record.Pairs { return &record.Pairs{Pairs: make([]record.Pair, n)} }
	}
	type stage = Func[*record.Pairs, *record.Pairs]
	Run(t, Case[*record.Pairs, *record.Pairs]{
		Stage: func() Stage[*record.Pairs, *record.Pairs] {
			return stage(func(ctx context.Context, in, out *record.Pairs) error {
				out.Pairs = append(out.Pairs[:0], in.Pairs...)
				return ctx.Err()
			})
		},
		Empty:   func() *record.Pairs { return new(record.Pairs) },
		Batches: []func() *record.Pairs{batch(1000), batch(3)},
		Out:     func() *record.Pairs { return new(record.Pairs) },
	})
}
