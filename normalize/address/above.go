package address

import (
	"math/bits"

	"github.com/dusach/dusach/normalize/units"
)

// bestDistrict returns the mention of the district that the clause names, nil
// when none is certain.
func (p *Parser) bestDistrict(clause uint64) *mention {
	best, bestScore, second := -1, 0, 0
	for i := range p.mentions {
		m := &p.mentions[i]
		if m.level != units.District || p.visible&(1<<i) == 0 || m.mask&clause == 0 || m.flags&refInitials != 0 {
			continue
		}
		score := p.rateDistrict(m, clause)
		switch {
		case best >= 0 && p.mentions[best].id == m.id:
			if score > bestScore {
				best, bestScore = i, score
			}
		case score > bestScore:
			best, bestScore, second = i, score, bestScore
		case score > second:
			second = score
		}
	}
	if best < 0 || bestScore < 8 || bestScore-second < 2 {
		return nil
	}
	return &p.mentions[best]
}

func (p *Parser) rateDistrict(m *mention, clause uint64) int {
	prov := units.DistrictProvince(m.id)
	provs := (p.prov63[prov] | p.prov34[units.ProvinceNewOf(prov)]) & p.visible
	score := int(m.q)
	pm := p.best(provs, m.mask)
	if pm >= 0 {
		score += 6 + int(p.mentions[pm].q)/2
		if p.best(p.prov63[prov]&p.visible, m.mask) >= 0 {
			score += 4
		}
	} else if p.spans[m.span].kw == 0 {
		return 0
	}
	if m.flags&(refObsolete|refAlias) != 0 {
		score--
	}
	used := m.mask | p.covers(provs|p.district[m.id]&p.visible, 0)
	return score - 9*p.after(used, clause)
}

// after counts the unexplained stretches between and right of the tokens used.
func (p *Parser) after(used, clause uint64) int {
	used &= clause
	if used == 0 {
		return 0
	}
	left := uint64(1)<<bits.TrailingZeros64(used) - 1
	return runs(clause&^left&^used&^p.idle, &p.s)
}

// bestProvince returns the mention of the province that the clause names, nil
// when none is certain. A name that lives in both editions comes back as that
// of the older one.
func (p *Parser) bestProvince(clause uint64) *mention {
	best, bestScore := -1, 0
	rival := false
	for i := range p.mentions {
		m := &p.mentions[i]
		if m.level == units.District || p.visible&(1<<i) == 0 {
			continue
		}
		score := int(m.q) - 9*p.after(m.mask, clause)
		if p.spans[m.span].kw&kwProvince == 0 && int(p.spans[m.span].hi) == p.last {
			score += 2
		}
		switch {
		case best < 0 || score > bestScore:
			rival = best >= 0 && score-bestScore < margin && !p.sameProvince(m, &p.mentions[best])
			best, bestScore = i, score
		case bestScore-score < margin && !p.sameProvince(m, &p.mentions[best]):
			rival = true
		}
	}
	if best < 0 || rival || bestScore < 2 {
		return nil
	}
	if m := &p.mentions[best]; m.level == units.Province34 {
		for i := range p.mentions {
			if o := &p.mentions[i]; o.level == units.Province63 && o.span == m.span && p.sameProvince(o, m) {
				return o
			}
		}
	}
	return &p.mentions[best]
}

// sameProvince reports whether two mentions mean the same ground.
func (p *Parser) sameProvince(a, b *mention) bool {
	if a.level == b.level {
		return a.id == b.id
	}
	if a.level == units.Province63 {
		a, b = b, a
	}
	return uint8(a.id) == units.ProvinceNewOf(uint8(b.id))
}

// conflicting reports whether the units that are named cannot all be meant: a
// commune that lies in the district or province named, but not in both.
func (p *Parser) conflicting(clause uint64) bool {
	for i := range p.top {
		c := &p.top[i]
		if c.gaps == 0 || p.spans[c.span].kw == 0 || c.contrary > 0 || !c.district && !c.province {
			continue
		}
		for j := range p.mentions {
			if m := &p.mentions[j]; p.visible&(1<<j) != 0 && p.spans[m.span].kw != 0 && m.q >= 6 && p.foreign(c, m) {
				return true
			}
		}
	}
	return p.apart()
}

// foreign reports whether a mention names a unit that the commune is not in.
func (p *Parser) foreign(c *candidate, m *mention) bool {
	if c.old == 0 {
		return m.level == units.Province34 && uint8(m.id) != c.new.Province()
	}
	f := &p.x.byParent.old[c.old]
	switch m.level {
	case units.District:
		return m.id != f.district && m.id != f.was
	case units.Province63:
		return uint8(m.id) != f.province && p.prov34[f.became] == 0 && p.prov63[f.province] == 0
	}
	return false
}

// apart reports whether a district and a province are named for sure, and no
// reading of the one lies in the other.
func (p *Parser) apart() bool {
	var district, agree, province bool
	for i := range p.mentions {
		m := &p.mentions[i]
		if p.visible&(1<<i) == 0 || m.q < 6 || p.spans[m.span].kw == 0 {
			continue
		}
		if m.level != units.District {
			province = true
			continue
		}
		if p.spans[m.span].kw&kwDistrict&^kwThanhPho == 0 {
			continue
		}
		district = true
		v := units.DistrictProvince(m.id)
		agree = agree || (p.prov63[v]|p.prov34[units.ProvinceNewOf(v)])&p.visible != 0
	}
	return district && province && !agree
}
