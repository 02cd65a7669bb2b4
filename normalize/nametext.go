package normalize

import (
	"bytes"
	"slices"
	"unicode/utf8"

	"github.com/dusach/dusach/normalize/reason"
)

// markLost settles question marks that stand for what a code page lacks: for a
// letter (Nguy?n Th? Hoa), which becomes U+FFFD, or for the mark after a letter
// (Nguye??n Thi? Hoa), which is dropped. They do where one stands between letters
// or in two words; a lone one at the end of a word is a doubt of the clerk's.
func (n *Name) markLost() {
	words, inside := 0, false
	for i, c := range n.plain {
		if c == '?' && i > 0 && letterByte(n.plain[i-1]) {
			words++
			inside = inside || i+1 < len(n.plain) && (letterByte(n.plain[i+1]) || n.plain[i+1] == '?')
		}
	}
	if words < 2 && !inside || typingHabits(n.plain)&viqr != 0 {
		return
	}
	n.Codes.Add(reason.TextInvalidUTF8)
	n.typed = append(n.typed[:0], n.plain...)
	n.plain = n.plain[:0]
	marks := onlyMarksLost(n.typed)
	for i, c := range n.typed {
		switch {
		case c != '?' || (i == 0 || n.typed[i-1] == ' ') && (i+1 == len(n.typed) || n.typed[i+1] == ' '):
			n.plain = append(n.plain, c)
		case !marks:
			n.plain = utf8.AppendRune(n.plain, utf8.RuneError)
		}
	}
}

// letterByte reports whether a byte of clean text belongs to a letter.
func letterByte(c byte) bool { return c >= utf8.RuneSelf || asciiLetters[c] != 0 }

// onlyMarksLost reports whether every word is the letters of a syllable once its
// question marks are dropped, and each of them follows a vowel.
func onlyMarksLost(text []byte) bool {
	for word := range bytes.FieldsSeq(text) {
		var buf [48]byte
		kept := buf[:0]
		if len(word) > len(buf) {
			return false
		}
		for i, c := range word {
			if c != '?' {
				kept = append(kept, c)
			} else if i == 0 || word[i-1] != '?' && !endsInVowel(word[:i]) {
				return false
			}
		}
		if len(kept) < len(word) && !bareLegal(ParseWord(kept).Base) {
			return false
		}
	}
	return true
}

// appendWords appends the words of clean text: punctuation and digits gone,
// glued words parted, H' joined to the word after it, each with its code.
func (n *Name) appendWords(dst, text []byte) []byte {
	start := len(dst)
	for i := 0; i < len(text); {
		end := i
		for end < len(text) && !n.parts(text, i, end) {
			end++
		}
		if end > i {
			word := text[i:end]
			if typed := n.tonedByDigit(word, end == len(text)); typed != nil {
				word = typed
			}
			dst = n.appendWord(dst, start, word)
		}
		i = end
		for i < len(text) && (text[i] == ' ' || n.parts(text, i, i)) {
			if text[i] != ' ' && text[i] != '\'' {
				n.Codes.Add(reason.NamePunct)
				n.taken = true
			}
			_, k := utf8.DecodeRune(text[i:])
			i += k
		}
	}
	return dst
}

// parts reports whether the character at text[at] ends a word that began at
// from. A full stop after an initial belongs to it, and ends it: N.T.Hoa.
func (n *Name) parts(text []byte, from, at int) bool {
	c := text[at]
	if at > from && text[at-1] == '.' {
		return true
	}
	if c >= utf8.RuneSelf {
		r, _ := utf8.DecodeRune(text[at:])
		return utf8.RuneStart(c) && !nameRune(r, 2)
	}
	switch {
	case asciiLetters[c] != 0, c >= '0' && c <= '9':
		return false
	case c == '\'':
		return at == from
	case c == '.':
		return !initial(text[from:at])
	case c == '-':
		return at == from || at+1 == len(text) || !beginsLetter(text[at+1:]) || syllablesAround(text, from, at)
	}
	return true
}

