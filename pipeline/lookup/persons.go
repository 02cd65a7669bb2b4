package lookup

import (
	"context"
	"iter"
)

// Persons returns the citizens of forms, those that the snapshot does not hold left
// out, and how many forms each of these citizens has.
func (s *Store) Persons(ctx context.Context, forms []string) (of map[string]string, sizes map[string]int, err error) {
	of, sizes = map[string]string{}, map[string]int{}
	if len(forms) == 0 {
		return of, sizes, nil
	}
	wanted := make(map[string]bool, len(forms))
	for _, id := range forms {
		wanted[id] = true
	}
	key := s.snap.Schema.ColumnOf[s.snap.Schema.Key]
	var person string // forms come ordered by their citizen
	var n int
	var asked bool
	count := func() {
		if asked {
			sizes[person] = n
		}
	}
	for rows, err := range s.snap.ReadForms(ctx, "form_id", "person_id") {
		if err != nil {
			return nil, nil, err
		}
		for i := range rows.N {
			if string(rows.Person.At(i)) != person {
				count()
				person, n, asked = string(rows.Person.At(i)), 0, false
			}
			n++
			if id := rows.Clean[key].At(i); wanted[string(id)] {
				of[string(id)], asked = person, true
			}
		}
	}
	count()
	return of, sizes, nil
}

// Gather returns forms by their ids in one pass over the table.
func (s *Store) Gather(ctx context.Context, ids []string) (map[string]Form, error) {
	wanted := make(map[string]bool, len(ids))
	for _, id := range ids {
		wanted[id] = true
	}
	found := make(map[string]Form, len(wanted))
	key := s.snap.Schema.ColumnOf[s.snap.Schema.Key]
	for rows, err := range s.snap.ReadForms(ctx) {
		if err != nil {
			return nil, err
		}
		for i := range rows.N {
			if id := rows.Clean[key].At(i); wanted[string(id)] {
				found[string(id)] = formOf(rows, i)
			}
		}
	}
	for _, id := range ids {
		if _, ok := found[id]; !ok {
			return nil, notFound("form", id, s.snap.Number)
		}
	}
	return found, nil
}

// FormsOf yields (form_id, person_id) of the forms of some citizens, in the order
// of the table. What goes wrong is put into err and ends it.
func (s *Store) FormsOf(ctx context.Context, persons map[string]bool, err *error) iter.Seq[[]string] {
	key := s.snap.Schema.ColumnOf[s.snap.Schema.Key]
	return func(yield func([]string) bool) {
		for rows, e := range s.snap.ReadForms(ctx, "form_id", "person_id") {
			if e != nil {
				*err = e
				return
			}
			for i := range rows.N {
				if p := string(rows.Person.At(i)); persons[p] && !yield([]string{string(rows.Clean[key].At(i)), p}) {
					return
				}
			}
		}
	}
}
