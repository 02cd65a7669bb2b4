package address

import (
	"math/bits"

	"github.com/dusach/dusach/normalize/units"
)

// readRest takes apart what is left of the units: house number, street, hamlet.
func (p *Parser) readRest(out *Address, r *reading) {
	lo, hi := 0, p.s.n
	from, to := 0, len(out.Text)
	switch {
	case r.hull == 0:
		lo, hi = p.bounds(r.main, hi)
		if hi < p.s.n {
			to = int(p.s.tok[hi].start)
		}
	case r.reversed:
		lo = 64 - bits.LeadingZeros64(r.hull)
		from = int(p.s.tok[lo-1].end)
	default:
		hi = bits.TrailingZeros64(r.hull)
		to = int(p.s.tok[hi].start)
	}
	out.Rest = trim(out.Text[from:to])
	w := restReader{s: &p.s, text: out.Text, out: out, marked: p.anyMark}
	w.read(lo, hi)
	w.finish(urban(out))
}

// bounds returns the tokens of the main clause, which may have a side behind.
func (p *Parser) bounds(main uint64, n int) (lo, hi int) {
	if main == 0 {
		return 0, n
	}
	lo = bits.TrailingZeros64(main)
	return lo, lo + bits.TrailingZeros64(^(main >> lo))
}

func urban(out *Address) bool {
	if out.Old != 0 {
		return out.Old.Kind() == units.Phuong
	}
	return out.New != 0 && out.New.KindOn(units.NewFrom) == units.Phuong
}

func trim(b []byte) []byte {
	cut := func(c byte) bool {
		return c == ' ' || c == ',' || c == ';' || c == '-' || c == '/' || c == '.' || c == ':' || c == '('
	}
	for len(b) > 0 && cut(b[0]) {
		b = b[1:]
	}
	for len(b) > 0 && cut(b[len(b)-1]) {
		b = b[:len(b)-1]
	}
	return b
}

// A restReader walks the tokens left of the units.
type restReader struct {
	s                *scratch
	text             []byte
	out              *Address
	numFrom, numTo   int32 // text of the house number
	numbers          uint32
	street, hamlet   uint32
	grouped          bool // the hamlet so far is only a tổ or đội
	looseLo, looseHi int  // words of unknown nature
	afterNumber      bool
	marked           bool // the text has marks
}

func (w *restReader) read(lo, hi int) {
	for i := lo; i < hi; {
		t := &w.s.tok[i]
		if t.sep == sepHard {
			w.afterNumber = false
		}
		if t.isKw != 0 {
			if n := w.keyword(i, hi); n > i {
				i = n
				continue
			}
		}
		if t.flags&tokNumber != 0 {
			w.number(i)
			i++
			continue
		}
		i = w.words(i, hi)
	}
}

// keyword reads a part that a keyword opens, and returns where it ends; i when
// the keyword is none after all.
func (w *restReader) keyword(i, hi int) int {
	kw := &keywords[w.s.tok[i].isKw]
	e := i + 1
	for e < hi && (w.s.tok[e].kw == 0 || int(w.s.tok[e].kwFrom) != i) {
		if e++; e > i+4 {
			return i
		}
	}
	if e >= hi {
		return i
	}
	number := w.s.tok[e].flags&tokNumber != 0
	m := kw.mask
	if number && m&kwAlley != 0 && m&kwHamlet != 0 && !w.slashed(e) {
		m &^= kwAlley // "K. 3" is a khóm, "K12/4" a kiệt
	}
	switch {
	case m&(kwAlley|kwNumber) != 0:
		if number {
			w.number(e)
			return e + 1
		}
		if m&kwNumber != 0 {
			return e
		}
		w.setStreet(e, w.end(e, hi), kw.sort)
		return w.end(e, hi)
	case m&kwStreet != 0:
		end := w.end(e, hi)
		w.setStreet(e, end, kw.sort)
		return end
	case m&(kwHamlet|kwGroup) != 0:
		end := w.end(e, hi)
		if number || w.s.tok[e].roman != 0 {
			end = e + 1
		}
		w.setHamlet(i, e, end, kw.sort, m&kwGroup != 0)
		return end
	case m&(kwRoom|kwUnit|kwCountry) != 0:
		return w.end(e, hi)
	}
	return i
}

func (w *restReader) slashed(i int) bool {
	for _, c := range w.s.let[w.s.tok[i].lo:w.s.tok[i].hi] {
		if c == '/' {
			return true
		}
	}
	return false
}

// end returns where the part that starts at i ends: at a hard separator or at
// a keyword that opens the next part.
func (w *restReader) end(i, hi int) int {
	for j := i + 1; j < hi; j++ {
		if w.s.tok[j].sep == sepHard || w.opens(j, hi) {
			return j
		}
	}
	return hi
}

// opens reports whether a keyword at j opens a part of its own, amid words: it
// has all its marks, or a number follows ("… Trần Phú tổ 3").
func (w *restReader) opens(j, hi int) bool {
	t := &w.s.tok[j]
	if t.isKw == 0 || j+1 >= hi || keywords[t.isKw].mask&kwLocal == 0 {
		return false
	}
	for e := j + 1; e < hi && e <= j+4; e++ {
		if n := &w.s.tok[e]; n.kw != 0 && int(n.kwFrom) == j {
			return n.flags&tokNumber != 0 || t.hi-t.lo > 2 && (t.flags&tokLossy == 0 || !w.marked)
		}
	}
	return false
}

// words takes a run without keyword.
func (w *restReader) words(i, hi int) int {
	end := w.end(i, hi)
	switch {
	case w.afterNumber && w.street == 0:
		w.setStreet(i, end, 0)
	case w.looseHi == 0:
		w.looseLo, w.looseHi = i, end
	}
	return end
}

func (w *restReader) setStreet(lo, hi int, sort uint8) {
	for hi > lo+1 && w.s.tok[hi-1].behind {
		hi--
	}
	if w.street != 0 || lo >= hi {
		return
	}
	w.street = w.name(lo, hi, sort)
	w.out.Street = trim(w.text[w.s.tok[lo].start:w.s.tok[hi-1].end])
}

func (w *restReader) setHamlet(from, lo, hi int, sort uint8, group bool) {
	if w.hamlet != 0 && (group || !w.grouped) {
		return
	}
	w.hamlet, w.grouped = w.name(lo, hi, sort), group
	w.out.Hamlet = trim(w.text[w.s.tok[from].start:w.s.tok[hi-1].end])
}

// finish places words of unknown nature: in a ward a street, else a hamlet.
func (w *restReader) finish(urban bool) {
	if w.looseHi > 0 {
		if urban && w.street == 0 {
			w.setStreet(w.looseLo, w.looseHi, 0)
		} else if !urban && (w.hamlet == 0 || w.grouped) {
			w.setHamlet(w.looseLo, w.looseLo, w.looseHi, 0, false)
		}
	}
	if w.numTo > 0 {
		w.out.HouseNo = w.text[w.numFrom:w.numTo]
		if w.numbers == 0 {
			w.numbers = 1
		}
	}
	k := &w.out.Key
	k.Number, k.Street, k.Hamlet = w.numbers, w.street, w.hamlet
}
