package evaluate

import (
	"bytes"
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/cespare/xxhash/v2"

	"github.com/dusach/dusach/normalize/reason"
)

// A Truth is what a truth file says, one entry a form, ordered by the hash of
// the form_id, and what the store made of each form.
type Truth struct {
	entries   []entry
	processes dictionary // texts as in the file, several names joined by "+"
	kinds     dictionary
	expected  []expectation // by number of kind

	ambiguous uint64 // rows that give one form_id to two persons

	// share of the persons that the truth tells of, with all their forms; 0 or 1:
	// all. shareText is how the file says it.
	share     float64
	shareText string
}

type entry struct {
	key     uint64 // hash of the form_id
	person  uint64 // hash of the true person_id
	citizen uint64 // hash of the person_id in the store, if found
	process uint16
	kind    uint16 // 0: not malformed
	fate    fate
	coded   bool // has the expected code
}

// A fate is what became of a form of the truth.
type fate uint8

const (
	absent fate = iota
	found
	refused
	ambiguous
)

// An expectation is what must become of a malformed kind.
type expectation struct {
	Name    string
	Code    reason.Code
	HasCode bool
	Refused bool
}

// A dictionary numbers texts; "" is 0.
type dictionary struct {
	number map[string]uint16
	texts  []string
}

func newDictionary() dictionary {
	return dictionary{number: map[string]uint16{"": 0}, texts: []string{""}}
}

func (d *dictionary) of(text string) (uint16, error) {
	if n, ok := d.number[text]; ok {
		return n, nil
	}
	if len(d.texts) > 65_000 {
		return 0, errors.New("more than 65,000 different values in the column malformed or process: these are names of kinds, not free text")
	}
	n := uint16(len(d.texts))
	text = strings.Clone(text)
	d.number[text] = n
	d.texts = append(d.texts, text)
	return n, nil
}

func newTruth() *Truth {
	return &Truth{processes: newDictionary(), kinds: newDictionary(), expected: make([]expectation, 1)}
}

func (t *Truth) add(form, person, malformed, process, share string) error {
	if err := t.sample(share); err != nil {
		return err
	}
	p, err := t.processes.of(process)
	if err != nil {
		return err
	}
	if malformed == "0" || strings.EqualFold(malformed, "false") || strings.EqualFold(malformed, "none") {
		malformed = ""
	}
	k, err := t.kinds.of(malformed)
	if err != nil {
		return err
	}
	if int(k) == len(t.expected) {
		t.expected = append(t.expected, expectationOf(malformed))
	}
	t.entries = append(t.entries, entry{key: xxhash.Sum64String(form), person: xxhash.Sum64String(person), process: p, kind: k})
	return nil
}

// expectationOf reads "refused:CODE:kind"; any part may be missing.
func expectationOf(malformed string) (x expectation) {
	for part := range strings.SplitSeq(malformed, ":") {
		code, isCode := reason.Parse(part)
		switch {
		case part == "refused":
			x.Refused = true
		case part == "accepted":
		case isCode:
			x.Code, x.HasCode = code, true
		default:
			x.Name = part
		}
	}
	if x.Name == "" {
		x.Name = malformed
	}
	return x
}

// sort orders the entries and joins those of one form.
func (t *Truth) sort() {
	slices.SortFunc(t.entries, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.person, b.person), cmp.Compare(a.process, b.process), cmp.Compare(a.kind, b.kind))
	})
	n := 0
	for _, e := range t.entries {
		if n > 0 && t.entries[n-1].key == e.key {
			if last := &t.entries[n-1]; last.person != e.person && last.fate != ambiguous {
				last.fate = ambiguous
				t.ambiguous++
			}
			continue // the same form sent twice
		}
		t.entries[n] = e
		n++
	}
	t.entries = slices.Clip(t.entries[:n])
}

// find returns the entry of a form as the store calls it, nil if the truth
// does not know it.
func (t *Truth) find(form []byte) *entry {
	i, ok := t.search(xxhash.Sum64(form))
	if cut := bytes.LastIndexByte(form, '~'); !ok && cut >= 0 {
		i, ok = t.search(xxhash.Sum64(form[:cut+1]))
	}
	if !ok {
		return nil
	}
	return &t.entries[i]
}

func (t *Truth) search(key uint64) (int, bool) {
	return slices.BinarySearchFunc(t.entries, key, func(e entry, key uint64) int { return cmp.Compare(e.key, key) })
}
