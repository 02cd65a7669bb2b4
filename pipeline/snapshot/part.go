package snapshot

import (
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/say"
)

// A part is one Parquet file of a draft.
type part struct {
	file  *partFile
	table *table // nil once the part is closed
	rows  int64  // of a closed part
	err   error  // the first one: what follows it is not written
}

// part opens part number n of a table in a folder of the draft.
func (d *Draft) part(l layout, folder string, n int) (part, error) {
	f, err := d.create(fmt.Sprintf("%s/part-%05d.parquet", folder, n), l.table)
	if err != nil {
		return part{}, err
	}
	t := d.takeTable(l)
	t.begin(f)
	return part{file: f, table: t}, nil
}

// takeTable returns a writer of tables of one layout: one that an earlier part
// gave back with its buffers, or a new one.
func (d *Draft) takeTable(l layout) *table {
	d.mu.Lock()
	defer d.mu.Unlock()
	if idle := d.tables[l.table]; len(idle) > 0 {
		d.tables[l.table] = idle[:len(idle)-1]
		return idle[len(idle)-1]
	}
	return newTable(l, d.version)
}

// Rest frees the buffers that wait for a next part. Writing may go on.
func (d *Draft) Rest() {
	d.mu.Lock()
	defer d.mu.Unlock()
	clear(d.tables)
}

func (d *Draft) giveTable(l string, t *table) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.done {
		d.tables[l] = append(d.tables[l], t)
	}
}

func (p *part) add(b block, n int) error {
	if p.table == nil {
		return fmt.Errorf("BUG: writing %s, which is closed", p.file.about.Path)
	}
	if p.err == nil {
		p.err = p.table.add(b, n)
	}
	if p.err != nil {
		return say.Errorf("ghi %s: %w", "writing %s: %w", p.file.about.Path, p.err)
	}
	return nil
}

// Close completes the part. A part that could not be written whole does not
// become part of the snapshot, and the draft cannot be published with sums that
// hold.
func (p *part) Close() error {
	if p.err == nil {
		p.err = p.table.Close()
	}
	p.file.about.Rows = p.table.total
	p.rows = p.table.total
	p.file.draft.giveTable(p.file.about.Table, p.table)
	p.table = nil
	err := p.file.close(p.err == nil)
	if p.err != nil {
		err = errors.Join(say.Errorf("ghi %s: %w", "writing %s: %w", p.file.about.Path, p.err), err)
	}
	return err
}

// Rows returns the number of rows written so far.
func (p *part) Rows() int64 {
	if p.table == nil {
		return p.rows
	}
	return p.table.total
}

// rawByte is the character that stands for byte 0 of a value that is no valid
// UTF-8; the bytes above it follow. They lie in the private use area.
const rawByte = 0xF700

// validText returns v, or a copy in dst of it in which each byte that is not
// part of valid UTF-8 is kept as a private character.
func validText(dst *record.Text, v *record.Text) *record.Text {
	if utf8.Valid(v.Slab) && startsAtRunes(v) {
		return v
	}
	dst.Reset()
	for i := range v.Len() {
		dst.Slab = appendValid(dst.Slab, v.At(i))
		dst.Close()
	}
	return dst
}

// startsAtRunes reports whether no value begins in the middle of a character.
func startsAtRunes(v *record.Text) bool {
	for _, o := range v.Off {
		if int(o) < len(v.Slab) && !utf8.RuneStart(v.Slab[o]) {
			return false
		}
	}
	return true
}

func appendValid(dst, v []byte) []byte {
	for len(v) > 0 {
		r, size := utf8.DecodeRune(v)
		if r == utf8.RuneError && size == 1 {
			r = rawByte + rune(v[0])
		}
		dst = utf8.AppendRune(dst, r)
		v = v[size:]
	}
	return dst
}
