package address

import (
	"bytes"

	"github.com/dusach/dusach/normalize/units"
)

// nearCommunes looks for a misspelt commune among those of the districts that
// are named, or of the provinces when no district is.
func (p *Parser) nearCommunes(clause uint64) {
	parts := p.cutParts(clause)
	for k := range parts {
		pt := &parts[k]
		if pt.kw&kwCommune == 0 && (pt.kw != 0 || k == 0) || len(p.spans) == maxSpans {
			continue
		}
		if p.spelt(pt) {
			continue
		}
		p.seek(pt)
		p.searchCommunes()
		p.offerHits(pt, clause)
		if pt.kw&kwCommune&^kwLocal != 0 {
			break
		}
	}
}

// spelt reports whether the part is the name of a commune of a province that is
// named: then it is no misspelling, whatever the district says.
func (p *Parser) spelt(pt *part) bool {
	for i := range p.spans {
		sp := &p.spans[i]
		if sp.lo != pt.lo || sp.hi != pt.hi {
			continue
		}
		for v := sp.group.first; v < sp.group.first+uint32(sp.group.n); v++ {
			va := &p.x.variants[v]
			if contrary, _ := p.likeness(sp, va); contrary > 0 {
				continue
			}
			for _, r := range p.x.refs[va.refLo : va.refLo+uint32(va.refN)] {
				switch r.level {
				case units.CommuneOld:
					f := &p.x.byParent.old[r.id]
					if (p.prov63[f.province]|p.prov34[f.became])&p.visible != 0 {
						return true
					}
				case units.CommuneNew:
					if p.prov34[p.x.byParent.new[r.id].province]&p.visible != 0 {
						return true
					}
				}
			}
		}
	}
	return false
}

// searchCommunes tries the communes of the places that are named.
func (p *Parser) searchCommunes() {
	limit := p.near.limit()
	b := &p.x.byParent
	district := false
	for i := range p.mentions {
		m := &p.mentions[i]
		if m.level == units.District && p.visible&(1<<i) != 0 && p.inPlace(m) {
			most := limit
			if p.doubtful(i) {
				most = min(limit, 1)
			} else {
				district = true
			}
			p.searchAll(b.ofDistrict[m.id], most)
		}
	}
	if district {
		return
	}
	limit = min(limit, 1)
	for i := range p.mentions {
		m := &p.mentions[i]
		if p.visible&(1<<i) == 0 {
			continue
		}
		switch m.level {
		case units.Province63:
			p.searchAll(b.of63[m.id], limit)
		case units.Province34:
			p.searchAll(b.of34[m.id], limit)
		}
	}
}

// doubtful reports whether the words of a district may as well be those of a
// province.
func (p *Parser) doubtful(i int) bool {
	for j := range p.mentions {
		if o := &p.mentions[j]; o.level != units.District && o.flags&(refObsolete|refAlias) == 0 && o.mask&p.mentions[i].mask != 0 {
			return true
		}
	}
	return false
}

// offerHits makes readings of the closest communes.
func (p *Parser) offerHits(pt *part, clause uint64) {
	w := &p.near
	if w.n == 0 {
		return
	}
	if w.n == maxHits && w.hits[0].score/8 == w.hits[maxHits-1].score/8 {
		return // too many to tell
	}
	i := p.addPart(pt)
	sp := &p.spans[i]
	for _, h := range w.hits[:w.n] {
		if h.score/8 > w.hits[0].score/8 {
			break
		}
		r := &p.x.refs[h.ref]
		level := uint32(kwCommune)
		if r.flags&refIsland != 0 {
			level |= kwDistrict
		}
		fit := p.communeFit(sp, r, level)
		if fit < 0 || p.only == NewEdition && r.level == units.CommuneOld || p.only == OldEdition && r.level == units.CommuneNew {
			continue
		}
		c := candidate{span: int8(i), flags: r.flags, kwFit: int8(fit), fuzzy: true}
		score := fit + 2 - 4*int(h.score-w.hits[0].score)
		if h.score >= 8 {
			score -= 2
		}
		p.place(&c, r, score, sp.mask, clause)
	}
}

// suggest lists the communes of the province whose names hold the words of the
// part that ought to be the commune: "Phường Gia Nghĩa" for "Bắc Gia Nghĩa".
func (p *Parser) suggest(out *Address, r *reading, clause uint64) {
	if r.prov34 == 0 {
		return
	}
	parts := p.cutParts(clause)
	n := 0
	for k := range parts {
		pt := &parts[k]
		if pt.kw&kwCommune == 0 {
			continue
		}
		word := p.s.letters(int(pt.lo), int(pt.hi))
		for _, t := range p.x.byParent.of34[r.prov34] {
			v := &p.x.variants[t.variant]
			if len(word) >= 4 && n < maxCandidates && bytes.Contains(p.x.let[v.lo:v.lo+uint32(v.n)], word) {
				out.cand[n] = units.New(p.x.refs[t.ref].id)
				n++
			}
		}
		break
	}
	if n > 0 {
		r.candidates = out.cand[:n]
	}
}
