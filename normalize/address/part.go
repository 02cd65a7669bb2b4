package address

// A part is a keyword with the words after it, or words between separators.
type part struct {
	from, lo, hi uint8
	kw           uint32
}

const maxParts = 12

// cutParts lists the parts of a clause that may name units, from the right.
func (p *Parser) cutParts(clause uint64) []part {
	s := &p.s
	list := p.near.parts[:0]
	for i := 0; i < s.n; {
		if clause&^p.idle&(1<<i) == 0 {
			i++
			continue
		}
		pt := part{from: uint8(i), lo: uint8(i)}
		if k := s.tok[i].isKw; k != 0 && !(p.anyMark && s.tok[i].flags&tokLossy != 0 && keywords[k].mask&kwLocal != 0) {
			if e := p.nameAfter(i); e > 0 {
				pt.lo, pt.kw = uint8(e), keywords[k].mask
			}
		}
		j := int(pt.lo) + 1
		for j < s.n && clause&^p.idle&(1<<j) != 0 && s.tok[j].sep == sepSpace && !p.opensUnit(j) {
			j++
		}
		pt.hi = uint8(j)
		i = j
		if len(list) == maxParts {
			copy(list, list[1:])
			list = list[:maxParts-1]
		}
		list = append(list, pt)
	}
	for a, b := 0, len(list)-1; a < b; a, b = a+1, b-1 {
		list[a], list[b] = list[b], list[a]
	}
	return list
}

// nameAfter returns the token where the name starts whose keyword starts at i,
// 0 when there is none.
func (p *Parser) nameAfter(i int) int {
	for e := i + 1; e < p.s.n && e <= i+4; e++ {
		if t := &p.s.tok[e]; t.kw != 0 && int(t.kwFrom) == i {
			return e
		}
	}
	return 0
}

func (p *Parser) opensUnit(i int) bool {
	k := p.s.tok[i].isKw
	return k != 0 && keywords[k].mask&kwUnit != 0 && p.nameAfter(i) > 0
}
