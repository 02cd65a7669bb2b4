package block

import (
	"context"
	"errors"
	"testing"

	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/stagetest"
)

// ending is a context that ends when it is asked for the nth time.
type ending struct {
	context.Context
	left int
}

func (e *ending) Err() error {
	if e.left--; e.left <= 0 {
		return context.Canceled
	}
	return nil
}

// alike is so many records of one content.
func alike(t *testing.T, n int) *record.Known {
	t.Helper()
	r := stagetest.Records(t, stagetest.Forms(t, 1, 1))
	known := stagetest.Known(r, nil)
	for known.Len() < n {
		known.Append(r, 0)
	}
	return known
}

// square is blocks of so many records that are all alike: one block under every rule,
// of which only the first makes pairs. The second one is at hand.
func square(t *testing.T, records int, side []uint8) *Blocks {
	t.Helper()
	known := alike(t, records)
	rules := []Rule{mustRule(t, "surname(full_name) + given(full_name)", known.Packing), mustRule(t, "given(full_name)", known.Packing)}
	b := New(known, Options{Rules: rules, Terms: flat(30), People: 1, Side: side})
	for range rules {
		b.Next(1)
		b.Gather(0)
		b.Sort(0)
		b.Join()
	}
	if ranges := b.Ranges(1); len(ranges) != 1 || ranges[0].to-ranges[0].from != records {
		t.Fatalf("not one block: %+v", ranges)
	}
	return b
}

// met is how many pairs of the square have been looked at.
func met(r Range, records int) (n int) {
	for i := range r.i {
		n += records - 1 - i
	}
	return n + r.j - r.i - 1
}

// A run that is told to stop stops within a block that makes no pair, however large:
// because earlier rules made them all, or because all records are of one side.
func TestStopsWithinABlock(t *testing.T) {
	const records, asked = 1500, 5
	for name, one := range map[string]struct {
		side  []uint8
		bound int // pairs between two questions
	}{
		"made before": {nil, meetings}, "of one side": {make([]uint8, records), apart},
	} {
		b := square(t, records, one.side)
		s, r := NewStage(b), b.Ranges(1)[0]
		var out record.Pairs
		err := s.Do(&ending{context.Background(), asked}, &r, &out)
		if n := met(r, records); !errors.Is(err, context.Canceled) || n == 0 || n > asked*one.bound {
			t.Errorf("%s: %v after %d pairs", name, err, n)
		}
		if err := s.Do(context.Background(), &r, &out); err != nil || len(out.Pairs) > 0 || met(r, records) < records*(records-1)/2 {
			t.Errorf("%s: went on to %d pairs, made %d, %v", name, met(r, records), len(out.Pairs), err)
		}
	}
}

// Keys are not made to the end either.
func TestStopsWhileKeysAreMade(t *testing.T) {
	known := alike(t, 40*batch)
	for _, text := range []string{"surname(full_name) + given(full_name)", "words(full_name | other_name)"} {
		left := 3
		b := New(known, Options{Rules: []Rule{mustRule(t, text, known.Packing)}, Terms: flat(30), People: 1,
			Stopped: func() bool { left--; return left < 0 }})
		b.Next(1)
		b.Gather(0)
		made := map[uint32]bool{}
		for _, k := range b.parts[0].several {
			made[k.rec] = true
		}
		for _, keys := range b.ahead.keys {
			for i, key := range keys {
				if key != 0 {
					made[uint32(i)] = true
				}
			}
		}
		if n := len(made); n != 3*batch {
			t.Errorf("%s: keys of %d records were made, %d were to be", text, n, 3*batch)
		}
	}
}
