package snapshot

import (
	"fmt"
	"slices"
	"strings"

	"github.com/dusach/dusach/pipeline/record"
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"
)

// The tables of a snapshot, by the name of their folder.
const (
	TableCitizens   = "citizens"
	TableForms      = "forms"
	TableLinks      = "links"
	TableOrigins    = "origins"
	TableQuarantine = "quarantine"
	TableHistory    = "history"
)

// Tables lists the tables of a snapshot in the order in which they are shown.
var Tables = []string{TableCitizens, TableForms, TableLinks, TableOrigins, TableQuarantine, TableHistory}

// storage says how the values of a column lie in the file.
type storage uint8

const (
	plainText storage = iota // values that hardly repeat
	codedText                // values that repeat: a dictionary per row group
	binary                   // bytes that need not be text
	number32
	number64
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
	formsOwn    = []string{"form_id", "person_id", "raw_values", "reason_codes"}
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

// cleanColumn lays out column c of schema s. A dictionary pays where few
// values repeat often: codes, closed lists and dates.
func cleanColumn(s *record.Schema, c record.Column) columnDef {
	d := columnDef{name: c.Name, storage: plainText, optional: true}
	if c.Part != record.PartValue {
		if c.Part != record.PartText {
			d.storage = codedText
		}
		return d
	}
	f := s.Fields[c.Field]
	switch f.Kind {
	case record.KindDate, record.KindCollected, record.KindGender, record.KindEthnicity, record.KindReligion,
		record.KindNationality, record.KindMarital, record.KindBlood, record.KindRelation, record.KindEvent:
		d.storage = codedText
	case record.KindText:
		// Text of the sheet names types and offices; a remark does not repeat.
		if f.Sheet && f.Name != "note" {
			d.storage = codedText
		}
	}
	return d
}

func formsLayout(s *record.Schema) layout {
	l := layout{table: TableForms, order: []string{"person_id", "form_id"}}
	l.columns = append(l.columns, columnDef{name: "form_id"}, columnDef{name: "person_id"})
	for _, c := range s.Columns {
		if c.Field != s.Key {
			l.columns = append(l.columns, cleanColumn(s, c))
		}
	}
	l.columns = append(l.columns,
		columnDef{name: "raw_values", storage: pairList, pair: "value"},
		columnDef{name: "reason_codes", storage: textList})
	return l
}

func citizensLayout(s *record.Schema) layout {
	l := layout{table: TableCitizens, order: []string{"person_id"}}
	l.columns = append(l.columns, columnDef{name: "person_id"})
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
		{name: "form_a"}, {name: "form_b"},
		{name: "rule", storage: codedText},
		{name: "levels", storage: codedText, optional: true},
		{name: "match_weight", storage: real64},
		{name: "match_probability", storage: real64},
		{name: "verdict", storage: codedText},
	},
	order: []string{"form_a", "form_b"},
}

var originsLayout = layout{
	table: TableOrigins,
	columns: []columnDef{
		{name: "form_id", optional: true},
		{name: "source", storage: codedText},
		{name: "position", storage: number64},
		{name: "outcome", storage: codedText},
	},
}

var quarantineLayout = layout{
	table: TableQuarantine,
	columns: []columnDef{
		{name: "form_id", optional: true},
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
		{name: "person_id"},
		{name: "became", optional: true},
		{name: "change", storage: codedText},
		{name: "since", storage: codedText},
	},
}

// compression of every column: half the bytes of Snappy for a fifth more time.
var compression = &zstd.Codec{Level: zstd.SpeedFastest, Concurrency: 1}

// node returns the Parquet node of the column.
func (d columnDef) node() parquet.Node {
	coded := func() parquet.Node { return parquet.Encoded(parquet.String(), &parquet.RLEDictionary) }
	var n parquet.Node
	switch d.storage {
	case plainText:
		n = parquet.Encoded(parquet.String(), &parquet.Plain)
	case codedText:
		n = coded()
	case binary:
		n = parquet.Encoded(parquet.Leaf(parquet.ByteArrayType), &parquet.Plain)
	case number32:
		n = parquet.Encoded(parquet.Int(32), &parquet.Plain)
	case number64:
		n = parquet.Encoded(parquet.Int(64), &parquet.Plain)
	case real64:
		n = parquet.Encoded(parquet.Leaf(parquet.DoubleType), &parquet.Plain)
	case textList:
		n = parquet.List(coded())
	case pairList:
		n = parquet.List(ordered([]string{"field", d.pair}, parquet.Group{
			"field": coded(),
			d.pair:  parquet.Encoded(parquet.String(), &parquet.Plain),
		}))
	}
	if d.optional {
		n = parquet.Optional(n)
	}
	return n
}

// orderedGroup is a group whose fields stand in the order that we choose:
// those of a parquet.Group stand in the order of their names.
type orderedGroup struct {
	parquet.Group
	fields []parquet.Field
}

func (g *orderedGroup) Fields() []parquet.Field { return g.fields }

func ordered(names []string, g parquet.Group) parquet.Node {
	byName := g.Fields()
	out := &orderedGroup{Group: g}
	for _, name := range names {
		i := slices.IndexFunc(byName, func(f parquet.Field) bool { return f.Name() == name })
		out.fields = append(out.fields, byName[i])
	}
	return out
}

// schema returns the Parquet schema of the table.
func (l layout) schema() *parquet.Schema {
	group, names := parquet.Group{}, make([]string, len(l.columns))
	for i, c := range l.columns {
		group[c.name], names[i] = c.node(), c.name
	}
	return parquet.NewSchema(l.table, ordered(names, group))
}
