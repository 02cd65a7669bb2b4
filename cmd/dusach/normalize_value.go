package main

import (
	"bytes"
	"fmt"
	"math"
	"unicode/utf8"

	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/normalize/address"
	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/normalize/units"
	"github.com/dusach/dusach/pipeline"
	"github.com/dusach/dusach/pipeline/say"
)

// A result is what became of one value. It encodes as the JSON object that the
// command promises.
type result interface {
	base() *baseResult
	// facts lists what was read out of the value, captions before values.
	facts() []fact
}

// A fact is one thing read out of a value; empty ones are not shown.
type fact struct {
	caption [2]string // Vietnamese, English
	value   string
}

// baseResult is what a result of every kind has.
type baseResult struct {
	Input string   `json:"input"`
	Value string   `json:"value"`
	Codes []string `json:"codes"`

	found reason.Set
}

func (b *baseResult) base() *baseResult { return b }

// finish sets the codes.
func (b *baseResult) finish(value []byte, codes reason.Set) {
	b.Value, b.found = string(value), codes
	b.Codes = codes.AppendStrings(make([]string, 0, codes.Len()))
}

// A normalizer turns values of one kind into results. It reuses its scratch.
type normalizer struct {
	kind     string
	epoch    normalize.Date
	detector normalize.Detector
	name     normalize.Name
	parser   address.Parser
	address  address.Address
	text     []byte
	untyped  []byte
}

func newNormalizer(kind string) (*normalizer, error) {
	n := &normalizer{kind: kind}
	if kind == "date" || kind == "id" {
		cfg, err := pipeline.DefaultConfig(nil)
		if err != nil {
			return nil, err
		}
		n.epoch = cfg.Epoch
	}
	return n, nil
}

// value reads one value. Its error is a context that cannot be understood.
func (n *normalizer) value(raw []byte, c valueContext) (result, error) {
	b := baseResult{Input: shown(raw)}
	switch n.kind {
	case "date":
		return n.date(b, raw, c)
	case "id":
		return n.id(b, raw, c), nil
	case "phone":
		number, codes := normalize.ParsePhone(raw)
		b.finish(normalize.AppendPhone(nil, number), codes)
		return &phoneResult{b}, nil
	}
	encoding, declared, err := parseEncoding(c.Encoding)
	if c.Encoding == "" {
		declared, err = false, nil
	}
	if err != nil {
		return nil, err
	}
	text, encoding, codes := n.decode(raw, encoding, declared)
	switch n.kind {
	case "name":
		return n.parseName(b, text, codes, c), nil
	case "address":
		return n.parseAddress(b, text, codes, c)
	}
	r := &textResult{baseResult: b, Encoding: encoding.String()}
	r.finish(normalize.AppendClean(nil, text), codes)
	r.Folded = string(normalize.AppendFold(nil, text))
	return r, nil
}

// decode undoes the encoding of a text and left-overs of typing, as clean does
// for a form.
func (n *normalizer) decode(raw []byte, e normalize.Encoding, declared bool) ([]byte, normalize.Encoding, reason.Set) {
	var codes reason.Set
	if !declared {
		n.detector.Reset()
		n.detector.Add(raw, n.kind == "name")
		e, _ = n.detector.Decide()
	}
	if e != normalize.UTF8 {
		n.text = normalize.AppendDecoded(n.text[:0], raw, e)
		if !bytes.Equal(n.text, raw) {
			codes.Add(reason.TextEncodingFixed)
			if n.kind == "name" {
				codes.Add(reason.NameEncodingFixed)
			}
		}
		raw = n.text
	} else if !utf8.Valid(raw) {
		codes.Add(reason.TextInvalidUTF8)
	}
	var typed bool
	if n.untyped, typed = normalize.AppendUntyped(n.untyped[:0], raw); typed {
		codes.Add(reason.TextTypingFixed)
		raw = n.untyped
	}
	return raw, e, codes
}

func (n *normalizer) parseName(b baseResult, text []byte, codes reason.Set, c valueContext) result {
	name := &n.name
	name.Parse(text, []byte(c.Ethnicity))
	b.finish(name.Written, codes.Union(name.Codes))
	suggested := string(name.AppendSuggested(nil))
	if suggested == b.Value {
		suggested = ""
	}
	return &nameResult{baseResult: b, FullName: b.Value, Suggested: suggested,
		Surname: string(name.Surname), Middle: string(name.Middle), Given: string(name.Given),
		GenderHint: letterOf(name.Gender.Gender), Female: int(name.Gender.Female),
		Folded: string(name.Folded), OtherName: string(name.Alias), Dead: name.Dead}
}

