package export

import (
	"context"
	"encoding/base64"
	"fmt"
	"iter"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/snapshot"
)

// A table is what is written: a header and rows of as many cells. A row is
// valid until the next step.
type table struct {
	header []string
	rows   iter.Seq2[*row, error]
}

// rowsOf turns batches into rows; each fills one row from row i of a batch.
func rowsOf[B any](batches iter.Seq2[B, error], count func(B) int, each func(*row, B, int) bool) iter.Seq2[*row, error] {
	return func(yield func(*row, error) bool) {
		var r row
		for batch, err := range batches {
			if err != nil {
				yield(nil, err)
				return
			}
			for i := range count(batch) {
				r.reset()
				if each(&r, batch, i) && !yield(&r, nil) {
					return
				}
			}
		}
	}
}

func formsHeader(s *record.Schema) []string {
	header := []string{"form_id", "person_id"}
	for _, c := range s.Columns {
		if c.Field != s.Key {
			header = append(header, c.Name)
		}
	}
	return append(header, "raw_values", "reason_codes")
}

func forms(ctx context.Context, s *snapshot.Snapshot, in *province) table {
	return table{formsHeader(s.Schema), rowsOf(s.ReadForms(ctx), func(b *record.FormRows) int { return b.N },
		func(r *row, b *record.FormRows, i int) bool {
			if !in.person(b.Person.At(i)) {
				return false
			}
			formCells(r, b, i)
			from, to := b.Raw.Row(i)
			pairs(r, b.Schema, "value", b.Raw.Field, &b.Raw.Value, from, to)
			codes(r, b.Codes[i])
			return true
		})}
}

// formCells adds form_id, person_id and the clean columns.
func formCells(r *row, b *record.FormRows, i int) {
	key := b.Schema.ColumnOf[b.Schema.Key]
	r.text(b.Clean[key].At(i))
	r.text(b.Person.At(i))
	for c := range b.Clean {
		if c != key {
			r.text(b.Clean[c].At(i))
		}
	}
}

func citizens(ctx context.Context, s *snapshot.Snapshot, in *province) table {
	header := []string{"person_id", "province"}
	for _, c := range s.Schema.CitizenColumns {
		header = append(header, s.Schema.Columns[c].Name)
	}
	header = append(header, "forms", "first_seen", "last_seen", "status", "flags", "origins")
	batches := s.ReadCitizens(ctx)
	if in != nil {
		batches = s.ReadProvince(ctx, in.code)
	}
	return table{header, rowsOf(batches, func(b *record.CitizenRows) int { return b.N },
		func(r *row, b *record.CitizenRows, i int) bool {
			r.text(b.Person.At(i))
			r.slab = fmt.Appendf(r.slab, "%02d", b.Province[i])
			r.text(r.slab[len(r.slab)-2 : len(r.slab) : len(r.slab)])
			for c := range b.Clean {
				r.text(b.Clean[c].At(i))
			}
			r.int(int64(b.Forms[i]))
			r.text(b.FirstSeen.At(i))
			r.text(b.LastSeen.At(i))
			r.text(b.Status.At(i))
			codes(r, b.Flags[i])
			from, to := b.Origins.Row(i)
			pairs(r, b.Schema, "form_id", b.Origins.Field, &b.Origins.Form, from, to)
			return true
		})}
}

func links(ctx context.Context, s *snapshot.Snapshot, in *province) table {
	header := []string{"form_a", "form_b", "rule", "levels", "match_weight", "match_probability", "verdict"}
	return table{header, rowsOf(s.ReadLinks(ctx), func(b *record.LinkRows) int { return b.N },
		func(r *row, b *record.LinkRows, i int) bool {
			if !in.form(b.FormA.At(i)) && !in.form(b.FormB.At(i)) {
				return false
			}
			r.text(b.FormA.At(i))
			r.text(b.FormB.At(i))
			r.text([]byte(s.Manifest.Rules[b.Rule[i]]))
			r.text(b.Levels.At(i))
			r.float(b.Weight[i])
			r.float(b.Probability[i])
			r.text([]byte(b.Verdict[i].String()))
			return true
		})}
}

// splits gives the links that alone would be a match and that clustering did not
// follow, with what kept the two citizens apart.
func splits(ctx context.Context, s *snapshot.Snapshot, in *province) table {
	header := []string{"form_a", "form_b", "reason", "constraint", "by_form_a", "by_form_b", "average_weight"}
	return table{header, rowsOf(s.ReadSplits(ctx), func(b *record.SplitRows) int { return b.N },
		func(r *row, b *record.SplitRows, i int) bool {
			if !in.form(b.FormA.At(i)) && !in.form(b.FormB.At(i)) {
				return false
			}
			r.text(b.FormA.At(i))
			r.text(b.FormB.At(i))
			r.text([]byte(b.Why[i].String()))
			r.text([]byte(b.Constraint[i].String()))
			r.text(b.ByA.At(i))
			r.text(b.ByB.At(i))
			r.float(b.Average[i])
			return true
		})}
}

