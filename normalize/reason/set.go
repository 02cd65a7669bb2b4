package reason

import (
	"iter"
	"math/bits"
)

// A Set holds reason codes as bits. The zero Set is empty; a Set is a value.
type Set [2]uint64

// Of returns the set of the given codes.
func Of(codes ...Code) Set {
	var s Set
	for _, c := range codes {
		s.Add(c)
	}
	return s
}

// Add puts c into s.
func (s *Set) Add(c Code) { s[c>>6] |= 1 << (c & 63) }

// Remove takes c out of s.
func (s *Set) Remove(c Code) { s[c>>6] &^= 1 << (c & 63) }

// Has reports whether c is in s.
func (s Set) Has(c Code) bool { return s[c>>6]&(1<<(c&63)) != 0 }

// Union returns the codes that are in s, in t or in both.
func (s Set) Union(t Set) Set { return Set{s[0] | t[0], s[1] | t[1]} }

// Empty reports whether s holds no code.
func (s Set) Empty() bool { return s == Set{} }

// Len returns the number of codes in s.
func (s Set) Len() int { return bits.OnesCount64(s[0]) + bits.OnesCount64(s[1]) }

// All yields the codes of s in the order of the registry.
func (s Set) All() iter.Seq[Code] {
	return func(yield func(Code) bool) {
		for w, word := range s {
			for word != 0 {
				if !yield(Code(w<<6 | bits.TrailingZeros64(word))) {
					return
				}
				word &= word - 1
			}
		}
	}
}

// AppendStrings appends the names of the codes of s, in the order of the
// registry, to dst.
func (s Set) AppendStrings(dst []string) []string {
	for c := range s.All() {
		dst = append(dst, c.String())
	}
	return dst
}
