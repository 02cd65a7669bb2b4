package record

import "fmt"

// FieldDef describes one field of a record type.
type FieldDef struct {
	Name string
	Kind Kind
	// Sheet is set where the field tells of the form and not of the person:
	// citizens have no such column.
	Sheet bool
	// Layouts, Missing and Headers are lists parted by "|": how dates of
	// KindDay are written ("YYYYMMDD"), what stands for no value, and what
	// sources call the field beside its name.
	Layouts, Missing, Headers string
}

// Part says which part of a field a clean column holds.
type Part uint8

// A plain field has one column, PartValue; an address has four.
const (
	PartValue         Part = iota
	PartText               // the address as cleaned text
	PartOldCode            // commune code to 2025-06-30
	PartNewCode            // commune code from 2025-07-01
	PartNewCandidates      // all new communes that it may be, space separated
)

// Column is one column of clean values, in forms and citizens alike.
type Column struct {
	Name  string
	Field Field
	Part  Part
}

// A Schema is a record type: its fields in canonical order and the clean
// columns made of them.
type Schema struct {
	Name    string
	Fields  []FieldDef
	Columns []Column
	// Columns of a citizen, as indices into Columns: all but those of the sheet.
	CitizenColumns []int
	// First column of each field, by Field.
	ColumnOf []int
	hands    []handField // the fields that a hand writes, ascending
	// The fields that other fields are checked against; None where absent.
	Key, Name1, Birth, Sex, Collected, Number, OldNumber, BirthPlaceField, Residence Field
}

// NewSchema returns the schema of fields; names must be unique and exactly one
// field must be of KindKey.
func NewSchema(name string, fields []FieldDef) (*Schema, error) {
	s := &Schema{Name: name, Fields: fields, Key: None, Name1: None, Birth: None, Sex: None, Collected: None,
		Number: None, OldNumber: None, BirthPlaceField: None, Residence: None}
	seen := map[string]bool{}
	for i, f := range fields {
		if f.Name == "" || seen[f.Name] {
			return nil, fmt.Errorf("field %d: the name %q is empty or used twice", i+1, f.Name)
		}
		seen[f.Name] = true
		s.addRole(Field(i), f)
		s.addColumns(Field(i), f)
	}
	if s.Key == None {
		return nil, fmt.Errorf("no field is the key of the record: give one the kind \"key\"")
	}
	return s, nil
}

// addRole remembers the first field of each kind that others are checked
// against.
func (s *Schema) addRole(i Field, f FieldDef) {
	first := func(at *Field) {
		if *at == None {
			*at = i
		}
	}
	switch f.Kind {
	case KindKey:
		first(&s.Key)
	case KindName:
		first(&s.Name1)
	case KindDate:
		first(&s.Birth)
	case KindGender:
		first(&s.Sex)
	case KindCollected:
		first(&s.Collected)
	case KindCCCD:
		first(&s.Number)
	case KindCMND:
		first(&s.OldNumber)
	case KindResidence:
		first(&s.Residence)
	}
	if f.Name == "birth_registration_place" {
		s.BirthPlaceField = i
	}
}

func (s *Schema) addColumns(i Field, f FieldDef) {
	s.ColumnOf = append(s.ColumnOf, len(s.Columns))
	if group := handOf(f); group >= 0 {
		s.hands = append(s.hands, handField{i, len(s.Columns), group})
	}
	parts := []Column{{f.Name, i, PartValue}}
	if f.Kind.IsAddress() {
		parts = []Column{
			{f.Name + "_text", i, PartText},
			{f.Name + "_old_code", i, PartOldCode},
			{f.Name + "_new_code", i, PartNewCode},
			{f.Name + "_new_candidates", i, PartNewCandidates},
		}
	}
	for _, c := range parts {
		if !f.Sheet {
			s.CitizenColumns = append(s.CitizenColumns, len(s.Columns))
		}
		s.Columns = append(s.Columns, c)
	}
}

// ByName returns the field of a name, or None.
func (s *Schema) ByName(name string) Field {
	for i := range s.Fields {
		if s.Fields[i].Name == name {
			return Field(i)
		}
	}
	return None
}

// IsForm reports whether s is the collection form itself, so that the
// constants FormID … EventDate are its field numbers.
func (s *Schema) IsForm() bool { return s == FormSchema }

// FormSchema is the collection form.
var FormSchema = mustSchema("form", []FieldDef{
	FormID:                 {Name: "form_id", Kind: KindKey, Sheet: true},
	FormType:               {Name: "form_type", Kind: KindText, Sheet: true},
	OfficeCode:             {Name: "office_code", Kind: KindText, Sheet: true},
	CollectedAt:            {Name: "collected_at", Kind: KindCollected, Sheet: true},
	FullName:               {Name: "full_name", Kind: KindName},
	OtherName:              {Name: "other_name", Kind: KindName},
	BirthDate:              {Name: "birth_date", Kind: KindDate},
	Gender:                 {Name: "gender", Kind: KindGender},
	BirthPlace:             {Name: "birth_place", Kind: KindOrigin},
	Hometown:               {Name: "hometown", Kind: KindOrigin},
	Ethnicity:              {Name: "ethnicity", Kind: KindEthnicity},
	Religion:               {Name: "religion", Kind: KindReligion},
	Nationality:            {Name: "nationality", Kind: KindNationality},
	CCCD:                   {Name: "cccd", Kind: KindCCCD},
	CMND:                   {Name: "cmnd", Kind: KindCMND},
	PermanentAddress:       {Name: "permanent_address", Kind: KindResidence},
	CurrentAddress:         {Name: "current_address", Kind: KindResidence},
	HouseholdNo:            {Name: "household_no", Kind: KindNumber},
	RelationToHead:         {Name: "relation_to_head", Kind: KindRelation},
	HeadName:               {Name: "head_name", Kind: KindName},
	FatherName:             {Name: "father_name", Kind: KindName},
	MotherName:             {Name: "mother_name", Kind: KindName},
	SpouseName:             {Name: "spouse_name", Kind: KindName},
	BloodType:              {Name: "blood_type", Kind: KindBlood},
	MaritalStatus:          {Name: "marital_status", Kind: KindMarital},
	Phone:                  {Name: "phone", Kind: KindPhone},
	BirthRegistrationPlace: {Name: "birth_registration_place", Kind: KindOrigin},
	HeadID:                 {Name: "head_id", Kind: KindCCCD},
	GuardianName:           {Name: "guardian_name", Kind: KindName},
	Note:                   {Name: "note", Kind: KindText, Sheet: true},
	Event:                  {Name: "event", Kind: KindEvent, Sheet: true},
	EventDate:              {Name: "event_date", Kind: KindDate, Sheet: true},
})

func mustSchema(name string, fields []FieldDef) *Schema {
	s, err := NewSchema(name, fields)
	if err != nil {
		panic("BUG: " + err.Error())
	}
	return s
}
