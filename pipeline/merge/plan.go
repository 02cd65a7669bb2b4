package merge

import (
	"slices"
	"strings"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// A plan is what merging needs to know of a schema, worked out once.
type plan struct {
	schema *record.Schema
	fields []fieldPlan
	order  []int // of election: number and home before what hangs on them

	// The codes of a citizen that speak of no one field: any form brings them.
	unbound reason.Set

	// Columns of the form itself, -1 where there are none.
	key, collected, event, eventDate, formType, office int
	// Columns and indices into fields, -1 where there are none.
	numberColumn, birthColumn, sexColumn      int
	name, otherName, number, birth, sex, home int
	oldNumber, headID                         int
	homes                                     []int // residences; the first is home
}

// A fieldPlan is one field of a citizen.
type fieldPlan struct {
	field   record.Field
	kind    record.Kind
	column  int // the first column in FormRows.Clean
	out     int // the first column in CitizenRows.Clean
	parts   int
	rule    *rule
	codes   reason.Set // the reason codes that speak of this field
	setters [numEvents]bool
	// The value goes with the first residence: it ends when that is left.
	withHome bool
}

func newPlan(s *record.Schema) plan {
	p := plan{schema: s}
	for out, c := range s.CitizenColumns {
		col := s.Columns[c]
		if n := len(p.fields); n > 0 && p.fields[n-1].field == col.Field {
			p.fields[n-1].parts++
			continue
		}
		kind := s.Fields[col.Field].Kind
		p.fields = append(p.fields, fieldPlan{field: col.Field, kind: kind, column: c, out: out, parts: 1,
			rule: ruleOf(s, col.Field), codes: codesOf(s, col.Field), setters: settersOf(s, col.Field),
			withHome: kind == record.KindResidence && col.Field != s.Residence || strings.Contains(household, " "+s.Fields[col.Field].Name+" ")})
	}
	p.unbound = personCodes
	for _, c := range statusCodes {
		p.unbound.Remove(c)
	}
	for i := range p.fields {
		for c := range p.fields[i].codes.All() {
			p.unbound.Remove(c)
		}
	}
	column := func(f record.Field) int {
		if f == record.None {
			return -1
		}
		return s.ColumnOf[f]
	}
	p.key, p.collected = column(s.Key), column(s.Collected)
	p.event = column(eventField(s))
	p.eventDate = column(s.ByName("event_date"))
	p.formType, p.office = column(s.ByName("form_type")), column(s.ByName("office_code"))
	p.numberColumn, p.birthColumn, p.sexColumn = column(s.Number), column(s.Birth), column(s.Sex)
	index := func(f record.Field) int {
		return slices.IndexFunc(p.fields, func(q fieldPlan) bool { return f != record.None && q.field == f })
	}
	p.name, p.otherName = index(s.Name1), index(s.ByName("other_name"))
	p.number, p.birth, p.sex, p.home = index(s.Number), index(s.Birth), index(s.Sex), index(s.Residence)
	p.oldNumber, p.headID = index(s.OldNumber), index(s.ByName("head_id"))
	for _, i := range []int{p.number, p.home} {
		if i >= 0 {
			p.order = append(p.order, i)
		}
	}
	for i := range p.fields {
		if p.fields[i].kind == record.KindResidence {
			p.homes = append(p.homes, i)
		}
		if i != p.number && i != p.home {
			p.order = append(p.order, i)
		}
	}
	return p
}

// household are the fields that tell of the household at the first residence.
const household = " household_no relation_to_head head_name head_id "

// eventField returns the first field that names a life event.
func eventField(s *record.Schema) record.Field {
	for i, f := range s.Fields {
		if f.Kind == record.KindEvent {
			return record.Field(i)
		}
	}
	return record.None
}
