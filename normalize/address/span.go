package address

import (
	"math/bits"

	"github.com/dusach/dusach/normalize/units"
)

const (
	maxSpans    = 64
	maxMentions = 48
	maxNameLen  = 7 // words of the longest name, with one to spare for breaks
)

// A span is a run of tokens that spells the name of some unit.
type span struct {
	mask   uint64 // its tokens, keyword included
	group  *group
	lo, hi uint8  // tokens [lo,hi)
	from   uint8  // where its keyword starts, lo when there is none
	left   uint8  // how cleanly it starts: 2 after a keyword or hard separator, 0 amid words
	right  uint8  // how cleanly it ends
	roman  uint8  // the last token was read as this number
	kw     uint32 // what its keyword may mean, 0 when it has none
}

// A mention says that a span may name a province or a district.
type mention struct {
	mask  uint64
	id    uint16
	span  uint8
	level units.Level
	q     int8 // how good the evidence is
	flags uint8
}

func tokenMask(lo, hi uint8) uint64 { return (1<<hi - 1) &^ (1<<lo - 1) }

// markKeywords finds the keywords, longest first.
func (p *Parser) markKeywords() {
	x, s := p.x, &p.s
	for i := 0; i < s.n; {
		kw, n, exact := p.keywordAt(x, i)
		if kw == 0 {
			i++
			continue
		}
		if s.tok[i].hi-s.tok[i].lo == 1 && keywords[kw].sort == sortAp && s.tok[i].flags&tokDotted == 0 {
			i++ // "A Lưới", "A12": only "A." is an ấp
			continue
		}
		if keywords[kw].mask&(kwFormer|kwNow|kwBefore) != 0 && !p.remark(kw, i, i+n) {
			i++
			continue
		}
		for j := i; j < i+n; j++ {
			s.tok[j].isKw = kw
		}
		if !exact {
			s.tok[i].flags |= tokLossy
			p.patchy = p.patchy || p.anyMark && keywords[kw].mask&kwUnit != 0 && s.tok[i].sep != sepSpace && s.tok[i].hi-s.tok[i].lo > 1
		}
		if e := i + n; e < s.n && s.tok[e].sep <= sepDot {
			s.tok[e].kw, s.tok[e].kwFrom = kw, uint8(i)
		}
		i += n
	}
}

func (p *Parser) keywordAt(x *index, i int) (kw uint8, n int, exact bool) {
	s := &p.s
	h := uint64(0)
	for j := i; j < s.n && j < i+4; j++ {
		t := &s.tok[j]
		if t.flags&tokNumber != 0 || j > i && (t.sep > sepDot || t.sep == sepDot && t.hi-t.lo > 1) {
			break
		}
		h = h*t.pow + t.hash
		b := slot(h) & 1023
		if x.kwBloom[b>>6]&(1<<(b&63)) == 0 {
			break
		}
		if k, e := x.keyword(h, s.mark[s.tok[i].lo:t.hi], j+1-i); k != 0 {
			kw, n, exact = k, j+1-i, e
		}
	}
	return kw, n, exact
}

// remark reports whether a word like "cũ" or "nay là" is meant as a remark:
// "cũ" at the end of a part, the others before a unit or after a bracket.
func (p *Parser) remark(kw uint8, i, end int) bool {
	s := &p.s
	if keywords[kw].mask&kwFormer != 0 {
		return i > 0 && (end == s.n || s.tok[end].sep != sepSpace || p.opensRemark(end))
	}
	if end == s.n {
		return false
	}
	if s.tok[i].flags&tokOpen != 0 || end-i >= 2 {
		return true
	}
	k, _, _ := p.keywordAt(p.x, end)
	return k != 0 && keywords[k].mask&kwUnit != 0 || s.tok[end].sep != sepSpace
}

func (p *Parser) opensRemark(i int) bool {
	k, _, _ := p.keywordAt(p.x, i)
	return k != 0 && keywords[k].mask&(kwNow|kwBefore|kwUnit|kwPlain) != 0
}

