package library

import (
	"github.com/dusach/dusach/matchers"
	"github.com/dusach/dusach/matchers/similarity"
	"github.com/dusach/dusach/normalize"
)

// A Home is what a form says of the household: its head's name and number and
// the number of its book; nil, 0 where it does not say. Own is the name of the
// person, which tells whether he heads the household himself: then the head's
// name repeats his own and proves nothing more.
type Home struct {
	Own    *normalize.NameKey
	Head   *normalize.NameKey
	HeadID uint64
	Number uint64 // number of the household book, or a hash of it
	// Kin says that the head is named on the form as parent or spouse too: where
	// both forms do so, agreeing in the head repeats what those say.
	Kin bool
}

// Levels of the household.
const (
	HomeSame        matchers.Level = iota + 1 // same book, same head
	HomeNumber                                // same book, head not known
	HomeHeadID                                // same number of the head
	HomeHead                                  // same head, book not known
	HomeHeadSlight                            // head with slips, book not known
	HomeNumberSlip                            // same head, book one digit off
	HomeHeadMoved                             // same head, another book
	HomeNumberOther                           // same book, another head
	HomeElse                                  // another head or another book
	HomeBothOther                             // another head and another book
	HomeBothHeads                             // each heads a household, books not known
	HomeHeadsOther                            // each heads a household, with another book
	HomeOneHead                               // one heads a household, the other lives under another head
	HomeHeadKin                               // same head, who is parent or spouse on both forms; no book speaks for it
	HomeElseKin                               // another head, each parent or spouse on his form; book not known
)

// HouseholdComparison describes the levels of Household.
var HouseholdComparison = matchers.Comparison{
	Name: "household", VI: "Hộ gia đình", EN: "Household", Shared: true,
	Levels: []matchers.LevelInfo{
		{Name: "null", VI: "thiếu", EN: "missing"},
		{Name: "same", VI: "cùng số sổ, cùng chủ hộ", EN: "same book, same head"},
		{Name: "number", VI: "cùng số sổ", EN: "same book"},
		{Name: "head_id", VI: "cùng số định danh chủ hộ", EN: "same number of the head"},
		{Name: "head", VI: "cùng chủ hộ", EN: "same head"},
		{Name: "head_slight", VI: "chủ hộ gần giống", EN: "same head with slips"},
		{Name: "number_slip", VI: "cùng chủ hộ, số sổ sai một chữ số", EN: "same head, book one digit off"},
		{Name: "head_moved", VI: "cùng chủ hộ, khác số sổ", EN: "same head, another book"},
		{Name: "number_other", VI: "cùng số sổ, khác chủ hộ", EN: "same book, another head"},
		{Name: "else", VI: "khác chủ hộ hoặc khác số sổ", EN: "another head or another book"},
		{Name: "both_other", VI: "khác chủ hộ và số sổ", EN: "another head and another book"},
		{Name: "both_heads", VI: "đều là chủ hộ", EN: "each heads a household"},
		{Name: "heads_other", VI: "đều là chủ hộ, khác số sổ", EN: "each heads a household, another book"},
		{Name: "one_head", VI: "một bên là chủ hộ, bên kia thuộc chủ hộ khác", EN: "one heads a household, the other has another head"},
		{Name: "head_kin", VI: "cùng chủ hộ, là cha mẹ hoặc vợ chồng đã kể", EN: "same head, the parent or spouse named already"},
		{Name: "else_kin", VI: "khác chủ hộ, đều là cha mẹ hoặc vợ chồng đã kể", EN: "another head, each the parent or spouse named already"},
	},
	Order: [][]matchers.Level{
		{HomeSame, HomeNumber, matchers.Null, HomeElse, HomeBothOther},
		{HomeSame, HomeHead, HomeHeadSlight, matchers.Null, HomeElseKin}, {HomeSame, HomeHeadID, matchers.Null},
		{HomeHead, HomeHeadMoved, HomeBothOther}, {HomeHead, HomeHeadKin, HomeElseKin}, {HomeSame, HomeNumberSlip},
		{HomeNumber, HomeNumberOther, HomeBothOther}, {HomeNumber, HomeBothHeads, HomeHeadsOther}, {HomeSame, HomeNumberOther},
	},
}

var noName normalize.NameKey

// Household compares two households, as one fact.
func Household(a, b Home) matchers.Level {
	headsA, headsB := a.headed(), b.headed()
	if headsA && headsB {
		return headsOfHomes(a, b)
	}
	head := relative(orNone(a.Head), orNone(b.Head))
	if headsA != headsB && head == kinOther && (a.Number == 0 || a.Number != b.Number) {
		return HomeOneHead
	}
	if a.HeadID != 0 && a.HeadID == b.HeadID && head != kinOther {
		head = kinAgree
		if a.Number == 0 || b.Number == 0 {
			return HomeHeadID
		}
	}
	kin := a.Kin && b.Kin
	if a.Number == 0 || b.Number == 0 {
		if kin {
			return [...]matchers.Level{matchers.Null, HomeHeadKin, HomeHeadKin, HomeElseKin}[head]
		}
		return [...]matchers.Level{matchers.Null, HomeHead, HomeHeadSlight, HomeElse}[head]
	}
	if a.Number == b.Number {
		return [...]matchers.Level{HomeNumber, HomeSame, HomeSame, HomeNumberOther}[head]
	}
	if head == kinAgree || head == kinSlight {
		if off, swapped := similarity.Digits(a.Number, b.Number); off == 1 || swapped {
			return HomeNumberSlip
		}
		if kin {
			return HomeHeadKin
		}
		return HomeHeadMoved
	}
	if head == kinOther {
		return HomeBothOther
	}
	return HomeElse
}

// headed reports whether the person is the head, by the letters of the two names:
// one form writes them alike, marks apart.
func (h *Home) headed() bool {
	return h.Own != nil && h.Head != nil && h.Own.N != 0 && h.Own.N == h.Head.N && h.Own.Base == h.Head.Base
}

// headsOfHomes compares the households of two persons who each are the head: only
// the books and numbers are evidence.
func headsOfHomes(a, b Home) matchers.Level {
	off, swapped := similarity.Digits(a.Number, b.Number)
	switch {
	case a.Number != 0 && a.Number == b.Number:
		return HomeNumber
	case a.HeadID != 0 && a.HeadID == b.HeadID:
		return HomeHeadID
	case a.Number == 0 || b.Number == 0:
		return HomeBothHeads
	case off == 1 || swapped:
		return HomeNumberSlip
	}
	return HomeHeadsOther
}

func orNone(k *normalize.NameKey) *normalize.NameKey {
	if k == nil {
		return &noName
	}
	return k
}