// beginsLetter reports whether s begins with a letter.
func beginsLetter(s []byte) bool {
	if l, _ := letterAt(s); l != 0 {
		return true
	}
	r, k := utf8.DecodeRune(s)
	return k > 1 && foreignLetter(r)
}

// initial reports whether s is one letter, or letters without a vowel.
func initial(s []byte) bool {
	w := ParseWord(s)
	if w.Len() == 1 {
		return true
	}
	for i := range w.Len() {
		if vowelBases>>(w.Base>>(5*i)&31)&1 != 0 {
			return false
		}
	}
	return w.Len() > 0 && w.Len() <= 3
}

// syllablesAround reports whether a hyphen parts two Vietnamese words: then it
// is only a way of writing.
func syllablesAround(text []byte, from, at int) bool {
	end := at + 1 + wordLen(text[at+1:])
	return bareLegal(ParseWord(text[from:at]).Base) && bareLegal(ParseWord(text[at+1:end]).Base)
}

// appendWord appends one word, after a space if dst has words.
func (n *Name) appendWord(dst []byte, start int, word []byte) []byte {
	word = n.dropDigits(word)
	if len(word) == 0 {
		return dst
	}
	if len(word) > 1 && word[0]|0x20 == 'y' && word[1] == '\'' { // Y'Thoa is Y Thoa, said with a stop
		n.Codes.Add(reason.NamePunct)
		n.taken = true
		return n.appendWord(n.appendWord(dst, start, word[:1]), start, word[2:])
	}
	if joins(dst[start:]) {
		word = trimDot(word)
	} else if n.prefixBare(dst[start:]) {
		dst = append(dst, '\'')
		word = trimDot(word)
	} else if len(dst) > start {
		dst = append(dst, ' ')
	}
	if at := gluedAt(word); at > 0 {
		n.Codes.Add(reason.NameSplit)
		n.taken = true
		dst = append(dst, word[:at]...)
		return n.appendWord(dst, start, word[at:])
	}
	return append(dst, word...)
}

// joins reports whether the last word is a prefix that waits for its name: H',
// K', Bh'.
func joins(words []byte) bool {
	if len(words) < 2 || words[len(words)-1] != '\'' {
		return false
	}
	from := len(words) - 1
	for from > 0 && words[from-1] != ' ' && words[from-1] != '\'' {
		from--
	}
	prefix := words[from : len(words)-1]
	return len(prefix) > 0 && len(prefix) <= 2 && initial(prefix) && !endsInVowel(prefix)
}

// prefixBare reports whether the last word is H or K and, among the peoples who
// write H' and K' before a name, lacks its apostrophe.
func (n *Name) prefixBare(words []byte) bool {
	k := len(words)
	if k == 0 || k > 1 && words[k-2] != ' ' {
		return false
	}
	switch words[k-1] | 0x20 {
	case 'h':
		return n.ethnic == ethnicEde || n.ethnic == ethnicGiarai || n.ethnic == ethnicMnong || n.ethnic <= ethnicKinh && n.ofHighlandClan()
	case 'k':
		return n.ethnic == ethnicCoho || n.ethnic == ethnicMa
	}
	return false
}

// ofHighlandClan reports whether the name has a clan of the peoples that write H' before a
// woman's name, one that is no Vietnamese syllable: Niê, Ksor.
func (n *Name) ofHighlandClan() bool {
	const peoples = 1<<ethnicEde | 1<<ethnicGiarai | 1<<ethnicMnong
	for word := range bytes.FieldsSeq(n.untyped) {
		one := [1]nameWord{{w: ParseWord(word)}}
		if c := clanAt(one[:]); c != nil && c.n == 1 && c.peoples&peoples != 0 && !c.words[0].Valid() {
			return true
		}
	}
	return false
}

