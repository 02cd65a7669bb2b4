package snapshot

import (
	"context"
	"fmt"
	"iter"
	"strings"

	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/say"
)

// rowsOf turns the batches of a scan into rows; fill makes rows of a batch.
func rowsOf[R any](batches iter.Seq2[*scanned, error], rows R, fill func(*scanned, R) error) iter.Seq2[R, error] {
	return func(yield func(R, error) bool) {
		for batch, err := range batches {
			if err == nil {
				if err = fill(batch, rows); err != nil {
					err = say.Errorf("đọc %s: %w", "reading %s: %w", batch.part.Path, err)
				}
			}
			if !yield(rows, err) || err != nil {
				return
			}
		}
	}
}

// ReadForms yields the table forms in its order. With columns, only those are
// read and the others are empty. A batch is valid until the next step; the
// loop ends after an error.
func (s *Snapshot) ReadForms(ctx context.Context, columns ...string) iter.Seq2[*record.FormRows, error] {
	fields := fieldNumbers(s.Schema)
	key := s.Schema.ColumnOf[s.Schema.Key]
	var raw rawReader
	return rowsOf(s.scan(ctx, s.Parts(TableForms), columns), &record.FormRows{}, func(b *scanned, r *record.FormRows) error {
		r.Reset(s.Schema)
		r.N = int(b.record.NumRows())
		err := readText(&r.Person, b.column("person_id"), r.N)
		for c := range r.Clean {
			name := s.Schema.Columns[c].Name
			if c == key {
				name = "form_id"
			}
			if err == nil {
				err = readText(&r.Clean[c], b.column(name), r.N)
			}
		}
		if err == nil {
			err = raw.read(b, r, fields)
		}
		if err == nil {
			r.Codes, err = readCodes(r.Codes, b.column("reason_codes"), r.N)
		}
		return err
	})
}

// rawReader reads the raw values of forms. What the hand of a form gives back is
// not stored: it is made again of the clean values, where they were read.
type rawReader struct {
	hands record.Text
	kept  record.RawValues
}

func (w *rawReader) read(b *scanned, r *record.FormRows, fields map[string]record.Field) error {
	w.kept.Reset()
	err := readPairs(b.column("raw_values"), r.N, fields, w.kept.Add, w.kept.Close)
	if err == nil {
		err = readText(&w.hands, b.column("written_as"), r.N)
	}
	if err != nil {
		return err
	}
	var hand record.Hand
	last := ""
	for i := range r.N {
		if name := w.hands.At(i); string(name) != last {
			var ok bool
			last = string(name)
			if hand, ok = record.ParseHand(last); !ok {
				return say.Errorf("written_as %q: phiên bản này không biết: hãy dùng dusach mới hơn", "written_as %q is not known to this version: use a newer dusach", last)
			}
		}
		row := r.Restore(hand)
		for e, to := w.kept.Row(i); e < to; e++ {
			row.Add(w.kept.Field[e], w.kept.Value.At(e))
		}
		row.Close()
	}
	return nil
}

// ReadCitizens yields the table citizens province by province, each in its
// order. With columns, only those are read and the others are empty.
func (s *Snapshot) ReadCitizens(ctx context.Context, columns ...string) iter.Seq2[*record.CitizenRows, error] {
	return s.readCitizens(ctx, s.Parts(TableCitizens), columns)
}

// ReadProvince yields the citizens of one province (34-edition code).
func (s *Snapshot) ReadProvince(ctx context.Context, province uint8, columns ...string) iter.Seq2[*record.CitizenRows, error] {
	return s.readCitizens(ctx, s.provinceParts(province), columns)
}

func (s *Snapshot) provinceParts(province uint8) []File {
	var parts []File
	for _, f := range s.Parts(TableCitizens) {
		if p, err := provinceOf(f.Path); err == nil && p == province {
			parts = append(parts, f)
		}
	}
	return parts
}

func (s *Snapshot) readCitizens(ctx context.Context, parts []File, columns []string) iter.Seq2[*record.CitizenRows, error] {
	fields := fieldNumbers(s.Schema)
	var counts []int32
	return rowsOf(s.scan(ctx, parts, columns), &record.CitizenRows{}, func(b *scanned, r *record.CitizenRows) error {
		r.Reset(s.Schema)
		r.N = int(b.record.NumRows())
		province, err := provinceOf(b.part.Path)
		if err != nil {
			return err
		}
		for range r.N {
			r.Province = append(r.Province, province)
		}
		texts := []*record.Text{&r.Person, &r.FirstSeen, &r.LastSeen, &r.Status}
		for i, name := range []string{"person_id", "first_seen", "last_seen", "status"} {
			if err == nil {
				err = readText(texts[i], b.column(name), r.N)
			}
		}
		for i, c := range s.Schema.CitizenColumns {
			if err == nil {
				err = readText(&r.Clean[i], b.column(s.Schema.Columns[c].Name), r.N)
			}
		}
		if a := b.column("forms"); err == nil && a != nil {
			counts, err = readNumbers(counts, a)
		} else {
			counts = append(counts[:0], make([]int32, r.N)...)
		}
		for _, n := range counts {
			r.Forms = append(r.Forms, uint32(n))
		}
		if err == nil {
			r.Flags, err = readCodes(r.Flags, b.column("flags"), r.N)
		}
		if err == nil {
			err = readPairs(b.column("origins"), r.N, fields, r.Origins.Add, r.Origins.Close)
		}
		return err
	})
}

// provinceOf returns the province in the path of a part of the citizens.
func provinceOf(path string) (uint8, error) {
	var province uint8
	if _, err := fmt.Sscanf(strings.TrimPrefix(path, TableCitizens+"/"), "province=%d/", &province); err != nil {
		return 0, fmt.Errorf("the path %s does not name a province: %w", path, err)
	}
	return province, nil
}

func fieldNumbers(s *record.Schema) map[string]record.Field {
	m := make(map[string]record.Field, len(s.Fields))
	for i, f := range s.Fields {
		m[f.Name] = record.Field(i)
	}
	return m
}
