package similarity

import "slices"

// A Batch is many texts prepared for comparing each with one other text. Texts of
// folded letters, digits and spaces up to 16 bytes lie side by side in lanes of 16
// bits, those up to 32 bytes in lanes of 32, so that one walk over the other text
// computes 16 or 8 distances; what else there is, is compared one by one. It never
// changes, so that many may use it.
type Batch struct {
	n      int
	groups []group
	odd    []oddText
}

// maskRows is the rows of a group's masks: the folded alphabet, and a last one
// for all other bytes, which match nothing.
const maskRows = 38

// A group is 256 bits of lanes.
type group struct {
	masks [maskRows][4]uint64 // of each letter, where it stands in each pattern
	rows  [4]uint64           // the bits of each pattern: the highest of its lane
	sizes [4]uint64           // the length of each pattern
	heads [16]uint32          // the rows of their first four letters
	texts [16]int32           // their numbers
	used  int
	wide  bool // lanes of 32 bits
}

type oddText struct {
	number int
	text   []byte
}

// NewBatch prepares the texts of a slab: text i lies in slab[ends[i-1]:ends[i]],
// the first from 0. The bytes are copied.
func NewBatch(slab []byte, ends []uint32) *Batch {
	b := &Batch{n: len(ends)}
	open := [2]int{-1, -1} // the group that has room, of narrow and of wide lanes
	start := uint32(0)
	for i, end := range ends {
		text := slab[start:end]
		start = end
		if len(text) == 0 || len(text) > 32 || !folded(text) {
			b.odd = append(b.odd, oddText{i, append([]byte(nil), text...)})
			continue
		}
		wide := 0
		if len(text) > 16 {
			wide = 1
		}
		if at := open[wide]; at < 0 || b.groups[at].used == 16>>wide {
			open[wide] = len(b.groups)
			b.groups = append(b.groups, group{wide: wide == 1})
		}
		b.groups[open[wide]].add(i, text)
	}
	return b
}

func folded(text []byte) bool {
	for _, c := range text {
		if slots[c] == other {
			return false
		}
	}
	return true
}

// width is the bits of a lane.
func (g *group) width() int {
	if g.wide {
		return 32
	}
	return 16
}

func (g *group) add(number int, text []byte) {
	width := g.width()
	word, shift := g.used*width/64, g.used*width%64
	first := shift + width - len(text)
	head := uint32(noHead)
	for i, c := range text {
		g.masks[slots[c]][word] |= 1 << (first + i)
		g.rows[word] |= 1 << (first + i)
		if i < 4 {
			head = head&^(0xff<<(8*i)) | uint32(slots[c])<<(8*i)
		}
	}
	g.sizes[word] |= uint64(len(text)) << shift
	g.heads[g.used] = head
	g.texts[g.used] = int32(number)
	g.used++
}

// noHead are four letters that no text begins with.
const noHead = 0xffffffff

// of returns what a lane holds.
func (g *group) of(d *[4]uint64, lane int) int {
	if g.wide {
		return int(uint32(d[lane/2&3] >> (lane % 2 * 32)))
	}
	return int(uint16(d[lane/4&3] >> (lane % 4 * 16)))
}

// Len returns how many texts there are.
func (b *Batch) Len() int { return b.n }

// A walk is one of the distances that the lanes compute.
type walk uint8

const (
	levenshteinWalk walk = iota
	osaWalk
	lcsWalk
)

// one is the distance of two texts.
func (w walk) one(a, b []byte) int {
	switch w {
	case osaWalk:
		return OSA(a, b)
	case lcsWalk:
		return LCS(a, b)
	default:
		return Levenshtein(a, b)
	}
}

// lanes computes the distances of a text, as rows of masks, to the patterns of a
// group.
func (w walk) lanes(g *group, rows []byte, d *[4]uint64) {
	if w == lcsWalk {
		g.subsequence(rows, d)
	} else {
		g.edits(rows, d, w == osaWalk)
	}
}

// Levenshtein appends the Levenshtein distance of text to each text of the batch,
// in order. It does not allocate where dst has room.
func (b *Batch) Levenshtein(dst []int, text []byte) []int {
	return b.measure(dst, text, levenshteinWalk, nil)
}

