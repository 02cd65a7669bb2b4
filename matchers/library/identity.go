package library

import (
	"github.com/dusach/dusach/matchers"
	"github.com/dusach/dusach/matchers/similarity"
	"github.com/dusach/dusach/normalize"
)

// IDs holds a person's numbers, 0 where there is none. Fillers and numbers that
// cannot exist must have been left out.
type IDs struct {
	CCCD uint64 // 12-digit personal number
	CMND uint64 // 9-digit number of the old card
	// Doubtful says that the personal number contradicts its own form: it holds
	// another birth year or sex. One of the two was misread.
	Doubtful bool
	// Head is the number of the head of the household where the form names no
	// head: it may be the person's own.
	Head uint64
}

// OwnNumber returns the number by which a form knows its person: its own, or, of
// a person who heads the household, that of the head.
func OwnNumber(cccd, head uint64, heads bool) uint64 {
	if cccd == 0 && heads {
		return head
	}
	return cccd
}

// Levels of the identity numbers.
const (
	IDSame             matchers.Level = iota + 1 // same personal number
	IDSlipCMND                                   // personal number slips, old number the same
	IDSwapped                                    // two neighbouring digits swapped
	IDSlip                                       // one digit off
	IDNeighbour                                  // issued one after another, or the last digit off: a slip, or twins registered together
	IDTwoDigits                                  // two digits off
	IDCMND                                       // same old number, no personal number to compare
	IDCMNDSlip                                   // one digit of the old number off
	IDMixed                                      // same old number, personal numbers in conflict
	IDConflict                                   // other personal numbers of one province, sex and year
	IDConflictOther                              // other personal numbers, built differently
	IDCMNDConflict                               // other old numbers
	IDConflictNear                               // other personal numbers whose last six digits differ in less than three places
	IDConflictDoubtful                           // other personal numbers, of which one contradicts its own form
	IDHead                                       // the number of one is that of the other's head, who is not named; the other shows none
	IDCMNDNeighbour                              // old numbers issued one after another: a slip, or husband and wife
)

// IdentityComparison describes the levels of Identity.
var IdentityComparison = matchers.Comparison{
	Name: "identity", VI: "Số định danh", EN: "Identity numbers",
	Levels: []matchers.LevelInfo{
		{Name: "null", VI: "không so được", EN: "nothing to compare"},
		{Name: "same", VI: "trùng số định danh", EN: "same personal number"},
		{Name: "slip_cmnd", VI: "số định danh sai một chữ số, trùng CMND", EN: "personal number one digit off, same old number"},
		{Name: "swapped", VI: "đảo hai chữ số liền nhau", EN: "two neighbouring digits swapped"},
		{Name: "slip", VI: "sai một chữ số", EN: "one digit off"},
		{Name: "neighbour", VI: "hai số cấp liền nhau hoặc chỉ khác chữ số cuối", EN: "issued one after another, or only the last digit differs"},
		{Name: "two_digits", VI: "sai hai chữ số", EN: "two digits off"},
		{Name: "cmnd", VI: "trùng số CMND", EN: "same old number (CMND)"},
		{Name: "cmnd_slip", VI: "CMND sai một chữ số", EN: "old number one digit off"},
		{Name: "mixed", VI: "trùng CMND, khác số định danh", EN: "same old number, other personal number"},
		{Name: "conflict", VI: "khác số định danh (cùng tỉnh, giới, năm)", EN: "another personal number of the same province, sex and year"},
		{Name: "conflict_other", VI: "khác số định danh", EN: "another personal number"},
		{Name: "cmnd_conflict", VI: "khác số CMND", EN: "another old number"},
		{Name: "conflict_near", VI: "khác số định danh, sáu số cuối gần giống", EN: "another personal number, the last six digits alike"},
		{Name: "conflict_doubtful", VI: "khác số định danh, một số trái với năm sinh hoặc giới trên phiếu", EN: "another personal number, one of them against the birth year or sex of its own form"},
		{Name: "head", VI: "số của một bên là số chủ hộ không ghi tên ở bên kia", EN: "the number of one is that of the other's head, who is not named"},
		{Name: "cmnd_neighbour", VI: "hai số CMND cấp liền nhau", EN: "old numbers issued one after another"},
	},
	Order: [][]matchers.Level{
		{IDSame, IDSwapped, IDTwoDigits}, {IDSame, IDSlipCMND, IDSlip, IDTwoDigits, IDConflictOther}, {IDSame, IDCMND, IDCMNDSlip, matchers.Null}, {IDCMNDSlip, IDCMNDNeighbour, IDCMNDConflict}, {IDSame, IDHead, matchers.Null},
		{IDSlip, IDNeighbour}, {IDCMND, IDMixed, IDConflictNear, matchers.Null, IDCMNDConflict},
		{IDConflictNear, IDConflictDoubtful, IDConflict}, {IDConflictDoubtful, IDConflictOther}, {matchers.Null, IDConflict}, {matchers.Null, IDConflictOther},
	},
}

