package merge

import (
	"bytes"

	"github.com/dusach/dusach/normalize/units"
	"github.com/dusach/dusach/pipeline/record"
)

// copyColumns writes the clean columns of out: of citizens with one form as
// they stand, whole runs at a time, of the others what was picked.
func (s *Stage) copyColumns(in *record.Grouped, out *record.CitizenRows) {
	for i := range s.plan.fields {
		p := &s.plan.fields[i]
		for part := range p.parts {
			dst := &out.Clean[p.out+part]
			isNewCode := part == newCode
			g := 0
			for m, many := range s.multi {
				s.copyRun(in, p.column+part, g, int(many), isNewCode, dst)
				if c := s.picks[m*len(s.plan.fields)+i]; c.row >= 0 {
					appendValue(in.Rows, int(c.column)+part, int(c.row), isNewCode, dst)
				} else {
					dst.Close()
				}
				g = int(many) + 1
			}
			s.copyRun(in, p.column+part, g, in.Len(), isNewCode, dst)
		}
	}
}

// copyRun copies a column of the citizens from g up to end, of one form each.
func (s *Stage) copyRun(in *record.Grouped, column, g, end int, isNewCode bool, dst *record.Text) {
	if g == end {
		return
	}
	from, to := int(in.Start[g]), int(in.Start[end])
	if !isNewCode {
		appendRange(dst, &in.Rows.Clean[column], from, to)
		return
	}
	for row := from; row < to; row++ {
		appendValue(in.Rows, column, row, true, dst)
	}
}

// appendRange adds the values from up to to of src to dst.
func appendRange(dst, src *record.Text, from, to int) {
	if len(dst.Off) == 0 {
		dst.Off = append(dst.Off, 0)
	}
	shift := uint32(len(dst.Slab)) - src.Off[from]
	dst.Slab = append(dst.Slab, src.Slab[src.Off[from]:src.Off[to]]...)
	for _, off := range src.Off[from+1 : to+1] {
		dst.Off = append(dst.Off, off+shift)
	}
}

// appendValue adds one value to dst. A new commune code that is missing though
// the former commune is known is taken from the candidates if only one is left;
// a candidate without a former commune is no more than a guess.
func appendValue(rows *record.FormRows, column, row int, isNewCode bool, dst *record.Text) {
	v := rows.Clean[column].At(row)
	if isNewCode && len(v) == 0 && len(rows.Clean[column+oldCode-newCode].At(row)) > 0 {
		if only := rows.Clean[column+newCandidates-newCode].At(row); bytes.IndexByte(only, ' ') < 0 {
			v = only
		}
	}
	dst.Append(v)
}

// placeInProvinces gives every citizen the province of the first residence of
// the schema that tells one: the permanent, else the current address.
func (s *Stage) placeInProvinces(out *record.CitizenRows) {
	for g := range out.N {
		province := uint8(0)
		for _, i := range s.plan.homes {
			if province = s.provinceAt(out, &s.plan.fields[i], g); province != 0 {
				break
			}
		}
		out.Province = append(out.Province, province)
	}
}

// provinceAt returns the province of one residence. An address of which no
// commune is known may still name its province.
func (s *Stage) provinceAt(out *record.CitizenRows, p *fieldPlan, g int) uint8 {
	to, was := out.Clean[p.out+newCode].At(g), out.Clean[p.out+oldCode].At(g)
	if len(to)+len(was) > 0 {
		return s.cfg.ProvinceOf(to, was)
	}
	text := out.Clean[p.out].At(g)
	if len(text) == 0 {
		return 0
	}
	s.parser.Parse(text, &s.address)
	return s.address.Key.ProvinceNew
}

// provinceOf looks up the tables of units.
func provinceOf(newCode, oldCode []byte) uint8 {
	if n := units.NewByCode(string(newCode)); n != 0 {
		return n.Province()
	}
	if o := units.OldOf(string(oldCode)); o != 0 {
		return units.ProvinceNewOf(o.Province())
	}
	return 0
}
