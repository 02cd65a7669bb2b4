package address

import (
	"math/bits"

	"github.com/dusach/dusach/normalize/units"
)

// nearScratch is what the search for misspelt names works with.
type nearScratch struct {
	parts   [maxParts]part
	canon   []byte
	letters uint32
	a, am   []symbol // the part, without and with marks
	b       []symbol
	hits    [maxHits]hit
	n       int
}

const maxHits = 16

// A hit is a unit whose name is close to a part.
type hit struct {
	ref   uint32
	score uint8 // slips*8 + slips with marks
}

var noGroup group

// wantsNear reports whether misspelt names should be looked for: nothing was
// found, or words between the units were not understood.
func (p *Parser) wantsNear(v verdict) bool {
	return v == none || p.top[0].gaps > 0 || v == resolved && (p.top[0].contrary > 0 || p.districtInstead(&p.top[0]))
}

// nearAbove looks for misspelt provinces and districts and adds the mentions.
// The province is sought at the right end, and at the left one when none is
// named; a district without keyword next to it.
func (p *Parser) nearAbove(clause uint64) bool {
	parts := p.cutParts(clause)
	spans, mentions := len(p.spans), len(p.mentions)
	last := len(parts) - 1
	for k := range parts {
		pt := &parts[k]
		surely := pt.kw&kwTinh != 0 && pt.kw&kwLocal == 0
		if surely || (pt.kw == 0 || pt.kw&kwProvince != 0) && (k == 0 || k == last && p.provinceAt() < 0) {
			if !p.known(pt, kwProvince) && (k == 0 && len(parts) > 2 || !p.known(pt, kwDistrict)) {
				p.seek(pt)
				p.searchAll(p.x.byParent.provinces, p.near.limit())
				p.mentionHits(pt, clause)
			}
		}
	}
	p.see(clause)
	reversed := last > 1 && p.provinceAt() == int(parts[last].from)
	for k := range parts {
		pt := &parts[k]
		if pt.kw&kwDistrict != 0 || pt.kw == 0 && (k <= 1 || reversed && k == last-1) {
			if !p.known(pt, kwProvince) && !p.known(pt, kwDistrict) {
				p.seek(pt)
				p.searchDistricts()
				p.mentionHits(pt, clause)
			}
		}
	}
	return len(p.spans) > spans || len(p.mentions) > mentions
}

// provinceAt returns the token where the province that is named starts, -1 when
// none is.
func (p *Parser) provinceAt() int {
	for i := range p.mentions {
		if p.mentions[i].level != units.District && p.visible&(1<<i) != 0 {
			return int(p.spans[p.mentions[i].span].from)
		}
	}
	return -1
}

// known reports whether the part is, as a whole, the name of some unit of the
// level.
func (p *Parser) known(pt *part, level uint32) bool {
	for i := range p.mentions {
		m := &p.mentions[i]
		sp := &p.spans[m.span]
		if m.flags&refFuzzy == 0 && sp.lo == pt.lo && sp.hi == pt.hi && (level == kwDistrict) == (m.level == units.District) && p.inPlace(m) {
			return true
		}
	}
	return false
}

// inPlace reports whether a district lies in a province that is named, or none
// is named for sure; provinces are always in place.
func (p *Parser) inPlace(m *mention) bool {
	if m.level != units.District {
		return true
	}
	v := units.DistrictProvince(m.id)
	if (p.prov63[v]|p.prov34[units.ProvinceNewOf(v)])&p.visible != 0 {
		return true
	}
	for i := range p.mentions {
		if o := &p.mentions[i]; o.level != units.District && p.visible&(1<<i) != 0 && int(p.spans[o.span].hi) == p.last {
			return false
		}
	}
	return true
}

// seek prepares the search for a part.
func (p *Parser) seek(pt *part) {
	s, w := &p.s, &p.near
	w.n = 0
	let, mark := s.letters(int(pt.lo), int(pt.hi)), s.marks(int(pt.lo), int(pt.hi))
	if len(let) > maxSymbols {
		let, mark = nil, nil
	}
	w.canon = appendCanon(w.canon[:0], let)
	w.a = appendSymbols(w.a[:0], w.canon, nil)
	w.letters = letterSet(w.canon)
	w.am = appendSymbols(w.am[:0], let, mark)
}

