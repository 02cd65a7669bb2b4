package snapshot

import (
	"fmt"
	"slices"
	"strings"

	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/snapshot/columnar"
)

// The tables of a snapshot, by the name of their folder.
const (
	TableCitizens   = "citizens"
	TableForms      = "forms"
	TableLinks      = "links"
	TableSplits     = "splits"
	TableOrigins    = "origins"
	TableQuarantine = "quarantine"
	TableHistory    = "history"
)

// Tables lists the tables of a snapshot in the order in which they are shown.
var Tables = []string{TableCitizens, TableForms, TableLinks, TableSplits, TableOrigins, TableQuarantine, TableHistory}

// storage says what the values of a column are and how they lie in the file.
type storage uint8

const (
	codedText  storage = iota // text of which values repeat: numbers in a dictionary
	codedEnds                 // such text of which the ends repeat most: addresses
	codedSigns                // such text of digits and signs: numbers of books
	plainText                 // text that hardly repeats: ids
	inOrder                   // text that mostly begins as the value before does
	binary                    // bytes that need not be text
	number32
	number64 // grows from row to row
	real64
	textList // list<string>
	pairList // list<struct<field, X>>
)

// A columnDef is one column of a table file.
type columnDef struct {
	name     string
	storage  storage
	optional bool   // empty text is written as null
	pair     string // pairList: the name of the second member
}

// A layout is the table file of a table: its columns in the order of the file
// and the columns by which rows are ordered.
type layout struct {
	table   string
	columns []columnDef
	order   []string
}

// The names that a record type may not give to its own columns.
var (
	formsOwn    = []string{"form_id", "person_id", "raw_values", "reason_codes", "written_as"}
	citizensOwn = []string{"person_id", "forms", "first_seen", "last_seen", "status", "flags", "origins", "province"}
)

// CheckSchema reports whether records of type s can be stored: a column of
// theirs must not carry the name of a column that every store has.
func CheckSchema(s *record.Schema) error {
	for i, c := range s.Columns {
		if c.Field == s.Key {
			continue
		}
		own := slices.Contains(formsOwn, c.Name) || slices.Contains(s.CitizenColumns, i) && slices.Contains(citizensOwn, c.Name)
		if own {
			return fmt.Errorf("record type %q: the field name %q is used by the store itself: give the field another name", s.Name, c.Name)
		}
		if strings.ContainsAny(c.Name, ",. \t\n") {
			return fmt.Errorf("record type %q: the field name %q holds a character that a column name cannot have", s.Name, c.Name)
		}
	}
	return nil
}

// cleanColumn lays out column c of schema s. Numbers of persons, cards and
// telephones hardly repeat; nearly all other values do within a row group.
func cleanColumn(s *record.Schema, c record.Column) columnDef {
	d := columnDef{name: c.Name, storage: codedText, optional: true}
	switch s.Fields[c.Field].Kind {
	case record.KindCCCD, record.KindCMND, record.KindPhone:
		d.storage = plainText
	case record.KindNumber:
		d.storage = codedSigns
	}
	if c.Part == record.PartText {
		d.storage = codedEnds
	}
	return d
}

func formsLayout(s *record.Schema) layout {
	l := layout{table: TableForms, order: []string{"person_id", "form_id"}}
	l.columns = append(l.columns, columnDef{name: "form_id", storage: plainText}, columnDef{name: "person_id", storage: inOrder})
	for _, c := range s.Columns {
		if c.Field != s.Key {
			l.columns = append(l.columns, cleanColumn(s, c))
		}
	}
	l.columns = append(l.columns,
		columnDef{name: "raw_values", storage: pairList, pair: "value"},
		columnDef{name: "reason_codes", storage: textList},
		columnDef{name: "written_as", storage: codedText, optional: true})
	return l
}

func citizensLayout(s *record.Schema) layout {
	l := layout{table: TableCitizens, order: []string{"person_id"}}
	l.columns = append(l.columns, columnDef{name: "person_id", storage: inOrder})
	for _, i := range s.CitizenColumns {
		l.columns = append(l.columns, cleanColumn(s, s.Columns[i]))
	}
	l.columns = append(l.columns,
		columnDef{name: "forms", storage: number32},
		columnDef{name: "first_seen", storage: codedText, optional: true},
		columnDef{name: "last_seen", storage: codedText, optional: true},
		columnDef{name: "status", storage: codedText, optional: true},
		columnDef{name: "flags", storage: textList},
		columnDef{name: "origins", storage: pairList, pair: "form_id"})
	return l
}

var linksLayout = layout{
	table: TableLinks,
	columns: []columnDef{
		{name: "form_a", storage: inOrder}, {name: "form_b", storage: plainText},
		{name: "rule", storage: codedText},
		{name: "levels", storage: codedText, optional: true},
		{name: "match_weight", storage: real64},
		{name: "match_probability", storage: real64},
		{name: "verdict", storage: codedText},
	},
	order: []string{"form_a", "form_b"},
}

var splitsLayout = layout{
	table: TableSplits,
	columns: []columnDef{
		{name: "form_a", storage: inOrder}, {name: "form_b", storage: plainText},
		{name: "reason", storage: codedText},
		{name: "constraint", storage: codedText},
		{name: "by_form_a", storage: plainText, optional: true}, {name: "by_form_b", storage: plainText, optional: true},
		{name: "average_weight", storage: real64},
	},
	order: []string{"form_a", "form_b"},
}

var originsLayout = layout{
	table: TableOrigins,
	columns: []columnDef{
		{name: "form_id", storage: inOrder, optional: true},
		{name: "source", storage: codedText},
		{name: "position", storage: number64},
		{name: "outcome", storage: codedText},
	},
}

var quarantineLayout = layout{
	table: TableQuarantine,
	columns: []columnDef{
		{name: "form_id", storage: plainText, optional: true},
		{name: "office_code", storage: codedText, optional: true},
		{name: "raw", storage: binary},
		{name: "reason_codes", storage: textList},
		{name: "source", storage: codedText},
		{name: "position", storage: number64},
	},
}

var historyLayout = layout{
	table: TableHistory,
	columns: []columnDef{
		{name: "person_id", storage: inOrder},
		{name: "became", storage: plainText, optional: true},
		{name: "change", storage: codedText},
		{name: "since", storage: codedText},
	},
}

// defs returns the columns as the writer of files wants them.
func (l layout) defs() []columnar.Def {
	defs := make([]columnar.Def, len(l.columns))
	for i, c := range l.columns {
		d := columnar.Def{Name: c.name, Optional: c.optional, Members: [2]string{"field", c.pair}}
		switch c.storage {
		case codedText:
			d.Kind, d.Coding, d.Dense = columnar.Text, columnar.Coded, true
		case codedEnds:
			d.Kind, d.Coding, d.Dense = columnar.Text, columnar.CodedByEnd, true
		case codedSigns:
			d.Kind, d.Coding = columnar.Text, columnar.CodedByEnd
		case plainText:
			d.Kind, d.Coding = columnar.Text, columnar.Lengths
		case inOrder:
			d.Kind, d.Coding = columnar.Text, columnar.Prefixes
		case binary:
			d.Kind, d.Coding = columnar.Bytes, columnar.Lengths
		case number32:
			d.Kind = columnar.Int32
		case number64:
			d.Kind, d.Coding = columnar.Int64, columnar.Deltas
		case real64:
			d.Kind = columnar.Double
		case textList:
			d.Kind, d.Coding = columnar.TextList, columnar.Coded
		case pairList:
			d.Kind, d.Coding, d.Dense = columnar.PairList, columnar.Coded, true
		}
		defs[i] = d
	}
	return defs
}
