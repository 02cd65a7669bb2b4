package pipeline

import (
	"bytes"
	"slices"
	"sync/atomic"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/state"
)

// gatherer brings the rows of one bucket of persons together. Rows are shelved
// by the hash of their own form id, which for 94 of 100 is their person's too;
// the others are moved to their person's bucket in a first pass.
type gatherer struct {
	*cellar
	clusters *record.Clusters
	extra    []findings // by record, what clustering found
	moved    *state.Shelf
	kept     bool // whoever made moved closes it
}

// personOf returns the key of the person of record i. One that nobody is linked
// with is its own founder: id says what id it came with.
func (c *cellar) personOf(clusters *record.Clusters, i uint32, id []byte) record.PersonKey {
	if c.known.Knows(i) {
		return c.known.KeyOf(clusters.Founder[i])
	}
	return keyOf(id)
}

// move shelves the rows whose person lives in another bucket.
func (g *gatherer) move(to *state.Shelf, workers int) error {
	g.moved = to
	var next atomic.Int64
	return each(workers, func(int) error {
		to := g.moved.Writer()
		for {
			b := int(next.Add(1)) - 1
			if b >= shelves {
				return to.Close()
			}
			if err := g.moveFrom(b, to); err != nil {
				next.Store(shelves)
				return err
			}
		}
	})
}

func (g *gatherer) moveFrom(b int, to *state.Writer) error {
	return g.shelf.Bucket(b, func(row []byte) error {
		i := g.number(state.RowPlace(row))
		if g.repeats[i] || !g.known.Knows(i) {
			return nil
		}
		if home := int(g.known.KeyOf(g.clusters.Founder[i])[0]); home != b {
			return to.Put(home, row)
		}
		return nil
	})
}

// bucketRows are the rows of a bucket, grouped by person.
type bucketRows struct {
	slab  []byte
	refs  []rowRef
	rows  record.FormRows
	group record.Grouped
}

type rowRef struct {
	number   uint32
	from, to uint32 // of slab
	person   record.PersonKey
}

// gather fills r with the rows of the persons of bucket b, ordered by
// (person_id, form_id).
func (g *gatherer) gather(b int, r *bucketRows) error {
	r.slab, r.refs = r.slab[:0], r.refs[:0]
	schema := g.known.Packing.Schema
	take := func(row []byte) error {
		i := g.number(state.RowPlace(row))
		if g.repeats[i] {
			return nil
		}
		person := g.personOf(g.clusters, i, state.RowValue(row, len(schema.Columns), schema.ColumnOf[schema.Key]))
		if int(person[0]) == b {
			from := uint32(len(r.slab))
			r.slab = append(r.slab, row...)
			r.refs = append(r.refs, rowRef{i, from, uint32(len(r.slab)), person})
		}
		return nil
	}
	if err := g.shelf.Bucket(b, take); err != nil {
		return err
	}
	if err := g.moved.Bucket(b, take); err != nil {
		return err
	}
	slices.SortFunc(r.refs, func(x, y rowRef) int {
		if c := bytes.Compare(x.person[:], y.person[:]); c != 0 {
			return c
		}
		return bytes.Compare(g.known.ID(x.number), g.known.ID(y.number))
	})
	return g.read(r)
}

// read decodes the gathered rows in their order and marks where each person
// begins.
func (g *gatherer) read(r *bucketRows) error {
	r.rows.Reset(g.known.Packing.Schema)
	r.group.Rows, r.group.Start = &r.rows, r.group.Start[:0]
	for n, ref := range r.refs {
		if n == 0 || ref.person != r.refs[n-1].person {
			r.group.Start = append(r.group.Start, uint32(n))
		}
		if err := g.readOne(r, ref); err != nil {
			return err
		}
	}
	r.group.Start = append(r.group.Start, uint32(len(r.refs)))
	return nil
}

func (g *gatherer) readOne(r *bucketRows, ref rowRef) error {
	if _, err := state.ReadRow(r.slab[ref.from:ref.to], &r.rows); err != nil {
		return err
	}
	i := ref.number
	r.rows.Person.Slab = record.AppendPerson(r.rows.Person.Slab, ref.person)
	r.rows.Person.Close()
	last := len(r.rows.Codes) - 1
	r.rows.Codes[last] = r.rows.Codes[last].Union(codesOf[g.extra[i]])
	if id, ok := g.known.Renamed[i]; ok {
		g.rename(&r.rows, id)
	}
	return nil
}

// rename gives the last row the id under which it is published and keeps the
// one that it came with.
func (g *gatherer) rename(rows *record.FormRows, id []byte) {
	schema := rows.Schema
	column := &rows.Clean[schema.ColumnOf[schema.Key]]
	last := rows.N - 1
	came := bytes.Clone(column.At(last))
	column.Truncate(last)
	column.Append(id)
	rows.Codes[last].Add(reason.FormIDReused)
	from, to := rows.Raw.Row(last)
	for e := from; e < to; e++ {
		if rows.Raw.Field[e] == schema.Key {
			return
		}
	}
	rows.Raw.Add(schema.Key, came)
	rows.Raw.Off[last+1]++
}

// free gives back the disk of a bucket that was gathered: scratch shrinks as the
// snapshot grows.
func (g *gatherer) free(b int) {
	g.shelf.Free(b)
	g.moved.Free(b)
}

func (g *gatherer) close() {
	if g.moved != nil && !g.kept {
		g.moved.Close()
	}
}
