package evaluate

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/cespare/xxhash/v2"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// A Store is the snapshot under evaluation, table by table, in batches that are
// valid until the next. A *snapshot.Snapshot is one.
type Store interface {
	ReadForms(ctx context.Context, columns ...string) iter.Seq2[*record.FormRows, error]
	ReadLinks(ctx context.Context) iter.Seq2[*record.LinkRows, error]
	ReadQuarantine(ctx context.Context, sources *record.Sources) iter.Seq2[*record.Refusals, error]
}

// A link is a decided pair of two forms that the truth knows.
type link struct {
	a, b    uint32 // indices of entries, a < b
	weight  float32
	verdict record.Verdict
	same    bool // in truth
}

// reading is what was read of a store beside the fates of the forms.
type reading struct {
	forms    uint64 // in the store
	unknown  uint64 // of these, the truth does not know
	nameless uint64 // refused, and no form of the truth by its id
	reviews  uint64 // pairs left to people
	links    []link
	outside  strangers
}

type pair struct{ a, b uint32 }

func (t *Truth) read(ctx context.Context, s Store) (*reading, error) {
	r := &reading{}
	if err := r.readForms(ctx, s, t); err != nil {
		return nil, fmt.Errorf("reading the forms: %w", err)
	}
	if r.forms == 0 {
		return nil, errors.New("the snapshot holds no forms")
	}
	if r.unknown == r.forms {
		return nil, errors.New("the truth knows none of the forms of the snapshot: is it the truth of this input?")
	}
	if err := r.readQuarantine(ctx, s, t); err != nil {
		return nil, fmt.Errorf("reading the quarantine: %w", err)
	}
	if err := r.readLinks(ctx, s, t); err != nil {
		return nil, fmt.Errorf("reading the links: %w", err)
	}
	return r, nil
}

func (r *reading) readForms(ctx context.Context, s Store, t *Truth) error {
	defer r.outside.end()
	for rows, err := range s.ReadForms(ctx, "form_id", "person_id", "reason_codes") {
		if err != nil {
			return err
		}
		keys := &rows.Clean[rows.Schema.ColumnOf[rows.Schema.Key]]
		for i := range rows.N {
			r.forms++
			e := t.find(keys.At(i))
			if t.sampled() {
				r.outside.add(xxhash.Sum64(rows.Person.At(i)), e != nil)
			}
			if e == nil {
				r.unknown++
				continue
			}
			if e.fate == ambiguous {
				continue
			}
			e.fate, e.citizen = found, xxhash.Sum64(rows.Person.At(i))
			e.coded = t.meets(e, rows.Codes[i])
		}
	}
	return nil
}

// meets reports whether a form carries what its malformed kind calls for.
func (t *Truth) meets(e *entry, codes reason.Set) bool {
	x := &t.expected[e.kind]
	if !x.HasCode {
		return !codes.Empty()
	}
	return codes.Has(x.Code)
}

func (r *reading) readQuarantine(ctx context.Context, s Store, t *Truth) error {
	for rows, err := range s.ReadQuarantine(ctx, &record.Sources{}) {
		if err != nil {
			return err
		}
		for i := range rows.Len() {
			switch e := t.find(rows.Key.At(i)); {
			case e == nil:
				r.nameless++
			case e.fate == absent:
				e.fate = refused
			}
		}
	}
	return nil
}

func (r *reading) readLinks(ctx context.Context, s Store, t *Truth) error {
	for rows, err := range s.ReadLinks(ctx) {
		if err != nil {
			return err
		}
		for i := range rows.N {
			if rows.Verdict[i] == record.Review {
				r.reviews++
			}
			a, b := t.find(rows.FormA.At(i)), t.find(rows.FormB.At(i))
			if t.sampled() && (a == nil) != (b == nil) {
				if half(rows.FormA.At(i), rows.FormB.At(i)) {
					r.links = append(r.links, link{a: outside, b: outside, weight: float32(rows.Weight[i]), verdict: rows.Verdict[i]})
				}
				continue
			}
			if a == nil || b == nil || a.fate != found || b.fate != found {
				continue
			}
			if a.key > b.key {
				a, b = b, a
			}
			ia, _ := t.search(a.key)
			ib, _ := t.search(b.key)
			r.links = append(r.links, link{a: uint32(ia), b: uint32(ib), weight: float32(rows.Weight[i]),
				verdict: rows.Verdict[i], same: a.person == b.person})
		}
	}
	slices.SortFunc(r.links, func(x, y link) int { return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b)) })
	return nil
}

// linked returns the link between two forms.
func (r *reading) linked(a, b uint32) (link, bool) {
	if a > b {
		a, b = b, a
	}
	i, ok := slices.BinarySearchFunc(r.links, pair{a, b}, func(l link, p pair) int {
		return cmp.Or(cmp.Compare(l.a, p.a), cmp.Compare(l.b, p.b))
	})
	if !ok {
		return link{}, false
	}
	return r.links[i], true
}
