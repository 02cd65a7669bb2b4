package evaluate

import (
	"errors"
	"strconv"
	"strings"

	"github.com/cespare/xxhash/v2"
)

// A truth may tell of a sample of the persons only, each with all forms. What a
// person of the sample shares a citizen with is then either in the sample too or
// a stranger, who is another person: a wrong pair. A wrong pair with one end in
// the sample is met twice as often as it would be if it counted only where its
// first end was drawn, so it counts half; those within the sample count whole.
// That makes precision what it would be of all persons, give or take chance.

// sample takes up what a row says of the share.
func (t *Truth) sample(share string) error {
	if len(t.entries) > 0 && share == t.shareText || len(t.entries) == 0 && share == "" {
		return nil
	}
	if len(t.entries) > 0 {
		return errors.New("rows differ in the column share: a truth is one sample")
	}
	x, err := strconv.ParseFloat(share, 64)
	if err != nil || x <= 0 || x > 1 {
		return errors.New("the column share must hold the share of the persons that the truth tells of, as 0.01")
	}
	t.share, t.shareText = x, strings.Clone(share)
	return nil
}

func (t *Truth) sampled() bool { return t.share > 0 && t.share < 1 }

// strangers counts, while forms are read person by person, those that share a
// citizen with forms of the sample.
type strangers struct {
	citizen         uint64
	known, unknown  uint64 // forms of the citizen at hand
	pairs, citizens uint64
}

func (s *strangers) add(citizen uint64, known bool) {
	if citizen != s.citizen {
		s.end()
		s.citizen = citizen
	}
	if known {
		s.known++
	} else {
		s.unknown++
	}
}

// end ends the citizen at hand.
func (s *strangers) end() {
	if s.known > 0 && s.unknown > 0 {
		s.pairs += s.known * s.unknown
		s.citizens++
	}
	s.known, s.unknown = 0, 0
}

// addStrangers counts the wrong pairs that the sample sees with one end only.
func (res *Result) addStrangers(s *strangers) {
	p := &res.Pairwise
	p.Predicted += s.pairs / 2
	p.Precision = ratio(p.Correct, p.Predicted)
	if p.F1 = 0; p.Precision+p.Recall > 0 {
		p.F1 = 2 * p.Precision * p.Recall / (p.Precision + p.Recall)
	}
	res.WrongPairs += s.pairs / 2
	res.WrongMerges += s.citizens / 2
	if n := float64(res.Forms.Compared); n > 0 {
		res.WrongPairsPerMillion = 1e6 * float64(res.WrongPairs) / n
		res.WrongMergesPerMillion = 1e6 * float64(res.WrongMerges) / n
	}
}

// half reports whether a link that leaves the sample is one of those that are
// kept, every second one.
func half(a, b []byte) bool { return (xxhash.Sum64(a)^xxhash.Sum64(b))&1 == 0 }

// outside stands for the end of a link that is not in the sample.
const outside = 1<<32 - 1
