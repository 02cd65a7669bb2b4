package review

import (
	"context"
	"iter"

	"github.com/cespare/xxhash/v2"

	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/snapshot"
)

// Pairs yields every pair of forms that a snapshot merges, and every pair that waits
// for a person. A pair is valid until the next.
func Pairs(ctx context.Context, s *snapshot.Snapshot) iter.Seq2[*Pair, error] {
	return func(yield func(*Pair, error) bool) {
		linked := map[uint64]struct{}{}
		for rows, err := range s.ReadLinks(ctx) {
			if err != nil {
				yield(nil, err)
				return
			}
			for i := range rows.N {
				p := Pair{A: string(rows.FormA.At(i)), B: string(rows.FormB.At(i)), Linked: true, Merged: rows.Verdict[i] == record.Match, Weight: rows.Weight[i]}
				if p.Merged {
					linked[hashOf(p.A, p.B)] = struct{}{}
				}
				if !yield(&p, nil) {
					return
				}
			}
		}
		joined(ctx, s, linked, yield)
	}
}

// joined yields the pairs of forms of one citizen that are no link.
func joined(ctx context.Context, s *snapshot.Snapshot, linked map[uint64]struct{}, yield func(*Pair, error) bool) {
	key := s.Schema.ColumnOf[s.Schema.Key]
	var person string
	var ids []string // of the forms of person so far, in order
	for rows, err := range s.ReadForms(ctx, "form_id", "person_id") {
		if err != nil {
			yield(nil, err)
			return
		}
		for i := range rows.N {
			if string(rows.Person.At(i)) != person {
				person, ids = string(rows.Person.At(i)), ids[:0]
			}
			id := string(rows.Clean[key].At(i))
			for _, before := range ids {
				if _, ok := linked[hashOf(before, id)]; ok {
					continue
				}
				if !yield(&Pair{A: before, B: id, Merged: true}, nil) {
					return
				}
			}
			ids = append(ids, id)
		}
	}
}

func hashOf(a, b string) uint64 { return rank(&Pair{A: a, B: b}, 0) ^ xxhash.Sum64String(a) }
