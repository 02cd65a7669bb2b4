package address

import (
	"slices"
	"strings"

	"github.com/dusach/dusach/normalize"
)

// slips lists the keywords of units of which people get marks or letters wrong:
// "phưởng Văn Quán", "Xà Lộc Thanh", "thị trân Đông Anh".
var slips = makeSlips("phường", "xã", "thị trấn", "huyện", "quận", "thị xã", "thành phố", "tỉnh")

type slip struct {
	kw    uint8
	words []string // without marks
}

func makeSlips(texts ...string) (list []slip) {
	for _, text := range texts {
		for k := range keywords {
			if slices.Contains(strings.Split(keywords[k].text, "|"), text) {
				list = append(list, slip{uint8(k), strings.Fields(string(normalize.AppendFold(nil, []byte(text))))})
			}
		}
	}
	return list
}

// readSlips reads a text in which no commune was found anew, with words at the
// beginning of its parts taken for misspelt keywords. Names begin so, too (Xà Phìn,
// Quản Bạ, Huyền Hội): where it finds none either, all is as it was.
func (p *Parser) readSlips(out *Address, r reading) reading {
	marked := p.markSlips()
	if marked == 0 {
		return r
	}
	again := p.readTokens(out)
	if again.old != 0 || again.new != 0 {
		again.confidence = min(again.confidence, slipConfidence)
		return again
	}
	p.unmark(marked)
	return p.readTokens(out)
}

const slipConfidence = 0.93 // as with a misspelt name

// markSlips marks misspelt keywords and returns their tokens.
func (p *Parser) markSlips() (marked uint64) {
	s := &p.s
	for i := 0; i+1 < s.n; i++ {
		t := &s.tok[i]
		if t.isKw != 0 || t.flags&tokNumber != 0 || i > 0 && t.sep < sepSoft {
			continue
		}
		kw, end := p.slipAt(i)
		if kw == 0 {
			continue
		}
		for j := i; j < end; j++ {
			s.tok[j].isKw = kw
			marked |= 1 << j
		}
		s.tok[end].kw, s.tok[end].kwFrom = kw, uint8(i)
	}
	return marked
}

func (p *Parser) unmark(marked uint64) {
	s := &p.s
	for i := range s.n {
		if marked>>i&1 != 0 {
			s.tok[i].isKw = 0
		}
		if t := &s.tok[i]; t.kw != 0 && marked>>t.kwFrom&1 != 0 {
			t.kw, t.kwFrom = 0, 0
		}
	}
}

// slipAt returns the keyword that the words from i on are a slip of, and where the name
// after it begins; 0 if there is none.
func (p *Parser) slipAt(i int) (kw uint8, end int) {
	for k := range slips {
		sl := &slips[k]
		if end := i + len(sl.words); end < p.s.n && p.slipOf(i, sl.words) {
			return sl.kw, end
		}
	}
	return 0, 0
}

// slipOf reports whether the words from i on, one after the other, have the letters of a
// keyword, or a long one has one slip in them.
func (p *Parser) slipOf(i int, words []string) bool {
	s, off := &p.s, 0
	for k, word := range words {
		at := i + k
		if k > 0 && (s.tok[at].sep != sepSpace || s.tok[at].isKw != 0) {
			return false
		}
		switch let := s.letters(at, at+1); {
		case string(let) == word:
		case len(words) > 1 || len(word) < 6 || len(let) > maxSymbols || osa(symbolsOf(let), symbolsOf([]byte(word)), 1) > 1:
			return false
		default:
			off++
		}
	}
	end := &s.tok[i+len(words)]
	return off < 2 && end.sep == sepSpace && end.isKw == 0
}

func symbolsOf(let []byte) []symbol { return appendSymbols(make([]symbol, 0, maxSymbols), let, nil) }
