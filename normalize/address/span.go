package address

const (
	maxSpans    = 64
	maxMentions = 48
	maxNameLen  = 7 // words of the longest name, with one to spare for breaks
)

// A span is a run of tokens that spells the name of some unit.
type span struct {
	mask   uint64 // its tokens, keyword included
	group  *group
	lo, hi uint8  // tokens [lo,hi)
	from   uint8  // where its keyword starts, lo when there is none
	left   uint8  // how cleanly it starts: 2 after a keyword or hard separator, 0 amid words
	right  uint8  // how cleanly it ends
	roman  uint8  // the last token was read as this number
	kw     uint32 // what its keyword may mean, 0 when it has none
}

func tokenMask(lo, hi uint8) uint64 { return (1<<hi - 1) &^ (1<<lo - 1) }

// findSpans fills p.spans.
func (p *Parser) findSpans() {
	x, s := p.x, &p.s
	p.spans = p.spans[:0]
	for i := 0; i < s.n; i++ {
		first := &s.tok[i]
		if first.roman != 0 && first.kw != 0 && p.romanEnd(i) {
			p.romanSpan(i, i, 0)
		}
		if !first.opens && first.hi-first.lo > 2 {
			continue
		}
		if first.group != 0 {
			p.addSpan(i, i+1, first.group, 0)
		}
		h := first.hash
		for j := i + 1; j < s.n && j < i+maxNameLen; j++ {
			t := &s.tok[j]
			if t.sep == sepHard {
				break
			}
			if t.roman != 0 && p.romanEnd(j) {
				p.romanSpan(i, j, h)
			}
			h = t.after(h)
			at := slot(h)
			prefix, whole := x.begins(at)
			if !prefix {
				if t.hi-t.lo > 2 {
					break
				}
				continue
			}
			if whole {
				if g := x.find(at, s.let[first.lo:t.hi]); g != 0 {
					p.addSpan(i, j+1, g, 0)
				}
			}
		}
	}
}

// romanEnd reports whether a numeral at j ends its name.
func (p *Parser) romanEnd(j int) bool {
	s := &p.s
	return j+1 == s.n || s.tok[j+1].sep != sepSpace || s.tok[j+1].isKw != 0
}

// romanSpan looks a name up with its last word taken as a number.
func (p *Parser) romanSpan(i, j int, h uint64) {
	s := &p.s
	p.alt = append(p.alt[:0], s.let[s.tok[i].lo:s.tok[j].lo]...)
	at := len(p.alt)
	p.alt = appendNumber(p.alt, s.tok[j].roman)
	for _, c := range p.alt[at:] {
		h = h*hashPrime + uint64(c)
	}
	if g := p.x.find(slot(h), p.alt); g != 0 {
		p.addSpan(i, j+1, g, s.tok[j].roman)
	}
}

// addSpan adds tokens [lo,hi) as a span of the group with a number, with the keyword
// before it and, where that may be none, without it.
func (p *Parser) addSpan(lo, hi int, number uint16, roman uint8) {
	s := &p.s
	t := &s.tok[lo]
	sp := span{lo: uint8(lo), hi: uint8(hi), from: uint8(lo), group: &p.x.groups[number-1], roman: roman, left: clean(t.sep)}
	if t.kw != 0 {
		m, k := keywords[t.kw].mask, &s.tok[t.kwFrom]
		if amid := k.sep == sepSpace; k.flags&tokLossy != 0 && (p.anyMark || amid) && k.hi-k.lo > 1 {
			p.putSpan(&sp) // "Sập Xa Phù Yên", "Tương Dương Nghệ An": part of a name
			if p.anyMark && amid && (m&kwUnit == 0 || p.endsName(int(t.kwFrom), lo)) {
				return
			}
		}
		switch {
		case m&kwUnit != 0:
			if p.endsName(int(t.kwFrom), lo) {
				p.putSpan(&sp) // "Tứ Xã. Lâm Thao"
			}
			sp.kw, sp.from, sp.left = m, t.kwFrom, 2
		case m&kwLocal != 0 && !p.endsName(int(t.kwFrom), lo):
			return // a hamlet, a street
		}
	}
	if sp.kw == 0 && hi < s.n && s.tok[hi].behind && keywords[s.tok[hi].isKw].mask&kwUnit != 0 {
		if lo > 0 && s.tok[lo-1].behind {
			sp.left = 2
		}
		if sp.left > 0 || lo == 0 {
			sp.kw, sp.left = keywords[s.tok[hi].isKw].mask, 2
		}
	}
	p.putSpan(&sp)
}

// endsName reports whether the keyword at from is but the last word of a name
// that ends before token hi, mark for mark: "Sông Lô", "Nội Thôn".
func (p *Parser) endsName(from, hi int) bool {
	if p.s.tok[from].sep != sepSpace {
		return false
	}
	for i := range p.spans {
		sp := &p.spans[i]
		if int(sp.hi) != hi || int(sp.lo) >= from {
			continue
		}
		for v := sp.group.first; v < sp.group.first+uint32(sp.group.n); v++ {
			if contrary, lost := p.likeness(sp, &p.x.variants[v]); contrary == 0 && (lost == 0 || !p.anyMark) {
				return true
			}
		}
	}
	return false
}

// putSpan adds a copy of a span, with what follows it noted.
func (p *Parser) putSpan(sp *span) {
	s, hi := &p.s, int(sp.hi)
	if sp.group.number && sp.kw == 0 || len(p.spans) == maxSpans {
		return
	}
	p.spans = append(p.spans, *sp)
	sp = &p.spans[len(p.spans)-1]
	sp.right = 2
	if hi < s.n {
		sp.right = clean(s.tok[hi].sep)
		if k := s.tok[hi].isKw; k != 0 && keywords[k].mask&(kwUnit|kwFormer|kwNow|kwBefore|kwCountry|kwPlain) != 0 {
			sp.right = 2
		}
	}
	sp.mask = tokenMask(sp.from, sp.hi)
}

// likeness compares the marks of a span with those of a variant: how many
// contradict, and how many are lost.
func (p *Parser) likeness(sp *span, v *variant) (contrary, lost int) {
	s, x := &p.s, p.x
	in := s.marks(int(sp.lo), int(sp.hi))
	if sp.roman != 0 {
		in = in[:s.tok[sp.hi-1].lo-s.tok[sp.lo].lo]
	}
	of := x.mark[v.lo : v.lo+uint32(v.n)]
	if string(in) == string(of) {
		return 0, 0
	}
	for i, m := range in {
		if w := of[i]; m != w {
			if m&3 != w&3 {
				if m&3 == 0 {
					lost++
				} else {
					contrary++
				}
			}
			if m>>2 != w>>2 {
				if m>>2 == 0 {
					lost++
				} else {
					contrary++
				}
			}
		}
	}
	if int(v.words) != int(sp.hi-sp.lo) {
		contrary = min(contrary, 1)
	}
	return contrary, lost
}

// markCost turns likeness into points. In a text without any mark nothing is
// said by their absence, and little in one that lost some.
func (p *Parser) markCost(sp *span, contrary, lost int) int {
	switch {
	case contrary > 0:
		return -4 * min(contrary, 3)
	case !p.anyMark, lost == 0 && p.patchy:
		return 0
	case lost == 0:
		return 3
	case p.marked(sp):
		return -1
	}
	return 0
}

// marked reports whether any token of the span has a mark.
func (p *Parser) marked(sp *span) bool {
	for i := sp.lo; i < sp.hi; i++ {
		if p.s.tok[i].flags&tokMarked != 0 {
			return true
		}
	}
	return false
}
