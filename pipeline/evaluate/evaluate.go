package evaluate

import (
	"context"
)

// Evaluate measures a store against the truth. The truth takes up what became
// of its forms, so it serves for one store.
func Evaluate(ctx context.Context, s Store, t *Truth) (*Result, error) {
	r, err := t.read(ctx, s)
	if err != nil {
		return nil, err
	}
	res := &Result{}
	t.countForms(r, res)
	index := t.indices()
	byPerson := t.group(index, entry.ofPerson, entry.ofCitizen)
	res.Persons, res.SplitPersons = byPerson.groups, byPerson.mixed
	t.measurePairs(r, index, byPerson, res)
	byCitizen := t.group(index, entry.ofCitizen, entry.ofPerson)
	res.Citizens, res.WrongMerges = byCitizen.groups, byCitizen.extra
	res.measure(byPerson, byCitizen)
	res.sweep(r.links)
	if res.FalseMerges, err = t.falseMerges(ctx, s, index); err != nil {
		return nil, err
	}
	t.countMalformed(r, res)
	return res, nil
}

func (t *Truth) countForms(r *reading, res *Result) {
	f := &res.Forms
	f.Truth, f.Stored, f.WithoutTruth, f.Ambiguous = uint64(len(t.entries)), r.forms, r.unknown, t.ambiguous
	for i := range t.entries {
		switch t.entries[i].fate {
		case found:
			f.Compared++
		case refused:
			f.Refused++
		case absent:
			f.Absent++
		}
	}
	res.Links.Reviews = r.reviews
	res.Links.ReviewsPer1000 = 1000 * float64(r.reviews) / float64(r.forms)
}

// indices returns the entries that are compared.
func (t *Truth) indices() []uint32 {
	var index []uint32
	for i := range t.entries {
		if t.entries[i].fate == found {
			index = append(index, uint32(i))
		}
	}
	return index
}

func (e entry) ofPerson() uint64  { return e.person }
func (e entry) ofCitizen() uint64 { return e.citizen }

// measure fills the two qualities out of the two ways of grouping.
func (res *Result) measure(byPerson, byCitizen grouping) {
	forms := res.Forms.Compared
	q := &res.Pairwise
	q.True, q.Predicted, q.Correct = byPerson.pairs, byCitizen.pairs, byCitizen.agreed
	q.Precision, q.Recall = ratio(q.Correct, q.Predicted), ratio(q.Correct, q.True)
	q.F1 = harmonic(q.Precision, q.Recall)
	b := &res.BCubed
	b.Precision, b.Recall = byCitizen.purity/float64(max(forms, 1)), byPerson.purity/float64(max(forms, 1))
	b.F1 = harmonic(b.Precision, b.Recall)
	res.WrongPairs = q.Predicted - q.Correct
	res.WrongPairsPerMillion = perMillion(res.WrongPairs, forms)
	res.WrongMergesPerMillion = perMillion(res.WrongMerges, forms)
}

func perMillion(n, of uint64) float64 { return 1e6 * float64(n) / float64(max(of, 1)) }
