package address

import (
	"math/bits"

	"github.com/dusach/dusach/normalize/units"
)

const (
	maxTop = 6
	margin = 3 // points that the best reading needs over any other
	accept = 13
)

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
	c.after = inside == 0
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
	p.preferKind()
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

// strayEnd reports whether all that a reading leaves unexplained stands at the
// end, where the province would, and is none: "Xã X, huyện Y, Nghê Tnh".
func (p *Parser) strayEnd(c *candidate) bool {
	for i := range p.mentions {
		if p.visible&(1<<i) != 0 && p.mentions[i].level != units.District && p.mentions[i].mask&c.hull == 0 {
			return false
		}
	}
	return c.keyed && c.after && !c.reversed
}

// preferKind puts the new unit first where it does as well as the old one that it
// follows and the keyword is its: "Xã Đông Anh, huyện Đông Anh", of old a thị
// trấn, keeps the district beside the new commune.
func (p *Parser) preferKind() {
	b := &p.top[0]
	if b.old == 0 {
		return
	}
	for i := 1; i < len(p.top) && b.score-p.top[i].score < margin; i++ {
		if o := &p.top[i]; o.new != 0 && o.kwFit > b.kwFit && units.Follows(b.old, o.new) {
			p.top[0], p.top[i] = p.top[i], p.top[0]
			return
		}
	}
}

// solid reports whether a reading rests on enough: unexplained words are
// forgiven only where commune, district and province all agree.
func (p *Parser) solid(c *candidate) bool {
	sp := &p.spans[c.span]
	switch {
	case c.gaps > 1:
		return false
	case c.gaps == 1:
		return sp.kw != 0 && c.district && c.contrary == 0 && (c.province || p.strayEnd(c))
	case sp.kw == 0 && c.doubtful && !c.province:
		return false
	case c.district || c.province && sp.kw != 0:
		return c.contrary < 3
	case c.province:
		return sp.left > 0 && c.contrary == 0
	}
	return sp.kw != 0 && c.contrary == 0
}
