package similarity

import "slices"

// Bags are many texts as bags of what they are made of (two-byte grams, words,
// numbers of syllables), kept the other way round: for each unit the texts that have
// it. Comparing one bag with all costs what they share, not what they hold. Bags
// never change, so that many may use them.
type Bags struct {
	sizes []uint32          // units of each text
	at    map[item]span     // where the texts of an item lie
	texts []uint32          // texts of the items, one item after the other
	words map[string]uint64 // numbers of words, for bags of words
	grams bool
}

// An item is a unit for the first, second … time in a text, so that what two texts
// have in common, with repeats, is a set.
type item struct{ unit, again uint64 }

type span struct{ from, to uint32 }

// NewGrams makes bags of the two-byte grams of the texts of a slab, laid out as for
// NewBatch.
func NewGrams(slab []byte, ends []uint32) *Bags {
	b := &Bags{grams: true}
	b.fill(len(ends), func(dst []uint64, i int) []uint64 { return appendGrams(dst, textOf(slab, ends, i)) })
	return b
}

// NewWords makes bags of the words of texts, parts between spaces.
func NewWords(slab []byte, ends []uint32) *Bags {
	b := &Bags{words: map[string]uint64{}}
	b.fill(len(ends), func(dst []uint64, i int) []uint64 {
		for text := textOf(slab, ends, i); len(text) > 0; {
			var w []byte
			if w, text = cut(text); len(w) > 0 {
				n, ok := b.words[string(w)]
				if !ok {
					n = uint64(len(b.words))
					b.words[string(w)] = n
				}
				dst = append(dst, n)
			}
		}
		return dst
	})
	return b
}

// NewBags makes bags of numbers: those of text i are units[ends[i-1]:ends[i]].
func NewBags(units []uint64, ends []uint32) *Bags {
	b := &Bags{}
	b.fill(len(ends), func(dst []uint64, i int) []uint64 { return append(dst, textOf(units, ends, i)...) })
	return b
}

func textOf[T any](slab []T, ends []uint32, i int) []T {
	if i == 0 {
		return slab[:ends[0]]
	}
	return slab[ends[i-1]:ends[i]]
}

// fill takes the units of each of n texts.
func (b *Bags) fill(n int, of func(dst []uint64, i int) []uint64) {
	type entry struct {
		item
		text uint32
	}
	var all []entry
	var units []uint64
	for i := range n {
		units = of(units[:0], i)
		b.sizes = append(b.sizes, uint32(len(units)))
		slices.Sort(units)
		eachItem(units, func(it item) { all = append(all, entry{it, uint32(i)}) })
	}
	slices.SortStableFunc(all, func(x, y entry) int {
		return slices.Compare([]uint64{x.unit, x.again}, []uint64{y.unit, y.again})
	})
	b.at = make(map[item]span)
	for i, e := range all {
		at, ok := b.at[e.item]
		if !ok {
			at.from = uint32(i)
		}
		at.to = uint32(i + 1)
		b.at[e.item] = at
		b.texts = append(b.texts, e.text)
	}
}

// eachItem visits the items of sorted units.
func eachItem(units []uint64, visit func(item)) {
	again := uint64(0)
	for i, u := range units {
		if i > 0 && units[i-1] == u {
			again++
		} else {
			again = 0
		}
		visit(item{u, again})
	}
}

// Len returns how many texts there are.
func (b *Bags) Len() int { return len(b.sizes) }

// Dice appends the share of units that text has in common with each text, counted
// with repeats, as Dice does for grams; 0 stands for every share below least. Bags of
// numbers have no text: see DiceOf. It does not allocate where dst has room and the
// text has at most 256 units.
func (b *Bags) Dice(dst []float64, text []byte, least float64) []float64 {
	var room [gramRoom]uint64
	return b.compare(dst, b.unitsOf(room[:0], text), least, diceShare)
}

// Jaccard appends common units over all units, as Jaccard does for grams and
// TokenSet for words.
func (b *Bags) Jaccard(dst []float64, text []byte, least float64) []float64 {
	var room [gramRoom]uint64
	return b.compare(dst, b.unitsOf(room[:0], text), least, jaccardShare)
}

// DiceOf is Dice for a bag of numbers.
func (b *Bags) DiceOf(dst []float64, units []uint64, least float64) []float64 {
	var room [gramRoom]uint64
	return b.compare(dst, append(room[:0], units...), least, diceShare)
}

// JaccardOf is Jaccard for a bag of numbers.
func (b *Bags) JaccardOf(dst []float64, units []uint64, least float64) []float64 {
	var room [gramRoom]uint64
	return b.compare(dst, append(room[:0], units...), least, jaccardShare)
}

// nowhere is the number of a word that no text has.
const nowhere = 1<<64 - 1

func (b *Bags) unitsOf(dst []uint64, text []byte) []uint64 {
	switch {
	case b.grams:
		return appendGrams(dst, text)
	case b.words == nil:
		return dst
	}
	for len(text) > 0 {
		var w []byte
		if w, text = cut(text); len(w) > 0 {
			n, ok := b.words[string(w)]
			if !ok {
				n = nowhere
			}
			dst = append(dst, n)
		}
	}
	return dst
}

// appendGrams appends the grams of a text; a text of one byte is a gram of its own.
func appendGrams(dst []uint64, text []byte) []uint64 {
	if len(text) == 1 {
		return append(dst, 1<<16|uint64(text[0]))
	}
	for i := 1; i < len(text); i++ {
		dst = append(dst, uint64(text[i-1])<<8|uint64(text[i]))
	}
	return dst
}

// compare appends the shares; it sorts the units.
func (b *Bags) compare(dst []float64, units []uint64, least float64, share func(common, na, nb int) float64) []float64 {
	from := len(dst)
	dst = slices.Grow(dst, len(b.sizes))[:from+len(b.sizes)]
	out := dst[from:]
	clear(out)
	slices.Sort(units)
	again := uint64(0)
	for i, u := range units {
		if again++; i == 0 || units[i-1] != u {
			again = 0
		}
		at := b.at[item{u, again}]
		for _, text := range b.texts[at.from:at.to] {
			out[text]++
		}
	}
	for i, n := range b.sizes {
		out[i] = orNothing(share(int(out[i]), int(n), len(units)), least)
	}
	return dst
}

// diceShare and jaccardShare are the shares of two bags of so many units; two
// without any are equal.
func diceShare(common, na, nb int) float64 {
	if na+nb == 0 {
		return 1
	}
	return 2 * float64(common) / float64(na+nb)
}

func jaccardShare(common, na, nb int) float64 {
	if na+nb == 0 {
		return 1
	}
	return float64(common) / float64(na+nb-common)
}