func endsInVowel(s []byte) bool {
	r, _ := utf8.DecodeLastRune(s)
	return vowel(r)
}

// dropDigits cuts a number at either end of a word; digits inside it may be
// letters misread, and stay.
func (n *Name) dropDigits(word []byte) []byte {
	from, to := 0, len(word)
	for from < to && (digit(word[from]) || from > 0 && (word[from] == '-' || word[from] == '\'')) {
		from++
	}
	for to > from && (digit(word[to-1]) || to < len(word) && word[to-1] == '-') {
		to--
	}
	if from == 0 && to == len(word) {
		if hasDigits(word) {
			n.Codes.Add(reason.NameDigit)
		}
		return word
	}
	n.Codes.Add(reason.NameDigit)
	if rest := word[from:to]; from < to {
		read := readDigits(word)
		if read != (Word{}) && !bareLegal(ParseWord(rest).Base) || from == 1 && to == len(word) && word[0] == '0' && known(read) {
			return word // 0anh, T0: the digit is a letter; a count never begins with 0
		}
	}
	n.taken = true
	return word[from:to]
}

// tonedByDigit returns the word that was meant by one that ends in a tone digit
// of VNI, nil if the digit may be a number: Thi5 before other words is Thị, but
// at the end of a name offices tell namesakes apart, Hoa1 and Hoa2, so there the
// word must be no name without its tone.
func (n *Name) tonedByDigit(word []byte, last bool) []byte {
	k := len(word) - 1
	if k < 2 || word[k] < '1' || word[k] > '5' || hasDigits(word[:k]) {
		return nil
	}
	out, _, ok := appendUnVNI(n.typed[:0], word, vni)
	if n.typed = out; !ok || !known(ParseWord(out)) {
		return nil
	}
	if last && (known(ParseWord(word[:k])) || bytes.IndexByte(word[:k], '\'') >= 0) {
		return nil
	}
	n.Codes.Add(reason.TextTypingFixed)
	return out
}

func hasDigits(s []byte) bool {
	for _, c := range s {
		if c >= '0' && c <= '9' {
			return true
		}
	}
	return false
}

// digitLetters lists the letters that each digit is misread for.
var digitLetters = [10]string{0: "o", 1: "il", 5: "s", 6: "gb", 8: "b"}

// readDigits returns the only legal syllable that a word is when its digits
// are read as letters, or the zero Word.
func readDigits(word []byte) (only Word) {
	var buf [48]byte
	if len(word) > len(buf) {
		return Word{}
	}
	for choice := range 2 {
		try := append(buf[:0], word...)
		fits := false
		for i, c := range try {
			if c < '0' || c > '9' {
				continue
			}
			letters := digitLetters[c-'0']
			if len(letters) == 0 {
				return Word{}
			}
			if choice < len(letters) {
				fits = fits || choice > 0
				try[i] = letters[choice]
			} else {
				try[i] = letters[0]
			}
		}
		w := ParseWord(try)
		if choice > 0 && !fits || !w.Valid() && !bareLegal(w.Base) {
			continue
		}
		if only != (Word{}) {
			return Word{}
		}
		only = w
	}
	return only
}

// gluedAt returns where a word that is two Vietnamese words written together
// parts, 0 if it is not: at a capital after small letters, else where both
// halves are known names and no other parting is as good.
func gluedAt(word []byte) int { return glued(word, 3) }

// glued looks for parts of which the second may be up to more words itself.
func glued(word []byte, more int) int {
	if w := ParseWord(word); more == 0 || w.Valid() || bareLegal(w.Base) || isLoan(w) || len(word) > 40 {
		return 0
	}
	if at := innerCapital(word); at > 0 && wordLike(word[:at]) && (wordLike(word[at:]) || glued(word[at:], more-1) > 0) {
		return at
	}
	if at := gluedBare(word); at > 0 {
		return at
	}
	found := 0
	for at := range word {
		if at == 0 || !utf8.RuneStart(word[at]) {
			continue
		}
		a, b := ParseWord(word[:at]), ParseWord(word[at:])
		if a.Len() < 2 || b.Len() < 2 || !known(a) || !known(b) && (found > 0 || b.Len() < 4 || glued(word[at:], more-1) == 0) {
			continue
		}
		if found > 0 {
			return 0
		}
		found = at
	}
	return found
}

