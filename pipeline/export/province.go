package export

import (
	"context"
	"slices"

	"github.com/cespare/xxhash/v2"
	"github.com/dusach/dusach/pipeline/snapshot"
)

// A province selects the rows of one province: of the citizens who live there,
// their forms, and what names these forms. A nil province is everybody.
type province struct {
	code   uint8
	people []uint64 // sorted hashes of person_id
	forms  []uint64 // sorted hashes of form_id, if asked for
}

// openProvince reads who lives in a province; with forms also which forms are
// theirs.
func openProvince(ctx context.Context, s *snapshot.Snapshot, code uint8, forms bool) (*province, error) {
	p := &province{code: code}
	for rows, err := range s.ReadProvince(ctx, code, "person_id") {
		if err != nil {
			return nil, err
		}
		for i := range rows.N {
			p.people = append(p.people, xxhash.Sum64(rows.Person.At(i)))
		}
	}
	slices.Sort(p.people)
	if !forms {
		return p, nil
	}
	key := s.Schema.ColumnOf[s.Schema.Key]
	for rows, err := range s.ReadForms(ctx, "form_id", "person_id") {
		if err != nil {
			return nil, err
		}
		for i := range rows.N {
			if p.person(rows.Person.At(i)) {
				p.forms = append(p.forms, xxhash.Sum64(rows.Clean[key].At(i)))
			}
		}
	}
	slices.Sort(p.forms)
	return p, nil
}

// person reports whether a citizen lives in the province.
func (p *province) person(id []byte) bool { return p == nil || has(p.people, id) }

// form reports whether a form is of a citizen who lives in the province.
func (p *province) form(id []byte) bool { return p == nil || has(p.forms, id) }

func has(sorted []uint64, id []byte) bool {
	_, ok := slices.BinarySearch(sorted, xxhash.Sum64(id))
	return ok
}
