package merge

import (
	"github.com/dusach/dusach/pipeline/record"
)

// A LifeEvent is an event that a form of a citizen reports.
type LifeEvent struct {
	Row   int    // of the form
	Kind  string // as in the column event
	Date  string // ISO, may be partial; "" where neither the event nor the form is dated
	Dated bool   // Date is that of the event, not of the collection of the form
	Sets  []SetField
}

// A SetField is a field that an event set.
type SetField struct {
	Field record.Field
	Value string // clean; of an address, its text
	// Until is the day of the event that set the field anew, "" while none did:
	// what plain forms said since is not looked at.
	Until string
}

// Lifeline returns the life events of the citizen whose forms are rows, in the
// order in which golden records are made of them: by (date, collection, form_id).
func Lifeline(rows *record.FormRows) []LifeEvent {
	p := newPlan(rows.Schema)
	var f forms
	f.load(&p, rows, 0, rows.N, nil)
	events := make([]LifeEvent, 0, len(f.events))
	last := map[record.Field]*SetField{}
	for _, i := range f.events {
		e := LifeEvent{Row: int(i), Kind: string(f.value(int(i), p.event)), Date: string(f.value(int(i), p.eventDate)), Dated: true}
		if e.Date == "" {
			e.Date, e.Dated = string(f.value(int(i), p.collected)), false
		}
		for k := range p.fields {
			if q := &p.fields[k]; q.setters[f.form[i].event] && f.sets(int(i), q) {
				// A move sets a current address that it does not name: to none.
				e.Sets = append(e.Sets, SetField{Field: q.field, Value: string(f.value(int(i), q.column))})
			}
		}
		for k := range e.Sets {
			if before := last[e.Sets[k].Field]; before != nil {
				before.Until = e.Date
			}
			last[e.Sets[k].Field] = &e.Sets[k]
		}
		events = append(events, e)
	}
	return events
}
