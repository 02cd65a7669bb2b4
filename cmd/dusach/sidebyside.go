package main

import (
	"strconv"
	"strings"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/lookup"
	"github.com/dusach/dusach/pipeline/record"
)

// formsAbreast is how many forms stand next to each other, and valueWidth how
// wide a column of values is at most: with the golden record a table is no
// wider than 120 characters.
const (
	formsAbreast = 2
	valueWidth   = 31
)

// sideBySide shows forms as columns, and before them the golden record if there
// is one. Lines in which forms differ are marked.
func sideBySide(b *strings.Builder, s *record.Schema, c *lookup.Citizen, forms []lookup.Form, m mask, lang string) {
	for from := 0; from < len(forms); from += formsAbreast {
		to := min(from+formsAbreast, len(forms))
		g := grid{limit: valueWidth}
		head := []string{"", ""}
		if c != nil {
			head = append(head, choose([2]string{"BẢN GHI CHUẨN", "GOLDEN RECORD"}, lang))
		}
		for i, f := range forms[from:to] {
			head = append(head, formNumber(from+i)+" "+f.ID)
		}
		g.add(head...)
		for f := range s.Fields {
			if record.Field(f) != s.Key {
				addField(&g, s, record.Field(f), c, forms, from, to, m, lang)
			}
		}
		g.write(b)
		if to < len(forms) {
			b.WriteByte('\n')
		}
	}
}

// addField adds a line for a field that has any value.
func addField(g *grid, s *record.Schema, f record.Field, c *lookup.Citizen, forms []lookup.Form, from, to int, m mask, lang string) {
	kind := s.Fields[f].Kind
	mark, any, seen := "", false, ""
	for i := range forms {
		v := shortValue(s, f, forms[i].Values)
		if v != "" && seen != "" && v != seen && !s.Fields[f].Sheet {
			mark = "≠"
		}
		if v != "" {
			any, seen = true, v
		}
	}
	if !any {
		return
	}
	line := []string{mark, fieldCaption(s, f, lang)}
	if c != nil {
		line = append(line, goldenValue(s, f, c, forms, m))
	}
	for i := from; i < to; i++ {
		line = append(line, m.value(kind, shortValue(s, f, forms[i].Values)))
	}
	g.add(line...)
}

// goldenValue is the value of the golden record, and the number of the form
// that it was taken from where forms disagreed.
func goldenValue(s *record.Schema, f record.Field, c *lookup.Citizen, forms []lookup.Form, m mask) string {
	at := citizenColumn(s, f)
	if at < 0 {
		return ""
	}
	values := make([]string, s.ColumnOf[f]+4)
	copy(values[s.ColumnOf[f]:], c.Values[at:])
	v := m.value(s.Fields[f].Kind, shortValue(s, f, values))
	if origin, ok := c.Origins[f]; ok && v != "" {
		for i := range forms {
			if forms[i].ID == origin {
				v += " ← " + formNumber(i)
			}
		}
	}
	return v
}

// formNumber names a form of a table by its place: (1), (2) …
func formNumber(i int) string { return "(" + strconv.Itoa(i+1) + ")" }

// formCodes lists what was found in each form, and below what the codes mean.
func formCodes(b *strings.Builder, forms []lookup.Form, lang string) {
	var all reason.Set
	g := grid{}
	for i := range forms {
		if forms[i].Codes.Empty() {
			continue
		}
		all = all.Union(forms[i].Codes)
		g.add(formNumber(i), strings.Join(forms[i].Codes.AppendStrings(nil), " "))
	}
	if all.Empty() {
		return
	}
	b.WriteString("\n" + choose([2]string{"Phát hiện trong phiếu", "Found in the forms"}, lang) + "\n")
	g.write(b)
	meaning := grid{}
	for c := range all.All() {
		meaning.add(c.String(), c.Caption(lang))
	}
	b.WriteByte('\n')
	meaning.write(b)
}
