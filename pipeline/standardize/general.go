package standardize

import (
	"bytes"
	"strings"

	"github.com/dusach/dusach/normalize/general"
	"github.com/dusach/dusach/pipeline/record"
)

// generalField is what the stage knows of a field of a general kind.
type generalField struct {
	layouts []general.Layout // of a day
	missing [][]byte         // folded texts that stand for no value
}

// generalFields reads what the schema says of the fields of general kinds. The
// layouts were checked when the configuration was read.
func generalFields(s *record.Schema) []generalField {
	list := make([]generalField, len(s.Fields))
	for i, f := range s.Fields {
		g := &list[i]
		g.layouts = general.ISOLayouts
		if f.Layouts != "" {
			g.layouts = nil
			for text := range strings.SplitSeq(f.Layouts, "|") {
				l, err := general.ParseLayout(text)
				if err != nil {
					panic("BUG: a layout that was not checked: " + err.Error())
				}
				g.layouts = append(g.layouts, l)
			}
		}
		g.missing = [][]byte{[]byte("null"), []byte("n a")}
		for text := range strings.SplitSeq(f.Missing, "|") {
			g.missing = append(g.missing, general.AppendText(nil, []byte(text)))
		}
	}
	return list
}

// stands reports whether a value stands for none.
func (g *generalField) stands(s *Stage, v []byte) bool {
	s.folded = general.AppendText(s.folded[:0], v)
	for _, m := range g.missing {
		if bytes.Equal(m, s.folded) {
			return true
		}
	}
	return false
}

// cleanGeneral writes a value of a general kind and packs it, or its form for
// comparing into the slot of the batch.
func (s *Stage) cleanGeneral(f record.Field, v []byte, r *record.Records) {
	kind, at := s.packing.Schema.Fields[f].Kind, s.packing.Offset[f]
	out := &r.Clean[s.packing.Schema.ColumnOf[f]]
	g := &s.general[f]
	if (kind == record.KindPhrase || kind == record.KindLatin || len(v) < 16) && g.stands(s, v) {
		v = nil
	}
	switch kind {
	case record.KindDay:
		if d, ok := general.ParseDay(v, g.layouts); ok {
			record.PutDate(s.form.row, at, d)
			if d.Valid() {
				out.Slab = appendDate(out.Slab, d)
			}
		}
	case record.KindQuantity:
		if n, ok := general.ParseNumber(v); ok {
			record.PutQuantity(s.form.row, at, n)
			out.Slab = general.AppendNumber(out.Slab, n)
		}
	default:
		out.Slab = general.AppendTidy(out.Slab, v)
		r.Values.Slab = appendValue(r.Values.Slab, kind, v)
		r.Values.Close()
	}
	out.Close()
}

// appendValue appends the form in which values of a kind are compared.
func appendValue(dst []byte, kind record.Kind, v []byte) []byte {
	switch kind {
	case record.KindLatin:
		return general.AppendName(dst, v)
	case record.KindCode:
		return general.AppendCode(dst, v)
	case record.KindDigits:
		return general.AppendDigits(dst, v)
	case record.KindEmail:
		return general.AppendEmail(dst, v)
	}
	return general.AppendText(dst, v)
}
