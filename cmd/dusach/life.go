package main

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/dusach/dusach/pipeline/lookup"
	"github.com/dusach/dusach/pipeline/merge"
	"github.com/dusach/dusach/pipeline/record"
)

// lifeEvent is a life event of a citizen: what it set, and until when that stood.
type lifeEvent struct {
	PersonID string     `json:"person_id"`
	FormID   string     `json:"form_id"`
	Event    string     `json:"event"`
	Date     string     `json:"date"`
	Dated    bool       `json:"dated"` // by the event; else by the day of collection
	Sets     []setValue `json:"sets"`

	schema *record.Schema
}

type setValue struct {
	Field string `json:"field"`
	Value string `json:"value"`
	Until string `json:"until,omitempty"`

	field record.Field
}

// lifeOf returns the life events of a citizen, out of the forms.
func lifeOf(s *record.Schema, forms []lookup.Form, m mask) []lifeEvent {
	var rows record.FormRows
	rows.Reset(s)
	for i := range forms {
		for c, v := range forms[i].Values {
			rows.Clean[c].AppendString(v)
		}
		rows.Codes = append(rows.Codes, forms[i].Codes)
		rows.N++
	}
	list := []lifeEvent{}
	for _, e := range merge.Lifeline(&rows) {
		one := lifeEvent{forms[e.Row].Person, forms[e.Row].ID, e.Kind, e.Date, e.Dated, []setValue{}, s}
		for _, set := range e.Sets {
			value := m.value(s.Fields[set.Field].Kind, set.Value)
			one.Sets = append(one.Sets, setValue{s.Fields[set.Field].Name, value, set.Until, set.Field})
		}
		list = append(list, one)
	}
	return list
}

// addLife adds the life events of those who have the forms now.
func (h *personHistory) addLife(ctx context.Context, s *lookup.Store, m mask) error {
	h.Life = []lifeEvent{}
	if h.fresh != nil {
		h.Life = lifeOf(record.FormSchema, h.fresh.Forms, m)
		return nil
	}
	for _, person := range h.Now {
		forms, err := s.Person(ctx, person)
		if err != nil {
			return err
		}
		h.Life = append(h.Life, lifeOf(s.Snapshot().Schema, forms, m)...)
	}
	return nil
}

// eventCaptions are what people call the life events.
var eventCaptions = map[string][2]string{
	"birth": {"sinh", "birth"}, "death": {"chết", "death"}, "move": {"chuyển nơi ở", "move"},
	"id_issued": {"cấp số định danh", "identity number issued"}, "name_change": {"đổi tên", "change of name"}, "correct": {"cải chính", "correction"},
}

// lifeText tells life events to people, one a paragraph.
func lifeText(b *strings.Builder, life []lifeEvent, lang string) {
	word := func(vi, en string) string { return choose([2]string{vi, en}, lang) }
	for i, e := range life {
		if i == 0 {
			b.WriteString("\n" + word("Biến động", "Life events") + "\n")
		}
		date := e.Date
		switch {
		case date == "":
			date = word("không rõ ngày", "undated")
		case !e.Dated:
			date += word(" (ngày thu thập)", " (collected)")
		}
		fmt.Fprintf(b, "  %s  %s  (%s %s)\n", date, choose(eventCaptions[e.Event], lang), word("phiếu", "form"), e.FormID)
		for _, s := range e.Sets {
			fmt.Fprintf(b, "      %s: %s", fieldCaption(e.schema, s.field, lang), cmp.Or(s.Value, "–"))
			if s.Until != "" {
				b.WriteString(word(", đến ", ", until ") + s.Until)
			}
			b.WriteByte('\n')
		}
	}
}
