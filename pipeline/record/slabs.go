package record

// slabRows is how many packed records a slab holds.
const slabRows = 1 << 14

// Slabs hold packed records of one width. They grow slab by slab, so nothing is
// copied and no more than a slab lies idle.
type Slabs struct {
	slabs [][]byte
	n     int
}

// Add makes room for one more record of width w, all zero, and returns it.
func (s *Slabs) Add(w int) []byte {
	if s.n%slabRows == 0 {
		s.slabs = append(s.slabs, make([]byte, slabRows*w))
	}
	s.n++
	return s.At(uint32(s.n-1), w)
}

// At returns record i of width w.
func (s *Slabs) At(i uint32, w int) []byte {
	at := int(i%slabRows) * w
	return s.slabs[i/slabRows][at : at+w : at+w]
}

// Len returns the number of records.
func (s *Slabs) Len() int { return s.n }

// Free gives their memory back; how many there were is still known.
func (s *Slabs) Free() { s.slabs = nil }

// Span returns the bytes of records of width w from from on, as far as they lie
// together and before to, and how many they are.
func (s *Slabs) Span(from, to, w int) (rows []byte, n int) {
	at := from % slabRows
	n = min(to-from, slabRows-at)
	return s.slabs[from/slabRows][at*w : (at+n)*w : (at+n)*w], n
}

// Held reports whether the records are held, and not only counted.
func (s *Slabs) Held() bool { return s.slabs != nil || s.n == 0 }

// Recount makes n the number of records, of which none is held.
func (s *Slabs) Recount(n int) { s.slabs, s.n = nil, n }
