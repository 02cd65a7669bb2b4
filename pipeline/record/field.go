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
	// The general kinds, for record types that are not forms.
	KindPhrase   // words of any language: folded, compared as text or word by word
	KindLatin    // a name of a person or thing, or a part of one, in Latin letters
	KindCode     // letters and digits that name a thing, compared letter by letter
	KindDigits   // digits, whatever stands between them: a phone number
	KindEmail    // an e-mail address
	KindDay      // a date in one of the layouts that the field gives
	KindQuantity // a number
	NumKinds
)

// IsValue reports whether a field of this kind is numbered in Values.
func (k Kind) IsValue() bool { return k >= KindPhrase && k <= KindEmail }

// IsGeneral reports whether a field of this kind is read without knowledge of
// Vietnam.
func (k Kind) IsGeneral() bool { return k >= KindPhrase && k <= KindQuantity }

// IsAddress reports whether a field of this kind is resolved to units.
func (k Kind) IsAddress() bool { return k == KindResidence || k == KindOrigin }
