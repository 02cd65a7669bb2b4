package address

import (
	"math/bits"

	"github.com/dusach/dusach/normalize/units"
)

// A mention says that a span may name a province or a district.
type mention struct {
	mask     uint64
	id       uint16
	span     uint8
	level    units.Level
	q        int8 // how good the evidence is
	flags    uint8
	contrary uint8 // marks that belie it
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
		if sp.group.levels&namesAbove == 0 {
			continue
		}
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
	if contrary > 0 && q+cost < 0 {
		return // "Nguyễn Huệ" is not in Huế
	}
	if r.level == units.District && r.flags&refInitials != 0 {
		if q = p.initialsFit(sp, contrary); q < 0 {
			return
		}
	}
	if r.flags&refWeak != 0 {
		loose := sp.hi-sp.lo == 2 && p.s.tok[sp.lo].flags&tokDotted != 0 && sp.right > 0 || p.flat
		if contrary > 0 || sp.kw == 0 && (sp.left == 0 || sp.right == 0) && !loose || !p.ends(sp) && sp.lo != 0 {
			return
		}
		q -= 3
		if r.flags&refInitials != 0 {
			q -= 4
		}
	}
	p.addMention(mention{mask: sp.mask, id: r.id, span: uint8(i), level: r.level, q: int8(q + cost), flags: r.flags, contrary: uint8(contrary)})
}

// initialsFit rates the initials of a district (Q. HBT, BMT): one word, mark for mark, with
// the keyword of a district or, of three letters and more, between separators; -1 for
// anything else. They count less than its name, and only where a commune of it is named.
func (p *Parser) initialsFit(sp *span, contrary int) int {
	t := &p.s.tok[sp.lo]
	switch {
	case contrary > 0 || sp.hi-sp.lo != 1:
	case sp.kw&kwDistrict != 0 && sp.kw&kwCommune == 0:
		return 1
	case sp.kw == 0 && t.hi-t.lo > 2 && sp.left > 0 && sp.right > 0 && sp.lo > 0:
		return 0
	}
	return -1
}

// ends reports whether the text ends after a span, or a remark begins there.
func (p *Parser) ends(sp *span) bool {
	if int(sp.hi) >= p.last {
		return true
	}
	t := &p.s.tok[sp.hi]
	return t.flags&tokOpen != 0 || t.isKw != 0 && keywords[t.isKw].mask&(kwNow|kwBefore) != 0
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
