package pipeline

import (
	"bytes"
	"context"
	"slices"

	"github.com/dusach/dusach/pipeline/lookup"
	"github.com/dusach/dusach/pipeline/merge"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/state"
)

// Whoever asks a running live for a citizen gets what the next snapshot would
// say, forms that came a moment ago among them. Only the component of the form is
// settled and merged, by the rooms of the batch.

// answer answers a question between two bites.
func (l *live) answer(ctx context.Context, id string) (f *lookup.Fresh, err error) {
	err = l.between(ctx, func() error {
		if !l.publishing {
			l.settleIDs()
		}
		f, err = l.ask(ctx, &l.kin, []byte(id))
		return err
	})
	return f, err
}

// kin knows which records are linked, directly or by way of others. It catches
// up with the links when it is asked, and takes four bytes a record if ever it is.
type kin struct {
	parent []uint32
	links  int // that it knows
}

func (k *kin) root(i uint32) uint32 {
	for k.parent[i] != i {
		k.parent[i] = k.parent[k.parent[i]]
		i = k.parent[i]
	}
	return i
}

// of returns the records that are linked with record n, in order, itself among
// them.
func (k *kin) of(n uint32, records int, links []record.Link) (all []uint32) {
	for len(k.parent) < records {
		k.parent = append(k.parent, uint32(len(k.parent)))
	}
	for ; k.links < len(links); k.links++ {
		a, b := k.root(links[k.links].A), k.root(links[k.links].B)
		k.parent[max(a, b)] = min(a, b)
	}
	root := k.root(n)
	for i := root; int(i) < records; i++ { // none of them is before the root
		if k.root(i) == root {
			all = append(all, i)
		}
	}
	return all
}

// find returns the record that an id means: that which is published under it or,
// if it is a person_id, founded the person.
func (m *memory) find(id []byte) (uint32, bool) {
	if key, ok := record.ParsePerson(id); ok {
		if n, ok := m.keeper(key); ok {
			return n, true
		}
	}
	return m.keeper(keyOf(id))
}

// keeper returns the record whose published id has a hash.
func (m *memory) keeper(key record.PersonKey) (uint32, bool) {
	if first, ok := m.ids[key]; ok {
		for _, n := range append([]uint32{first}, m.again[first]...) {
			if m.known.Key[n] == key {
				return n, true
			}
		}
	}
	for n := range m.known.Renamed { // few: ids that several had
		if m.known.Key[n] == key {
			return n, true
		}
	}
	return 0, false
}

// ask returns the citizen whom an id means, as of now.
func (m *memory) ask(ctx context.Context, k *kin, id []byte) (*lookup.Fresh, error) {
	n, ok := m.find(id)
	if !ok {
		return nil, lookup.ErrNotFound
	}
	numbers := k.of(n, m.known.Len(), m.links)
	c, links := m.only(numbers)
	r := &run{ctx: ctx, cellar: c, progress: Quiet{}, ledger: m.ledger}
	links, err := m.p.follow(r, links)
	if err != nil {
		return nil, err
	}
	clusters, err := m.p.settleAll(r, slices.Clone(links))
	if err != nil {
		return nil, err
	}
	at, _ := slices.BinarySearch(numbers, n)
	var bucket bucketRows
	g := &gatherer{cellar: c, clusters: clusters, extra: m.p.found(r, clusters, links)}
	if err := m.gather(g, numbers, clusters.Founder[at], &bucket); err != nil {
		return nil, err
	}
	var citizens record.CitizenRows
	if err := merge.New(merge.Config{ProvinceOf: provinceOf}).Do(ctx, &bucket.group, &citizens); err != nil {
		return nil, err
	}
	f := &lookup.Fresh{Snapshot: m.head.Published.Snapshot, Unpublished: m.head.unpublished(), Citizen: lookup.CitizenOf(&citizens, 0)}
	for i := range bucket.rows.N {
		f.Forms = append(f.Forms, lookup.FormOf(&bucket.rows, i))
	}
	f.Links = m.linksOf(r, g, clusters.Founder[at], links)
	return f, nil
}

// only returns a memory of some records alone, numbered from 0, and the links
// between them.
func (m *memory) only(numbers []uint32) (*cellar, []record.Link) {
	width := m.p.cfg.Packing.Width
	c := &cellar{repeats: make([]bool, len(numbers)), kept: map[uint32]bool{}}
	c.known = record.Known{Packing: m.known.Packing, Names: m.known.Names, Values: m.known.Values}
	for i, n := range numbers {
		copy(c.known.Packed.Add(width), m.known.Row(n))
		c.known.AppendID(m.known.FormID.At(int(n)), m.known.Key[n], m.known.Collected[n])
		if m.kept[n] {
			c.kept[uint32(i)] = true
		}
		if id, ok := m.known.Renamed[n]; ok {
			if c.known.Renamed == nil {
				c.known.Renamed = map[uint32][]byte{}
			}
			c.known.Renamed[uint32(i)] = id
		}
	}
	var links []record.Link
	if len(numbers) == 1 {
		return c, nil
	}
	for _, l := range m.links {
		a, ok := slices.BinarySearch(numbers, l.A)
		if !ok {
			continue
		}
		b, _ := slices.BinarySearch(numbers, l.B)
		l.A, l.B = uint32(a), uint32(b)
		links = append(links, l)
	}
	return c, links
}

// gather fills r with the rows of one person.
func (m *memory) gather(g *gatherer, numbers []uint32, founder uint32, r *bucketRows) error {
	for i, n := range numbers {
		if g.clusters.Founder[i] != founder {
			continue
		}
		err := m.log.Get(state.LogRow, n, func(row []byte) error {
			from := uint32(len(r.slab))
			r.slab = append(r.slab, row...)
			r.refs = append(r.refs, rowRef{uint32(i), from, uint32(len(r.slab)), g.known.KeyOf(founder)})
			return nil
		})
		if err != nil {
			return err
		}
	}
	slices.SortFunc(r.refs, func(x, y rowRef) int { return bytes.Compare(g.known.ID(x.number), g.known.ID(y.number)) })
	return g.read(r)
}

// linksOf returns the links of one person's forms, with the ids ordered as in the
// table links.
func (m *memory) linksOf(r *run, g *gatherer, founder uint32, links []record.Link) (list []lookup.Link) {
	var rows record.LinkRows
	rules := m.p.linkRules(r)
	for _, l := range links {
		if g.clusters.Founder[l.A] != founder && g.clusters.Founder[l.B] != founder || m.p.verdictOf(r, g.clusters, &l) == record.NonMatch {
			continue
		}
		if bytes.Compare(g.known.ID(l.A), g.known.ID(l.B)) > 0 {
			l.A, l.B = l.B, l.A
		}
		rows.Reset()
		m.p.addLink(r, g.clusters, &l, &rows)
		list = append(list, lookup.LinkOf(&rows, 0, rules))
	}
	return list
}
