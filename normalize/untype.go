package normalize

import (
	"unicode"
	"unicode/utf8"
)

// AppendUntyped appends src with left-overs of typing turned into letters,
// word by word, when and only when the word is no legal syllable and its
// repair is: Telex (Nguyeenx), VNI (Nguye64n) and VIQR (Nguye^~n).
//
// A digit, full stop, question mark or apostrophe at the end of a word is a
// tone only where other words show that the text was typed so: "To 5", "Nam2",
// "V." and "Thi." alone stay.
func AppendUntyped(dst, src []byte) (out []byte, changed bool) {
	if !mayBeTyped(src) {
		return append(dst, src...), false
	}
	return appendUntyped(dst, src)
}

func appendUntyped(dst, src []byte) (out []byte, changed bool) {
	habits := typingHabits(src)
	for i := 0; i < len(src); {
		n := typedLen(src[i:])
		if n == 0 {
			_, n = utf8.DecodeRune(src[i:])
			dst = append(dst, src[i:i+n]...)
			i += n
			continue
		}
		var ok bool
		at := len(dst)
		if marked(src[i+n:]) {
			dst = append(dst, src[i:i+n]...)
		} else if dst, _, ok = appendUntypedWord(dst, src[i:i+n], habits); ok {
			changed = true
			dst = calm(dst, at, src)
		} else if dst, ok = appendUntypedParts(dst, src[i:i+n], habits, src); ok {
			changed = true
		}
		i += n
	}
	return dst, changed
}

// mayBeTyped reports whether a text has anything that typing leaves over: f j w
// z, a doubled a d e o, s r x behind another letter (but tr), a digit or a mark
// of VIQR behind a letter. Most texts have nothing of it and are spared the rest.
func mayBeTyped(src []byte) bool {
	prev := byte(0) // small letter before, 1 for one beyond ASCII, 0 for none
	for _, c := range src {
		if c >= utf8.RuneSelf {
			prev = 1
			continue
		}
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		switch {
		case c >= 'a' && c <= 'z':
			switch c {
			case 'f', 'j', 'w', 'z':
				return true
			case 'a', 'd', 'e', 'o':
				if prev == c {
					return true
				}
			case 's', 'x':
				if prev != 0 {
					return true
				}
			case 'r':
				if prev != 0 && prev != 't' {
					return true
				}
			}
			prev = c
			continue
		case prev != 0 && (digit(c) || viqrMark(c)):
			return true
		}
		prev = 0
	}
	return false
}

// appendUntypedParts appends a run of letters that is no word of VIQR: the
// parts between its punctuation are words of their own.
func appendUntypedParts(dst, s []byte, habits typing, src []byte) (out []byte, changed bool) {
	for i := 0; i < len(s); {
		end := i
		for end < len(s) && (s[end] >= utf8.RuneSelf || !viqrMark(s[end])) {
			end++
		}
		at, ok := len(dst), false
		toned := end < len(s) && end > i && (endsInVowel(s[i:end]) || s[end-1]|0x20 == 'w') // a tone that did not fit
		if end-i < len(s) && !toned {
			dst, _, ok = appendUntypedWord(dst, s[i:end], habits)
		}
		if ok {
			changed = true
			dst = calm(dst, at, src)
		} else {
			dst = append(dst, s[i:end]...)
		}
		for i = end; i < len(s) && s[i] < utf8.RuneSelf && viqrMark(s[i]); i++ {
			dst = append(dst, s[i])
		}
	}
	return dst, changed
}

// marked reports whether a combining mark that joined no letter follows.
func marked(s []byte) bool {
	r, _ := utf8.DecodeRune(s)
	return r >= 0x300 && unicode.Is(unicode.M, r)
}

