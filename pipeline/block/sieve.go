package block

// A sieve tells keys that one record bears, which are most, from those that several
// do: two bits for each of many remainders of keys say whether one came and whether
// another did. A key that shares its remainder with a stranger is taken for one of
// several; no block is lost.
type sieve struct {
	words []uint64
	mask  uint64 // of the remainder of a word
}

// remaindersAKey is how many remainders there are for each key at least: with eight
// one key in nine that stands alone passes.
const remaindersAKey = 8

// reset empties the sieve, for about so many keys.
func (s *sieve) reset(keys int) {
	n := 1
	for n*32 < keys*remaindersAKey {
		n *= 2
	}
	if n > cap(s.words) {
		s.words = make([]uint64, n)
	}
	s.words = s.words[:n]
	clear(s.words)
	s.mask = uint64(n - 1)
}

// fill puts keys into the empty sieve and reports whether there is one.
func (s *sieve) fill(keys []uint64) bool {
	s.reset(len(keys))
	return s.add(keys)
}

// add puts keys in, of which 0 is none, and reports whether there is one. Nothing
// depends on a look that waits, so many go on at once; none counts as a key that
// shares its remainder with itself.
func (s *sieve) add(keys []uint64) bool {
	words, mask := s.words, s.mask
	if len(words) == 0 {
		return false
	}
	any := uint64(0)
	for _, key := range keys {
		any |= key
		w := &words[key>>8&mask&uint64(len(words)-1)]
		at := key >> 2 & 31 * 2
		*w |= (1 | *w>>at<<1&2) << at
	}
	return any != 0
}

// sift appends those of some keys that may stand with another, with the number of
// their record, of which the first is first.
func (s *sieve) sift(dst []keyed, keys []uint64, first uint32) []keyed {
	words, mask := s.words, s.mask
	if len(words) == 0 {
		return dst
	}
	for len(keys) > 0 {
		some := keys[:min(batch, len(keys))]
		if cap(dst)-len(dst) < batch {
			dst = append(dst, make([]keyed, batch)...)[:len(dst)]
		}
		room, n := dst[len(dst):len(dst)+batch], 0
		for i, key := range some {
			room[n&(batch-1)] = keyed{key, first + uint32(i)}
			twice := words[key>>8&mask&uint64(len(words)-1)] >> (key>>2&31*2 + 1) & 1
			if key == 0 {
				twice = 0
			}
			n += int(twice)
		}
		dst = dst[:len(dst)+n]
		keys, first = keys[len(some):], first+batch
	}
	return dst
}

// addKeyed puts keys in of which none is 0.
func (s *sieve) addKeyed(keys []keyed) bool {
	words, mask := s.words, s.mask
	for _, k := range keys {
		w := &words[k.key>>8&mask]
		at := k.key >> 2 & 31 * 2
		*w |= (1 | *w>>at<<1&2) << at
	}
	return len(keys) > 0
}

// siftKeyed appends those of some keys that may stand with another.
func (s *sieve) siftKeyed(dst []keyed, keys []keyed) []keyed {
	for _, k := range keys {
		if s.words[k.key>>8&s.mask]>>(k.key>>2&31*2+1)&1 != 0 {
			dst = append(dst, k)
		}
	}
	return dst
}
