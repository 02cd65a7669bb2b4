package address

// number takes a house or alley number: its parts in any order.
func (w *restReader) number(i int) {
	t := &w.s.tok[i]
	if w.numTo == 0 {
		w.numFrom = t.start
	}
	w.numTo = t.end
	w.afterNumber = true
	h := uint64(0)
	for j := t.lo; j <= t.hi; j++ {
		if j == t.hi || w.s.let[j] == '/' || w.s.let[j] == '-' {
			if h != 0 {
				w.numbers += mix(h)
			}
			h = 0
			continue
		}
		if c := w.s.let[j]; c != '0' || h != 0 {
			h = h*hashPrime + uint64(c)
		}
	}
}

// name hashes the words [lo,hi): without case and marks, i for y, numbers and
// Roman numerals as numbers.
func (w *restReader) name(lo, hi int, sort uint8) uint32 {
	h := uint64(sort) + 1
	for i := lo; i < hi; i++ {
		t := &w.s.tok[i]
		if t.roman != 0 && (i > lo || hi == lo+1) {
			if t.roman >= 10 {
				h = h*hashPrime + uint64('0'+t.roman/10)
			}
			h = h*hashPrime + uint64('0'+t.roman%10)
			continue
		}
		for _, c := range w.s.let[t.lo:t.hi] {
			if c == 'y' {
				c = 'i'
			}
			h = h*hashPrime + uint64(c)
		}
	}
	return mix(h)
}

// mix makes 32 bits of a hash; never 0, which means absent.
func mix(h uint64) uint32 {
	if m := uint32(slot(h)); m != 0 {
		return m
	}
	return 1
}
