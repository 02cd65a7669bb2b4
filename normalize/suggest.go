package normalize

import (
	"cmp"
	"slices"

	"github.com/dusach/dusach/normalize/reason"
)

// Near is a legal syllable that a word may have been meant for.
type Near struct {
	Word  Word
	Count int // how often it occurs in the lists of names and places
}

// AppendNear appends the attested syllables one step from w, the most usual
// first: another onset that is spoken or typed alike, one letter or shape mark
// of the rime, or the tone. Of a word that is no syllable any one letter may
// be wrong. They are proposals for people to look at; nothing applies them.
func AppendNear(dst []Near, w Word) []Near {
	from := len(dst)
	for _, s := range attested {
		if d := s.distance(w); d == 1 {
			f := factsOf(s.word.Syllable())
			dst = append(dst, Near{s.word, int(f.person) + int(f.boy) + int(f.girl) + int(f.surname) + int(f.place)/4})
		}
	}
	slices.SortStableFunc(dst[from:], func(a, b Near) int { return cmp.Compare(b.Count, a.Count) })
	return dst
}

// An attestedSyllable is a syllable of the lists with its letters apart.
type attestedSyllable struct {
	word    Word
	onset   uint8
	letters spelling
}

// spelling holds the letters of a word: base and shape in seven bits.
type spelling struct {
	l [maxLetters]uint8
	n int
}

var attested = buildAttested()

func buildAttested() (list []attestedSyllable) {
	for s, i := range seen.index {
		if i == 0 {
			continue
		}
		w := syllableWord(Syllable(s))
		onset, _, _ := spell(w.Base, w.Marks)
		list = append(list, attestedSyllable{w, onset, lettersOf(w)})
	}
	return list
}

// syllableWord spells the word of a syllable number.
func syllableWord(s Syllable) Word {
	w := ParseWord([]byte(onsetText[s>>11]))
	n := w.Len()
	for _, r := range rimeTable {
		if r.key == 0 || r.id != uint8(s>>3) {
			continue
		}
		rest := uint64(r.key & (1<<20 - 1))
		for k := rest; k > 0; k >>= 5 {
			n++
		}
		o := w.Len()
		base := w.Base&(1<<60-1) | rest<<(5*o)
		marks := w.Marks&WordShapes | r.key>>20<<(2*o) | uint32(s&7)<<toneShift
		return Word{base | uint64(n)<<60, marks | WordValid}
	}
	panic("BUG: a syllable number without a rime")
}

func lettersOf(w Word) (s spelling) {
	s.n = w.Len()
	for i := range s.n {
		s.l[i] = uint8(w.Base>>(5*i)&31) | uint8(w.Marks>>(2*i)&3)<<5
	}
	return s
}

// distance counts the steps from w to the syllable, 2 for two and more.
func (s *attestedSyllable) distance(w Word) int {
	tone := 0
	if (s.word.Marks^w.Marks)&WordTone != 0 {
		tone = 1
	}
	other := lettersOf(w)
	d := s.letters.edits(&other)
	if d == 2 && tone == 0 && w.Valid() && s.soundsLike(w) {
		d = 1
	}
	return min(d+tone, 2)
}

// soundsLike reports whether the two differ in the onset alone, and by one that
// some regions speak alike.
func (s *attestedSyllable) soundsLike(w Word) bool {
	onset, n, r := spell(w.Base, w.Marks)
	_, m, q := spell(s.word.Base, s.word.Marks)
	if r == nil || q == nil || r.key != q.key || n == m && onset == s.onset {
		return false
	}
	for _, pair := range [...][2]uint8{{onsetCh, onsetTr}, {onsetS, onsetX}, {onsetD, onsetGi}, {onsetV, onsetD}, {onsetV, onsetGi},
		{onsetN, onsetL}, {onsetR, onsetGi}, {onsetR, onsetD}, {onsetC, onsetK}, {onsetG, onsetGh}, {onsetNg, onsetNgh}, {onsetPh, onsetP}} {
		if pair == [2]uint8{onset, s.onset} || pair == [2]uint8{s.onset, onset} {
			return true
		}
	}
	return false
}

