package address

import (
	"math/bits"

	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/normalize/internal/head"
)

// A wordMemory holds the words that were read last, with what the index knows of
// them: the same few hundred make nearly all addresses. What it holds is a function
// of the bytes of a word, so it cannot change a result.
type wordMemory [memoryWords]readWord

const (
	memoryWords = 1 << 10
	memoryAfter = 32 // addresses after which a parser is one that is used again
)

// A readWord is one word as scratch.word reads it.
type readWord struct {
	text      head.Key
	let, mark [head.Size]byte
	token     token // start, end, lo and hi are those of the word alone
	dirty     bool  // it is not surely clean
}

// nextWord reads the word at text[i], out of memory if it was met before.
func (s *scratch) nextWord(text []byte, i int, sep, flags uint8) int {
	end := 0
	if s.seen == nil {
		end = s.newWord(text, i, sep, flags)
	} else if key, size := wordKey(text, i); size == 0 || i+size < len(text) && joins(text[i+size]) {
		end = s.newWord(text, i, sep, flags)
	} else if e := &s.seen[key.Hash()>>(64-10)]; e.text == key {
		s.recall(e, i, sep, flags)
		end = i + size
	} else {
		before := s.n
		end = s.newWord(text, i, sep, flags)
		if end == i+size && s.n == before+1 && s.n < maxTokens { // a full house leaves TPVinh one word
			s.remember(e, key)
			e.dirty = !normalize.IsClean(text[i:end])
		}
	}
	if end < len(text) && text[end] == '.' {
		s.tok[s.n-1].flags |= tokDotted
	}
	return end
}

// newWord reads a word letter by letter.
func (s *scratch) newWord(text []byte, i int, sep, flags uint8) int {
	end := s.word(text, i, sep, flags)
	s.dirty = s.dirty || !normalize.IsClean(text[i:end])
	return end
}

// joins reports whether a byte behind letters may be one of the word.
func joins(c byte) bool { return c == '\'' || c == '`' || c == '0' }

// wordKey returns the letters at text[i], ASCII ones and all bytes beyond, as a key,
// and how many bytes they are; 0 if they are more than a key takes.
func wordKey(text []byte, i int) (head.Key, int) {
	low, high := head.At(text, i)
	if end := endIn(low); end != 0 {
		n := bits.TrailingZeros64(end) >> 3
		return head.First(low, high, n), n
	}
	if end := endIn(high); end != 0 {
		n := 8 + bits.TrailingZeros64(end)>>3
		return head.First(low, high, n), n
	}
	return head.Key{}, 0
}

// endIn has the top bit of each byte set that is ASCII and no letter.
func endIn(w uint64) uint64 {
	small := (w | 0x20*head.Ones) &^ head.Tops
	letter := (small + (0x80-'a')*head.Ones) &^ (small + (0x7F-'z')*head.Ones)
	return ^(letter | w) & head.Tops
}

// recall appends a word that is remembered.
func (s *scratch) recall(e *readWord, start int, sep, flags uint8) {
	if s.n == maxTokens {
		s.open(start, sep, flags)
		s.n--
	}
	t := &s.tok[s.n]
	s.n++
	at := s.used & (maxLetters - 1)
	*(*[head.Size]byte)(s.let[at:]) = e.let
	*(*[head.Size]byte)(s.mark[at:]) = e.mark
	*t = e.token
	t.start, t.end = int32(start), int32(start)+e.token.end
	t.lo, t.hi = uint16(at), uint16(at)+e.token.hi
	t.sep = sep
	t.flags |= flags
	s.used = int(t.hi)
	s.dirty = s.dirty || e.dirty
}

// remember keeps the word just read.
func (s *scratch) remember(e *readWord, key head.Key) {
	t := &s.tok[s.n-1]
	e.text, e.token = key, *t
	e.token.start, e.token.end = 0, t.end-t.start
	e.token.lo, e.token.hi = 0, t.hi-t.lo
	e.token.sep = 0
	e.token.flags &= tokMarked
	copy(e.let[:], s.let[t.lo:t.hi])
	copy(e.mark[:], s.mark[t.lo:t.hi])
}
