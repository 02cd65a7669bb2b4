package snapshot

import (
	"github.com/dusach/dusach/pipeline/record"
)

// A FormsWriter writes a part of the table forms. Its rows come ordered by
// (person_id, form_id), and so do the parts.
type FormsWriter struct {
	part
	names [][]byte
	rows  formsBlock
}

// Forms opens part number n of the table forms.
func (d *Draft) Forms(n int) (*FormsWriter, error) {
	p, err := d.part(formsLayout(d.schema), TableForms, n)
	if err != nil {
		return nil, err
	}
	return &FormsWriter{part: p, names: fieldNames(d.schema)}, nil
}

// WriteRows adds rows; it keeps nothing of them.
func (w *FormsWriter) WriteRows(rows *record.FormRows) error {
	w.rows.names = w.names
	w.rows.open(rows)
	err := w.add(&w.rows, rows.N)
	w.rows.rows, w.rows.raw = nil, nil
	return err
}

// formsBlock is a batch of forms as a block of the table.
type formsBlock struct {
	rows  *record.FormRows
	names [][]byte
	kept  record.RawValues // what the hand does not give back
	raw   *record.Text     // the values of kept, as valid text
	valid record.Text
	hands record.Text // the names of the hands
	named map[record.Hand]string
}

// open takes over a batch.
func (b *formsBlock) open(rows *record.FormRows) {
	b.rows = rows
	rows.Raw.Kept(&b.kept)
	b.raw = validText(&b.valid, &b.kept.Value)
	if b.named == nil {
		b.named = map[record.Hand]string{}
	}
	b.hands.Reset()
	for _, h := range rows.Raw.Hand {
		name, ok := b.named[h]
		if !ok {
			name = h.String()
			b.named[h] = name
		}
		b.hands.AppendString(name)
	}
}

func (b *formsBlock) weigh(from, to int) int {
	sum := weigh(b.rows.Clean, from, to) + weighText(&b.rows.Person, from, to)
	return sum + weighList(b.kept.Off, b.raw, from, to)
}

func (b *formsBlock) write(t *table, from, to int) {
	r := b.rows
	key := r.Schema.ColumnOf[r.Schema.Key]
	t.text(0, &r.Clean[key], from, to)
	t.text(1, &r.Person, from, to)
	at := 2
	for c := range r.Clean {
		if c != key {
			t.text(at, &r.Clean[c], from, to)
			at++
		}
	}
	t.pairs(at, b.names, b.kept.Off, b.kept.Field, b.raw, from, to)
	t.codes(at+2, r.Codes, from, to)
	t.text(at+3, &b.hands, from, to)
}

func weighText(v *record.Text, from, to int) int { return int(v.Off[to] - v.Off[from]) }

func weigh(columns []record.Text, from, to int) int {
	sum := 0
	for i := range columns {
		sum += weighText(&columns[i], from, to)
	}
	return sum
}

// weighList weighs the entries off[from] to off[to] of a list.
func weighList(off []uint32, v *record.Text, from, to int) int {
	if off[from] == off[to] {
		return 0
	}
	return weighText(v, int(off[from]), int(off[to]))
}
