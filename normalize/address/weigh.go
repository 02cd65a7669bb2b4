package address

import "github.com/dusach/dusach/normalize/units"

// weigh adds points for the mentions in three sets: of the province by the name
// in the commune's own edition, by that in the other one, of the district. It
// reports whether they explain all words that have to be.
func (p *Parser) weigh(c candidate, score int, own, clause, provs, others, dists uint64) bool {
	pm, om := p.best(provs, own), -1
	used := own
	if pm >= 0 && c.old != 0 && (p.city(pm) || p.mentions[pm].flags&(refObsolete|refAlias) != 0) {
		drop := uint64(0)
		if dm := p.best(dists, own); dm < 0 {
			drop = p.cityItself(pm) // "Phường 4, Mỹ Tho" lies in no other city
		} else if p.mentions[dm].mask&p.mentions[pm].mask != 0 {
			drop = p.mentions[dm].mask // "TP Hà Tĩnh" is the city in the province
		}
		if drop != 0 {
			pm = -1
			drop = p.touching(drop)
			provs &^= drop
			others &^= drop
		}
	}
	if pm >= 0 {
		score += 12 + int(min(p.mentions[pm].q, 6))/2
		used |= p.mentions[pm].mask
		c.province = true
	} else if om = p.best(others, own); om >= 0 {
		score += 8 + int(min(p.mentions[om].q, 6))/2
		used |= p.mentions[om].mask
		c.province = true
		c.mixed = true
	}
	if dm := p.best(dists, used); dm >= 0 {
		m := &p.mentions[dm]
		if c.old != 0 {
			score += 20 + int(min(m.q, 9))/2
			c.district, c.keyed = true, p.spans[m.span].kw != 0
			if c.doubtful = p.doubtful(dm); c.doubtful && !c.province && p.spans[m.span].kw == 0 {
				score -= 12 // "Xã Hải Ninh, Quảng Ninh": rather the province
			}
			c.flags |= m.flags & (refRecut | refObsolete | refInitials)
		} else {
			score += 14 // less than for an old commune of the same kind, more than for one of another
			c.mixed = true
		}
		used |= m.mask
	} else if dists != 0 && c.old != 0 {
		score++
	}
	if c.new != 0 && !c.mixed {
		score += 4
	}
	if c.old != 0 && om >= 0 && !c.district {
		score -= 4 // an old commune straight under a new province
	}
	used |= p.covers(provs|others|dists, own) & clause
	return p.offer(&c, score, own, used, clause)
}

// strayLeft returns the mentions left of some tokens that stand amid other
// words: streets, schools.
func (p *Parser) strayLeft(own uint64) (set uint64) {
	for i := range p.mentions {
		if m := &p.mentions[i]; m.mask < own {
			if sp := &p.spans[m.span]; sp.kw == 0 && (sp.left == 0 || sp.right == 0) && !p.flat {
				set |= 1 << i
			}
		}
	}
	return set
}

// rightOf returns the mentions that stand right of some tokens.
func (p *Parser) rightOf(own uint64) (set uint64) {
	for i := range p.mentions {
		if p.mentions[i].mask > own {
			set |= 1 << i
		}
	}
	return set
}

// city reports whether a mention calls a province thành phố that is none.
func (p *Parser) city(i int) bool {
	m := &p.mentions[i]
	return p.spans[m.span].kw&kwProvince == kwThanhPho && m.flags&refCity == 0
}

// cityItself returns the tokens of a mention of a province by the name of a
// city in it, 0 when it is none.
func (p *Parser) cityItself(i int) uint64 {
	m := &p.mentions[i]
	for j := range p.mentions {
		if o := &p.mentions[j]; o.level == units.District && o.span == m.span {
			return m.mask
		}
	}
	return 0
}

// touching returns the mentions that share a token with mask.
func (p *Parser) touching(mask uint64) (set uint64) {
	for i := range p.mentions {
		if p.mentions[i].mask&mask != 0 {
			set |= 1 << i
		}
	}
	return set
}
