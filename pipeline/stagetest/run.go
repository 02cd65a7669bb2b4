package stagetest

import (
	"context"
	"errors"
	"testing"
)

// A Stage is a room, as pipeline declares it.
type Stage[In, Out any] interface {
	Do(ctx context.Context, in In, out Out) error
}

// Func is a stage without memory.
type Func[In, Out any] func(ctx context.Context, in In, out Out) error

// Do calls f.
func (f Func[In, Out]) Do(ctx context.Context, in In, out Out) error { return f(ctx, in, out) }

// A Case is a stage with batches to try it on.
type Case[In, Out any] struct {
	// Stage returns a new stage; all of them stand on the same memory.
	Stage func() Stage[In, Out]
	// Empty returns a batch without rows.
	Empty func() In
	// Batches return two or more different batches that are not empty. Every
	// call makes its batch anew: the same rows in memory of its own.
	Batches []func() In
	// Out returns a place for results, not used before.
	Out func() Out

	// Reset is what the caller does with out before the next batch, where Do
	// adds to it; nil where Do fills it.
	Reset func(out Out)
	// Rewind is set where Do moves in along: it sets in back to its start.
	Rewind func(in In)
	// Show tells all that out holds; nil: Dump does.
	Show func(out Out) string
	// Allocations is how many allocations all batches together may cost, where
	// a stage hands rows to a library that asks for memory now and then. It may
	// not grow with the rows.
	Allocations float64
}

// Run proves that a stage keeps the contract of all stages.
func Run[In, Out any](t *testing.T, c Case[In, Out]) {
	t.Helper()
	if len(c.Batches) < 2 {
		t.Fatal("BUG: the contract needs two batches or more")
	}
	r := &runner[In, Out]{Case: c}
	if r.Show == nil {
		r.Show = func(out Out) string { return Dump(out) }
	}
	r.learn(t)
	t.Run("an empty batch is a batch", r.empty)
	t.Run("same in, same out", r.same)
	t.Run("out is reused", r.reused)
	t.Run("in is left as it was", r.kept)
	t.Run("nothing is retained", r.retained)
	t.Run("a cancelled context stops", r.cancelled)
	t.Run("nothing is allocated", r.allocations)
}

// runner is a case with the results that a new stage has on a new out.
type runner[In, Out any] struct {
	Case[In, Out]
	want []string // by batch
	none string   // of the empty batch
}

// learn fills in what is expected.
func (r *runner[In, Out]) learn(t *testing.T) {
	t.Helper()
	fresh := func(in In) string {
		out := r.Out()
		r.do(t, r.Stage(), in, out)
		return r.Show(out)
	}
	r.none = fresh(r.Empty())
	for i, batch := range r.Batches {
		r.want = append(r.want, fresh(batch()))
		if r.want[i] == r.none {
			t.Fatalf("batch %d gives what the empty batch gives: it proves nothing", i)
		}
		if i > 0 && r.want[i] == r.want[i-1] {
			t.Fatalf("batches %d and %d give the same: they prove nothing", i-1, i)
		}
	}
}

func (r *runner[In, Out]) do(t *testing.T, s Stage[In, Out], in In, out Out) {
	t.Helper()
	if err := s.Do(context.Background(), in, out); err != nil {
		t.Fatalf("Do: %v", err)
	}
}

// check compares what out holds with what is expected of it.
func (r *runner[In, Out]) check(t *testing.T, out Out, want, what string) {
	t.Helper()
	if got := r.Show(out); got != want {
		t.Fatalf("%s: %s", what, difference(got, want))
	}
}

func (r *runner[In, Out]) reset(out Out) {
	if r.Reset != nil {
		r.Reset(out)
	}
}

func (r *runner[In, Out]) empty(t *testing.T) {
	s, out := r.Stage(), r.Out()
	r.do(t, s, r.Batches[0](), out)
	r.reset(out)
	r.do(t, s, r.Empty(), out)
	r.check(t, out, r.none, "an empty batch after another one")
}

func (r *runner[In, Out]) same(t *testing.T) {
	s := r.Stage()
	for range 2 {
		for i, batch := range r.Batches {
			out := r.Out()
			r.do(t, s, batch(), out)
			r.check(t, out, r.want[i], "a stage that has worked before")
		}
	}
}

func (r *runner[In, Out]) reused(t *testing.T) {
	s, out := r.Stage(), r.Out()
	for i := range r.Batches {
		for j := range r.Batches {
			for _, k := range []int{i, j} {
				r.reset(out)
				r.do(t, s, r.Batches[k](), out)
				r.check(t, out, r.want[k], "an out that was used before")
			}
		}
	}
}

func (r *runner[In, Out]) kept(t *testing.T) {
	s := r.Stage()
	for i, batch := range r.Batches {
		in, out := batch(), r.Out()
		before := Dump(in)
		r.do(t, s, in, out)
		if r.Rewind != nil {
			r.Rewind(in)
		}
		if after := Dump(in); after != before {
			t.Fatalf("batch %d was changed: %s", i, difference(after, before))
		}
		again := r.Out()
		r.do(t, s, in, again)
		r.check(t, again, r.want[i], "the same batch once more")
	}
}

func (r *runner[In, Out]) retained(t *testing.T) {
	s := r.Stage()
	for i := range r.Batches {
		next := (i + 1) % len(r.Batches)
		in, out := r.Batches[i](), r.Out()
		r.do(t, s, in, out)
		if r.Rewind == nil { // what is moved along is the caller's question, not rows
			Scribble(in)
		}
		r.check(t, out, r.want[i], "the batch was overwritten after it had been read")
		second := r.Out()
		r.do(t, s, r.Batches[next](), second)
		r.check(t, second, r.want[next], "the batch before was overwritten")
		r.check(t, out, r.want[i], "the stage went on with another batch")
	}
}

func (r *runner[In, Out]) cancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for i, batch := range r.Batches {
		s, in, out := r.Stage(), batch(), r.Out()
		if err := s.Do(ctx, in, out); !errors.Is(err, context.Canceled) {
			t.Fatalf("batch %d under a cancelled context: error %v", i, err)
		}
		r.reset(out)
		r.do(t, s, batch(), out)
		r.check(t, out, r.want[i], "after a cancelled batch")
	}
}

func (r *runner[In, Out]) allocations(t *testing.T) {
	s, out := r.Stage(), r.Out()
	var batches []In
	for _, batch := range r.Batches {
		batches = append(batches, batch())
	}
	all := func() {
		for _, in := range batches {
			r.reset(out)
			if r.Rewind != nil {
				r.Rewind(in)
			}
			r.do(t, s, in, out)
		}
	}
	all()
	all()
	if got := testing.AllocsPerRun(3, all); got > r.Allocations {
		t.Errorf("%v allocations for all batches, at most %v are allowed", got, r.Allocations)
	}
}
