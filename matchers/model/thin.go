package model

import "math"

// thin returns about at most some rows that stand for all of them, in their order: each is
// kept with a probability in proportion to its pairs, up to certainty, and what is kept
// stands for what it was drawn from (Horvitz and Thompson, 1952), so that every sum over
// rows is right on average. The hash of a pattern chooses: the same rows, the same sample.
// Most patterns of a large corpus are those of one pair, and a round of EM costs the
// number of patterns.
func thin(rows []Counted, most int) []Counted {
	if len(rows) <= most {
		return rows
	}
	stand := 1.0 // pairs that a row of few stands for
	for expected(rows, stand) > float64(most) {
		stand *= 2
	}
	var kept []Counted
	for _, r := range rows {
		p := min(1, r.Pairs/stand)
		if float64(mixed(patternHash(&r))>>11)/(1<<53) >= p {
			continue
		}
		if p < 1 {
			r.Matches *= stand / r.Pairs
			r.Pairs = stand
		}
		kept = append(kept, r)
	}
	return kept
}

// mixed makes another number of a hash, so that this choice and that of screen do not
// depend on each other.
func mixed(h uint64) uint64 {
	h *= 0x9e3779b97f4a7c15
	return h ^ h>>32
}

func expected(rows []Counted, stand float64) (n float64) {
	for i := range rows {
		n += math.Min(1, rows[i].Pairs/stand)
	}
	return n
}

// sure is the belief below which a pattern is a non-match that next to nothing is learnt
// from: thousands of its kind say the same.
const sure = 1e-3

// thinSure thins the rows that are surely no matches, so that about at most some are left
// with all the others.
func thinSure(rows []Counted, most int) []Counted {
	if len(rows) <= most {
		return rows
	}
	var open, plain []Counted
	for _, r := range rows {
		if r.Matches < sure*r.Pairs {
			plain = append(plain, r)
		} else {
			open = append(open, r)
		}
	}
	return sorted(append(open, thin(plain, max(most-len(open), most/4))...))
}
