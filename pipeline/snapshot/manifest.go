package snapshot

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/dusach/dusach/pipeline/record"
)

// SchemaVersion is the version of the store's layout that this package writes.
// A reader refuses a greater one.
const SchemaVersion = 2

// A Manifest says what a snapshot holds. Its bytes are a function of the data:
// it names no clock and no machine.
type Manifest struct {
	SchemaVersion int    `json:"schema_version"`
	Snapshot      string `json:"snapshot"`           // as "000042"
	Previous      string `json:"previous,omitempty"` // the snapshot that this one goes on from
	CreatedBy     string `json:"created_by"`
	// Superseded is the snapshot that took the place of this one when forms were
	// erased that it held: its files are gone.
	Superseded string `json:"superseded,omitempty"`
	// AsOf is the date against which the scorecard was reckoned (ISO).
	AsOf   string     `json:"as_of,omitempty"`
	Record RecordType `json:"record"`
	Inputs []Input    `json:"inputs"`
	Epoch  Epoch      `json:"epoch"`
	Counts Counts     `json:"counts"`
	Rules  []string   `json:"rules,omitempty"` // names of the blocking rules, in their order
	// Reviews are the decisions of people that the snapshot follows; nil: none.
	Reviews *Reviews `json:"reviews,omitempty"`
	Files   []File   `json:"files"` // ordered by path; the manifest itself is not among them
}

// An Input is where forms came from: a file (Name, Bytes, SHA256) or a stretch
// of a partition (Topic, Partition, NextOffset).
type Input struct {
	Name       string `json:"name,omitempty"`
	Bytes      int64  `json:"bytes,omitempty"`
	SHA256     string `json:"sha256,omitempty"`
	Topic      string `json:"topic,omitempty"`
	Partition  int    `json:"partition,omitempty"`
	NextOffset int64  `json:"next_offset,omitempty"`
}

// Reviews says how far the ledger of decisions had come.
type Reviews struct {
	Decisions int    `json:"decisions"`
	Hash      string `json:"hash"` // of the last of them, which stands for all
}

// An Epoch is everything that decides what is made of a form besides the form:
// snapshots of one epoch can be compared.
type Epoch struct {
	Normalize    string  `json:"normalize"`  // version of the normalize library
	ModelHash    string  `json:"model_hash"` // SHA-256 of the model file
	RulesHash    string  `json:"rules_hash"` // SHA-256 of the blocking rules
	ReviewWeight float64 `json:"review_weight"`
	MatchWeight  float64 `json:"match_weight"`
	LinkFloor    float64 `json:"link_floor"`
	SizeClass    string  `json:"size_class"` // "province" or "nation"
}

// Counts are the sums that conservation is proved on, over the whole life of
// the store: FormsIn = Forms + Quarantine + Repeats + Forgotten.
type Counts struct {
	FormsIn    int64 `json:"forms_in"`
	Forms      int64 `json:"forms"`
	Quarantine int64 `json:"quarantine"`
	Repeats    int64 `json:"repeats"`
	Forgotten  int64 `json:"forgotten"`
	Citizens   int64 `json:"citizens"`
	Links      int64 `json:"links"`
	Splits     int64 `json:"splits"`
	History    int64 `json:"history"`
}

// A File is one file of a snapshot, by its path in the snapshot's folder with
// forward slashes. Rows and Table are those of a table's part.
type File struct {
	Path   string `json:"path"`
	Table  string `json:"table,omitempty"`
	Rows   int64  `json:"rows,omitempty"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// A RecordType is the record type of a store, so that a reader needs no
// configuration.
type RecordType struct {
	Name   string      `json:"name"`
	Fields []FieldType `json:"fields"`
}

// A FieldType is one field of a record type.
type FieldType struct {
	Name  string `json:"name"`
	Kind  string `json:"kind"` // as in kindNames
	Sheet bool   `json:"sheet,omitempty"`
	// What a configuration said of the field: see record.FieldDef.
	Layouts string `json:"layouts,omitempty"`
	Missing string `json:"missing,omitempty"`
	Headers string `json:"headers,omitempty"`
}

// kindNames are the names of kinds in a manifest. They outlive the numbers.
var kindNames = [record.NumKinds]string{
	record.KindText: "text", record.KindKey: "key", record.KindName: "name", record.KindDate: "date",
	record.KindCollected: "collected", record.KindGender: "gender", record.KindEthnicity: "ethnicity",
	record.KindReligion: "religion", record.KindNationality: "nationality", record.KindMarital: "marital",
	record.KindBlood: "blood", record.KindRelation: "relation", record.KindCCCD: "cccd", record.KindCMND: "cmnd",
	record.KindPhone: "phone", record.KindNumber: "number", record.KindResidence: "residence",
	record.KindOrigin: "origin", record.KindEvent: "event",
	record.KindPhrase: "phrase", record.KindLatin: "latin", record.KindCode: "code", record.KindDigits: "digits",
	record.KindEmail: "email", record.KindDay: "day", record.KindQuantity: "quantity",
}

func recordType(s *record.Schema) RecordType {
	r := RecordType{Name: s.Name}
	for _, f := range s.Fields {
		r.Fields = append(r.Fields, FieldType{f.Name, kindNames[f.Kind], f.Sheet, f.Layouts, f.Missing, f.Headers})
	}
	return r
}

// schema returns the schema of the record type; the collection form is
// record.FormSchema itself.
func (r RecordType) schema() (*record.Schema, error) {
	fields := make([]record.FieldDef, len(r.Fields))
	for i, f := range r.Fields {
		kind := slices.Index(kindNames[:], f.Kind)
		if kind < 0 {
			return nil, fmt.Errorf("field %q is of kind %q, which this version does not know: use a newer dusach", f.Name, f.Kind)
		}
		fields[i] = record.FieldDef{Name: f.Name, Kind: record.Kind(kind), Sheet: f.Sheet, Layouts: f.Layouts, Missing: f.Missing, Headers: f.Headers}
	}
	if r.Name == record.FormSchema.Name && slices.Equal(fields, record.FormSchema.Fields) {
		return record.FormSchema, nil
	}
	return record.NewSchema(r.Name, fields)
}

// check reports what a manifest says that contradicts itself.
func (m *Manifest) check() error {
	c := m.Counts
	if c.FormsIn != c.Forms+c.Quarantine+c.Repeats+c.Forgotten {
		return fmt.Errorf("forms are not conserved: %d in, but %d forms + %d quarantine + %d repeats + %d forgotten",
			c.FormsIn, c.Forms, c.Quarantine, c.Repeats, c.Forgotten)
	}
	rows := map[string]int64{}
	for _, f := range m.Files {
		rows[f.Table] += f.Rows
	}
	for _, t := range []struct {
		table string
		count int64
	}{
		{TableForms, c.Forms}, {TableCitizens, c.Citizens}, {TableLinks, c.Links}, {TableSplits, c.Splits},
		{TableQuarantine, c.Quarantine}, {TableHistory, c.History}, {TableOrigins, c.FormsIn - c.Forgotten},
	} {
		if rows[t.table] != t.count {
			return fmt.Errorf("table %s holds %d rows, but the counts say %d", t.table, rows[t.table], t.count)
		}
	}
	return nil
}

// encode returns the bytes of manifest.json.
func (m *Manifest) encode() ([]byte, error) {
	slices.SortFunc(m.Files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	if m.Inputs == nil {
		m.Inputs = []Input{}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(m)
	return b.Bytes(), err
}
