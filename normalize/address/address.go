package address

import (
	"bytes"

	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/normalize/units"
)

// An Address is what Parse makes of one text. Its slices point into it (and into
// the tables, which nobody may change): the next Parse into it overwrites them,
// and a copy of the Address still points into the first.
type Address struct {
	Text       []byte      // the whole text, cleaned
	Old        units.Old   // the commune of the edition to 2025-06-30, 0 unknown or not meant
	New        units.New   // the commune of the edition from 2025-07-01; of a split commune the default
	Candidates []units.New // every unit that New may be, New first; where New is 0, those that come into question
	Rest       []byte      // what is left of the units: house, street, hamlet
	HouseNo    []byte      // "12/3A", "25, ngách 12/45, ngõ 12"
	Street     []byte      // without its keyword
	Hamlet     []byte      // with its keyword: "Ấp Phú Hòa"
	Confidence float32     // 0 … 1: how sure the units are
	Codes      reason.Set
	Key        Key

	line []byte // raw with line ends made separators
	cand [maxCandidates]units.New
}

const maxCandidates = 8

// A Parser holds the scratch of one goroutine. The zero Parser is ready.
type Parser struct {
	x        *index
	s        scratch
	spans    []span
	mentions []mention
	district [1000]uint64 // sets of mentions by district code
	prov63   [100]uint64
	prov34   [100]uint64
	topBuf   [maxTop]candidate
	top      []candidate
	alt      []byte
	near     nearScratch
	kept     [maxCandidates]units.New
	visible  uint64  // mentions that the clause at hand may use
	units    uint64  // tokens that surely name a province
	idle     uint64  // tokens without weight: remarks, country
	unitWord uint64  // tokens that are the keyword of a commune
	anchored bool    // a province or district is surely named
	only     Edition // of the clause at hand
	asked    Edition
	anyMark  bool  // some word of the text has a mark
	patchy   bool  // some words have lost their marks
	flat     bool  // no separator but spaces
	last     int   // tokens without the country at the end
	parsed   uint8 // addresses so far, until there is a memory
}

// An Edition says of which edition the units of an address are.
type Edition uint8

// AnyEdition leaves it to the text.
const (
	AnyEdition Edition = iota
	OldEdition         // to 2025-06-30
	NewEdition         // from 2025-07-01
)

// EditionOn returns what is known of an address written on a day, as yyyymmdd:
// before the reform there was one edition, after it people write both.
func EditionOn(day int) Edition {
	if day > 0 && day < units.NewFrom {
		return OldEdition
	}
	return AnyEdition
}

// Parse reads one address. It never fails: what cannot be told stays zero, and
// Codes says why. Empty text gives an empty Address without codes.
func (p *Parser) Parse(raw []byte, out *Address) { p.ParseAs(raw, AnyEdition, out) }

// ParseAs is Parse for an address whose edition is known: "Phường Bến Thành,
// TP.HCM" is the ward of old or the new one of that name, which is larger. What
// cannot be read in that edition is read in the other.
func (p *Parser) ParseAs(raw []byte, edition Edition, out *Address) {
	p.asked = edition
	p.ready()
	out.reset()
	out.Text = append(out.Text, raw...)
	if len(raw) > maxText || !p.s.tokenize(out.Text, 0) {
		p.clean(raw, out)
		p.s.tokenize(out.Text, tail(out.Text))
	}
	if len(out.Text) == 0 {
		return
	}
	p.survey()
	p.markKeywords()
	for p.last = p.s.n; p.last > 1 && keywords[p.s.tok[p.last-1].isKw].mask&kwCountry != 0; p.last-- {
	}
	r := p.readTokens(out)
	if r.old == 0 && r.new == 0 {
		r = p.readSlips(out, r)
	}
	p.fill(out, &r)
	p.readRest(out, &r)
}

// readTokens reads the text whose words are cut and whose keywords are marked. It may
// be asked again: it leaves nothing behind.
func (p *Parser) readTokens(out *Address) reading {
	patchy := p.patchy
	p.findSpans()
	p.findMentions()
	r := p.readClauses(out)
	p.patchy = patchy
	return r
}

// reset empties an address, field by field: as a whole it would be made elsewhere and
// copied.
func (a *Address) reset() {
	a.Text, a.line = a.Text[:0], a.line[:0]
	a.Old, a.New, a.Candidates, a.Confidence = 0, 0, nil, 0
	a.Rest, a.HouseNo, a.Street, a.Hamlet = nil, nil, nil, nil
	a.Codes, a.Key = reason.Set{}, Key{}
}

