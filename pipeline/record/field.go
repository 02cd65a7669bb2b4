package record

// Field numbers a field of a schema: its place in Schema.Fields.
type Field int

// None stands where a schema has no such field.
const None Field = -1

// The fields of a collection form, in canonical order. They are the numbers of
// FormSchema only; another record type has its own.
const (
	FormID Field = iota
	FormType
	OfficeCode
	CollectedAt
	FullName
	OtherName
	BirthDate
	Gender
	BirthPlace
	Hometown
	Ethnicity
	Religion
	Nationality
	CCCD
	CMND
	PermanentAddress
	CurrentAddress
	HouseholdNo
	RelationToHead
	HeadName
	FatherName
	MotherName
	SpouseName
	BloodType
	MaritalStatus
	Phone
	BirthRegistrationPlace
	HeadID
	GuardianName
	Note
	Event
	EventDate
	NumFormFields
)

// Kind says how a field is cleaned, packed and compared.
type Kind uint8

// The kinds of fields.
const (
	KindText      Kind = iota // kept as written: NFC, single spaces
	KindKey                   // the record's own id
	KindName                  // a person's name
	KindDate                  // a date, partial allowed
	KindCollected             // the date on which the record was taken
	KindGender
	KindEthnicity
	KindReligion
	KindNationality
	KindMarital
	KindBlood
	KindRelation
	KindCCCD // personal identity number, 12 digits
	KindCMND // old identity card, 9 digits (or 12)
	KindPhone
	KindNumber    // letters and digits that name a thing: a book, a file
	KindResidence // an address with house and street
	KindOrigin    // a place of which the units matter
	KindEvent
	NumKinds
)

// IsAddress reports whether a field of this kind is resolved to units.
func (k Kind) IsAddress() bool { return k == KindResidence || k == KindOrigin }
