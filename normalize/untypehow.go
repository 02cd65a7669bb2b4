package normalize

// appendUnTelex undoes aa aw ee oo ow uw w dd and the tone keys s f r x j z.
func appendUnTelex(dst, s []byte) ([]byte, typing, bool) {
	for _, alone := range [2]bool{false, true} {
		var t typed
		if !t.telex(s, alone) || !t.did {
			return dst, 0, false
		}
		if out, ok := t.append(dst); ok {
			if legal(s) || keptWord(s) {
				return dst, 0, false
			}
			return out, telex, true
		}
	}
	return dst, 0, false
}

// keptWord reports whether a word that could be Telex never is: Roman
// numerals, "bis" of house numbers, clan names that end like a tone key.
func keptWord(s []byte) bool {
	roman := true
	for _, c := range s {
		if c != 'I' && c != 'V' && c != 'X' && c != 'L' && c != 'C' {
			roman = false
		}
	}
	if roman || isLoan(ParseWord(s)) {
		return true
	}
	var buf [40]byte
	switch string(AppendFold(buf[:0], s)) {
	case "bis", "ter", "coor", "cor", "roor", "max", "alex", "kar", "bloor":
		return true
	}
	return false
}

func (t *typed) telex(s []byte, alone bool) bool {
	free := 0 // vowels repeated after the coda: believed only with a tone key
	for i := 0; i < len(s); {
		l, n := letterAt(s[i:])
		if l == 0 || l&letterViet == 0 {
			return false
		}
		i += n
		last := i == len(s)
		next, _ := letter(0), 0
		if !last {
			next, _ = letterAt(s[i:])
		}
		if !t.telexKey(l, next, last, alone, &free) && !t.add(l) {
			return false
		}
	}
	return free == 0 || t.tone != 0 && !t.held
}

// telexKey takes l as a key if it can be one.
func (t *typed) telexKey(l, next letter, last, alone bool, free *int) bool {
	if l.shape() != 0 || l.tone() != 0 || t.n == 0 {
		return false
	}
	prev := t.l[t.n-1]
	switch c := byte('a' - 1 + l.base()); c {
	case 's', 'f', 'r', 'x', 'j':
		if t.vowelFrom() < 0 || !last && vowelBases>>next.base()&1 != 0 && !sameShapeKey(next, prev) {
			return false
		}
		return t.setTone(telexTone(c))
	case 'z':
		if !last || t.tone == 0 {
			return false
		}
		t.tone, t.did = 0, true
		return true
	case 'd':
		return t.n == 1 && prev.base() == baseD && t.reshape(0, shapeStroke)
	case 'w':
		return t.telexW(l, alone)
	case 'a', 'e', 'o':
		if prev.base() == l.base() {
			if c == 'o' && prev.shape() == shapeCircumflex {
				t.l[t.n-1] &^= 3 << 5 // ooo is how oo is typed: boong
				return false
			}
			return t.reshape(t.n-1, shapeCircumflex)
		}
		if !vowelLetter(prev) && last || !vowelLetter(prev) && toneKey(next) {
			if i := t.last(1 << l.base()); i >= 0 && t.reshape(i, shapeCircumflex) {
				*free++
				return true
			}
		}
	}
	return false
}

// telexW is a horn, a breve or, without a vowel before it, ư itself.
func (t *typed) telexW(l letter, alone bool) bool {
	if t.vowelFrom() < 0 {
		u := letter('u'-'`') | shapeBreve<<5 | letterViet | l&letterUpper
		t.did = true
		return t.add(u)
	}
	prev := t.l[t.n-1]
	switch {
	case prev.base() == 'a'-'`' && t.n >= 2 && t.l[t.n-2].base() == 'u'-'`' && t.l[t.n-2].shape() == 0 && t.n-2 >= t.vowelFrom():
		return t.reshape(t.n-2, shapeBreve)
	case prev.base() == 'u'-'`':
		return t.reshape(t.n-1, shapeBreve)
	}
	if i := t.last(baseA | baseO | baseU); i >= 0 && t.l[i].base() == 'a'-'`' {
		return t.reshape(i, shapeBreve)
	}
	return t.horn(alone)
}

func vowelLetter(l letter) bool { return vowelBases>>l.base()&1 != 0 }

func toneKey(l letter) bool {
	return l.shape() == 0 && telexTone(byte('a'-1+l.base())) != 0
}

// sameShapeKey reports whether a vowel after a tone key only completes the
// vowel before it, as the second e of Nguyexen.
func sameShapeKey(next, prev letter) bool { return next.base() == prev.base() }

