package pipeline

import (
	"encoding/binary"
	"slices"

	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/pipeline/record"
)

// A trace is what the trail holds of a form: where it came from, when it was
// collected, and the form id that it came with.
type trace struct {
	origin    record.Origin
	collected normalize.Date
	id        []byte // valid until the next trace
}

// The buckets of the trail.
const (
	trailForms   = iota // a trace of each record, by number
	trailRefused        // refusals, in the order in which they came
	trailBuckets
)

func appendTrace(dst []byte, o record.Origin, collected normalize.Date, id []byte) []byte {
	dst = binary.AppendUvarint(dst, uint64(o.Source))
	dst = binary.AppendVarint(dst, o.Position)
	dst = binary.LittleEndian.AppendUint32(dst, uint32(collected))
	return append(dst, id...)
}

func readTrace(row []byte) (t trace) {
	source, n := binary.Uvarint(row)
	position, m := binary.Varint(row[max(n, 0):])
	if n <= 0 || m <= 0 || len(row) < n+m+4 {
		panic("BUG: a trace in scratch is damaged")
	}
	rest := row[n+m:]
	return trace{record.Origin{Source: uint32(source), Position: position}, normalize.Date(binary.LittleEndian.Uint32(rest)), rest[4:]}
}

// follow calls visit for each record in the order of their numbers.
func (c *cellar) follow(visit func(i uint32, t trace) error) error {
	n := uint32(0)
	return c.trail.Bucket(trailForms, func(row []byte) error {
		n++
		return visit(n-1, readTrace(row))
	})
}

// eachKey calls visit for each record with the hash of the id that it is published
// under.
func (c *cellar) eachKey(visit func(i uint32, key record.PersonKey)) error {
	if k := &c.known; len(k.Key) == k.Len() {
		for i := range k.Key {
			visit(uint32(i), k.Key[i])
		}
		return nil
	}
	return c.follow(func(i uint32, t trace) error {
		id := t.id
		if content, ok := c.renamed[i]; ok {
			id = renamed(id, content)
		}
		visit(i, keyOf(id))
		return nil
	})
}

// recall brings back who the picked records are, nil: all. Records whose id was
// taken get their new one.
func (c *cellar) recall(picks *record.Picks, also func(i uint32, t trace)) error {
	k := &c.known
	n := k.Len()
	if k.Picked = picks; picks != nil {
		n = picks.Close()
	}
	k.Key, k.Collected, k.FormID = slices.Grow(k.Key[:0], n), slices.Grow(k.Collected[:0], n), record.Text{}
	k.Renamed = make(map[uint32][]byte, len(c.renamed))
	return c.follow(func(i uint32, t trace) error {
		if also != nil {
			also(i, t)
		}
		if picks != nil && !picks.Has(i) {
			return nil
		}
		published := t.id
		if content, ok := c.renamed[i]; ok {
			published = renamed(t.id, content)
			k.Renamed[i] = published
		}
		k.AppendID(t.id, keyOf(published), t.collected)
		return nil
	})
}

// recall brings back who the records are that links join or whose id was taken, and
// counts the repeats of each source.
func (r *run) recall(links []record.Link) error {
	c := r.cellar
	picks := record.NewPicks(c.known.Len())
	for i := range links {
		picks.Add(links[i].A)
		picks.Add(links[i].B)
	}
	for i := range c.renamed {
		picks.Add(i)
	}
	if r.before != nil {
		for i := range r.before.ids { // whose origins may be known by another id
			picks.Add(i)
		}
	}
	return c.recall(picks, func(i uint32, t trace) {
		if c.repeats[i] && t.origin.Source != replayed {
			r.bySource[t.origin.Source].Forms--
			r.bySource[t.origin.Source].Repeats++
		}
	})
}
