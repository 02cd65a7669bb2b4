package normalize

import "github.com/dusach/dusach/normalize/reason"

// DateKind says what a date is the date of.
type DateKind uint8

// Birth dates get the DOB codes; the others have one code for a date that
// cannot be read.
const (
	Birth DateKind = iota
	Event
	Collected
)

// DateOptions says how to read a date.
type DateOptions struct {
	NotAfter   Date // the form's date of collection or the epoch's; 0 = no check
	Kind       DateKind
	MonthFirst bool // the source declares month/day/year
}

// ParseDate reads a date as offices write it.
func ParseDate(raw []byte, opt DateOptions) (Date, reason.Set) {
	d, ok := ParseISO(string(raw))
	if !ok {
		return 0, reason.Of(reason.DOBInvalid)
	}
	return d, reason.Set{}
}
