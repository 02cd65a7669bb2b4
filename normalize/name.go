package normalize

import "github.com/dusach/dusach/normalize/reason"

// A GenderHint is what a name alone says about the bearer.
type GenderHint struct {
	Gender Gender // told by a marker (Văn, Thị, H' …), else unknown
	Female uint8  // chance in percent that the bearer is a woman, from the names; 50 = nothing known
}

// A Name is one parsed name. Its buffers belong to it and are used again by
// the next Parse.
type Name struct {
	Written []byte // clean form: NFC, title case, tone in the old style
	Folded  []byte // Written by AppendFold

	// Surname, Middle and Given are parts of Written; empty if unknown.
	Surname, Middle, Given []byte

	Key    NameKey
	Gender GenderHint
	Alias  []byte // another name, out of a remark
	Dead   bool   // a remark says so
	Codes  reason.Set
}

// Parse reads one written name. ethnicity, if known, tells minority customs
// apart. It never fails: without a usable name Written is empty and Codes has
// NAME_EMPTY.
func (n *Name) Parse(raw, ethnicity []byte) {
	*n = Name{Written: AppendClean(n.Written[:0], raw), Folded: n.Folded[:0], Alias: n.Alias[:0]}
	n.Gender.Female = 50
	n.Folded = AppendFold(n.Folded, n.Written)
	from, count := 0, 0
	for i := 0; i <= len(n.Written); i++ {
		if i < len(n.Written) && n.Written[i] != ' ' {
			continue
		}
		if i > from && count < MaxNameWords {
			n.Key.set(count, ParseWord(n.Written[from:i]))
			count++
			n.Given = n.Written[from:i]
		}
		from = i + 1
	}
	n.Key.N = uint8(count)
	if count == 0 {
		n.Codes.Add(reason.NameEmpty)
		return
	}
	n.Key.Surname, n.Key.Given = 1, uint8(count-1)
}
