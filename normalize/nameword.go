package normalize

import (
	"unicode"
	"unicode/utf8"
)

const maxNameWords = 24

// A nameWord is one word of a name: what it is, and where it stands in Written.
type nameWord struct {
	w        Word
	from, to uint32
	flags    traceFlags
	facts    *facts
	legal    bool // legal but for marks that are missing: Duc, Viet
}

// state of the words of a name, gathered while they are read.
type nameState struct {
	words   [maxNameWords]nameWord
	n       int
	flags   traceFlags
	roles   role
	invalid bool // a word is no syllable
	marked  bool // a word has a mark
	moved   bool // a tone was put in its place
	extra   bool // more than maxNameWords words
}

// scan reads text that holds nothing but words parted by spaces, writing the
// clean and the folded form as it goes. It stops with false at anything else;
// letters of other alphabets, digits, hyphens and apostrophes are anything
// else unless loose.
func (n *Name) scan(text []byte, loose bool) bool {
	n.Written, n.Folded = n.Written[:0], n.Folded[:0]
	s := &n.state
	s.n, s.flags, s.roles = 0, 0, 0
	s.invalid, s.marked, s.moved, s.extra = false, false, false, false
	for i := 0; i < len(text); {
		if text[i] == ' ' {
			i++
			continue
		}
		size := n.nextWord(text, i, loose)
		if size < 0 {
			return false
		}
		i += size
	}
	if loose {
		n.Folded = AppendFold(n.Folded[:0], n.Written)
	}
	return true
}

// nextWord reads the word at text[i], out of memory if it was met before: its
// length, -1 if there is something that may not stand there.
func (n *Name) nextWord(text []byte, i int, loose bool) int {
	s := &n.state
	if len(n.Written) > 0 {
		n.Written = append(n.Written, ' ')
		n.Folded = append(n.Folded, ' ')
	}
	if loose || n.memory == nil || s.n == maxNameWords {
		return n.scanWord(text[i:], loose)
	}
	key, size := wordKey(text, i)
	if size == 0 {
		return n.scanWord(text[i:], loose)
	}
	e := &n.memory[key.Hash()>>(64-10)]
	if e.text == key {
		n.recall(e)
		return size
	}
	from, fold, moved := len(n.Written), len(n.Folded), s.moved
	s.moved = false
	if size = n.scanWord(text[i:], loose); size > 0 {
		n.remember(e, key, from, fold, s.moved)
	}
	s.moved = s.moved || moved
	return size
}

// scanWord reads the word at the head of text letter by letter.
func (n *Name) scanWord(text []byte, loose bool) int {
	s := &n.state
	var t trace
	from := len(n.Written)
	i, head := 0, true
	for i < len(text) && text[i] != ' ' {
		l, size := letterAt(text[i:])
		if l&letterViet != 0 {
			t.letter(l)
			if l.upper() == head {
				n.Written = append(n.Written, text[i:i+size]...)
			} else {
				n.Written = utf8.AppendRune(n.Written, compose(l.base(), l.shape(), l.tone(), head))
			}
			n.Folded = append(n.Folded, byte('a'-1+l.base()))
			head = false
		} else {
			r, k := utf8.DecodeRune(text[i:])
			if size = k; !loose || !nameRune(r, k) {
				return -1
			}
			n.odd(&t, text[i:i+size], r, head)
			head = r == '-' || r == '\'' && t.n == 1 || head && letterOf(r) == 0 && !unicode.IsLetter(r) && !lostRune(r, k)
		}
		i += size
	}
	n.close(&t, from)
	s.flags |= t.flags
	return i
}

// odd takes in a rune of a word that is no letter of the alphabet.
func (n *Name) odd(t *trace, raw []byte, r rune, head bool) {
	if l := letterOf(r); l != 0 {
		t.letter(l)
	} else {
		t.readOther(raw)
	}
	if head {
		r = upperRune(r)
	} else {
		r = lowerRune(r)
	}
	n.Written = utf8.AppendRune(n.Written, r)
}

// nameRune reports whether a rune may stand inside a word of a name.
func nameRune(r rune, size int) bool {
	switch {
	case r == '\'' || r == '-' || r == '.' || r >= '0' && r <= '9':
		return true
	case r < utf8.RuneSelf || size <= 1:
		return false
	}
	return letterOf(r) != 0 || lostRune(r, size) || unicode.In(r, unicode.L, unicode.M)
}

// close ends a word: places its tone and looks it up.
func (n *Name) close(t *trace, from int) {
	s := &n.state
	w := t.word()
	if at, wrong := t.wrongTone(w, false); wrong {
		var buf [64]byte
		if word := n.Written[from:]; len(word) <= len(buf) {
			n.Written = appendToneAt(n.Written[:from], append(buf[:0], word...), at, uint32(w.Tone()))
			s.moved = true
		}
	}
	if s.n == maxNameWords {
		s.extra = true
		return
	}
	word := nameWord{w: w, from: uint32(from), to: uint32(len(n.Written)), flags: t.flags, facts: &seen.entries[0]}
	if w.Valid() {
		word.facts = factsOf(w.Syllable())
		s.roles |= word.facts.role
	} else {
		word.legal = t.flags&(hasAlien|hasDigit|hasOther|hasApostrophe) == 0 && bareLegal(w.Base)
		s.invalid = s.invalid || !word.legal
	}
	s.marked = s.marked || !w.Bare() || t.flags&hasLost != 0
	s.words[s.n] = word
	s.n++
}

// text returns the written form of words a…b-1.
func (n *Name) text(a, b int) []byte {
	if a >= b {
		return nil
	}
	return n.Written[n.state.words[a].from:n.state.words[b-1].to]
}
