package address

import (
	"math/bits"

	"github.com/dusach/dusach/normalize/units"
)

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
	hull     uint64 // tokens from the first to the last that it explains
	flags    uint8
	fuzzy    bool
}

const (
	maxTop = 6
	margin = 3 // points that the best reading needs over any other
	accept = 13
)

// considerAll rates every commune that a span of the clause may name.
func (p *Parser) considerAll(clause uint64) {
	p.top = p.topBuf[:0]
	for i := range p.spans {
		sp := &p.spans[i]
		if sp.mask&clause == 0 || sp.kw != 0 && sp.kw&(kwCommune|kwHuyen|kwQuan|kwThanhPho) == 0 {
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
				if refs[r].level == units.CommuneOld && p.only != newOnly || refs[r].level == units.CommuneNew && p.only != oldOnly {
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
	fit := keywordFit(sp, r.kind, level)
	if fit < 0 || contrary > 1 && sp.kw == 0 {
		return
	}
	c := candidate{span: int8(i), contrary: uint8(contrary), flags: r.flags, kwFit: int8(fit)}
	score := cost
	if sp.kw != 0 {
		score += 2*fit - 2 // 10 the same kind, 6 the same level
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
	p.place(&c, r, score, sp.mask, clause)
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

// place adds what speaks for the units above the commune, and offers it.
func (p *Parser) place(c *candidate, r *ref, score int, own, clause uint64) {
	var provs, others, dists uint64
	if r.level == units.CommuneOld {
		c.old = units.Old(r.id)
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
		c.new = units.New(r.id)
		f := &p.x.byParent.new[r.id]
		provs = p.prov34[f.province]
		for _, v := range f.old63[:] {
			others |= p.prov63[v]
		}
		for _, d := range f.districts {
			dists |= p.district[d]
		}
	}
	provs, others, dists = provs&p.visible, others&p.visible, dists&p.visible
	if provs|others|dists == 0 && p.anchored {
		return
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
			c.district = true
			if c.doubtful = p.doubtful(dm); c.doubtful && !c.province && p.spans[m.span].kw == 0 {
				score -= 12 // "Xã Hải Ninh, Quảng Ninh": rather the province
			}
			c.flags |= m.flags & (refRecut | refObsolete)
		} else {
			score += 3
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

// offer takes off points for words that the reading leaves unexplained between
// and after the units, and keeps it when it is among the best. It reports
// whether nothing was left unexplained.
func (p *Parser) offer(c *candidate, score int, own, used, clause uint64) bool {
	if len(p.top) > 0 && score+margin < int(p.top[0].score) {
		return true
	}
	used &= clause
	if used == 0 {
		return true
	}
	lo, hi := bits.TrailingZeros64(used), 64-bits.LeadingZeros64(used)
	c.hull = tokenMask(uint8(lo), uint8(hi))
	inside := c.hull &^ used &^ p.idle
	right := clause &^ (1<<hi - 1) &^ p.idle
	left := clause & (1<<lo - 1) &^ p.idle
	above := used &^ own
	if p.spans[c.span].kw == 0 && above&(1<<bits.TrailingZeros64(own)-1) != 0 {
		score -= 15 // "Thanh Hóa, Quảng Bình" is no commune Quảng Bình
	}
	if right != 0 && left == 0 && above != 0 && right&p.units == 0 && p.spans[c.span].kw != 0 && bits.TrailingZeros64(above) < bits.TrailingZeros64(own) {
		c.reversed = true
		score--
		right = 0
	}
	gaps := runs(inside|right, &p.s)
	c.gaps = uint8(gaps)
	score -= 9 * min(gaps, 4)
	if !c.reversed && left&p.unitWord != 0 {
		score -= 6 // another unit is named further left
	}
	c.score = int16(score)
	p.keep(c)
	return gaps == 0
}

// runs counts the stretches of tokens in mask; a hard separator parts them.
func runs(mask uint64, s *scratch) int {
	n, last := 0, -2
	for ; mask != 0; mask &= mask - 1 {
		i := bits.TrailingZeros64(mask)
		if i != last+1 || s.tok[i].sep == sepHard {
			n++
		}
		last = i
	}
	return n
}

// keep inserts c by score; of two readings that end in the same unit only the
// better one stays.
func (p *Parser) keep(c *candidate) {
	for i := range p.top {
		if o := &p.top[i]; o.old == c.old && o.new == c.new {
			if o.score >= c.score {
				return
			}
			copy(p.top[i:], p.top[i+1:])
			p.top = p.top[:len(p.top)-1]
			break
		}
	}
	at := len(p.top)
	for at > 0 && p.top[at-1].score < c.score {
		at--
	}
	if at == maxTop {
		return
	}
	if len(p.top) < maxTop {
		p.top = p.top[:len(p.top)+1]
	}
	copy(p.top[at+1:], p.top[at:])
	p.top[at] = *c
}

// A verdict is what became of the best readings.
type verdict uint8

const (
	none      verdict = iota // nothing good enough
	ambiguous                // several, none ahead
	sameNew                  // several old communes, all now in one new one
	resolved
)

// judge looks at the best readings.
func (p *Parser) judge() verdict {
	if len(p.top) == 0 {
		return none
	}
	b := &p.top[0]
	if int(b.score) < accept || !p.solid(b) {
		return none
	}
	if len(p.top) == 1 {
		return resolved
	}
	one, same := b.new, true
	if b.old != 0 {
		if n := units.NewOf(b.old); len(n) == 1 {
			one = n[0]
		}
	}
	rivals := 0
	for i := 1; i < len(p.top); i++ {
		o := &p.top[i]
		if b.score-o.score >= margin {
			break
		}
		if b.old != 0 && o.new != 0 && units.Follows(b.old, o.new) || b.new != 0 && o.old != 0 && units.Follows(o.old, b.new) {
			continue
		}
		rivals++
		if o.old != 0 {
			n := units.NewOf(o.old)
			same = same && len(n) == 1 && n[0] == one
		} else {
			same = false
		}
	}
	switch {
	case rivals == 0:
		return resolved
	case same && one != 0:
		return sameNew
	}
	return ambiguous
}

// solid reports whether a reading rests on enough: unexplained words are
// forgiven only where commune, district and province all agree.
func (p *Parser) solid(c *candidate) bool {
	sp := &p.spans[c.span]
	switch {
	case c.gaps > 1:
		return false
	case c.gaps == 1:
		return sp.kw != 0 && c.district && c.province && c.contrary == 0
	case sp.kw == 0 && c.doubtful && !c.province:
		return false
	case c.district || c.province && sp.kw != 0:
		return c.contrary < 3
	case c.province:
		return sp.left > 0 && c.contrary == 0
	}
	return sp.kw != 0 && c.contrary == 0
}
