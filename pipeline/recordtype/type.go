package recordtype

import "github.com/dusach/dusach/pipeline/record"

// A Place is a place in a file, counted from 1.
type Place struct{ Line, Column int }

// A Type is what a file says of a record type.
type Type struct {
	File        string
	Record      string // name of the type
	Extends     string // "form", or "" for a type of its own
	Fields      []Field
	Comparisons []Comparison
	Blocking    []Rule
	AddBlocking bool // the rules are added to those that are extended
	Match       Threshold
	Review      Threshold
	Model       string // "learn", a file, or "" where nothing is said
	ModelPlace  Place
}

// A Field is one field of the type, in the order of the file.
type Field struct {
	Name    string
	Kind    string
	Headers []string // what sources call it
	Formats []string // layouts of a date
	Missing []string // what stands for no value
	Sheet   bool     // tells of the form and not of the person
	Place   Place
}

// A Comparison is how one or more fields are judged.
type Comparison struct {
	Name          string
	VI, EN        string
	Library       bool // the comparison of the library with this name
	Fields        []string
	Any           bool
	TermFrequency bool
	Shared        bool
	Levels        []Level
	Place         Place
}

// A Level is one degree of agreement, the highest first.
type Level struct {
	When, Name, VI, EN string
	Place              Place
}

// A Rule is a blocking rule.
type Rule struct {
	Text  string
	Place Place
}

// A Threshold is a probability, 0 where nothing is said.
type Threshold struct {
	Probability float64
	Place       Place
}

// A kind of field as files call it.
type kindName struct {
	name string
	kind record.Kind
}

// kinds are the names of kinds. Where two names mean one kind, the first is the
// one that is written.
var kinds = []kindName{
	{"key", record.KindKey}, {"note", record.KindText}, {"text", record.KindPhrase}, {"name", record.KindLatin},
	{"code", record.KindCode}, {"phone", record.KindDigits}, {"email", record.KindEmail}, {"date", record.KindDay},
	{"number", record.KindQuantity}, {"category", record.KindPhrase}, {"postcode", record.KindCode},
	{"collected", record.KindCollected},
	{"vn_name", record.KindName}, {"vn_date", record.KindDate}, {"vn_gender", record.KindGender},
	{"vn_ethnicity", record.KindEthnicity}, {"vn_religion", record.KindReligion}, {"vn_nationality", record.KindNationality},
	{"vn_marital", record.KindMarital}, {"vn_blood", record.KindBlood}, {"vn_relation", record.KindRelation},
	{"cccd", record.KindCCCD}, {"cmnd", record.KindCMND}, {"vn_phone", record.KindPhone}, {"vn_number", record.KindNumber},
	{"vn_address", record.KindResidence}, {"vn_place", record.KindOrigin}, {"vn_event", record.KindEvent},
}

// ParseKind returns the kind of a name.
func ParseKind(name string) (record.Kind, bool) {
	for _, k := range kinds {
		if k.name == name {
			return k.kind, true
		}
	}
	return 0, false
}

// KindName returns the name of a kind.
func KindName(kind record.Kind) string {
	for _, k := range kinds {
		if k.kind == kind {
			return k.name
		}
	}
	panic("BUG: a kind without a name")
}

// KindNames returns the names of all kinds.
func KindNames() (names []string) {
	for _, k := range kinds {
		names = append(names, k.name)
	}
	return names
}