// telexTone returns the tone of a Telex key, 0 if it is none.
func telexTone(c byte) uint32 {
	switch c {
	case 'f':
		return 1
	case 's':
		return 2
	case 'r':
		return 3
	case 'x':
		return 4
	case 'j':
		return 5
	}
	return 0
}

// appendUnVNI undoes the digits 1…9 of VNI typing.
func appendUnVNI(dst, s []byte, habits typing) ([]byte, typing, bool) {
	for _, alone := range [2]bool{false, true} {
		var t typed
		strong, ok := t.vni(s, alone)
		how := vni
		if !strong {
			how = vniWeak
		}
		if !ok || !strong && habits&vni == 0 {
			continue
		}
		if out, ok := t.append(dst); ok {
			return out, how, true
		}
	}
	return dst, 0, false
}

// vniTone maps the digits 1…5 of VNI to tones.
var vniTone = [6]uint32{0, 2, 1, 3, 4, 5}

func (t *typed) vni(s []byte, alone bool) (strong, ok bool) {
	for i := 0; i < len(s); {
		c := s[i]
		if c < '0' || c > '9' {
			l, n := letterAt(s[i:])
			if !t.add(l) {
				return false, false
			}
			i += n
			continue
		}
		i++
		ok := false
		switch {
		case c == '0':
			return false, false
		case c <= '5':
			ok = t.setTone(vniTone[c-'0'])
			strong = strong || i < len(s)
		case c == '6':
			ok = t.reshape(t.last(baseA|baseE|baseO), shapeCircumflex)
			strong = true
		case c == '7':
			ok = t.horn(alone) || t.fullyHorned()
			strong = true
		case c == '8':
			ok = t.reshape(t.last(baseA), shapeBreve)
			strong = true
		case c == '9':
			ok = t.n > 0 && t.l[0].base() == baseD && t.reshape(0, shapeStroke)
			strong = true
		}
		if !ok {
			return false, false
		}
	}
	return strong, true
}

// fullyHorned reports whether the last vowel has its horn already, so that a
// second 7 of u7o7 says nothing new.
func (t *typed) fullyHorned() bool {
	return t.n > 1 && t.l[t.n-1].shape() == shapeBreve && t.l[t.n-2].shape() == shapeBreve
}

// appendUnVIQR undoes ^ ( + and the tones ' ` ? ~ . after a vowel.
func appendUnVIQR(dst, s []byte, habits typing) ([]byte, typing, bool) {
	var t typed
	strong, used, ok := t.viqr(s, habits&viqr != 0)
	how := viqr
	if !strong {
		how = viqrWeak
	}
	if !ok || !strong && habits&viqr == 0 {
		return dst, 0, false
	}
	out, ok := t.append(dst)
	if !ok {
		return dst, 0, false
	}
	return append(out, s[used:]...), how, true
}

func (t *typed) viqr(s []byte, trust bool) (strong bool, used int, ok bool) {
	for i := 0; i < len(s); {
		c := s[i]
		l, n := letterAt(s[i:])
		if l != 0 {
			if l.base() == baseD && t.n == 1 && t.l[0].base() == baseD && l.shape() == 0 && t.reshape(0, shapeStroke) {
				i += n
				continue
			}
			if !t.add(l) {
				return false, 0, false
			}
			i += n
			continue
		}
		if !t.viqrKey(c) {
			if i == len(s)-1 && (c == '.' || c == '?' || c == '\'') && t.did {
				return strong, i, true // the end of a sentence
			}
			return false, 0, false
		}
		i++
		if c == '^' || c == '+' || c == '(' || c == '`' || c == '~' || i < len(s) && c != '?' {
			strong = true // a question mark alone may stand for a letter that a code page lacked
		}
	}
	return strong, len(s), true
}

// viqrKey takes a mark that follows a vowel.
func (t *typed) viqrKey(c byte) bool {
	if t.n == 0 || !t.isVowel(t.n-1) {
		return false
	}
	switch c {
	case '^':
		return t.reshape(t.n-1, shapeCircumflex)
	case '(':
		return t.l[t.n-1].base() == 'a'-'`' && t.reshape(t.n-1, shapeBreve)
	case '+':
		b := t.l[t.n-1].base()
		return (b == 'o'-'`' || b == 'u'-'`') && t.reshape(t.n-1, shapeBreve)
	case '`':
		return t.setTone(1)
	case '\'':
		return t.setTone(2)
	case '?':
		return t.setTone(3)
	case '~':
		return t.setTone(4)
	case '.':
		return t.setTone(5)
	}
	return false
}