// edits is the number of letters to add, drop, change or swap with a
// neighbour, 2 for two and more.
func (s *spelling) edits(o *spelling) int {
	if s.n-o.n > 1 || o.n-s.n > 1 {
		return 2
	}
	i := 0
	for i < s.n && i < o.n && s.l[i] == o.l[i] {
		i++
	}
	j := 0
	for j < s.n-i && j < o.n-i && s.l[s.n-1-j] == o.l[o.n-1-j] {
		j++
	}
	a, b := s.n-i-j, o.n-i-j // what is left of each between what they share
	switch {
	case a == 0 && b == 0:
		return 0
	case a <= 1 && b <= 1:
		return 1
	case a == 2 && b == 2 && s.l[i] == o.l[i+1] && s.l[i+1] == o.l[i]:
		return 1
	}
	return 2
}

// abbreviations lists what an initial usually stands for: as a first word, and
// as a second one.
var abbreviations = map[string][2]string{
	"ng": {"Nguyễn", ""}, "ngx": {"Nguyễn", ""}, "ngyn": {"Nguyễn", ""}, "n": {"Nguyễn", ""}, "tr": {"Trần", ""},
	"ph": {"Phạm", ""}, "l": {"Lê", ""}, "h": {"Hoàng", ""}, "t": {"", "Thị"}, "th": {"", "Thị"}, "v": {"", "Văn"},
}

// AppendSuggested appends the name as it was likely meant: surnames and markers
// with their usual tone, initials written out, a word that is no syllable
// replaced by the usual one nearest to it. It is a proposal, right more often
// than not and no more; without one it appends Written.
func (n *Name) AppendSuggested(dst []byte) []byte {
	s := &n.state
	var near []Near
	for i := range s.n {
		w := &s.words[i]
		if i > 0 {
			dst = append(dst, ' ')
		}
		text := n.Written[w.from:w.to]
		switch {
		case w.w.Initial():
			dst = append(dst, expand(text, i)...)
		case w.w.Marks&WordRead != 0 && w.w.Valid(): // 0anh
			dst = appendWordText(dst, w.w)
		case i == 0 && usualSurname(w) != 0:
			dst = appendWordText(dst, syllableWord(usualSurname(w)))
		case i == 1 && s.n > 2 && s.marked && meantThi(w.w) && n.Codes.Has(reason.NameSuggest):
			dst = append(dst, "Thị"...)
		case i == 1 && s.n > 2 && s.marked && meantVan(w.w) && n.Codes.Has(reason.NameSuggest):
			dst = append(dst, "Văn"...)
		case !w.w.Valid() && !w.w.Foreign() && w.flags&(hasApostrophe|hasAlien) == 0 && !isClan(w):
			if near = AppendNear(near[:0], w.w); len(near) > 0 {
				dst = appendWordText(dst, near[0].Word)
			} else {
				dst = append(dst, text...)
			}
		default:
			dst = append(dst, text...)
		}
	}
	return dst
}

// expand writes an initial out where it has a usual meaning.
func expand(text []byte, i int) []byte {
	if i < 2 {
		if full := abbreviations[string(AppendFold(nil, text))][i]; full != "" {
			return []byte(full)
		}
	}
	return text
}

// appendWordText appends a syllable in title case, its tone in the old style.
func appendWordText(dst []byte, w Word) []byte {
	_, n, r := spell(w.Base, w.Marks)
	for i := range w.Len() {
		tone := uint32(0)
		if i == int(n+r.old) {
			tone = uint32(w.Tone())
		}
		c := compose(w.Base>>(5*i)&31, w.Marks>>(2*i)&3, tone, i == 0)
		dst = appendCased(dst, c, i == 0)
	}
	return dst
}
