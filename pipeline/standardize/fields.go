package standardize

import (
	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// clean writes the clean columns of a field and packs it.
func (s *Stage) clean(f record.Field, r *record.Records) {
	schema := s.packing.Schema
	v, kind, at := s.values[f], schema.Fields[f].Kind, s.packing.Offset[f]
	out := &r.Clean[schema.ColumnOf[f]]
	if kind == record.KindKey {
		return // written at the end: it may be the hash of the content
	}
	if len(v) == 0 {
		s.empty(f, kind, r)
		return
	}
	if kind.IsGeneral() {
		s.cleanGeneral(f, v, r)
		return
	}
	switch kind {
	case record.KindName:
		s.cleanName(f, v, out)
	case record.KindDate:
		s.cleanDate(f, v, at, out)
	case record.KindCollected:
		out.Slab = appendDate(out.Slab, s.form.collected)
	case record.KindCCCD, record.KindCMND:
		s.cleanID(f, v, at, out)
	case record.KindPhone:
		n, codes := normalize.ParsePhone(v)
		s.form.codes = s.form.codes.Union(codes)
		if n != 0 {
			out.Slab = normalize.AppendPhone(out.Slab, n)
			record.PutUint32(s.form.row, at, uint32(n))
		}
	case record.KindNumber:
		out.Slab = normalize.AppendClean(out.Slab, v)
		if normalize.NamesThing(v) {
			record.PutUint32(s.form.row, at, hashNumber(v))
		}
	case record.KindResidence, record.KindOrigin:
		s.cleanPlace(f, v, at, r)
		return
	case record.KindEvent:
		s.cleanEvent(v, at, out)
	case record.KindText:
		out.Slab = normalize.AppendClean(out.Slab, v)
	default:
		s.cleanListed(kind, v, at, out)
	}
	out.Close()
}

// empty closes the columns of a field without a value and says what is
// missing.
func (s *Stage) empty(f record.Field, kind record.Kind, r *record.Records) {
	at := s.packing.Schema.ColumnOf[f]
	r.Clean[at].Close()
	if kind.IsValue() {
		r.Values.Close()
	}
	if kind.IsAddress() {
		for c := at + 1; c < at+4; c++ {
			r.Clean[c].Close()
		}
	}
	if s.packing.Schema.IsForm() {
		s.form.codes = s.form.codes.Union(missing[f])
	}
}

// missing holds the codes of mandatory items that stand empty.
var missing = [record.NumFormFields]reason.Set{
	record.BirthDate:              reason.Of(reason.DOBMissing),
	record.Gender:                 reason.Of(reason.GenderMissing),
	record.PermanentAddress:       reason.Of(reason.MissingPermanentAddress),
	record.Hometown:               reason.Of(reason.MissingHometown),
	record.BirthPlace:             reason.Of(reason.MissingBirthPlace),
	record.BirthRegistrationPlace: reason.Of(reason.MissingBirthRegistrationPlace),
	record.Ethnicity:              reason.Of(reason.MissingEthnicity),
	record.Nationality:            reason.Of(reason.MissingNationality),
	record.FatherName:             reason.Of(reason.MissingFatherName),
	record.MotherName:             reason.Of(reason.MissingMotherName),
	record.MaritalStatus:          reason.Of(reason.MissingMaritalStatus),
}

// cleanName writes a person's name. Only the first name field speaks for the
// record: remarks in a parent's name say nothing of the child.
func (s *Stage) cleanName(f record.Field, v []byte, out *record.Text) {
	if f == s.packing.Schema.Name1 {
		s.cleanOwnName(f, v, out)
		return
	}
	p := s.person(v)
	out.Slab = append(out.Slab, p.written...)
	s.keepName(f, &p.key)
}

// keepName packs the key of a name that is compared.
func (s *Stage) keepName(f record.Field, key *normalize.NameKey) {
	for slot, field := range s.packing.Names {
		if field == f {
			s.form.names[slot] = *key
		}
	}
}

func (s *Stage) cleanOwnName(f record.Field, v []byte, out *record.Text) {
	n := &s.name
	n.Parse(v, s.form.ethnicity)
	if n.Baby && !s.named() {
		return // a child that has no name yet
	}
	out.Slab = append(out.Slab, n.Written...)
	s.keepName(f, &n.Key)
	s.form.hasName = len(n.Written) > 0
	s.form.codes = s.form.codes.Union(n.Codes)
	if told := n.Gender.Gender; told != normalize.GenderUnknown && s.form.gender != normalize.GenderUnknown && told != s.form.gender {
		s.form.codes.Add(reason.GenderNameConflict)
	}
}

// named reports whether the form shows that its person bears a name, whatever
// it is: a year old at least when it was filled in, or holding a number, which
// nobody is given without one.
func (s *Stage) named() bool {
	birth, bound, schema := s.form.birth, s.birthOptions().NotAfter, s.packing.Schema
	if birth != 0 && (bound.Year()-birth.Year() > 1 || birth.Full() && bound.Full() && birth.Days(bound) >= 365) {
		return true
	}
	for _, field := range [...]record.Field{schema.Number, schema.OldNumber} {
		id := normalize.ParseID(s.value(field), normalize.IDContext{})
		if id.Kind == normalize.CCCD || id.Kind == normalize.CMND9 {
			return true
		}
	}
	return false
}

func (s *Stage) cleanDate(f record.Field, v []byte, at int, out *record.Text) {
	opt := normalize.DateOptions{Kind: normalize.Event}
	if f == s.packing.Schema.Birth {
		opt = s.birthOptions()
	}
	d, codes := normalize.ParseDate(v, opt)
	if f == s.packing.Schema.Birth {
		s.form.codes = s.form.codes.Union(codes)
	} else if d == 0 {
		s.form.codes.Add(reason.EventDateInvalid)
	}
	out.Slab = appendDate(out.Slab, d)
	if f == s.packing.Schema.Birth {
		d = s.form.near // evidence of the person, though no date to publish
	}
	if at >= 0 {
		record.PutDate(s.form.row, at, d)
	}
}

func appendDate(dst []byte, d normalize.Date) []byte {
	if d == 0 {
		return dst
	}
	return normalize.AppendISO(dst, d)
}

// cleanEvent keeps the six events that change a citizen.
func (s *Stage) cleanEvent(v []byte, at int, out *record.Text) {
	event, text := normalize.ParseEvent(v)
	if text == nil {
		s.form.codes.Add(reason.EventUnknown)
	}
	if at >= 0 {
		record.PutEvent(s.form.row, at, event)
	}
	out.Slab = append(out.Slab, text...)
}

// cleanListed writes a value that comes from a list, as its canonical text;
// what stands in no list is kept as written.
func (s *Stage) cleanListed(kind record.Kind, v []byte, at int, out *record.Text) {
	l := s.listed(kind, v)
	out.Slab = append(out.Slab, l.text...)
	s.form.codes = s.form.codes.Union(l.codes)
	if at >= 0 {
		s.form.row[at] = l.code
	}
}

// hashNumber hashes the letters and digits of a number, so that dashes and
// spaces do not tell two spellings of one book apart. 0 is no number.
func hashNumber(v []byte) uint32 {
	var h uint64
	for _, c := range v {
		if c >= 'a' && c <= 'z' {
			c -= 'a' - 'A'
		}
		if c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' {
			h = record.Mix(h, uint64(c))
		}
	}
	return uint32(h>>32) ^ uint32(h)
}