// findSpans fills p.spans.
func (p *Parser) findSpans() {
	x, s := p.x, &p.s
	p.spans = p.spans[:0]
	for i := 0; i < s.n; i++ {
		h := uint64(0)
		first := &s.tok[i]
		for j := i; j < s.n && j < i+maxNameLen; j++ {
			t := &s.tok[j]
			if j > i && t.sep == sepHard {
				break
			}
			if t.roman != 0 && (j > i || first.kw != 0) && p.romanEnd(j) {
				p.romanSpan(i, j, h)
			}
			h = h*t.pow + t.hash
			if !x.prefix(h) {
				if t.hi-t.lo > 2 {
					break
				}
				continue
			}
			if g := x.find(h, s.let[first.lo:t.hi]); g != nil {
				p.addSpan(i, j+1, g, 0)
			}
		}
	}
}

// romanEnd reports whether a numeral at j ends its name.
func (p *Parser) romanEnd(j int) bool {
	s := &p.s
	return j+1 == s.n || s.tok[j+1].sep != sepSpace || s.tok[j+1].isKw != 0
}

// romanSpan looks a name up with its last word taken as a number.
func (p *Parser) romanSpan(i, j int, h uint64) {
	s := &p.s
	p.alt = append(p.alt[:0], s.let[s.tok[i].lo:s.tok[j].lo]...)
	at := len(p.alt)
	p.alt = appendNumber(p.alt, s.tok[j].roman)
	for _, c := range p.alt[at:] {
		h = h*hashPrime + uint64(c)
	}
	if g := p.x.find(h, p.alt); g != nil {
		p.addSpan(i, j+1, g, s.tok[j].roman)
	}
}

func (p *Parser) addSpan(lo, hi int, g *group, roman uint8) {
	s := &p.s
	t := &s.tok[lo]
	sp := span{lo: uint8(lo), hi: uint8(hi), from: uint8(lo), group: g, roman: roman, left: clean(t.sep)}
	if t.kw != 0 {
		m, k := keywords[t.kw].mask, &s.tok[t.kwFrom]
		if amid := k.sep == sepSpace; k.flags&tokLossy != 0 && (p.anyMark || amid) && k.hi-k.lo > 1 {
			p.putSpan(sp) // "Sập Xa Phù Yên", "Tương Dương Nghệ An": part of a name
			if p.anyMark && amid {
				return
			}
		}
		switch {
		case m&kwUnit != 0:
			sp.kw, sp.from, sp.left = m, t.kwFrom, 2
		case m&kwLocal != 0:
			return // a hamlet, a street
		}
	}
	p.putSpan(sp)
}

func (p *Parser) putSpan(sp span) {
	s, hi := &p.s, int(sp.hi)
	if p.x.variants[sp.group.first].number && sp.kw == 0 || len(p.spans) == maxSpans {
		return
	}
	sp.right = 2
	if hi < s.n {
		sp.right = clean(s.tok[hi].sep)
		if k := s.tok[hi].isKw; k != 0 && keywords[k].mask&(kwUnit|kwFormer|kwNow|kwBefore|kwCountry|kwPlain) != 0 {
			sp.right = 2
		}
	}
	sp.mask = tokenMask(sp.from, sp.hi)
	p.spans = append(p.spans, sp)
}

// likeness compares the marks of a span with those of a variant: how many
// contradict, and how many are lost.
func (p *Parser) likeness(sp *span, v *variant) (contrary, lost int) {
	s, x := &p.s, p.x
	in := s.mark[s.tok[sp.lo].lo:s.tok[sp.hi-1].hi]
	if sp.roman != 0 {
		in = in[:s.tok[sp.hi-1].lo-s.tok[sp.lo].lo]
	}
	of := x.mark[v.lo : v.lo+uint32(v.n)]
	for i, m := range in {
		if w := of[i]; m != w {
			if m&3 != w&3 {
				if m&3 == 0 {
					lost++
				} else {
					contrary++
				}
			}
			if m>>2 != w>>2 {
				if m>>2 == 0 {
					lost++
				} else {
					contrary++
				}
			}
		}
	}
	if int(v.words) != int(sp.hi-sp.lo) {
		contrary = min(contrary, 1)
	}
	return contrary, lost
}

// markCost turns likeness into points. In a text without any mark nothing is
// said by their absence, and little in one that lost some.
func (p *Parser) markCost(sp *span, contrary, lost int) int {
	switch {
	case contrary > 0:
		return -4 * min(contrary, 3)
	case !p.anyMark, lost == 0 && p.patchy:
		return 0
	case lost == 0:
		return 3
	case p.marked(sp):
		return -1
	}
	return 0
}

