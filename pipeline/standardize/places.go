package standardize

import (
	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/normalize/address"
	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// cleanPlace writes the four columns of an address and packs its key. Codes of
// the residence count for the form; a hometown that nobody can place is no
// fault of the form's.
func (s *Stage) cleanPlace(f record.Field, v []byte, at int, r *record.Records) {
	schema := s.packing.Schema
	p := s.place(v)
	c := schema.ColumnOf[f]
	r.Clean[c].Append(p.text)
	r.Clean[c+1].AppendString(p.key.Old.Code())
	r.Clean[c+2].AppendString(p.key.New.Code())
	r.Clean[c+3].Append(p.candidates)
	if at >= 0 {
		record.PutPlace(s.form.row, at, schema.Fields[f].Kind == record.KindOrigin, &p.key)
	}
	if f == schema.Residence {
		s.form.codes = s.form.codes.Union(p.codes)
	}
}

// place is what an address means.
type place struct {
	edition    address.Edition // that it was read as
	text       []byte
	candidates []byte // new codes, space separated
	key        address.Key
	codes      reason.Set
}

// editionOn returns what the day on which a form was taken tells of its
// addresses: before the reform there was one edition.
func editionOn(d normalize.Date) address.Edition {
	if !d.Full() {
		return address.AnyEdition
	}
	return address.EditionOn(d.Year()*10000 + d.Month()*100 + d.Day())
}

// place returns what an address says, valid until the next call. Reading one is
// the dearest thing that is done to a form.
func (s *Stage) place(v []byte) *place {
	e := s.places.at(record.KindResidence, v, &s.scratch)
	m := &e.meaning
	if e.read && m.edition == s.form.edition {
		return m
	}
	a := &s.address
	m.edition = s.form.edition
	s.parser.ParseAs(v, m.edition, a)
	m.text = append(m.text[:0], a.Text...)
	m.key, m.codes = a.Key, a.Codes
	m.candidates = m.candidates[:0]
	for i, n := range a.Candidates {
		if i > 0 {
			m.candidates = append(m.candidates, ' ')
		}
		m.candidates = append(m.candidates, n.Code()...)
	}
	e.read = true
	return m
}
