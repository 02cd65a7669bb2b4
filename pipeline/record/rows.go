package record

import "github.com/dusach/dusach/normalize/reason"

// FormRows is a batch of accepted forms on their way out, the table "forms" by
// column. Clean[c] is the column Schema.Columns[c], N values each, empty where
// there is no value; the column of the key holds the id as published.
type FormRows struct {
	Schema *Schema
	N      int
	Person Text // person_id
	Clean  []Text
	Raw    RawValues
	Codes  []reason.Set

	written []byte // by a hand, of one value
}

// Reset empties the batch for schema s and keeps its memory.
func (r *FormRows) Reset(s *Schema) {
	if r.Schema != s || len(r.Clean) != len(s.Columns) {
		r.Schema, r.Clean = s, make([]Text, len(s.Columns))
	}
	r.N = 0
	r.Person.Reset()
	for i := range r.Clean {
		r.Clean[i].Reset()
	}
	r.Raw.Reset()
	r.Codes = r.Codes[:0]
}

// RawValues holds, row by row, the fields whose text as received differs from
// the clean column (PartValue or PartText), so that every form can be had back
// as it came: row i has the entries Off[i] to Off[i+1]. Those that Hand[i] makes
// of the clean value are Given: they need not be stored.
type RawValues struct {
	Off   []uint32
	Field []Field
	Value Text
	Given []bool
	Hand  []Hand
}

// Add adds one entry to the row that is being built.
func (r *RawValues) Add(f Field, raw []byte) { r.add(f, raw, false) }

func (r *RawValues) add(f Field, raw []byte, given bool) {
	r.Field = append(r.Field, f)
	r.Value.Append(raw)
	r.Given = append(r.Given, given)
}

// Close ends a row of which every entry is to be stored.
func (r *RawValues) Close() { r.close(0) }

func (r *RawValues) close(h Hand) {
	if len(r.Off) == 0 {
		r.Off = append(r.Off, 0)
	}
	r.Off = append(r.Off, uint32(len(r.Field)))
	r.Hand = append(r.Hand, h)
}

// Row returns the range of entries of row i.
func (r *RawValues) Row(i int) (from, to int) { return int(r.Off[i]), int(r.Off[i+1]) }

// Reset empties r and keeps its memory.
func (r *RawValues) Reset() {
	r.Off, r.Field = r.Off[:0], r.Field[:0]
	r.Given, r.Hand = r.Given[:0], r.Hand[:0]
	r.Value.Reset()
}

// Status of a citizen, as written in the table.
const (
	StatusActive    = "active"
	StatusDead      = "dead"
	StatusEmigrated = "emigrated"
	StatusRenounced = "renounced"
)

// CitizenRows is a batch of golden records, the table "citizens" by column.
// Clean[i] is the column Schema.Columns[Schema.CitizenColumns[i]].
type CitizenRows struct {
	Schema    *Schema
	N         int
	Person    Text
	Province  []uint8 // 34-edition code of the permanent, else current address; 0 unknown
	Clean     []Text
	Forms     []uint32
	FirstSeen Text // ISO dates, empty if no form was dated
	LastSeen  Text
	Status    Text
	Flags     []reason.Set
	Origins   OriginLists
}

// Reset empties the batch for schema s and keeps its memory.
func (r *CitizenRows) Reset(s *Schema) {
	if r.Schema != s || len(r.Clean) != len(s.CitizenColumns) {
		r.Schema, r.Clean = s, make([]Text, len(s.CitizenColumns))
	}
	r.N = 0
	for _, t := range []*Text{&r.Person, &r.FirstSeen, &r.LastSeen, &r.Status} {
		t.Reset()
	}
	for i := range r.Clean {
		r.Clean[i].Reset()
	}
	r.Province, r.Forms, r.Flags = r.Province[:0], r.Forms[:0], r.Flags[:0]
	r.Origins.Reset()
}

// Drop takes back the last citizen.
func (r *CitizenRows) Drop() {
	n := r.N - 1
	for _, t := range []*Text{&r.Person, &r.FirstSeen, &r.LastSeen, &r.Status} {
		t.Truncate(n)
	}
	for i := range r.Clean {
		r.Clean[i].Truncate(n)
	}
	r.Province, r.Forms, r.Flags = r.Province[:n], r.Forms[:n], r.Flags[:n]
	from, _ := r.Origins.Row(n)
	r.Origins.Field = r.Origins.Field[:from]
	r.Origins.Form.Truncate(from)
	r.Origins.Off = r.Origins.Off[:n+1]
	r.N = n
}