// marked reports whether any token of the span has a mark.
func (p *Parser) marked(sp *span) bool {
	for i := sp.lo; i < sp.hi; i++ {
		if p.s.tok[i].flags&tokMarked != 0 {
			return true
		}
	}
	return false
}

// keywordFit says how well a keyword suits a kind: 6 the same, 4 of the same
// level, -1 of another level. Without a keyword: how clean the span stands.
func keywordFit(sp *span, kind units.Kind, level uint32) int {
	switch {
	case sp.kw == 0:
		return int(sp.left + sp.right)
	case kind != units.NoKind && sp.kw&(1<<(kind-1)) != 0:
		return 6
	case sp.kw&level != 0:
		return 4
	}
	return -1
}

// findMentions fills p.mentions and the sets by district and province.
func (p *Parser) findMentions() {
	p.clearMentions()
	for i := range p.spans {
		sp := &p.spans[i]
		if sp.right == 0 && !p.flat && p.goesOn(sp, units.Province63) {
			continue // "Điện Biên" in "Điện Biên Phủ"
		}
		whole, patchy := false, false
		for v := sp.group.first; v < sp.group.first+uint32(sp.group.n); v++ {
			va := &p.x.variants[v]
			refs := p.x.refs[va.refLo : va.refLo+uint32(va.refN)]
			contrary, lost := p.likeness(sp, va)
			whole = whole || contrary == 0 && lost == 0
			if refs[0].level > units.District {
				continue
			}
			patchy = patchy || contrary == 0 && lost > 0 && refs[0].flags&refInitials == 0
			cost := p.markCost(sp, contrary, lost)
			for r := range refs {
				if refs[r].level > units.District {
					break
				}
				p.mention(i, &refs[r], contrary, cost)
			}
		}
		p.patchy = p.patchy || p.anyMark && patchy && !whole && sp.left > 0 && sp.right > 0
	}
}

func (p *Parser) clearMentions() {
	for i := range p.mentions {
		m := &p.mentions[i]
		switch m.level {
		case units.District:
			p.district[m.id] = 0
		case units.Province63:
			p.prov63[m.id] = 0
		case units.Province34:
			p.prov34[m.id] = 0
		}
	}
	p.mentions = p.mentions[:0]
}

func (p *Parser) mention(i int, r *ref, contrary, cost int) {
	sp := &p.spans[i]
	level := uint32(kwProvince)
	if r.level == units.District {
		level = kwDistrict
	}
	q := keywordFit(sp, r.kind, level)
	if q < 0 || contrary > 0 && (sp.kw == 0 || contrary > 2) && r.level == units.District && contrary > 1 {
		return
	}
	if r.flags&refWeak != 0 {
		loose := sp.hi-sp.lo == 2 && p.s.tok[sp.lo].flags&tokDotted != 0 && sp.right > 0 || p.flat
		if contrary > 0 || sp.kw == 0 && (sp.left == 0 || sp.right == 0) && !loose || int(sp.hi) != p.last && sp.lo != 0 {
			return
		}
		q -= 3
		if r.flags&refInitials != 0 {
			q -= 4
		}
	}
	p.addMention(mention{mask: sp.mask, id: r.id, span: uint8(i), level: r.level, q: int8(q + cost), flags: r.flags})
}

func (p *Parser) addMention(m mention) {
	if len(p.mentions) == maxMentions {
		return
	}
	bit := uint64(1) << len(p.mentions)
	switch m.level {
	case units.District:
		p.district[m.id] |= bit
	case units.Province63:
		p.prov63[m.id] |= bit
	case units.Province34:
		p.prov34[m.id] |= bit
	}
	p.mentions = append(p.mentions, m)
}

// best returns the best mention of a set that shares no token with avoid, -1
// when there is none.
func (p *Parser) best(set, avoid uint64) int {
	best := -1
	for ; set != 0; set &= set - 1 {
		i := bits.TrailingZeros64(set)
		if m := &p.mentions[i]; m.mask&avoid == 0 && (best < 0 || m.q >= p.mentions[best].q) {
			best = i
		}
	}
	return best
}

// covers returns the tokens of all mentions of a set that share none with avoid.
func (p *Parser) covers(set, avoid uint64) (mask uint64) {
	for ; set != 0; set &= set - 1 {
		if m := p.mentions[bits.TrailingZeros64(set)].mask; m&avoid == 0 {
			mask |= m
		}
	}
	return mask
}
