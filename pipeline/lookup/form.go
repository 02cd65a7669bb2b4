package lookup

import (
	"context"
	"strings"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/snapshot"
)

// A Form is one accepted form.
type Form struct {
	ID, Person string
	Values     []string // clean, by Schema.Columns
	Came       []string // as the office wrote them, by Schema.Fields
	Codes      reason.Set
}

// Forms returns forms by their ids, in the order of ids.
func (s *Store) Forms(ctx context.Context, ids ...string) ([]Form, error) {
	persons, err := s.personsOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	found := map[string]Form{}
	for _, id := range ids {
		if _, ok := found[id]; ok {
			continue
		}
		forms, err := s.Person(ctx, persons[id])
		if err != nil {
			return nil, err
		}
		for _, f := range forms {
			found[f.ID] = f
		}
	}
	list := make([]Form, len(ids))
	for i, id := range ids {
		list[i] = found[id]
	}
	return list, nil
}

// personsOf returns the person of each form.
func (s *Store) personsOf(ctx context.Context, ids []string) (map[string]string, error) {
	persons := map[string]string{}
	for _, id := range ids {
		persons[id] = ""
	}
	missing := len(persons)
	key := s.snap.Schema.ColumnOf[s.snap.Schema.Key]
	for rows, err := range s.snap.ReadForms(ctx, "form_id", "person_id") {
		if err != nil {
			return nil, err
		}
		for i := range rows.N {
			if was, ok := persons[string(rows.Clean[key].At(i))]; ok && was == "" {
				persons[string(rows.Clean[key].At(i))] = string(rows.Person.At(i))
				missing--
			}
		}
		if missing == 0 {
			return persons, nil
		}
	}
	for _, id := range ids {
		if persons[id] == "" {
			return nil, notFound("form", id, s.snap.Number)
		}
	}
	return persons, nil
}

// Person returns the forms of a person, ordered by their ids. A person_id that
// the snapshot does not use gives ErrNotFound: see Resolve.
func (s *Store) Person(ctx context.Context, person string) ([]Form, error) {
	part, ok, err := partOf(s.filled(snapshot.TableForms), person, func(f snapshot.File) (string, error) {
		return firstPerson(s.only(f).ReadForms(ctx, "person_id"), func(r *record.FormRows) *record.Text { return &r.Person })
	})
	if err != nil {
		return nil, err
	}
	var forms []Form
	if !ok {
		return nil, notFound("citizen", person, s.snap.Number)
	}
	for rows, err := range s.only(part).ReadForms(ctx) {
		if err != nil {
			return nil, err
		}
		from, to, passed := span(&rows.Person, person)
		for i := from; i < to; i++ {
			forms = append(forms, formOf(rows, i))
		}
		if passed {
			break
		}
	}
	if len(forms) == 0 {
		return nil, notFound("citizen", person, s.snap.Number)
	}
	return forms, nil
}

// span returns the rows of a person in a sorted column, and whether the column
// goes beyond them.
func span(persons *record.Text, person string) (from, to int, passed bool) {
	n := persons.Len()
	if n == 0 || string(persons.At(n-1)) < person {
		return n, n, false
	}
	for from < n && string(persons.At(from)) < person {
		from++
	}
	to = from
	for to < n && string(persons.At(to)) == person {
		to++
	}
	return from, to, to < n
}

func formOf(rows *record.FormRows, i int) Form {
	schema := rows.Schema
	f := Form{ID: string(rows.Clean[schema.ColumnOf[schema.Key]].At(i)), Person: string(rows.Person.At(i)), Codes: rows.Codes[i]}
	for c := range rows.Clean {
		f.Values = append(f.Values, string(rows.Clean[c].At(i)))
	}
	for field := range schema.Fields {
		f.Came = append(f.Came, f.Values[schema.ColumnOf[field]])
	}
	from, to := rows.Raw.Row(i)
	for e := from; e < to; e++ {
		f.Came[rows.Raw.Field[e]] = asItCame(rows.Raw.Value.At(e))
	}
	return f
}

// A raw value holds bytes that are no UTF-8 as the private characters from
// here on: see package snapshot.
const hiddenByte = 0xF700

func asItCame(v []byte) string {
	var b strings.Builder
	for _, r := range string(v) {
		if r >= hiddenByte && r < hiddenByte+256 {
			b.WriteByte(byte(r - hiddenByte))
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}
