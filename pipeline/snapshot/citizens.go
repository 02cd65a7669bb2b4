package snapshot

import (
	"fmt"

	"github.com/dusach/dusach/pipeline/record"
)

// A CitizensWriter writes a part of the table citizens for one province. Its
// rows come ordered by person_id, and so do the parts.
type CitizensWriter struct {
	part
	block citizensBlock
}

// Citizens opens part number n of the citizens of a province (34-edition code,
// 0 unknown).
func (d *Draft) Citizens(province uint8, n int) (*CitizensWriter, error) {
	p, err := d.part(citizensLayout(d.schema), fmt.Sprintf("%s/province=%02d", TableCitizens, province), n)
	if err != nil {
		return nil, err
	}
	return &CitizensWriter{part: p, block: citizensBlock{names: fieldNames(d.schema)}}, nil
}

// WriteRows adds rows; it keeps nothing of them.
func (w *CitizensWriter) WriteRows(rows *record.CitizenRows) error {
	w.block.rows = rows
	err := w.add(&w.block, rows.N)
	w.block.rows = nil
	return err
}

// citizensBlock is a batch of citizens as a block of the table.
type citizensBlock struct {
	rows  *record.CitizenRows
	names [][]byte
}

func (b *citizensBlock) weigh(from, to int) int {
	sum := weigh(b.rows.Clean, from, to) + weighText(&b.rows.Person, from, to)
	return sum + weighList(b.rows.Origins.Off, &b.rows.Origins.Form, from, to)
}

func (b *citizensBlock) write(t *table, from, to int) {
	r := b.rows
	t.text(0, &r.Person, from, to)
	at := 1
	for c := range r.Clean {
		t.text(at, &r.Clean[c], from, to)
		at++
	}
	t.numbers(at, from, to, func(i int) uint64 { return uint64(r.Forms[i]) })
	for i, v := range []*record.Text{&r.FirstSeen, &r.LastSeen, &r.Status} {
		t.text(at+1+i, v, from, to)
	}
	t.codes(at+4, r.Flags, from, to)
	t.pairs(at+5, b.names, r.Origins.Off, r.Origins.Field, &r.Origins.Form, from, to)
}
