package evaluate

import (
	"context"

	"github.com/dusach/dusach/matchers/quality"
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
	t.measurePairs(r, index, res)
	byCitizen := t.group(index, entry.ofCitizen, entry.ofPerson)
	res.Citizens, res.WrongMerges = byCitizen.groups, byCitizen.extra
	res.measure(byCitizen.of(index), byPerson.of(index))
	if t.sampled() {
		res.Sample = t.share
		res.addStrangers(&r.outside)
	}
	res.sweep(r.links)
	res.calibrate(r.links)
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

// measure judges the two labellings of the forms compared.
func (res *Result) measure(citizen, person []uint32) {
	p := quality.Pairwise(citizen, person)
	res.Pairwise = Quality{True: p.True, Predicted: p.Found, Correct: p.Right, Precision: p.Precision(), Recall: p.Recall(), F1: p.F1()}
	b := quality.BCubed(citizen, person)
	res.BCubed = Quality{Precision: b.Precision, Recall: b.Recall, F1: b.F1()}
	res.WrongPairs, res.WrongPairsPerMillion = p.Found-p.Right, p.WrongPerMillion()
	if p.Forms > 0 {
		res.WrongMergesPerMillion = 1e6 * float64(res.WrongMerges) / float64(p.Forms)
	}
}