// gluedBare returns where the surname or the marker ends of words without marks that were
// glued together around Thị or Văn (nguyenvannam), 0 if they are none.
func gluedBare(word []byte) int {
	var buf [48]byte
	if len(word) < 6 || len(word) > 40 {
		return 0
	}
	f := AppendFold(buf[:0], word)
	if len(f) != len(word) {
		return 0
	}
	marker := func(s []byte) bool {
		if len(s) < 5 || string(s[:3]) != "van" && string(s[:3]) != "thi" {
			return false
		}
		rest := ParseWord(s[3:])
		return known(rest) || markedFacts(rest.Base).person > 0
	}
	if marker(f) {
		return 3
	}
	for at := 2; at <= len(f)-5 && at <= 6; at++ {
		if markedFacts(ParseWord(f[:at]).Base).surname >= 100 && marker(f[at:]) {
			return at
		}
	}
	return 0
}

func wordLike(s []byte) bool {
	w := ParseWord(s)
	return w.Valid() || bareLegal(w.Base)
}

// known reports whether a marked word is attested in person names.
func known(w Word) bool {
	if !w.Valid() {
		return false
	}
	f := factsOf(w.Syllable())
	return f.surname > 0 || f.person > 0 || f.role&(roleThi|roleVan) != 0
}

// innerCapital returns where the first capital after a small letter stands.
func innerCapital(word []byte) int {
	small := false
	for i := 0; i < len(word); {
		l, k := letterAt(word[i:])
		if l != 0 && l.upper() && small {
			return i
		}
		small = l != 0 && !l.upper()
		i += max(k, 1)
	}
	return 0
}

// trimWords takes words off the ends of what was read: titles, remarks without
// brackets, the second half of a doubled cell. It reports whether Written
// changed and must be read again.
func (n *Name) trimWords() bool {
	s := &n.state
	switch {
	case n.titled():
		n.Codes.Add(reason.NameRemark)
		n.keep(1, s.n)
	case n.addressed():
		n.Codes.Add(reason.NameRemark)
		n.keep(1, s.n)
	case n.doubled():
		n.Codes.Add(reason.NameRepeated)
		n.keep(0, s.n/2)
	default:
		cut := n.remarkWords()
		if cut == 0 {
			return false
		}
		n.keep(0, s.n-cut)
	}
	return true
}

// keep cuts Written down to words a…b-1.
func (n *Name) keep(a, b int) {
	from, to := n.state.words[a].from, n.state.words[b-1].to
	n.Written = append(n.Written[:0], n.Written[from:to]...)
}

// titled reports whether the name begins with a title: one before a surname, a
// clan or the prefix of a highland name. Văn and Thị are no such surname: Ông
// Văn Nam is of the family Ông.
func (n *Name) titled() bool {
	s := &n.state
	if s.n < 3 || s.words[0].facts.role&roleTitle == 0 {
		return false
	}
	rest := s.words[1:s.n]
	next := rest[0]
	if next.facts.role&(roleThi|roleVan) != 0 {
		return false
	}
	if text := n.text(1, 2); string(text) == "Y" || isPrefixed(text, 'H') || isPrefixed(text, 'K') {
		return true
	}
	if c := clanAt(rest); c != nil && int(c.n) < len(rest) && (len(rest) > 2 || c.peoples != 0) && (c.words[0].Marks^next.w.Marks)&(WordShapes|WordTone) == 0 {
		return true
	}
	if next.w.Bare() && !slices.ContainsFunc(rest, func(w nameWord) bool { return !w.w.Bare() }) {
		return len(rest) > 2 && markedFacts(next.w.Base).surname >= 20 || !s.words[0].w.Bare() && markedFacts(next.w.Base).surname >= 100
	}
	return next.facts.surname >= 5 || next.facts.surname > 0 && len(rest) > 2
}

