package standardize

import (
	"bytes"
	"context"
	"slices"

	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/normalize/address"
	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// Options of the stage.
type Options struct {
	// Today bounds the dates of forms that do not say when they were taken:
	// the epoch's date.
	Today normalize.Date
	// Erased forms go no further than to be counted; may be nil.
	Erased record.Erased
}

// Stage cleans batches of forms. One value is used by one goroutine.
type Stage struct {
	packing *record.Packing
	today   normalize.Date
	erased  record.Erased

	detector normalize.Detector
	name     normalize.Name
	parser   address.Parser
	address  address.Address
	people   memory[person]
	places   memory[place]
	lists    memory[listed]
	scratch  []byte
	arena    []byte   // values of the form that had to be decoded
	values   [][]byte // of the form, trimmed and decoded, by Field
	raw      [][]byte // of the form, trimmed, by Field
	facts    []facts  // of the raw values in words, by Field
	hash     contentHash
	general  []generalField // by Field
	folded   []byte
	form     form
}

// form is what is known of the form at hand while its fields are cleaned.
type form struct {
	row       []byte // packed record
	codes     reason.Set
	collected normalize.Date
	birth     normalize.Date
	near      normalize.Date // birth, or the year that an impossible date names
	gender    normalize.Gender
	edition   address.Edition // of its addresses, as far as the day tells
	province  uint8           // of birth registration, 63-edition code
	ethnicity []byte
	names     []normalize.NameKey // by slot
	hasName   bool
	hasID     bool
}

// New returns a stage for records of packing l.
func New(l *record.Packing, opt Options) *Stage {
	n := len(l.Schema.Fields)
	return &Stage{packing: l, today: opt.Today, erased: opt.Erased, general: generalFields(l.Schema),
		values: make([][]byte, n), raw: make([][]byte, n), facts: make([]facts, n)}
}

// Do cleans a batch: each form of in becomes a record or a refusal, unless it
// was erased.
func (s *Stage) Do(ctx context.Context, in *record.Forms, out *record.Cleaned) error {
	out.Records.Reset(s.packing)
	out.Refused.Reset()
	out.Forgotten = out.Forgotten[:0]
	for i := range in.N {
		if i&1023 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		s.standardize(in, i, out)
	}
	return nil
}

func (s *Stage) standardize(in *record.Forms, i int, out *record.Cleaned) {
	f, r := &s.form, &out.Records
	s.open(in, i, r)
	if s.erased != nil && s.wasErased(in, i) {
		s.takeBack(r)
		out.Forgotten = append(out.Forgotten, in.Origin[i])
		return
	}
	s.decode()
	s.context()
	for field := range s.values {
		s.clean(record.Field(field), r)
	}
	s.crossCheck()
	if code, refused := s.unusable(); refused {
		f.codes.Add(code)
		s.refuse(in, i, out)
		return
	}
	s.close(in, i, r)
}

// open takes the values of form i and makes room for its packed record.
func (s *Stage) open(in *record.Forms, i int, r *record.Records) {
	loose := false
	s.arena = s.arena[:0]
	for field := range s.raw {
		v, kept := trim(in.Cols[field].At(i))
		s.raw[field], s.values[field] = v, v
		loose = loose || kept
	}
	if loose {
		s.trimLoose()
	}
	width := s.packing.Width
	r.Packed = growZero(r.Packed, width)
	slots := len(s.packing.Names)
	for range slots {
		r.Names = append(r.Names, normalize.NameKey{})
	}
	s.form = form{
		row:   r.Packed[len(r.Packed)-width:],
		names: r.Names[len(r.Names)-slots:],
		codes: in.Codes[i],
	}
}

// context reads the fields that others are checked against.
func (s *Stage) context() {
	f, schema := &s.form, s.packing.Schema
	if v := s.value(schema.Collected); len(v) > 0 {
		d, codes := normalize.ParseDate(v, normalize.DateOptions{Kind: normalize.Collected})
		if _, read := normalize.ParseDate(v, normalize.DateOptions{}); read.Has(reason.DOBDaymonthSwap) {
			d = 0 // there is no thirteenth month; nobody can ask the office which day it was
		}
		if f.collected = d; d == 0 || !codes.Empty() && d.Day() == 0 {
			f.codes.Add(reason.CollectedInvalid)
			f.collected = 0
		}
	}
	f.edition = editionOn(f.collected)
	if v := s.value(schema.BirthPlaceField); len(v) > 0 {
		f.province = s.place(v).key.ProvinceOld
	}
	f.gender, _ = normalize.ParseGender(s.value(schema.Sex))
	if schema.IsForm() {
		f.ethnicity = s.values[record.Ethnicity]
	}
	if v := s.value(schema.Birth); len(v) > 0 {
		f.birth, _ = normalize.ParseDate(v, s.birthOptions())
		if f.near = f.birth; f.near == 0 {
			f.near = normalize.NewDate(normalize.WrittenYear(v, s.birthOptions()), 0, 0)
		}
	}
}

func (s *Stage) birthOptions() normalize.DateOptions {
	limit := s.form.collected
	if limit == 0 {
		limit = s.today
	}
	return normalize.DateOptions{Kind: normalize.Birth, NotAfter: limit}
}

// value returns the value of a field, nil where the schema has none.
func (s *Stage) value(f record.Field) []byte {
	if f == record.None {
		return nil
	}
	return s.values[f]
}

// unusable applies the one rule of refusal.
func (s *Stage) unusable() (reason.Code, bool) {
	f := &s.form
	if s.packing.Schema.Name1 != record.None && !f.hasName {
		return reason.NameEmpty, true
	}
	if s.packing.Schema.IsForm() && f.birth == 0 && !f.hasID {
		return reason.FormNoIdentity, true
	}
	return 0, false
}

// takeBack takes back what was written of the form at hand.
func (s *Stage) takeBack(r *record.Records) {
	for c := range r.Clean {
		r.Clean[c].Truncate(r.N)
	}
	r.Packed = r.Packed[:r.N*s.packing.Width]
	r.Names = r.Names[:r.N*len(s.packing.Names)]
	r.Values.Truncate(r.N * len(s.packing.Texts))
}

// refuse keeps the form as it came.
func (s *Stage) refuse(in *record.Forms, i int, out *record.Cleaned) {
	s.takeBack(&out.Records)
	var office []byte
	if s.packing.Schema.IsForm() {
		office = s.raw[record.OfficeCode]
	}
	out.Refused.Append(s.raw[s.packing.Schema.Key], office, in.Raw.At(i), in.Origin[i], s.form.codes)
}

// close ends the record: its identity, its raw values, its codes.
func (s *Stage) close(in *record.Forms, i int, r *record.Records) {
	schema := s.packing.Schema
	content := s.hash.of(s.raw)
	key := &r.Clean[schema.ColumnOf[schema.Key]]
	key.Slab = appendID(key.Slab, s.raw[schema.Key], content)
	key.Close()
	r.Key = append(r.Key, KeyOf(key.At(r.N)))
	r.Content = append(r.Content, content)
	for field := range s.raw {
		// An absent id stands in the list as an empty text, so that the form
		// can be told from one that brought its hash as an id.
		if !bytes.Equal(s.raw[field], r.Clean[schema.ColumnOf[field]].At(r.N)) {
			r.Raw.Add(record.Field(field), s.raw[field])
		}
	}
	r.CloseRaw(s.raw)
	for n := range s.form.names {
		r.NameHash = append(r.NameHash, record.HashName(&s.form.names[n]))
	}
	r.Codes = append(r.Codes, s.form.codes)
	r.Collected = append(r.Collected, s.form.collected)
	r.Origin = append(r.Origin, in.Origin[i])
	r.N++
}

// wasErased reports whether form i of in was erased. That is asked before
// anything is made of it.
func (s *Stage) wasErased(in *record.Forms, i int) bool {
	content := s.hash.of(s.raw)
	s.folded = appendID(s.folded[:0], s.raw[s.packing.Schema.Key], content)
	return s.erased.HasForm(s.folded, content) || s.erased.HasRefusal(nil, in.Raw.At(i))
}

// growZero lengthens b by n zero bytes.
func growZero(b []byte, n int) []byte {
	b = slices.Grow(b, n)[:len(b)+n]
	clear(b[len(b)-n:])
	return b
}