// OSA is Levenshtein with the optimal string alignment distance.
func (b *Batch) OSA(dst []int, text []byte) []int { return b.measure(dst, text, osaWalk, nil) }

// LCS appends the length of the longest common subsequence with each text.
func (b *Batch) LCS(dst []int, text []byte) []int { return b.measure(dst, text, lcsWalk, nil) }

// LevenshteinWithin is Levenshtein with a cut-off: limit+1 stands for every larger
// distance. Texts whose length alone puts them out of reach are not walked.
func (b *Batch) LevenshteinWithin(dst []int, text []byte, limit int) []int {
	return b.within(dst, text, levenshteinWalk, limit)
}

// OSAWithin is OSA with a cut-off.
func (b *Batch) OSAWithin(dst []int, text []byte, limit int) []int {
	return b.within(dst, text, osaWalk, limit)
}

func (b *Batch) within(dst []int, text []byte, w walk, limit int) []int {
	from := len(dst)
	dst = b.measure(dst, text, w, func(g *group) bool { return !g.apart(len(text), limit) })
	for i, d := range dst[from:] {
		dst[from+i] = atMost(d, limit)
	}
	return dst
}

// apart reports whether the lengths of all texts of a group differ from n by more
// than limit.
func (g *group) apart(n, limit int) bool {
	for lane := range g.used {
		if d := g.of(&g.sizes, lane) - n; d <= limit && -d <= limit {
			return false
		}
	}
	return true
}

// longestText is how long the other text may be for the lanes.
const longestText = 256

// far stands for a distance that nobody needed to know.
const far = 1 << 30

// measure appends what a walk says of each text. Groups that worth says no to get
// far; nil takes all.
func (b *Batch) measure(dst []int, text []byte, w walk, worth func(*group) bool) []int {
	from := len(dst)
	dst = slices.Grow(dst, b.n)[:from+b.n]
	out := dst[from:]
	var room [longestText]byte
	rows := rowsOf(room[:0], text)
	var pattern [32]byte
	for i := range b.groups {
		switch g := &b.groups[i]; {
		case worth != nil && !worth(g):
			for _, number := range g.texts[:g.used] {
				out[number] = far
			}
		case rows == nil:
			// The patterns are read back out of their masks.
			for lane, number := range g.texts[:g.used] {
				out[number] = w.one(g.text(pattern[:0], lane), text)
			}
		default:
			var d [4]uint64
			w.lanes(g, rows, &d)
			g.scatter(out, &d)
		}
	}
	for i := range b.odd {
		out[b.odd[i].number] = w.one(b.odd[i].text, text)
	}
	return dst
}

// rowsOf appends the rows of masks of a text's bytes; nil for a text that the lanes
// cannot take: an empty one, or longer than the room.
func rowsOf(room, text []byte) []byte {
	if len(text) == 0 || len(text) > cap(room) {
		return nil
	}
	rows := room[:len(text)]
	for i, c := range text {
		rows[i] = min(slots[c], maskRows-1)
	}
	return rows
}

// scatter writes what a group's lanes hold to where their texts stand.
func (g *group) scatter(out []int, d *[4]uint64) {
	if g.wide {
		for i, number := range g.texts[:g.used] {
			out[number] = int(uint32(d[i/2] >> (i % 2 * 32)))
		}
		return
	}
	for i, number := range g.texts[:g.used] {
		out[number] = int(uint16(d[i/4] >> (i % 4 * 16)))
	}
}

// text appends the pattern of a lane.
func (g *group) text(dst []byte, lane int) []byte {
	width := g.width()
	word, shift := lane*width/64, lane*width%64
	n := int(g.sizes[word] >> shift & 63)
	first := shift + width - n
	dst = dst[:n]
	for c, slot := range slots {
		if slot == other {
			continue
		}
		for i := range n {
			if g.masks[slot][word]>>(first+i)&1 != 0 {
				dst[i] = byte(c)
			}
		}
	}
	return dst
}

// PlainGo makes batches compute without vector kernels until restore is called:
// for measuring the two side by side. It is not for use while batches are at work.
func PlainGo() (restore func()) {
	before := vectors
	vectors = false
	return func() { vectors = before }
}
