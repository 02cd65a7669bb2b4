package address

// markKeywords finds the keywords, longest first.
func (p *Parser) markKeywords() {
	x, s := p.x, &p.s
	for i := 0; i < s.n; {
		if !s.tok[i].opensKw {
			i++
			continue
		}
		kw, n, exact := p.keywordAt(x, i)
		if kw == 0 {
			i++
			continue
		}
		if s.tok[i].hi-s.tok[i].lo == 1 && keywords[kw].sort == sortAp && s.tok[i].flags&tokDotted == 0 {
			i++ // "A Lưới", "A12": only "A." is an ấp
			continue
		}
		if keywords[kw].mask&(kwFormer|kwNow|kwBefore) != 0 && !p.remark(kw, i, i+n) {
			i++
			continue
		}
		if s.tok[i].sep >= sepSoft { // else "Nam Quan/H. Lộc Bình": the end of a name
			if label, end := p.joinLabel(kw, i, i+n); end > i+n {
				kw, n, exact = label, end-i, true
			}
		}
		for j := i; j < i+n; j++ {
			s.tok[j].isKw = kw
		}
		if keywords[kw].mask&kwAfter != 0 && p.behindName(i, i+n) {
			for j := i; j < i+n; j++ {
				s.tok[j].behind = true
			}
			i += n
			continue
		}
		if !exact {
			s.tok[i].flags |= tokLossy
			p.patchy = p.patchy || p.anyMark && keywords[kw].mask&kwUnit != 0 && s.tok[i].sep != sepSpace && s.tok[i].hi-s.tok[i].lo > 1
		}
		if e := i + n; e < s.n && s.tok[e].sep <= sepDot {
			s.tok[e].kw, s.tok[e].kwFrom = kw, uint8(i)
		}
		i += n
	}
}

// behindName reports whether the words [i,end) stand behind the name that they
// belong to, as in English: before a separator or another such word.
func (p *Parser) behindName(i, end int) bool {
	s := &p.s
	if i == 0 || s.tok[i].sep != sepSpace || s.tok[i-1].isKw != 0 {
		return false
	}
	return end == s.n || s.tok[end].sep >= sepSoft || s.tok[end].flags&tokNumber == 0 && p.flat
}

// labelOf says what a label that names several kinds is read as.
func labelOf(mask uint32) uint8 {
	switch {
	case mask&kwCommune != 0:
		return labelCommune
	case mask&(kwQuan|kwHuyen|kwThiXa) != 0:
		return labelDistrict
	case mask&kwProvince != 0:
		return labelProvince
	case mask&(kwHamlet|kwGroup) != 0:
		return labelHamlet
	}
	return 0
}

// joinLabel makes one keyword of the several that a printed form offers:
// "Xã/phường: …", "Huyện (quận, thị xã): …". It returns the end of the keyword,
// the end of the first one when it stands alone. A label before a proper keyword
// ("Xã/phường: xã Tân Hội") means nothing.
func (p *Parser) joinLabel(kw uint8, i, end int) (uint8, int) {
	s := &p.s
	label, inside, e := labelOf(keywords[kw].mask), false, end
	for label != 0 && e < s.n {
		t := &s.tok[e]
		if opens := t.flags&tokOpen != 0; opens && !inside {
			inside = true
		} else if t.sep != sepSoft && (!inside || t.sep != sepHard || t.flags&tokClosed != 0) {
			break
		}
		k, n, _ := p.keywordAt(p.x, e)
		if k == 0 {
			break
		}
		l := labelOf(keywords[k].mask)
		if l != label && !(keywords[k].mask&kwThanhPho != 0 && label == labelDistrict) {
			break
		}
		e += n
	}
	if e == end || e == s.n || inside && s.tok[e].flags&tokClosed == 0 {
		return kw, end
	}
	for j := end; j <= e; j++ {
		s.tok[j].flags &^= tokOpen | tokClosed
	}
	s.tok[e].sep = sepDot
	if k, _, _ := p.keywordAt(p.x, e); k != 0 && labelOf(keywords[k].mask) == label {
		return labelEmpty, e
	}
	return label, e
}

func (p *Parser) keywordAt(x *index, i int) (kw uint8, n int, exact bool) {
	s := &p.s
	first := &s.tok[i]
	if !first.opensKw {
		return 0, 0, false
	}
	if first.alone != 0 {
		kw, n, exact = first.alone, 1, first.exact
	}
	h := first.hash
	for j := i + 1; j < s.n && j < i+4; j++ {
		t := &s.tok[j]
		if t.flags&tokNumber != 0 || t.sep > sepDot || t.sep == sepDot && t.hi-t.lo > 1 {
			break
		}
		h = t.after(h)
		at := slot(h)
		if !x.opensKeyword(at) {
			break
		}
		if k, e := x.keyword(h, at, s.mark[first.lo:t.hi], j+1-i); k != 0 {
			kw, n, exact = k, j+1-i, e
		}
	}
	return kw, n, exact
}

// remark reports whether a word like "cũ" or "nay là" is meant as a remark:
// "cũ" at the end of a part, the others before a unit or after a bracket.
func (p *Parser) remark(kw uint8, i, end int) bool {
	s := &p.s
	if keywords[kw].mask&kwFormer != 0 {
		return i > 0 && (end == s.n || s.tok[end].sep != sepSpace || p.opensRemark(end))
	}
	if end == s.n {
		return false
	}
	if s.tok[i].flags&tokOpen != 0 || end-i >= 2 {
		return true
	}
	k, _, _ := p.keywordAt(p.x, end)
	return k != 0 && keywords[k].mask&kwUnit != 0 || s.tok[end].sep != sepSpace
}

func (p *Parser) opensRemark(i int) bool {
	k, _, _ := p.keywordAt(p.x, i)
	return k != 0 && keywords[k].mask&(kwNow|kwBefore|kwUnit|kwPlain) != 0
}