// limit returns how many slips a name of this length may have.
func (w *nearScratch) limit() int {
	switch n := len(w.a); {
	case n < 3:
		return 0
	case n < 9:
		return 1
	}
	return 2
}

// try compares the part with one name.
func (p *Parser) try(t *target, limit int) {
	w, x := &p.near, p.x
	w.b = appendSymbols(w.b[:0], x.canonOf(int(t.variant)), nil)
	d := osa(w.a, w.b, limit)
	if d > limit || digitsDiffer(w.a, w.b) {
		return
	}
	marks := 0
	if p.anyMark {
		v := &x.variants[t.variant]
		w.b = appendSymbols(w.b[:0], x.let[v.lo:v.lo+uint32(v.n)], x.mark[v.lo:v.lo+uint32(v.n)])
		marks = min(osa(w.am, w.b, 6), 7)
	}
	w.take(hit{t.ref, uint8(d*8 + marks)})
}

// digitsDiffer reports whether the numbers in two names differ: a number is
// never a slip of another.
func digitsDiffer(a, b []symbol) bool {
	i, j := 0, 0
	for {
		for i < len(a) && !digit(byte(a[i])) {
			i++
		}
		for j < len(b) && !digit(byte(b[j])) {
			j++
		}
		if i == len(a) || j == len(b) {
			return i != len(a) || j != len(b)
		}
		if a[i] != b[j] {
			return true
		}
		i, j = i+1, j+1
	}
}

// take keeps the closest hits.
func (w *nearScratch) take(h hit) {
	for i := range w.n {
		if w.hits[i].ref == h.ref {
			return
		}
	}
	at := w.n
	for at > 0 && w.hits[at-1].score > h.score {
		at--
	}
	if at == len(w.hits) {
		return
	}
	if w.n < len(w.hits) {
		w.n++
	}
	copy(w.hits[at+1:w.n], w.hits[at:])
	w.hits[at] = h
}

// searchAll tries the names that may be near: of about as many letters, and nearly
// the same ones.
func (p *Parser) searchAll(targets []target, limit int) {
	n, letters := len(p.near.a), p.near.letters
	for i := range targets {
		t := &targets[i]
		if far := int(t.n) - n; far > limit || -far > limit || t.n == 0 {
			continue
		}
		if bits.OnesCount32(t.letters^letters) <= 2*limit+1 { // a misread letter changes three
			p.try(t, limit)
		}
	}
}

// searchDistricts looks among the districts of the provinces that are named,
// or among all when none is.
func (p *Parser) searchDistricts() {
	named := false
	for i := range p.mentions {
		named = named || p.mentions[i].level != units.District && p.visible&(1<<i) != 0
	}
	limit := p.near.limit()
	if !named {
		limit = min(limit, 1)
	}
	for v := range p.x.byParent.districts {
		if named && (p.prov63[v]|p.prov34[units.ProvinceNewOf(uint8(v))])&p.visible == 0 {
			continue
		}
		p.searchAll(p.x.byParent.districts[v], limit)
	}
}

// mentionHits adds a span for the part and a mention for each of its closest
// hits.
func (p *Parser) mentionHits(pt *part, clause uint64) {
	w := &p.near
	if w.n == 0 || len(p.spans) == maxSpans {
		return
	}
	i := p.addPart(pt)
	for _, h := range w.hits[:w.n] {
		if h.score > w.hits[0].score {
			break
		}
		r := &p.x.refs[h.ref]
		level := uint32(kwProvince)
		if r.level == units.District {
			level = kwDistrict
		}
		q := keywordFit(&p.spans[i], r.kind, level)
		if q < 0 {
			continue
		}
		p.addMention(mention{mask: p.spans[i].mask, id: r.id, span: i, level: r.level, q: int8(max(0, q-2*int(h.score/8))), flags: r.flags | refFuzzy})
	}
}

func (p *Parser) addPart(pt *part) uint8 {
	p.spans = append(p.spans, span{mask: tokenMask(pt.from, pt.hi), group: &noGroup, lo: pt.lo, hi: pt.hi, from: pt.from, left: 2, right: 2, kw: pt.kw & kwUnit})
	return uint8(len(p.spans) - 1)
}
