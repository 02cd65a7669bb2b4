package record

import (
	"encoding/binary"
	"math"

	"github.com/dusach/dusach/normalize"
)

// A Packing says where each field lies in a packed record: the fixed number of
// bytes that comparing and blocking need of a record, and nothing else.
//
//	name            4  number in Names
//	date            3  normalize.Date
//	cccd            5  the twelve digits as a number
//	cmnd, phone     4  the digits as a number
//	number          4  hash of its letters and digits
//	residence      15  units of both editions and flags (see placeCode), house, street, hamlet
//	origin          4  units of both editions
//	one of a list   1  gender, ethnicity, religion, marital status, blood group
//	event           -  upper half of the byte of the gender
//	phrase, latin, code, digits, email
//	                4  number in Values
//	day             3  normalize.Date
//	quantity        8  see PutQuantity
//
// A collection form takes Width bytes in all; ARCHITECTURE.md adds them up.
type Packing struct {
	Schema *Schema
	Width  int
	Offset []int   // by Field; -1 where the field is not packed
	Names  []Field // fields of KindName, in order: the slots of a batch's NameKeys
	Texts  []Field // fields whose kind IsValue, in order: the slots of a batch's Values
}

// packedSize is the number of bytes of each kind; kinds that are only kept
// take none.
var packedSize = [NumKinds]int{
	KindName: 4, KindDate: 3, KindCCCD: 5, KindCMND: 4, KindPhone: 4, KindNumber: 4,
	KindResidence: 15, KindOrigin: 4,
	KindGender: 1, KindEthnicity: 1, KindReligion: 1, KindMarital: 1, KindBlood: 1,
	KindPhrase: 4, KindLatin: 4, KindCode: 4, KindDigits: 4, KindEmail: 4, KindDay: 3, KindQuantity: 8,
}

// unpacked are fields of the form whose kind is packed but which no comparison
// reads.
var unpacked = map[string]bool{"event_date": true, "guardian_name": true}

// NewPacking packs the records of s.
func NewPacking(s *Schema) *Packing {
	l := &Packing{Schema: s, Offset: make([]int, len(s.Fields))}
	for i, f := range s.Fields {
		size := packedSize[f.Kind]
		if f.Kind == KindEvent && s.Sex != None {
			l.Offset[i] = l.Offset[s.Sex]
			continue
		}
		if size == 0 || unpacked[f.Name] {
			l.Offset[i] = -1
			continue
		}
		l.Offset[i] = l.Width
		l.Width += size
		if f.Kind == KindName {
			l.Names = append(l.Names, Field(i))
		}
		if f.Kind.IsValue() {
			l.Texts = append(l.Texts, Field(i))
		}
	}
	return l
}

// Size returns the number of bytes of a field in a packed record.
func (l *Packing) Size(f Field) int { return packedSize[l.Schema.Fields[f].Kind] }

// Uint32 reads four bytes of a packed record.
func Uint32(row []byte, at int) uint32 { return binary.LittleEndian.Uint32(row[at:]) }

// PutUint32 writes four bytes of a packed record.
func PutUint32(row []byte, at int, v uint32) { binary.LittleEndian.PutUint32(row[at:], v) }

// Uint40 reads five bytes of a packed record.
func Uint40(row []byte, at int) uint64 {
	return uint64(binary.LittleEndian.Uint32(row[at:])) | uint64(row[at+4])<<32
}

// PutUint40 writes five bytes of a packed record.
func PutUint40(row []byte, at int, v uint64) {
	binary.LittleEndian.PutUint32(row[at:], uint32(v))
	row[at+4] = byte(v >> 32)
}

// GenderAt reads a gender of a packed record.
func GenderAt(row []byte, at int) normalize.Gender { return normalize.Gender(row[at] & 15) }

// EventAt reads the life event that a packed record reports.
func EventAt(row []byte, at int) normalize.LifeEvent { return normalize.LifeEvent(row[at] >> 4) }

// PutEvent writes an event into the byte that it shares with the gender.
func PutEvent(row []byte, at int, e normalize.LifeEvent) { row[at] = row[at]&15 | byte(e)<<4 }

// PutQuantity writes a number of a packed record. Zero bytes are no number, so
// the sign is kept inverted: what they would stand for is minus zero.
func PutQuantity(row []byte, at int, v float64) {
	if v == 0 {
		v = 0 // minus zero
	}
	binary.LittleEndian.PutUint64(row[at:], math.Float64bits(v)^1<<63)
}

// Quantity reads a number of a packed record and whether there is one.
func Quantity(row []byte, at int) (float64, bool) {
	b := binary.LittleEndian.Uint64(row[at:])
	return math.Float64frombits(b ^ 1<<63), b != 0
}

// Date reads a date of a packed record.
func Date(row []byte, at int) normalize.Date {
	b := row[at : at+3]
	return normalize.Date(uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16)
}

// PutDate writes a date of a packed record: the years to 9999 take 23 bits.
func PutDate(row []byte, at int, d normalize.Date) {
	b := row[at : at+3]
	b[0], b[1], b[2] = byte(d), byte(d>>8), byte(d>>16)
}
