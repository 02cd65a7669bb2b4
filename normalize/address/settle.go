package address

import (
	"math/bits"

	"github.com/dusach/dusach/normalize/units"
)

// settle takes the best reading as it is.
func (p *Parser) settle(out *Address, r *reading, clause uint64) {
	c := &p.top[0]
	if p.districtInstead(c) {
		out.cand[0] = c.new
		r.candidates = out.cand[:1]
		if c.old != 0 {
			r.candidates = units.NewOf(c.old)
		}
		p.settleAbove(r, clause)
		return
	}
	r.hull, r.reversed = c.hull, c.reversed
	r.confidence = confidence(c)
	r.obsolete = c.flags&refObsolete != 0
	r.fuzzy = c.fuzzy
	if c.flags&refRecut != 0 {
		r.candidates = units.NewOf(c.old)
		r.district, r.prov63 = c.old.District(), c.old.Province()
		r.prov34 = units.ProvinceNewOf(r.prov63)
		r.confidence = 0.4
		return
	}
	r.old, r.new = c.old, c.new
	if c.old == 0 && p.contested(c) {
		p.gather(out, r)
		r.confidence = 0.75
		if p.spans[c.span].kw == 0 || !c.province { // "xã Đông Sơn" alone: one of today, and five of old
			r.new, r.hull, r.confidence = 0, 0, 0.3
			p.settleAbove(r, clause)
			return
		}
	}
	if c.old == 0 && p.spans[c.span].kw == 0 && p.namesDistrict(c) {
		r.confidence -= 0.15
	}
	if r.old == 0 && p.spans[c.span].kw&kwDacKhu == 0 {
		r.old = p.island(r.new)
	}
}

// namesDistrict reports whether the words of a commune are those of a district.
func (p *Parser) namesDistrict(c *candidate) bool {
	for i := range p.mentions {
		if m := &p.mentions[i]; m.level == units.District && int8(m.span) == c.span && m.contrary == 0 {
			return true
		}
	}
	return false
}

// contested reports whether a new commune has a namesake among the old ones of
// the province, elsewhere: the text is complete for the new one, and may lack
// the district of the old one.
func (p *Parser) contested(c *candidate) bool {
	for i := range p.top[1:] {
		if o := &p.top[1+i]; o.old != 0 && o.gaps == 0 && c.score-o.score < 8 && !units.Follows(o.old, c.new) {
			return true
		}
	}
	return false
}

// island returns the island district that became n, if the readings have it.
func (p *Parser) island(n units.New) units.Old {
	for i := range p.top {
		if c := &p.top[i]; c.flags&refIsland != 0 && units.Follows(c.old, n) {
			return c.old
		}
	}
	return 0
}

// districtInstead reports whether a commune written without keyword and without
// district may as well be the district of that name: "Đống Đa, Hà Nội". A
// district of another province of old is not meant: "Tam Kỳ, Đà Nẵng" is of the
// new edition, which has no districts.
func (p *Parser) districtInstead(c *candidate) bool {
	if p.spans[c.span].kw != 0 || c.district || c.flags&refIsland != 0 || p.only == NewEdition {
		return false
	}
	province := uint8(0)
	if c.new != 0 {
		province = c.new.Province()
	} else {
		province = units.ProvinceNewOf(c.old.Province())
	}
	for i := range p.mentions {
		m := &p.mentions[i]
		if m.level != units.District || int8(m.span) != c.span || units.ProvinceNewOf(units.DistrictProvince(m.id)) != province {
			continue
		}
		if m.contrary > c.contrary {
			continue // "Sơn Hạ" is not the district Sơn Hà
		}
		if c.new == 0 || p.best(p.prov63[units.DistrictProvince(m.id)]&p.visible, m.mask) >= 0 && p.islandOf(m.id) == 0 {
			return true
		}
	}
	return false
}

// islandOf returns the Old of an island district, 0 for any other.
func (p *Parser) islandOf(d uint16) units.Old {
	if refs := p.x.byParent.ofDistrict[d]; len(refs) == 1 && p.x.refs[refs[0].ref].flags&refIsland != 0 {
		return units.Old(p.x.refs[refs[0].ref].id)
	}
	return 0
}

func confidence(c *candidate) float32 {
	v := float32(0.99)
	if !c.province {
		v -= 0.04
	}
	if !c.province && !c.district {
		v -= 0.15
	}
	if c.old != 0 && !c.district {
		v -= 0.05
	}
	if c.kwFit < 6 {
		v -= 0.02
	}
	if c.mixed {
		v -= 0.03
	}
	if c.fuzzy {
		v -= 0.06
	}
	if c.flags&refInitials != 0 {
		v -= 0.05
	}
	return v - 0.05*float32(c.contrary) - 0.1*float32(c.gaps)
}

// gather makes the rivals the candidates of an unresolved address.
func (p *Parser) gather(out *Address, r *reading) {
	n := 0
	add := func(u units.New) {
		for _, c := range out.cand[:n] {
			if c == u {
				return
			}
		}
		if n < maxCandidates {
			out.cand[n] = u
			n++
		}
	}
	for i := range p.top {
		c := &p.top[i]
		if p.top[0].score-c.score > 8 || c.score < 8 {
			break
		}
		if c.new != 0 {
			add(c.new)
			continue
		}
		for _, u := range units.NewOf(c.old) {
			add(u)
		}
	}
	if n > 0 {
		r.candidates = out.cand[:n]
		r.confidence = 0.3
	}
}

// settleAbove finds the district and province when no commune was found.
func (p *Parser) settleAbove(r *reading, clause uint64) {
	if m := p.bestDistrict(clause); m != nil {
		r.district = m.id
		r.prov63 = units.DistrictProvince(m.id)
		r.prov34 = units.ProvinceNewOf(r.prov63)
		r.obsolete = true // no district is left
		provs := p.covers((p.prov63[r.prov63]|p.prov34[r.prov34])&p.visible, 0)
		r.hull = hullOf((m.mask | provs) & clause)
		if r.new = p.soleNew(m.id); r.new != 0 {
			r.confidence = 0.9
		}
		return
	}
	if m := p.bestProvince(clause); m != nil {
		r.hull = hullOf(m.mask & clause)
		if m.level == units.Province34 {
			r.prov34 = uint8(m.id)
			return
		}
		r.prov63 = uint8(m.id)
		r.prov34 = units.ProvinceNewOf(r.prov63)
		r.loose = units.ProvinceName34(r.prov34) == units.ProvinceName63(r.prov63)
		r.obsolete = r.obsolete || m.flags&refObsolete != 0
	}
}

// soleNew returns the new commune that a whole district became, 0 when it became
// several (Trường Sa is one; the island districts are in the tables).
func (p *Parser) soleNew(d uint16) units.New {
	var sole units.New
	for _, at := range p.x.byParent.ofDistrict[d] {
		n := units.NewOf(units.Old(p.x.refs[at.ref].id))
		if len(n) != 1 || sole != 0 && n[0] != sole {
			return 0
		}
		sole = n[0]
	}
	return sole
}

func hullOf(mask uint64) uint64 {
	if mask == 0 {
		return 0
	}
	return tokenMask(uint8(bits.TrailingZeros64(mask)), uint8(64-bits.LeadingZeros64(mask)))
}
