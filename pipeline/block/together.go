package block

// Together tells whether two records share a key of any rule, for pairs that no
// block was asked for. It is for one goroutine, once all rules have been gathered.
func (s *Stage) Together(a, c uint32) bool {
	b := s.blocks
	if b.side != nil && b.side[a] == b.side[c] {
		return true // not a pair at all
	}
	s.left.turn(b.known.Row(a))
	s.right.turn(b.known.Row(c))
	for i := range b.rules {
		if b.share(&b.rules[i], &s.left, &s.right) {
			return true
		}
	}
	return false
}