// OriginLists says, row by row, from which form the value of a field was taken
// where the forms of the citizen disagreed: row i has the entries Off[i] to
// Off[i+1].
type OriginLists struct {
	Off   []uint32
	Field []Field
	Form  Text // form_id
}

// Add adds one entry to the row that is being built.
func (o *OriginLists) Add(f Field, form []byte) {
	o.Field = append(o.Field, f)
	o.Form.Append(form)
}

// Close ends a row.
func (o *OriginLists) Close() {
	if len(o.Off) == 0 {
		o.Off = append(o.Off, 0)
	}
	o.Off = append(o.Off, uint32(len(o.Field)))
}

// Row returns the range of entries of row i.
func (o *OriginLists) Row(i int) (from, to int) { return int(o.Off[i]), int(o.Off[i+1]) }

// Reset empties o and keeps its memory.
func (o *OriginLists) Reset() {
	o.Off, o.Field = o.Off[:0], o.Field[:0]
	o.Form.Reset()
}

// Verdict on a pair of forms.
type Verdict uint8

// The three verdicts.
const (
	NonMatch Verdict = iota
	Review
	Match
)

func (v Verdict) String() string { return [...]string{"non-match", "review", "match"}[v] }

// LinkRows is a batch of decided pairs, the table "links" by column, ordered
// by (FormA, FormB), FormA < FormB as bytes.
type LinkRows struct {
	N           int
	FormA       Text
	FormB       Text
	Rule        []uint8 // number of the blocking rule, by RuleNames of the run
	Levels      Text    // "full_name=3 birth_date=1 …", null levels left out
	Weight      []float64
	Probability []float64
	Verdict     []Verdict
}

// Reset empties the batch and keeps its memory.
func (l *LinkRows) Reset() {
	l.N = 0
	l.FormA.Reset()
	l.FormB.Reset()
	l.Levels.Reset()
	l.Rule, l.Weight, l.Probability, l.Verdict = l.Rule[:0], l.Weight[:0], l.Probability[:0], l.Verdict[:0]
}

// Outcome says what became of a form that was read.
type Outcome uint8

// Every form read has exactly one outcome.
const (
	Accepted Outcome = iota
	Repeat
	Refused
)

func (o Outcome) String() string { return [...]string{"form", "repeat", "refusal"}[o] }

// OriginRows is a batch of the table "origins": where each form, repeat and
// refusal came from.
type OriginRows struct {
	N        int
	Key      Text // form_id, empty where unreadable
	Source   []uint32
	Position []int64
	Outcome  []Outcome
}

// Add adds one row.
func (o *OriginRows) Add(key []byte, at Origin, outcome Outcome) {
	o.N++
	o.Key.Append(key)
	o.Source = append(o.Source, at.Source)
	o.Position = append(o.Position, at.Position)
	o.Outcome = append(o.Outcome, outcome)
}

// Reset empties the batch and keeps its memory.
func (o *OriginRows) Reset() {
	o.N = 0
	o.Key.Reset()
	o.Source, o.Position, o.Outcome = o.Source[:0], o.Position[:0], o.Outcome[:0]
}

// HistoryRows is a batch of the table "history": person_ids that are no longer
// used, or whose forms changed, since the snapshot before.
type HistoryRows struct {
	N      int
	Person Text // the id as it was
	Became Text // the id that holds its founding form now
	Change Text // "renamed", "joined" or "split"
	Since  Text // snapshot that brought the change, as "000042"
}

// Grouped is a batch of form rows ordered by (person_id, form_id): the forms
// of citizen g are the rows Start[g] to Start[g+1].
type Grouped struct {
	Rows  *FormRows
	Start []uint32
}

// Len returns the number of citizens.
func (g *Grouped) Len() int { return max(0, len(g.Start)-1) }

// Add adds one row.
func (h *HistoryRows) Add(person, became []byte, change, since string) {
	h.N++
	h.Person.Append(person)
	h.Became.Append(became)
	h.Change.AppendString(change)
	h.Since.AppendString(since)
}
