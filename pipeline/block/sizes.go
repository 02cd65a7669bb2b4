package block

// Sizes tells how many pairs the blocks of the keys at hand have, a pair that shares
// several keys counted for each, and how many records the largest block: what a rule
// would cost, without making a pair. It is asked once a slice is joined.
func (b *Blocks) Sizes() (pairs, largest int64) {
	b.each(func(from, to int) {
		size := int64(to - from)
		pairs += size * (size - 1) / 2
		largest = max(largest, size)
	})
	return pairs, largest
}

// Sharing calls f with the number of every rule under which two records share a key. It
// is for one goroutine, once all rules have been gathered.
func (s *Stage) Sharing(a, c uint32, f func(rule int)) {
	b := s.blocks
	s.left.turn(b.known.Row(a))
	s.right.turn(b.known.Row(c))
	for i := range b.rules {
		if b.share(&b.rules[i], &s.left, &s.right) {
			f(i)
		}
	}
}

// Fits reports whether a rule can be used: it has not too many keys a record.
func (r *Rule) Fits() bool { return CheckRules([]Rule{*r}) == nil }

// Parts is how many different parts of fields rules may use together.
const Parts = maxAtoms