func (n *normalizer) parseAddress(b baseResult, text []byte, codes reason.Set, c valueContext) (result, error) {
	edition, err := editionOf(c)
	if err != nil {
		return nil, err
	}
	a := &n.address
	n.parser.ParseAs(text, edition, a)
	b.finish(a.Text, codes.Union(a.Codes))
	r := &addressResult{baseResult: b, OldCode: a.Old.Code(), NewCode: a.New.Code(), NewCandidates: []string{},
		Rest: string(a.Rest), Confidence: math.Round(100*float64(a.Confidence)) / 100,
		HouseNo: string(a.HouseNo), Street: string(a.Street), Hamlet: string(a.Hamlet),
		OldUnit: oldUnit(a.Old), NewUnit: newUnit(a.New), candidates: a.Candidates}
	if province := a.Key.ProvinceNew; province != 0 {
		r.NewProvince = fmt.Sprintf("%02d", province)
	}
	if a.Old == 0 && a.New == 0 {
		r.District = districtName(a.Key.District)
	}
	for _, u := range a.Candidates {
		r.NewCandidates = append(r.NewCandidates, u.Code())
	}
	return r, nil
}

// editionOf returns the edition of an address: as it is given, or by the day.
func editionOf(c valueContext) (address.Edition, error) {
	switch c.Edition {
	case "old":
		return address.OldEdition, nil
	case "new":
		return address.NewEdition, nil
	case "":
	default:
		return 0, say.Errorf("không có danh mục %q: dùng old hoặc new", "there is no edition %q: use old or new", c.Edition)
	}
	if c.CollectedAt == "" {
		return address.AnyEdition, nil
	}
	d, err := collectedAt(c.CollectedAt)
	return address.EditionOn(d.Year()*10000 + d.Month()*100 + d.Day()), err
}

func collectedAt(text string) (normalize.Date, error) {
	d, _ := normalize.ParseDate([]byte(text), normalize.DateOptions{Kind: normalize.Collected})
	if d == 0 {
		return 0, say.Errorf("không đọc được ngày thu thập %q: viết dạng 2026-11-21", "the date of collection %q cannot be read: write it as 2026-11-21", text)
	}
	return d, nil
}

func (n *normalizer) date(b baseResult, raw []byte, c valueContext) (result, error) {
	limit := n.epoch
	if c.CollectedAt != "" {
		d, err := collectedAt(c.CollectedAt)
		if err != nil {
			return nil, err
		}
		limit = d
	}
	d, codes := normalize.ParseDate(raw, normalize.DateOptions{Kind: normalize.Birth, NotAfter: limit})
	b.finish(normalize.AppendISO(nil, d), codes)
	return &dateResult{b, b.Value}, nil
}

// id reads an identifier against what the form says of the bearer.
func (n *normalizer) id(b baseResult, raw []byte, c valueContext) result {
	var found reason.Set
	ctx := normalize.IDContext{BirthProvince: provinceOf63(c.BirthProvince)}
	ctx.Gender, _ = normalize.ParseGender([]byte(c.Gender))
	if c.BirthDate != "" {
		opt := normalize.DateOptions{Kind: normalize.Birth, NotAfter: n.epoch}
		birth, codes := normalize.ParseDate([]byte(c.BirthDate), opt)
		if birth == 0 && codes.Has(reason.DOBFuture) {
			found.Add(reason.DOBFuture)
		} else if birth == 0 {
			birth = normalize.NewDate(normalize.WrittenYear([]byte(c.BirthDate), opt), 0, 0)
			found.Add(reason.DOBInvalid)
		}
		ctx.Birth = birth
	}
	id := normalize.ParseID(raw, ctx)
	b.finish(normalize.AppendID(nil, id), found.Union(id.Codes))
	r := &idResult{baseResult: b, Kind: id.Kind.String(), Sex: letterOf(id.Gender), place: units.ProvinceName63(id.Province)}
	if _, second := normalize.SplitIDs(raw); second != nil {
		r.Second = string(second)
	}
	if id.Province != 0 {
		r.Province = fmt.Sprintf("%02d", id.Province)
	}
	if id.Year != 0 {
		r.BirthYear = &id.Year
	}
	return r
}

// provinceOf63 reads a province of the edition to 2025-06-30 by code or name.
func provinceOf63(text string) uint8 {
	var code uint8
	if _, err := fmt.Sscanf(text, "%d", &code); err == nil && units.ProvinceName63(code) != "" {
		return code
	}
	return address.ProvinceOf63([]byte(text))
}

// shown is a value as text: bytes that are no UTF-8 are shown as Latin-1, from
// which the library reads them again.
func shown(raw []byte) string {
	if utf8.Valid(raw) {
		return string(raw)
	}
	runes := make([]rune, len(raw))
	for i, c := range raw {
		runes[i] = rune(c)
	}
	return string(runes)
}