// randomPart is what a personal number holds after province, sex, century and
// year: six digits that say nothing else.
const randomPart = 1_000_000

// Identity compares the numbers of two persons. Where one side has only the new
// number and the other only the old, there is no evidence. Digits that repeat
// province, sex and birth year do not make two numbers more alike.
func Identity(a, b IDs) matchers.Level {
	cmnd := matchers.Null
	if a.CMND != 0 && b.CMND != 0 {
		cmnd = cmndLevel(a.CMND, b.CMND)
	}
	if a.CCCD == 0 || b.CCCD == 0 {
		if a.CCCD != 0 && a.CCCD == b.Head || b.CCCD != 0 && b.CCCD == a.Head {
			return IDHead
		}
		return cmnd
	}
	if a.CCCD == b.CCCD {
		return IDSame
	}
	off, swapped := similarity.Digits(a.CCCD, b.CCCD)
	switch {
	case (off == 1 || swapped) && cmnd == IDCMND:
		return IDSlipCMND
	case swapped:
		return IDSwapped
	case off == 1 && a.CCCD/10 == b.CCCD/10, off <= 2 && inARow(a.CCCD, b.CCCD):
		return IDNeighbour
	case off == 1:
		return IDSlip
	case off == 2:
		return IDTwoDigits
	case cmnd == IDCMND:
		return IDMixed
	case randomDigitsOff(a.CCCD, b.CCCD) < 3:
		return IDConflictNear
	case a.Doubtful || b.Doubtful:
		return IDConflictDoubtful
	case a.CCCD/randomPart == b.CCCD/randomPart:
		return IDConflict
	}
	return IDConflictOther
}

// randomDigitsOff counts the places in which the last six digits differ. Numbers
// of two persons differ in three or more of them 99.8 times in a hundred, so
// fewer hint at one number that was misread in its other part.
func randomDigitsOff(a, b uint64) int {
	n := 0
	for a, b = a%randomPart, b%randomPart; a != b; a, b = a/10, b/10 {
		if a%10 != b%10 {
			n++
		}
	}
	return n
}

// Contradicts reports whether a personal number holds another birth year or sex
// than its form says; what the form does not say contradicts nothing. The fourth
// digit tells sex and century, even for men, 0 and 1 for the 1900s, and the two
// after it the year (Circular 59/2021/TT-BCA).
func Contradicts(cccd uint64, birth normalize.Date, sex normalize.Gender) bool {
	if cccd == 0 {
		return false
	}
	code := int(cccd / 100_000_000 % 10)
	year := 1900 + code/2*100 + int(cccd/randomPart%100)
	if birth != 0 && birth.Year() != year {
		return true
	}
	return sex == normalize.Male && code%2 == 1 || sex == normalize.Female && code%2 == 0
}

func cmndLevel(a, b uint64) matchers.Level {
	if a == b {
		return IDCMND
	}
	switch off, swapped := similarity.Digits(a, b); {
	case swapped:
		return IDCMNDSlip
	case inARow(a, b):
		return IDCMNDNeighbour
	case off == 1:
		return IDCMNDSlip
	}
	return IDCMNDConflict
}

// inARow reports two numbers as they are given out in one visit to a counter, to
// twins or to husband and wife: others of the same morning may lie between. A slip
// of the pen in one of the last two digits looks alike.
func inARow(a, b uint64) bool { return max(a, b)-min(a, b) <= 12 }