// ready makes what the first texts need, and a memory once it pays.
func (p *Parser) ready() {
	if p.x == nil {
		p.x = getIndex()
		p.s.x = p.x
		p.spans, p.mentions = make([]span, 0, maxSpans), make([]mention, 0, maxMentions)
	}
	if p.s.seen == nil {
		if p.parsed++; p.parsed == memoryAfter {
			p.s.seen = new(wordMemory)
		}
	}
}

// survey notes what the whole text looks like.
func (p *Parser) survey() {
	p.anyMark, p.patchy, p.flat = false, false, true
	for i := range p.s.n {
		t := &p.s.tok[i]
		p.anyMark = p.anyMark || t.flags&tokMarked != 0
		p.flat = p.flat && (i == 0 || t.sep < sepSoft)
	}
}

// clean puts the cleaned text in out.
func (p *Parser) clean(raw []byte, out *Address) {
	if bytes.IndexByte(raw, '\n') >= 0 || bytes.IndexByte(raw, '\t') >= 0 {
		for _, c := range raw {
			if c == '\n' || c == '\t' {
				c = ','
			}
			out.line = append(out.line, c)
		}
		raw = out.line
	}
	out.Text = normalize.AppendClean(out.Text[:0], raw)
}

// tail returns where to start reading a long text.
func tail(text []byte) int {
	if len(text) <= maxText {
		return 0
	}
	from := len(text) - maxText
	if i := bytes.IndexByte(text[from:], ' '); i >= 0 {
		return from + i
	}
	return len(text) // a single endless word holds no unit
}

// A reading is what the clauses of a text came to.
type reading struct {
	old        units.Old
	new        units.New
	district   uint16
	prov63     uint8
	prov34     uint8
	loose      bool // prov63 is a guess: its name is that of a new province too
	split      bool // several old communes, one new one
	conflict   bool
	obsolete   bool
	fuzzy      bool
	candidates []units.New
	confidence float32
	hull       uint64 // tokens of the units in the main clause
	main       uint64
	reversed   bool
}

// fill writes the units, the codes and the key.
func (p *Parser) fill(out *Address, r *reading) {
	out.Old, out.New, out.Confidence = r.old, r.new, r.confidence
	out.Candidates = r.candidates
	k := &out.Key
	k.Old, k.New = r.old, r.new
	k.District, k.ProvinceOld, k.ProvinceNew = r.district, r.prov63, r.prov34
	if r.old != 0 {
		k.District, k.ProvinceOld = r.old.District(), r.old.Province()
		k.ProvinceNew = units.ProvinceNewOf(k.ProvinceOld)
		if r.new == 0 {
			c := units.NewOf(r.old)
			out.New, out.Candidates = c[0], c
			k.New = c[0]
			if len(c) > 1 {
				out.Codes.Add(reason.AddrSplitAmbiguous)
				k.Flags |= KeySplit
			}
		}
	} else if r.new != 0 {
		p.fillNew(k, r.new)
	}
	if r.new != 0 {
		if len(out.Candidates) == 0 || out.Candidates[0] != r.new {
			out.Candidates = p.one(out, r.new)
		}
	}
	if r.loose {
		k.Flags |= KeyLoose
	}
	if r.fuzzy {
		k.Flags |= KeyFuzzy
	}
	if k.ProvinceNew == 0 {
		out.Codes.Add(reason.AddrUnknownProvince)
	}
	if out.Old == 0 && out.New == 0 {
		out.Codes.Add(reason.AddrUnknownCommune)
	}
	if r.conflict {
		out.Codes.Add(reason.AddrLevelConflict)
	}
	if r.obsolete {
		out.Codes.Add(reason.AddrObsoleteUnit)
	}
}

// fillNew sets what a new commune tells about the older edition: its district
// and province where all its parts came from one.
func (p *Parser) fillNew(k *Key, n units.New) {
	f := &p.x.byParent.new[n]
	k.ProvinceNew = f.province
	if f.old63[1] == 0 {
		k.ProvinceOld = f.old63[0]
		k.Flags |= KeyLoose
	}
	if k.District == 0 && len(f.districts) == 1 {
		k.District = f.districts[0]
	}
}

func (p *Parser) one(out *Address, n units.New) []units.New {
	out.cand[0] = n
	return out.cand[:1]
}

// ProvinceOf63 returns the code, in the list of 63, of the province that a
// text names (a place of birth registration, say), 0 when it names none.
func ProvinceOf63(raw []byte) uint8 {
	p := parsers.Get().(*pooled)
	defer parsers.Put(p)
	p.parser.Parse(raw, &p.address)
	return p.address.Key.ProvinceOld
}