// addressed reports whether the name begins with Mr, Mrs, Ms or Miss.
func (n *Name) addressed() bool {
	if n.state.n < 3 {
		return false
	}
	var buf [8]byte
	if first := n.text(0, 1); len(first) <= 5 {
		switch string(AppendFold(buf[:0], first)) {
		case "mr", "mrs", "ms", "miss":
			return true
		}
	}
	return false
}

// reorder puts the surname first where the words show that it stands last:
// "Lan Nguyễn Thị" ends in a marker that never ends a name so, "Văn Nam Nguyễn"
// begins with one. It reports whether it did.
func (n *Name) reorder() bool {
	s := &n.state
	if s.n < 2 || s.extra || n.ethnic > ethnicKinh {
		return false
	}
	const marker = roleThi | roleVan
	first, last, before := &s.words[0], &s.words[s.n-1], &s.words[s.n-2]
	k := 0
	switch {
	case s.n == 3 && before.facts.role&marker != 0 && first.facts.surname < 20 && last.greatSurname(): // Nam Văn Nguyễn
		n.clean = append(append(n.clean[:0], n.text(1, 2)...), ' ')
		n.clean = append(n.clean, n.text(0, 1)...)
		return n.surnameFirst()
	case last.greatSurname() && givenOnly(first) && last.w.Bare() != s.marked: // Lan Anh Nguyễn
		n.clean = append(n.clean[:0], n.text(0, s.n-1)...)
		return n.surnameFirst()
	case last.facts.role&marker != 0 && before.facts.surname >= 100 && first.facts.surname < 100 && first.facts.role&marker == 0:
		k = s.n - 2
	case first.facts.role&marker != 0 && last.facts.surname >= 100 && last.facts.boy+last.facts.girl <= 2:
		k = s.n - 1
	default:
		return false
	}
	n.clean = append(n.clean[:0], n.text(k, s.n)...)
	n.clean = append(append(n.clean, ' '), n.text(0, k)...)
	n.Written = append(n.Written[:0], n.clean...)
	n.Codes.Add(reason.NameOrder)
	return true
}

// surnameFirst writes the last word before the others, which n.clean holds.
func (n *Name) surnameFirst() bool {
	s := &n.state
	n.typed = append(append(n.typed[:0], n.text(s.n-1, s.n)...), ' ')
	n.typed = append(n.typed, n.clean...)
	n.Written = append(n.Written[:0], n.typed...)
	n.Codes.Add(reason.NameOrder)
	return true
}

// greatSurname reports whether a word is one of the great surnames, which are nobody's
// given name: Nguyễn, Trần, Phạm.
func (w *nameWord) greatSurname() bool {
	return w.facts.role&roleSurname != 0 || w.w.Base == nguyenBase && w.w.Bare()
}

var nguyenBase = ParseWord([]byte("nguyễn")).Base

// givenOnly reports whether a word is a given name and no surname, whatever its marks.
func givenOnly(w *nameWord) bool {
	return w.w.Valid() && w.facts.surname == 0 && w.facts.boy+w.facts.girl >= 10 && (!w.w.Bare() || markedFacts(w.w.Base).surname <= 1)
}

func (n *Name) doubled() bool {
	s := &n.state
	if s.n < 4 || s.n%2 != 0 || s.extra {
		return false
	}
	for i := range s.n / 2 {
		if !LostMarks(s.words[i].w, s.words[s.n/2+i].w) {
			return false
		}
	}
	return true
}
