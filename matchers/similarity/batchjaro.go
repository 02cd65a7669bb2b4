package similarity

import (
	"math/bits"
	"slices"
)

// jaroLanes are what the walks of Jaro read and write, a lane for each pattern.
type jaroLanes struct {
	window  [4]uint64 // where the first byte of the text looks
	reach   [4]uint64 // how far every byte does
	first   [4]uint64 // the first bit of the pattern
	common  [4]uint64 // how many bytes both have
	swapped [4]uint64 // how many of them are out of order
}

// jaroText is how long the other text may be for these walks.
const jaroText = 64

// jaroNotes are the lanes in which a byte of the text found no partner.
type jaroNotes [jaroText][4]uint64

// Jaro appends the Jaro similarity of text and each text of the batch, in order. It
// does not allocate where dst has room.
func (b *Batch) Jaro(dst []float64, text []byte) []float64 { return b.jaro(dst, text, false, 0) }

// JaroWinkler is Jaro with the rise for a common beginning.
func (b *Batch) JaroWinkler(dst []float64, text []byte) []float64 {
	return b.jaro(dst, text, true, 0)
}

// JaroWinklerAtLeast is JaroWinkler with a cut-off: 0 stands for every similarity
// below least. Texts whose length alone puts them below are not walked.
func (b *Batch) JaroWinklerAtLeast(dst []float64, text []byte, least float64) []float64 {
	return b.jaro(dst, text, true, least)
}

func (b *Batch) jaro(dst []float64, text []byte, raise bool, least float64) []float64 {
	from := len(dst)
	dst = slices.Grow(dst, b.n)[:from+b.n]
	out := dst[from:]
	var room [jaroText]byte
	if rows := rowsOf(room[:0], text); rows != nil {
		b.jaroLanes(out, rows, raise, least)
	} else {
		var pattern [32]byte
		for i := range b.groups {
			g := &b.groups[i]
			for lane, number := range g.texts[:g.used] {
				out[number] = jaroOf(g.text(pattern[:0], lane), text, raise, least)
			}
		}
	}
	for i := range b.odd {
		out[b.odd[i].number] = jaroOf(b.odd[i].text, text, raise, least)
	}
	return dst
}

func jaroOf(a, b []byte, raise bool, least float64) float64 {
	sim := Jaro(a, b)
	if raise {
		sim = winkler(sim, a, b)
	}
	return orNothing(sim, least)
}

// orNothing is a similarity, 0 where it is below least.
func orNothing(sim, least float64) float64 {
	if sim < least {
		return 0
	}
	return sim
}

func (b *Batch) jaroLanes(out []float64, rows []byte, raise bool, least float64) {
	var notes jaroNotes
	var view jaroView
	view.turn(rows)
	for i := range b.groups {
		g := &b.groups[i]
		if least > 0 && view.below(g, least) {
			for _, number := range g.texts[:g.used] {
				out[number] = 0
			}
			continue
		}
		var l jaroLanes
		view.open(g, &l)
		g.give(rows, &l, &notes)
		for lane, number := range g.texts[:g.used] {
			sim := view.value(g.of(&l.common, lane), g.of(&l.swapped, lane), g.of(&g.sizes, lane))
			if raise && sim > winklerFrom {
				sim = raised(sim, bits.TrailingZeros64(uint64(g.heads[lane]^view.head)|1<<32)/8)
			}
			out[number] = orNothing(sim, least)
		}
	}
}

// jaroView is what a text of some length says about patterns of each length.
type jaroView struct {
	head   uint32      // the rows of its first letters
	window [33]uint32  // of a pattern: the bits in reach of the first byte
	reach  [33]uint8   // of a pattern
	shares [33]float64 // so many common bytes over the length of the text
	n      int
}

// turn turns to the text of some rows.
func (v *jaroView) turn(rows []byte) {
	v.n, v.head = len(rows), 0xfefefefe // which no pattern begins with
	for i, row := range rows[:min(4, len(rows))] {
		v.head = v.head&^(0xff<<(8*i)) | uint32(row)<<(8*i)
	}
	for size := range v.window {
		v.reach[size] = uint8(reach(max(size, v.n)))
		v.window[size] = uint32(min(uint64(1)<<(v.reach[size]+1)-1, 1<<32-1))
		v.shares[size] = float64(size) / float64(v.n)
	}
}

// open fills in what the walks want of the patterns of a group.
func (v *jaroView) open(g *group, l *jaroLanes) {
	width := g.width()
	for lane := range g.used {
		word, shift := lane*width/64&3, lane*width%64
		size := g.of(&g.sizes, lane) % len(v.window)
		first := width - size
		l.window[word] |= uint64(v.window[size]) << first & (1<<width - 1) << shift
		l.reach[word] |= uint64(v.reach[size]) << shift
		l.first[word] |= 1 << (first + shift)
	}
}

// quotients are so many common bytes over so many.
var quotients = func() (q [33][33]float64) {
	for c := range q {
		for n := 1; n < len(q[c]); n++ {
			q[c][n] = float64(c) / float64(n)
		}
	}
	return q
}()

// value is jaroFormula without its divisions by lengths.
func (v *jaroView) value(common, swapped, size int) float64 {
	if common == 0 {
		return 0
	}
	c := common % len(v.shares)
	return (quotients[c][size%33] + v.shares[c] + quotients[(common-swapped/2)%33][c]) / 3
}

// below reports whether no text of a group can be as similar as least, by its
// length: with all bytes of the shorter common and a beginning of four.
func (v *jaroView) below(g *group, least float64) bool {
	for lane := range g.used {
		if mostSimilar(g.of(&g.sizes, lane), v.n) >= least {
			return false
		}
	}
	return true
}

// mostSimilar is the greatest Jaro–Winkler similarity of texts of two lengths.
func mostSimilar(la, lb int) float64 {
	common := min(la, lb)
	if common == 0 {
		return 0
	}
	sim := jaroFormula(common, 0, la, lb)
	if sim > winklerFrom {
		return raised(sim, min(common, 4))
	}
	return sim
}

// giveWords is the walks in plain Go, one word of lanes after the other.
func (g *group) giveWords(rows []byte, l *jaroLanes, missed *jaroNotes) {
	low, high, top := g.ends()
	rows = rows[:min(len(rows), jaroText)]
	for word := range l.window {
		if g.rows[word] == 0 {
			continue
		}
		window, used, common, swapped := l.window[word], uint64(0), uint64(0), uint64(0)
		for j, row := range rows {
			x := g.masks[row%maskRows][word] & window &^ used
			lowest := x &^ ((x | high) - low)
			used |= lowest
			some := someBit(lowest, high) >> (top & 63)
			missed[j][word] = some
			common += some
			wider := ((l.reach[word] | high) - uint64(j+1)*low) & high >> (top & 63)
			window = window&^high<<1 | l.first[word]&(wider<<(top&63)<<1-wider)
		}
		for j, row := range rows {
			some := missed[j][word]
			lowest := used &^ ((used | high) - low) & (some<<(top&63)<<1 - some)
			used &^= lowest
			swapped += some &^ (someBit(g.masks[row%maskRows][word]&lowest, high) >> (top & 63))
		}
		l.common[word], l.swapped[word] = common, swapped
	}
}

// someBit is the highest bit of each lane that has any.
func someBit(x, high uint64) uint64 { return (x&^high + ^high | x) & high }
