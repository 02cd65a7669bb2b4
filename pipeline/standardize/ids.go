package standardize

import (
	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// cleanID writes an identity number. A number in the wrong box (twelve digits
// under CMND, nine under CCCD) is packed where it belongs; its text stays in
// the box in which the office wrote it.
func (s *Stage) cleanID(f record.Field, v []byte, at int, out *record.Text) {
	schema := s.packing.Schema
	own := f == schema.Number || f == schema.OldNumber
	ctx := normalize.IDContext{}
	if own {
		ctx = normalize.IDContext{Birth: s.form.near, Gender: s.form.gender, BirthProvince: s.form.province}
	}
	id := normalize.ParseID(v, ctx)
	if id.Kind != normalize.IDUnknown { // a filler or a fragment is no number: it stays as raw text
		out.Slab = normalize.AppendID(out.Slab, id)
	}
	if !own {
		if at >= 0 && (id.Kind == normalize.CCCD || id.Kind == normalize.CMND9) {
			record.PutUint40(s.form.row, at, id.Number)
		}
		return
	}
	s.form.codes = s.form.codes.Union(id.Codes)
	if id.Kind == normalize.IDNone && !id.Codes.Has(reason.IDScientific) && !normalize.IsVoid(v) {
		s.form.codes.Add(reason.IDFormat) // words where a number should stand
	}
	switch id.Kind {
	case normalize.CCCD:
		s.form.hasID = true
		if schema.Number != record.None {
			s.packNumber(s.packing.Offset[schema.Number], id.Number)
		}
	case normalize.CMND9:
		s.form.hasID = true
		if schema.OldNumber != record.None {
			record.PutUint32(s.form.row, s.packing.Offset[schema.OldNumber], uint32(id.Number))
		}
	case normalize.Passport, normalize.BHXH, normalize.BHYT:
		s.form.hasID = true
	}
	if _, second := normalize.SplitIDs(v); second != nil {
		s.packSecond(second)
	}
}

// packSecond keeps the other number of a cell that holds two, as the old card's beside
// the personal number, unless a box of its own has one.
func (s *Stage) packSecond(v []byte) {
	schema := s.packing.Schema
	switch id := normalize.ParseID(v, normalize.IDContext{}); {
	case id.Kind == normalize.CCCD && schema.Number != record.None:
		s.packNumber(s.packing.Offset[schema.Number], id.Number)
	case id.Kind == normalize.CMND9 && schema.OldNumber != record.None:
		if at := s.packing.Offset[schema.OldNumber]; record.Uint32(s.form.row, at) == 0 {
			record.PutUint32(s.form.row, at, uint32(id.Number))
		}
	}
}

// packNumber keeps the first number that was found: the CCCD box comes before
// the CMND box.
func (s *Stage) packNumber(at int, number uint64) {
	if record.Uint40(s.form.row, at) == 0 {
		record.PutUint40(s.form.row, at, number)
	}
}

// crossCheck judges fields by each other where no single field could.
func (s *Stage) crossCheck() {
	if !s.packing.Schema.IsForm() {
		return
	}
	f := &s.form
	if !f.hasID {
		f.codes.Add(reason.IDMissing)
	}
	if len(s.values[record.HeadName]) == 0 && len(s.values[record.HeadID]) == 0 {
		f.codes.Add(reason.RelHeadMissing)
	}
	own, spouse := s.slot(record.FullName), s.slot(record.SpouseName)
	if own.N > 1 && *own == *spouse {
		f.codes.Add(reason.RelSpouseSelf)
	}
}

// slot returns the key of a name field of the form at hand.
func (s *Stage) slot(f record.Field) *normalize.NameKey {
	for i, field := range s.packing.Names {
		if field == f {
			return &s.form.names[i]
		}
	}
	panic("BUG: the field has no name slot")
}
