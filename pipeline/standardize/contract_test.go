package standardize_test

import (
	"testing"

	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/stagetest"
	"github.com/dusach/dusach/pipeline/standardize"
)

func TestContract(t *testing.T) {
	packing := record.NewPacking(record.FormSchema)
	forms := func(n int, seed uint64) func() *record.Forms {
		all := stagetest.Forms(t, n, seed)
		return func() *record.Forms { return stagetest.Clone(all) }
	}
	stagetest.Run(t, stagetest.Case[*record.Forms, *record.Cleaned]{
		Stage: func() stagetest.Stage[*record.Forms, *record.Cleaned] {
			return standardize.New(packing, standardize.Options{Today: stagetest.Epoch})
		},
		Empty: func() *record.Forms {
			f := new(record.Forms)
			f.Reset(record.FormSchema)
			return f
		},
		Batches: []func() *record.Forms{forms(1200, 1), forms(40, 2), forms(300, 3)},
		Out:     func() *record.Cleaned { return new(record.Cleaned) },
		// A form in three thousand was encoded twice and mixed with plain text,
		// so that only the NFC of x/text can put its marks in order; that costs a
		// few strings (normalize.AppendClean). No other form costs any.
		Allocations: 16,
	})
}
