package snapshot

import (
	"bytes"
	"context"
	"math"
	"testing"

	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/stagetest"
)

// formsOut is a part of the table forms that goes to memory.
type formsOut struct {
	*FormsWriter
	file bytes.Buffer
	done bool
}

func newFormsOut() *formsOut {
	out := new(formsOut)
	out.reset()
	return out
}

func (o *formsOut) reset() {
	o.file.Reset()
	o.done = false
	l := formsLayout(record.FormSchema)
	o.FormsWriter = &FormsWriter{part: part{file: new(partFile), table: newTable(l, "test")}, names: fieldNames(record.FormSchema)}
	o.table.begin(&o.file)
}

// show completes the part and returns its bytes.
func (o *formsOut) show(t *testing.T) string {
	if !o.done {
		if err := o.table.Close(); err != nil {
			t.Fatal(err)
		}
		o.done = true
	}
	return o.file.String()
}

// people returns n cleaned forms, each of a person of its own.
func people(t *testing.T, n int, seed uint64) func() *record.FormRows {
	f := stagetest.Forms(t, n, seed)
	return func() *record.FormRows {
		rows := &stagetest.Records(t, f).FormRows
		for i := range rows.N {
			rows.Person.Slab = record.AppendPerson(rows.Person.Slab, record.PersonKey{byte(i >> 8), byte(i)})
			rows.Person.Close()
		}
		return rows
	}
}

// The table forms as a stage, as pipeline uses it.
func TestContract(t *testing.T) {
	stagetest.Run(t, stagetest.Case[*record.FormRows, *formsOut]{
		Stage: func() stagetest.Stage[*record.FormRows, *formsOut] {
			return stagetest.Func[*record.FormRows, *formsOut](func(ctx context.Context, in *record.FormRows, out *formsOut) error {
				if err := ctx.Err(); err != nil {
					return err
				}
				return out.WriteRows(in)
			})
		},
		Empty: func() *record.FormRows {
			rows := new(record.FormRows)
			rows.Reset(record.FormSchema)
			return rows
		},
		Batches:     []func() *record.FormRows{people(t, 1500, 1), people(t, 30, 2)},
		Out:         newFormsOut,
		Reset:       (*formsOut).reset,
		Show:        func(out *formsOut) string { return out.show(t) },
		Allocations: math.Inf(1), // Reset opens a file; see below
	})
}

// The table forms allocates nothing per form: what a page or a row group costs
// does not grow with the rows of a batch.
func TestFormsTableAllocatesNothingPerForm(t *testing.T) {
	rows, out := people(t, 1500, 1)(), newFormsOut()
	write := func() {
		if err := out.WriteRows(rows); err != nil {
			t.Fatal(err)
		}
	}
	for range 60 { // more than a row group
		write()
		out.file.Reset()
	}
	allocs := testing.AllocsPerRun(60, func() {
		write()
		out.file.Reset()
	})
	if allocs > float64(rows.N)/20 {
		t.Errorf("%v allocations for %d forms", allocs, rows.N)
	}
}
