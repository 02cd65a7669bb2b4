package export

import (
	"bytes"
	"context"
	"iter"

	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/snapshot"
)

// clusters gives the forms of every citizen who has more than one, next to each
// other. Forms come ordered by citizen, so one cluster at a time is held.
func clusters(ctx context.Context, s *snapshot.Snapshot, in *province) table {
	columns := formsHeader(s.Schema)
	columns = columns[:len(columns)-2] // without the lists
	header := append([]string{"cluster", "forms", "differs"}, columns...)
	return table{header, func(yield func(*row, error) bool) {
		c := cluster{header: header}
		for one, err := range oneByOne(s.ReadForms(ctx)) {
			if err != nil {
				yield(nil, err)
				return
			}
			person := one.rows.Person.At(one.at)
			if !in.person(person) {
				continue
			}
			if !c.holds(person) && !c.flush(yield) {
				return
			}
			c.add(one.rows, one.at)
		}
		c.flush(yield)
	}}
}

// A form is one row of a batch.
type form struct {
	rows *record.FormRows
	at   int
}

func oneByOne(batches iter.Seq2[*record.FormRows, error]) iter.Seq2[form, error] {
	return func(yield func(form, error) bool) {
		for rows, err := range batches {
			if err != nil {
				yield(form{}, err)
				return
			}
			for i := range rows.N {
				if !yield(form{rows, i}, nil) {
					return
				}
			}
		}
	}
}

// A cluster holds copies of the forms of one citizen.
type cluster struct {
	header []string
	number int64
	person []byte
	forms  [][]value
	slab   []byte // what the values stand on
}

// The columns that tell of the form or stand before the form's own: in them
// forms are not expected to agree.
const ownColumns = 3

func (c *cluster) holds(person []byte) bool {
	return len(c.forms) > 0 && bytes.Equal(c.person, person)
}

func (c *cluster) add(rows *record.FormRows, i int) {
	c.person = append(c.person[:0], rows.Person.At(i)...)
	var r row
	formCells(&r, rows, i)
	for j := range r.cells {
		from := len(c.slab)
		c.slab = append(c.slab, r.cells[j].Text...)
		r.cells[j].Text = c.slab[from:len(c.slab):len(c.slab)]
	}
	c.forms = append(c.forms, r.cells)
}

// flush gives the forms if there is more than one, and forgets them.
func (c *cluster) flush(yield func(*row, error) bool) bool {
	more := true
	if len(c.forms) > 1 {
		c.number++
		differs := c.compare()
		for _, cells := range c.forms {
			var r row
			r.int(c.number)
			r.int(int64(len(c.forms)))
			r.text(differs)
			r.cells = append(r.cells, cells...)
			if more = yield(&r, nil); !more {
				break
			}
		}
	}
	c.forms, c.slab = c.forms[:0], nil
	return more
}

// compare marks the cells in which forms differ and returns the names of their
// columns. A form that has no value does not contradict the others.
func (c *cluster) compare() (names []byte) {
	for column := 2; column < len(c.forms[0]); column++ {
		var seen []byte
		differs := false
		for _, cells := range c.forms {
			v := cells[column].Text
			differs = differs || len(v) > 0 && len(seen) > 0 && !bytes.Equal(v, seen)
			if len(v) > 0 {
				seen = v
			}
		}
		if !differs {
			continue
		}
		if len(names) > 0 {
			names = append(names, ' ')
		}
		names = append(names, c.header[ownColumns+column]...)
		for _, cells := range c.forms {
			cells[column].Differs = true
		}
	}
	return names
}
