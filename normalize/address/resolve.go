package address

import "github.com/dusach/dusach/normalize/units"

// A candidate is one reading: a commune, and what of the text speaks for it.
type candidate struct {
	old      units.Old
	new      units.New
	score    int16
	gaps     uint8
	contrary uint8
	kwFit    int8
	span     int8
	district bool   // its district is named
	province bool   // its province is named
	doubtful bool   // the words of its district may as well be those of a province
	mixed    bool   // units of both editions were needed
	reversed bool   // province first
	keyed    bool   // its district has a keyword
	after    bool   // nothing between the units is left unexplained
	hull     uint64 // tokens from the first to the last that it explains
	flags    uint8
	fuzzy    bool
}

// considerAll rates every commune that a span of the clause may name.
func (p *Parser) considerAll(clause uint64) {
	p.top = p.topBuf[:0]
	for i := range p.spans {
		sp := &p.spans[i]
		if sp.group.levels&namesCommune == 0 || sp.mask&clause == 0 || sp.kw != 0 && sp.kw&(kwCommune|kwHuyen|kwQuan|kwThanhPho) == 0 {
			continue
		}
		if sp.kw == 0 && !p.stands(sp, clause) {
			continue
		}
		for v := sp.group.first; v < sp.group.first+uint32(sp.group.n); v++ {
			va := &p.x.variants[v]
			refs := p.x.refs[va.refLo : va.refLo+uint32(va.refN)]
			if refs[len(refs)-1].level < units.CommuneOld {
				continue
			}
			contrary, lost := p.likeness(sp, va)
			cost := p.markCost(sp, contrary, lost)
			for r := range refs {
				if refs[r].level == units.CommuneOld && p.only != NewEdition || refs[r].level == units.CommuneNew && p.only != OldEdition {
					p.consider(i, &refs[r], contrary, cost, clause)
				}
			}
		}
	}
}

// stands reports whether a name without keyword stands by itself: between
// separators, or before a name that follows it where the text has none, and
// with no commune named by keyword left of it.
func (p *Parser) stands(sp *span, clause uint64) bool {
	if p.unitWord&clause&(1<<sp.lo-1) != 0 {
		return false
	}
	if sp.left == 0 && !p.flat {
		return false
	}
	return sp.right > 0 || p.followed(sp)
}

// followed reports whether the name of a district or province begins right
// after the span.
func (p *Parser) followed(sp *span) bool {
	for i := range p.mentions {
		if p.spans[p.mentions[i].span].from == sp.hi {
			return true
		}
	}
	return false
}

// consider rates one commune for span i.
func (p *Parser) consider(i int, r *ref, contrary, cost int, clause uint64) {
	sp := &p.spans[i]
	level := uint32(kwCommune)
	if r.flags&refIsland != 0 {
		level |= kwDistrict
	}
	fit := p.communeFit(sp, r, level)
	if fit < 0 || contrary > 1 && sp.kw == 0 {
		return
	}
	provs, others, dists := p.above(r)
	if provs|others|dists == 0 && p.anchored {
		return
	}
	c := candidate{span: int8(i), contrary: uint8(contrary), flags: r.flags, kwFit: int8(fit)}
	score := cost
	if sp.kw != 0 {
		score += 2*fit - 2 // 10 the same kind, 0 the same level
	} else {
		score += fit + 1
	}
	if r.flags&(refObsolete|refAlias) != 0 {
		score -= 4
	}
	if sp.right == 0 && !p.followed(sp) {
		score -= 5 // the name goes on
	}
	if sp.right == 0 && !p.flat && p.goesOn(sp, units.CommuneOld) {
		score -= 30 // "Phường 1 Bảo Lộc" is a ward, not Phường 1 in Bảo Lộc
	}
	if sp.right == 1 && sp.kw != 0 && fit < 4 && p.goesOn(sp, units.CommuneOld) {
		score -= 12 // "Phường Xuân Trường - Đà Lạt" is no xã Xuân Trường
	}
	p.place(&c, r, score, sp.mask, clause)
}

// communeFit is keywordFit for a commune: of the new edition either kind that
// it had will do, and another kind speaks against it more than above.
func (p *Parser) communeFit(sp *span, r *ref, level uint32) int {
	kind := r.kind
	if r.level == units.CommuneNew && sp.kw&(1<<(kind-1)) == 0 {
		kind = p.x.byParent.new[r.id].later
	}
	fit := keywordFit(sp, kind, level)
	if fit == 4 && sp.kw != 0 {
		fit = 1
	}
	return fit
}

// goesOn reports whether a longer name of a commune, or of a province or
// district, starts where the span does; level is the first of the two kinds.
func (p *Parser) goesOn(sp *span, level units.Level) bool {
	for i := range p.spans {
		o := &p.spans[i]
		if o.from != sp.from || o.hi <= sp.hi || o.group.n == 0 {
			continue
		}
		va := &p.x.variants[o.group.first]
		if level == units.CommuneOld {
			if p.x.refs[va.refLo+uint32(va.refN)-1].level >= level {
				return true
			}
		} else if p.x.refs[va.refLo].level <= units.District {
			return true
		}
	}
	return false
}

// above returns the mentions that speak for a commune: of the province by the name in
// the commune's own edition, by that in the other one, of the district.
func (p *Parser) above(r *ref) (provs, others, dists uint64) {
	if r.level == units.CommuneOld {
		f := &p.x.byParent.old[r.id]
		provs, others = p.prov63[f.province], p.prov34[f.became]
		dists = p.district[f.district]
		if f.formerly != 0 {
			others |= p.prov63[f.formerly]
		}
		if f.was != 0 {
			dists |= p.district[f.was]
		}
		if r.district != 0 {
			dists |= p.district[r.district]
		}
	} else {
		f := &p.x.byParent.new[r.id]
		provs = p.prov34[f.province]
		for _, v := range f.old63[:] {
			others |= p.prov63[v]
		}
		for _, d := range f.districts {
			dists |= p.district[d]
		}
	}
	return provs & p.visible, others & p.visible, dists & p.visible
}

// place adds what speaks for the units above the commune, and offers it.
func (p *Parser) place(c *candidate, r *ref, score int, own, clause uint64) {
	provs, others, dists := p.above(r)
	if provs|others|dists == 0 && p.anchored {
		return
	}
	if r.level == units.CommuneOld {
		c.old = units.Old(r.id)
	} else {
		c.new = units.New(r.id)
	}
	if weak := p.strayLeft(own); weak != 0 {
		provs, others, dists = provs&^weak, others&^weak, dists&^weak
	}
	if p.weigh(*c, score, own, clause, provs, others, dists) {
		return
	}
	// What is named left of the commune may be a street after all.
	right := p.rightOf(own)
	if l := provs | others | dists; l&^right != 0 {
		p.weigh(*c, score, own, clause, provs&right, others&right, dists&right)
	}
}
