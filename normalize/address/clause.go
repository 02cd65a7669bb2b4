package address

import "github.com/dusach/dusach/normalize/units"

// A side is a remark beside the address: "(nay là phường …)", "(trước đây …)".
type side struct {
	mask uint64
	role Edition // AnyEdition when the words do not tell
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
			if s.role == AnyEdition && i < end {
				s.role = NewEdition
				if m&kwBefore != 0 {
					s.role = OldEdition
				}
			}
		case m&kwFormer != 0:
			p.idle |= bit
			if start >= 0 && i < end && s.role == AnyEdition {
				s.role = OldEdition
			}
		case m&(kwCountry|kwPlain) != 0, t.behind:
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
		return p.readAs(out, main)
	}
	for role := NewEdition; role >= OldEdition; role-- {
		if s.role != AnyEdition && s.role != role {
			continue
		}
		r := p.readClause(out, s.mask, main|s.mask, role)
		if r.old == 0 && r.new == 0 {
			continue
		}
		m := p.readClause(out, main, main, NewEdition+OldEdition-role)
		if m.old != 0 && units.Follows(m.old, r.new) || m.new != 0 && units.Follows(r.old, m.new) {
			return join(out, m, r, s)
		}
		// "Phường Tân Phong cũ, nay phường Tân Triều, TP Biên Hòa, Đồng Nai": with no
		// bracket to close the remark, the district and the province after it are of
		// both. They count for the main clause only where the two units agree.
		m = p.readClause(out, main, main|s.mask, NewEdition+OldEdition-role)
		if m.old != 0 && units.Follows(m.old, r.new) || m.new != 0 && units.Follows(r.old, m.new) {
			return join(out, m, r, s)
		}
	}
	r := p.readClause(out, s.mask, main|s.mask, s.role)
	side := append(p.kept[:0], r.candidates...)
	m := p.readAs(out, main)
	if m.old == 0 && m.new == 0 && len(side) > 0 {
		r.candidates = append(out.cand[:0], side...)
	}
	return join(out, m, r, s)
}

// readAs reads a clause in the edition asked for, or else in either.
func (p *Parser) readAs(out *Address, clause uint64) reading {
	if p.asked != AnyEdition {
		if r := p.readClause(out, clause, clause, p.asked); r.old != 0 || r.new != 0 {
			return r
		}
	}
	return p.readClause(out, clause, clause, AnyEdition)
}

// join puts the main clause and the side together.
func join(out *Address, m, r reading, s side) reading {
	if m.prov34 == 0 {
		m.prov34, m.prov63, m.loose = r.prov34, r.prov63, r.loose
	}
	if r.old == 0 && r.new == 0 {
		return m
	}
	if m.old == 0 && m.new == 0 {
		r.hull, r.main, r.reversed = m.hull, m.main, m.reversed
		if s.role == NewEdition {
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
	case s.role == OldEdition && r.old != 0:
		// A merger before 2025: the main clause names what came of it.
	default:
		m.conflict = true
	}
	m.old, m.new, m.candidates = old, now, nil
	if old != 0 && now != 0 && !units.Follows(old, now) {
		m.conflict, m.confidence = true, 0.3
		m.candidates = append(out.cand[:0], now, units.NewOf(old)[0])
		m.old, m.new = 0, 0
		m.district, m.prov63, m.prov34 = 0, 0, now.Province()
		if now.Province() != units.ProvinceNewOf(old.Province()) {
			m.prov34 = 0
		}
	}
	return m
}

// readClause reads one clause; it sees the mentions of the tokens in light.
func (p *Parser) readClause(out *Address, clause, light uint64, only Edition) (r reading) {
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
