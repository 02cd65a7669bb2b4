package model

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/dusach/dusach/matchers"
)

// Blank returns a model of comparisons of which nothing is known yet: all weights
// are 0. Learning begins from it where no model was given.
func Blank(list []matchers.Comparison) (*Model, error) {
	if err := matchers.Check(list); err != nil {
		return nil, err
	}
	m := empty(list)
	m.Name = "blank"
	return m, m.check()
}

// IsBlank reports whether nothing was learnt yet: the model has no history.
func (m *Model) IsBlank() bool { return len(m.History) == 0 }

// ValueTerms are the frozen frequencies of the values of one field: what
// comparisons with term frequencies go by. Values are kept as hashes of their
// folded text, so that a model file lists nobody's e-mail address; those that
// occur once or twice are left out and count as unseen.
type ValueTerms struct {
	Field   string       `json:"field"`
	Records float64      `json:"records"` // with a value
	Unseen  float64      `json:"unseen"`  // share of records of a value that is not listed
	Values  []ValueShare `json:"values"`  // in the order of their hashes
}

// A ValueShare is the share of records that have a value.
type ValueShare struct {
	Hash  Hash64  `json:"value"`
	Share float64 `json:"share"`
}

// Hash64 is a hash that is written as text: JSON numbers lose digits.
type Hash64 uint64

// MarshalText writes 16 hexadecimal digits.
func (h Hash64) MarshalText() ([]byte, error) { return fmt.Appendf(nil, "%016x", uint64(h)), nil }

// UnmarshalText reads them.
func (h *Hash64) UnmarshalText(text []byte) error {
	if len(text) != 16 {
		return fmt.Errorf("%q is no hash of 16 digits", text)
	}
	_, err := fmt.Sscanf(string(text), "%016x", (*uint64)(h))
	return err
}

// rareValue is how often a value must occur to be listed.
const rareValue = 3

// NewValueTerms returns the frequencies of counted values of a field.
func NewValueTerms(field string, counts map[uint64]int) ValueTerms {
	t := ValueTerms{Field: field, Values: []ValueShare{}}
	rest, distinct := 0, 0
	for _, n := range counts {
		t.Records += float64(n)
		if n < rareValue {
			rest += n
			distinct++
		}
	}
	if t.Records == 0 {
		return t
	}
	for hash, n := range counts {
		if n >= rareValue {
			t.Values = append(t.Values, ValueShare{Hash64(hash), round(float64(n) / t.Records)})
		}
	}
	slices.SortFunc(t.Values, func(a, b ValueShare) int { return cmp.Compare(a.Hash, b.Hash) })
	// The values that are not listed share what they have among them, evenly.
	t.Unseen = round(max(float64(rest), 1) / float64(max(distinct, 1)) / t.Records)
	return t
}

func (t *ValueTerms) check() error {
	if !finite(t.Records, t.Unseen) || len(t.Values) > 0 && (t.Unseen <= 0 || t.Unseen > 1) {
		return fmt.Errorf("frequencies of %s: a share is not between 0 and 1", t.Field)
	}
	for i, v := range t.Values {
		if !(v.Share > 0 && v.Share <= 1) {
			return fmt.Errorf("frequencies of %s: a share is not between 0 and 1", t.Field)
		}
		if i > 0 && v.Hash <= t.Values[i-1].Hash {
			return fmt.Errorf("frequencies of %s: the values are not in order", t.Field)
		}
	}
	return nil
}

// ValueBits returns how rare a value of a field is, in bits: −log2 of its share;
// 0 where the model has no frequencies of the field.
func (m *Model) ValueBits(field string, hash uint64) float32 {
	for i := range m.Values {
		t := &m.Values[i]
		if t.Field != field || t.Unseen == 0 {
			continue
		}
		at, ok := slices.BinarySearchFunc(t.Values, Hash64(hash), func(v ValueShare, h Hash64) int { return cmp.Compare(v.Hash, h) })
		share := t.Unseen
		if ok {
			share = t.Values[at].Share
		}
		return float32(-math.Log2(share))
	}
	return 0
}
