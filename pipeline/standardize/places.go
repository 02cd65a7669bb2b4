package standardize

import (
	"bytes"

	"github.com/cespare/xxhash/v2"

	"github.com/dusach/dusach/normalize/address"
	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// cleanPlace writes the four columns of an address and packs its key. Codes of
// the residence count for the form; a hometown that nobody can place is no
// fault of the form's.
func (s *Stage) cleanPlace(f record.Field, v []byte, at int, r *record.Records) {
	schema := s.packing.Schema
	p := s.places.parse(v)
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

// placeCache remembers what addresses mean. Hometowns and places of birth
// repeat within a form and between neighbours, and reading an address is the
// dearest thing that is done to a form. An entry is a pure function of its
// text, so the cache cannot change a result.
type placeCache struct {
	parser  address.Parser
	parsed  address.Address
	entries []place
}

type place struct {
	raw        []byte
	text       []byte
	candidates []byte // new codes, space separated
	key        address.Key
	codes      reason.Set
}

const placeEntries = 1 << 13

// parse returns what raw means, valid until the next call.
func (c *placeCache) parse(raw []byte) *place {
	if c.entries == nil {
		c.entries = make([]place, placeEntries)
	}
	e := &c.entries[xxhash.Sum64(raw)%placeEntries]
	if len(e.raw) > 0 && bytes.Equal(e.raw, raw) {
		return e
	}
	a := &c.parsed
	c.parser.Parse(raw, a)
	e.raw = append(e.raw[:0], raw...)
	e.text = append(e.text[:0], a.Text...)
	e.key, e.codes = a.Key, a.Codes
	e.candidates = e.candidates[:0]
	for i, n := range a.Candidates {
		if i > 0 {
			e.candidates = append(e.candidates, ' ')
		}
		e.candidates = append(e.candidates, n.Code()...)
	}
	return e
}