func origins(ctx context.Context, s *snapshot.Snapshot, in *province) table {
	var sources record.Sources
	header := []string{"form_id", "source", "position", "outcome"}
	return table{header, rowsOf(s.ReadOrigins(ctx, &sources), func(b *record.OriginRows) int { return b.N },
		func(r *row, b *record.OriginRows, i int) bool {
			if !in.form(b.Key.At(i)) {
				return false
			}
			r.text(b.Key.At(i))
			r.text([]byte(sources.Name(b.Source[i])))
			r.int(b.Position[i])
			r.text([]byte(b.Outcome[i].String()))
			return true
		})}
}

// quarantine gives refused forms with all that an office needs to mend them:
// where the form stands in what file, why it was refused in both languages, and
// the form as it came.
func quarantine(ctx context.Context, s *snapshot.Snapshot, office string) table {
	var sources record.Sources
	header := []string{"office_code", "form_id", "source", "position", "reason_codes", "reasons_vi", "reasons_en", "raw", "raw_base64"}
	return table{header, rowsOf(s.ReadQuarantine(ctx, &sources), (*record.Refusals).Len,
		func(r *row, b *record.Refusals, i int) bool {
			if office != "" && string(b.Office.At(i)) != office {
				return false
			}
			r.text(b.Office.At(i))
			r.text(b.Key.At(i))
			r.text([]byte(sources.Name(b.Origin[i].Source)))
			r.int(b.Origin[i].Position)
			codes(r, b.Codes[i])
			captions(r, b.Codes[i], "vi")
			captions(r, b.Codes[i], "en")
			raw := b.Raw.At(i)
			from := len(r.slab)
			r.slab = appendVisible(r.slab, raw)
			shown := r.slab[from:len(r.slab):len(r.slab)]
			r.text(shown)
			if string(shown) == string(raw) {
				r.text(nil)
				return true
			}
			from = len(r.slab)
			r.slab = base64.StdEncoding.AppendEncode(r.slab, raw)
			r.text(r.slab[from:len(r.slab):len(r.slab)])
			return true
		})}
}

func history(ctx context.Context, s *snapshot.Snapshot) table {
	header := []string{"person_id", "became", "change", "since"}
	return table{header, rowsOf(s.ReadHistory(ctx), func(b *record.HistoryRows) int { return b.N },
		func(r *row, b *record.HistoryRows, i int) bool {
			for _, v := range []*record.Text{&b.Person, &b.Became, &b.Change, &b.Since} {
				r.text(v.At(i))
			}
			return true
		})}
}

// codes adds a list of reason codes: space separated, in JSON an array.
func codes(r *row, set reason.Set) {
	r.parsed(func(dst []byte) []byte {
		for c := range set.All() {
			dst = append(dst, c.String()...)
			dst = append(dst, ' ')
		}
		return dst[:len(dst)-min(1, set.Len())]
	}, func(dst []byte) []byte {
		dst = append(dst, '[')
		for c := range set.All() {
			dst = append(appendJSON(dst, []byte(c.String())), ',')
		}
		return append(dst[:len(dst)-min(1, set.Len())], ']')
	})
}

// captions adds what the codes mean, as people are told.
func captions(r *row, set reason.Set, lang string) {
	from := len(r.slab)
	for c := range set.All() {
		if len(r.slab) > from {
			r.slab = append(r.slab, "; "...)
		}
		r.slab = append(r.slab, c.Caption(lang)...)
	}
	r.text(r.slab[from:len(r.slab):len(r.slab)])
}

// pairs adds a list of (field, text): "field: text" separated by " | ", in
// JSON an array of objects whose second member is called name.
func pairs(r *row, s *record.Schema, name string, fields []record.Field, v *record.Text, from, to int) {
	r.parsed(func(dst []byte) []byte {
		for e := from; e < to; e++ {
			if e > from {
				dst = append(dst, " | "...)
			}
			dst = append(dst, s.Fields[fields[e]].Name...)
			dst = append(dst, ": "...)
			dst = append(dst, v.At(e)...)
		}
		return dst
	}, func(dst []byte) []byte {
		dst = append(dst, '[')
		for e := from; e < to; e++ {
			if e > from {
				dst = append(dst, ',')
			}
			dst = append(dst, `{"field":`...)
			dst = appendJSON(dst, []byte(s.Fields[fields[e]].Name))
			dst = append(dst, `,"`+name+`":`...)
			dst = append(appendJSON(dst, v.At(e)), '}')
		}
		return append(dst, ']')
	})
}
