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
		if float64(patternHash(&r)>>11)/(1<<53) >= p {
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

func expected(rows []Counted, stand float64) (n float64) {
	for i := range rows {
		n += math.Min(1, rows[i].Pairs/stand)
	}
	return n
}
