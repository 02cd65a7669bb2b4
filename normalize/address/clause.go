package address

import (
	"math/bits"

	"github.com/dusach/dusach/normalize/units"
)

// A side is a remark beside the address: "(nay là phường …)", "(trước đây …)".
type side struct {
	mask uint64
	role edition // oldOnly, newOnly, or both when the words do not tell
}

// cut parts the tokens into the main clause and one side.
func (p *Parser) cut() (main uint64, s side) {
	p.idle, p.unitWord = 0, 0
	all := tokenMask(0, uint8(p.s.n))
	if p.s.n == maxTokens {
		all = ^uint64(0)
	}
	start, end := -1, p.s.n
	for i := range p.s.n {
		t := &p.s.tok[i]
		bit := uint64(1) << i
		if t.flags&tokClosed != 0 && start >= 0 && end == p.s.n {
			end = i
		}
		if t.flags&tokOpen != 0 && start < 0 {
			start = i
		}
		if t.isKw == 0 {
			continue
		}
		m := keywords[t.isKw].mask
		switch {
		case m&(kwNow|kwBefore) != 0:
			p.idle |= bit
			if start < 0 {
				start = i
			}
			if s.role == both && i < end {
				s.role = newOnly
				if m&kwBefore != 0 {
					s.role = oldOnly
				}
			}
		case m&kwFormer != 0:
			p.idle |= bit
			if start >= 0 && i < end && s.role == both {
				s.role = oldOnly
			}
		case m&(kwCountry|kwPlain) != 0:
			p.idle |= bit
		case m&kwCommune != 0 && p.nameAfter(i) > 0:
			p.unitWord |= bit
		}
	}
	if start < 0 {
		return all, side{}
	}
	s.mask = tokenMask(uint8(start), uint8(end)) & all
	if end == maxTokens {
		s.mask = ^uint64(0) &^ (1<<start - 1)
	}
	return all &^ s.mask, s
}

// readClauses reads the main clause, then the side in its light.
func (p *Parser) readClauses(out *Address) reading {
	main, s := p.cut()
	if main == 0 {
		main, s.mask = s.mask, 0
	}
	if s.mask == 0 {
		return p.readClause(out, main, main, both)
	}
	r := p.readClause(out, s.mask, main|s.mask, s.role)
	if s.role != both && (r.old != 0 || r.new != 0) {
		m := p.readClause(out, main, main, newOnly+oldOnly-s.role)
		if m.old != 0 && units.Follows(m.old, r.new) || m.new != 0 && units.Follows(r.old, m.new) {
			return p.join(m, r, s)
		}
	}
	side := append(p.kept[:0], r.candidates...)
	m := p.readClause(out, main, main, both)
	if m.old == 0 && m.new == 0 && len(side) > 0 {
		r.candidates = append(out.cand[:0], side...)
	}
	return p.join(m, r, s)
}

// join puts the main clause and the side together.
func (p *Parser) join(m, r reading, s side) reading {
	if m.prov34 == 0 {
		m.prov34, m.prov63, m.loose = r.prov34, r.prov63, r.loose
	}
	if r.old == 0 && r.new == 0 {
		return m
	}
	if m.old == 0 && m.new == 0 {
		r.hull, r.main, r.reversed = m.hull, m.main, m.reversed
		if s.role == newOnly {
			r.obsolete = true
		}
		return r
	}
	old, now := m.old, m.new
	switch {
	case r.old != 0 && old == 0:
		old = r.old
	case r.new != 0 && now == 0:
		now = r.new
	case r.old != 0 && r.old == old || r.new != 0 && r.new == now:
	case s.role == oldOnly && r.old != 0:
		// A merger before 2025: the main clause names what came of it.
	default:
		m.conflict = true
	}
	m.old, m.new, m.candidates = old, now, nil
	if old != 0 && now != 0 && !units.Follows(old, now) {
		m.conflict, m.confidence = true, 0.3
		m.candidates = append(p.kept[:0], now, units.NewOf(old)[0])
		m.old, m.new = 0, 0
		m.district, m.prov63, m.prov34 = 0, 0, now.Province()
		if now.Province() != units.ProvinceNewOf(old.Province()) {
			m.prov34 = 0
		}
	}
	return m
}

// readClause reads one clause; it sees the mentions of the tokens in light.
func (p *Parser) readClause(out *Address, clause, light uint64, only edition) (r reading) {
	p.only = only
	p.see(light)
	p.considerAll(clause)
	v := p.judge()
	if p.wantsNear(v) {
		if p.nearAbove(clause) {
			p.see(light)
			p.considerAll(clause)
			v = p.judge()
		}
		if p.wantsNear(v) {
			p.nearCommunes(clause)
			v = p.judge()
		}
	}
	r.main = clause
	switch v {
	case resolved:
		p.settle(out, &r, clause)
	case sameNew:
		p.settle(out, &r, clause)
		if r.old != 0 {
			r.new, r.old, r.split = units.NewOf(r.old)[0], 0, true
			r.confidence -= 0.05
		}
	case ambiguous:
		p.gather(out, &r)
		p.settleAbove(&r, clause)
	default:
		p.gather(out, &r)
		p.settleAbove(&r, clause)
		r.conflict = p.conflicting(clause)
	}
	if r.old == 0 && r.new == 0 && len(r.candidates) == 0 {
		p.suggest(out, &r, clause)
	}
	return r
}

// see makes the mentions within light visible, and notes whether one of them
// is certain.
func (p *Parser) see(light uint64) {
	p.visible, p.units, p.anchored = 0, 0, false
	for i := range p.mentions {
		m := &p.mentions[i]
		if m.mask&light == 0 {
			continue
		}
		p.visible |= 1 << i
		sp := &p.spans[m.span]
		if m.level != units.District && m.q >= 6 {
			p.units |= m.mask
		}
		if m.q >= 4 && (sp.kw != 0 || int(sp.hi) == p.last) {
			p.anchored = true
		}
	}
}

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
		if p.spans[c.span].kw == 0 {
			r.new, r.hull, r.confidence = 0, 0, 0.3
			p.settleAbove(r, clause)
			return
		}
	}
	if r.old == 0 && p.spans[c.span].kw&kwDacKhu == 0 {
		r.old = p.island(r.new)
	}
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
// district may as well be the district of that name: "Đống Đa, Hà Nội".
func (p *Parser) districtInstead(c *candidate) bool {
	if p.spans[c.span].kw != 0 || c.district || c.flags&refIsland != 0 {
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
		if m.level == units.District && int8(m.span) == c.span && units.ProvinceNewOf(units.DistrictProvince(m.id)) == province {
			return c.new == 0 || len(units.NewOf(p.islandOf(m.id))) == 0
		}
	}
	return false
}

// islandOf returns the Old of an island district, 0 for any other.
func (p *Parser) islandOf(d uint16) units.Old {
	if refs := p.x.byParent.ofDistrict[d]; len(refs) == 1 && p.x.refs[refs[0]].flags&refIsland != 0 {
		return units.Old(p.x.refs[refs[0]].id)
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
		r.new = p.soleNew(m.id)
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
		n := units.NewOf(units.Old(p.x.refs[at].id))
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