// calm writes a repaired word that is all capitals, dst[at:], with one capital
// where the text around it has small letters: Trần THIJ Lan.
func calm(dst []byte, at int, src []byte) []byte {
	if allUpper(dst[at:]) && anyLower(src) {
		_, n := letterAt(dst[at:])
		var buf [48]byte
		dst = appendLower(dst[:at+n], append(buf[:0], dst[at+n:]...))
	}
	return dst
}

// typing is a set of ways of typing.
type typing uint8

const (
	telex typing = 1 << iota
	vni
	viqr
	vniWeak // a final tone digit, which may be a plain number
	viqrWeak
)

// typingHabits looks through a text for words that surely are left-overs.
func typingHabits(src []byte) (seen typing) {
	if !hasMarks(src) {
		return 0
	}
	weak := 0
	for i := 0; i < len(src); {
		n := typedLen(src[i:])
		if n == 0 {
			i++
			continue
		}
		var buf [64]byte
		_, how, ok := appendUntypedWord(buf[:0], src[i:i+n], vni|viqr)
		if ok {
			seen |= how
			if how == vniWeak && !unitWord(src[i:i+n-1]) {
				weak++
			}
		}
		i += n
	}
	if weak >= 2 {
		seen |= vni
	}
	return seen
}

// hasMarks reports whether a text has a digit or a mark of VIQR after a letter:
// without one there is nothing but Telex.
func hasMarks(s []byte) bool {
	for i := 1; i < len(s); i++ {
		if c := s[i]; c < utf8.RuneSelf && (digit(c) || viqrMark(c)) && s[i-1] != ' ' && !digit(s[i-1]) {
			return true
		}
	}
	return false
}

// unitWord reports whether a word is one that a number often sticks to.
func unitWord(s []byte) bool {
	var buf [8]byte
	switch string(AppendFold(buf[:0], s)) {
	case "to", "thon", "xa", "ap", "khu", "pho", "doi", "xom", "ngo", "hem", "so", "lo", "cum", "nha", "ban", "buon", "ho":
		return true
	}
	return false
}

// typedLen returns the length of the run of letters, digits and VIQR marks at
// the head of s that begins with a letter; 0 if s begins otherwise.
func typedLen(s []byte) int {
	i := 0
	for i < len(s) {
		if c := s[i]; c < utf8.RuneSelf {
			if asciiLetters[c] == 0 && (i == 0 || !(c >= '0' && c <= '9' || viqrMark(c))) {
				break
			}
			i++
			continue
		}
		l, n := letterAt(s[i:])
		if l == 0 {
			break
		}
		i += n
	}
	return i
}

func viqrMark(c byte) bool {
	switch c {
	case '^', '+', '(', '\'', '`', '?', '~', '.':
		return true
	}
	return false
}

// appendUntypedWord appends the repair of one word, says how it was typed and
// whether there is a repair. habits are the ways that other words of the text
// show: a weak left-over needs one.
func appendUntypedWord(dst, s []byte, habits typing) ([]byte, typing, bool) {
	if len(s) < 2 || len(s) > 40 {
		return dst, 0, false
	}
	var digits, marks, letters bool
	for _, c := range s {
		switch {
		case c >= '0' && c <= '9':
			digits = true
		case c < utf8.RuneSelf && viqrMark(c):
			marks = true
		default:
			letters = true
		}
	}
	switch {
	case !letters:
		return dst, 0, false
	case marks && !digits:
		return appendUnVIQR(dst, s, habits)
	case digits && !marks:
		return appendUnVNI(dst, s, habits)
	case !digits && !marks:
		return appendUnTelex(dst, s)
	}
	return dst, 0, false
}

// A typed word is a word while its left-overs are being undone.
type typed struct {
	l    [maxTyped]letter
	n    int
	tone uint32
	did  bool // something was undone
	held bool // a letter came with its tone: a second one would be wrong
}

const maxTyped = 14

func (t *typed) add(l letter) bool {
	if t.n == maxTyped || l&letterViet == 0 {
		return false
	}
	if l.tone() != 0 {
		if t.tone != 0 {
			return false
		}
		t.tone, t.held = l.tone(), true
		l &^= 7 << letterTone
	}
	t.l[t.n] = l
	t.n++
	return true
}

