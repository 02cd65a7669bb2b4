package lookup

import (
	"context"
	"iter"
	"slices"

	"github.com/dusach/dusach/pipeline/snapshot"
)

// A Difference says how the citizens of an earlier snapshot became those of a
// later one.
type Difference struct {
	Kept  int64 `json:"kept"`  // citizens with the same id and forms
	Grown int64 `json:"grown"` // the same id, and forms that came or went
	New   int64 `json:"new"`   // ids that were not there
	Gone  int64 `json:"gone"`  // ids that are not there any more
	// Each lists the citizens that were not kept, if the caller wants them.
	Each func(person string, change Step) `json:"-"`
}

// A Step is what happened to one person_id between two snapshots.
type Step string

// The steps.
const (
	StepNew   Step = "new"
	StepGone  Step = "gone"
	StepGrown Step = "grown"
)

// Between compares two snapshots of a store; from is the earlier one. Both list
// their forms by person, so two columns are read side by side, once.
func (d *Difference) Between(ctx context.Context, from, to *snapshot.Snapshot) error {
	old, endOld := iter.Pull2(clusters(ctx, from))
	defer endOld()
	now, endNow := iter.Pull2(clusters(ctx, to))
	defer endNow()
	a, errA, moreA := old()
	b, errB, moreB := now()
	for moreA || moreB {
		switch {
		case errA != nil:
			return errA
		case errB != nil:
			return errB
		case !moreB || moreA && a.person < b.person:
			d.Gone++
			d.tell(a.person, StepGone)
			a, errA, moreA = old()
		case !moreA || b.person < a.person:
			d.New++
			d.tell(b.person, StepNew)
			b, errB, moreB = now()
		default:
			d.same(&a, &b)
			a, errA, moreA = old()
			b, errB, moreB = now()
		}
	}
	return nil
}

// same compares the forms of one person_id in both snapshots.
func (d *Difference) same(a, b *people) {
	if slices.Equal(a.forms, b.forms) {
		d.Kept++
		return
	}
	d.Grown++
	d.tell(b.person, StepGrown)
}

func (d *Difference) tell(person string, s Step) {
	if d.Each != nil {
		d.Each(person, s)
	}
}

// people is a person_id and the sorted ids of its forms.
type people struct {
	person string
	forms  []string
}

// clusters yields the persons of a snapshot in order.
func clusters(ctx context.Context, s *snapshot.Snapshot) iter.Seq2[people, error] {
	return func(yield func(people, error) bool) {
		var p people
		key := s.Schema.ColumnOf[s.Schema.Key]
		for rows, err := range s.ReadForms(ctx, "form_id", "person_id") {
			if err != nil {
				yield(p, err)
				return
			}
			for i := range rows.N {
				if string(rows.Person.At(i)) != p.person {
					if len(p.forms) > 0 && !yield(p, nil) {
						return
					}
					p.person, p.forms = string(rows.Person.At(i)), nil
				}
				p.forms = append(p.forms, string(rows.Clean[key].At(i)))
			}
		}
		if len(p.forms) > 0 {
			yield(p, nil)
		}
	}
}
