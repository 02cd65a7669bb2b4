package similarity

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

func (g *group) add(number int, text []byte) {
	width := 16
	if g.wide {
		width = 32
	}
	word, shift := g.used*width/64, g.used*width%64
	first := shift + width - len(text)
	for i, c := range text {
		g.masks[slots[c]][word] |= 1 << (first + i)
		g.rows[word] |= 1 << (first + i)
	}
	g.sizes[word] |= uint64(len(text)) << shift
	g.texts[g.used] = int32(number)
	g.used++
}

// Len returns how many texts there are.
func (b *Batch) Len() int { return b.n }

// Levenshtein appends the Levenshtein distance of text to each text of the batch,
// in order. It does not allocate where dst has room.
func (b *Batch) Levenshtein(dst []int, text []byte) []int { return b.distances(dst, text, false) }

// OSA is Levenshtein with the optimal string alignment distance.
func (b *Batch) OSA(dst []int, text []byte) []int { return b.distances(dst, text, true) }

// longestText is how long the other text may be for the lanes.
const longestText = 256

func (b *Batch) distances(dst []int, text []byte, swaps bool) []int {
	from := len(dst)
	for range b.n {
		dst = append(dst, 0)
	}
	out := dst[from:]
	if len(text) == 0 || len(text) > longestText {
		b.oneByOne(out, text, swaps)
		return dst
	}
	var room [longestText]byte
	rows := room[:len(text)]
	for i, c := range text {
		rows[i] = min(slots[c], maskRows-1)
	}
	for i := range b.groups {
		g := &b.groups[i]
		d := g.sizes
		g.walk(rows, &d, swaps)
		g.scatter(out, &d)
	}
	for i := range b.odd {
		out[b.odd[i].number] = distance(b.odd[i].text, text, swaps)
	}
	return dst
}

// scatter writes the distances of a group's lanes to where their texts stand.
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

// oneByOne is for a text that the lanes cannot take: the patterns are read back
// out of their masks.
func (b *Batch) oneByOne(out []int, text []byte, swaps bool) {
	var room [32]byte
	for i := range b.groups {
		g := &b.groups[i]
		for lane, number := range g.texts[:g.used] {
			out[number] = distance(g.text(room[:0], lane), text, swaps)
		}
	}
	for i := range b.odd {
		out[b.odd[i].number] = distance(b.odd[i].text, text, swaps)
	}
}

// text appends the pattern of a lane.
func (g *group) text(dst []byte, lane int) []byte {
	width := 16
	if g.wide {
		width = 32
	}
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

func distance(a, b []byte, swaps bool) int {
	if swaps {
		return OSA(a, b)
	}
	return Levenshtein(a, b)
}

// PlainGo makes batches compute without vector kernels until restore is called:
// for measuring the two side by side. It is not for use while batches are at work.
func PlainGo() (restore func()) {
	before := vectors
	vectors = false
	return func() { vectors = before }
}