func (t *typed) isVowel(i int) bool { return vowelBases>>t.l[i].base()&1 != 0 }

// vowelFrom returns where the vowels begin, -1 if there are none: past the u
// of qu and, before another vowel, the i of gi.
func (t *typed) vowelFrom() int {
	for i := range t.n {
		if !t.isVowel(i) {
			continue
		}
		b, p := t.l[i].base(), uint64(0)
		if i > 0 {
			p = t.l[i-1].base()
		}
		glide := b == 'u'-'`' && p == 'q'-'`' || b == 'i'-'`' && p == 'g'-'`' && i == 1
		if glide && i+1 < t.n && t.isVowel(i+1) {
			continue
		}
		return i
	}
	return -1
}

func (t *typed) setTone(tone uint32) bool {
	if t.tone != 0 || t.vowelFrom() < 0 {
		return false
	}
	t.tone, t.did = tone, true
	return true
}

// reshape gives letter i the shape.
func (t *typed) reshape(i int, shape uint32) bool {
	if i < 0 || i >= t.n || t.l[i].shape() != 0 || compose(t.l[i].base(), shape, 0, false) == 0 {
		return false
	}
	t.l[i] |= letter(shape) << 5
	t.did = true
	return true
}

// last returns the last vowel with one of the bases and no shape, -1 if none.
func (t *typed) last(bases uint32) int {
	from := t.vowelFrom()
	for i := t.n - 1; i >= 0 && i >= from && from >= 0; i-- {
		if bases>>t.l[i].base()&1 != 0 && t.l[i].shape() == 0 {
			return i
		}
	}
	return -1
}

const (
	baseA = 1 << ('a' - '`')
	baseE = 1 << ('e' - '`')
	baseO = 1 << ('o' - '`')
	baseU = 1 << ('u' - '`')
	baseD = 'd' - '`'
)

// horn puts a horn on the vowels that take one: both of uo, else the nearest.
// alone keeps it to one letter: thuở.
func (t *typed) horn(alone bool) bool {
	i := t.last(baseO | baseU)
	if i < 0 {
		return false
	}
	if t.l[i].base() == 'o'-'`' && i > 0 && t.l[i-1].base() == 'u'-'`' && !alone && i-1 >= t.vowelFrom() {
		if t.l[i-1].shape() == 0 {
			t.reshape(i-1, shapeBreve)
		}
	}
	return t.reshape(i, shapeBreve)
}

// append writes the word if it is a legal syllable, its tone in the old style.
func (t *typed) append(dst []byte) ([]byte, bool) {
	if !t.did || t.n < 2 {
		return dst, false
	}
	var tr trace
	for _, l := range t.l[:t.n] {
		tr.letter(l)
	}
	tr.marks |= t.tone << toneShift
	at := 0
	switch w := tr.word(); {
	case w.Valid():
		_, n, r := spell(w.Base, w.Marks)
		at = int(n + r.old)
	case isLoan(w) && !w.Bare(): // Đắk, Jút
		at = t.shapedVowel()
	default:
		return dst, false
	}
	for i, l := range t.l[:t.n] {
		own := uint32(0)
		if i == at {
			own = t.tone
		}
		dst = utf8.AppendRune(dst, compose(l.base(), l.shape(), own, l.upper()))
	}
	return dst, true
}

// shapedVowel returns the vowel that carries the tone of a word that is no legal
// syllable: the last one with a shape mark, else the last.
func (t *typed) shapedVowel() (at int) {
	for i := range t.n {
		if t.isVowel(i) && (t.l[i].shape() != shapeNone || t.l[at].shape() == shapeNone) {
			at = i
		}
	}
	return at
}

// legal reports whether a written word is a legal syllable as it stands.
func legal(s []byte) bool { return ParseWord(s).Valid() }
