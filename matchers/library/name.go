package library

import (
	"github.com/dusach/dusach/matchers"
	"github.com/dusach/dusach/normalize"
)

// Levels of a full name.
const (
	NameExact            matchers.Level = iota + 1 // as written, case and tone placement apart
	NameBare                                       // equal; one side has no marks at all
	NameLostPart                                   // equal; a mark is left out, and what is left is no other name
	NameVariant                                    // spelling or regional variant: kỹ/kĩ, hỏi/ngã, Vũ/Võ
	NameReordered                                  // the same words in another order
	NameShortened                                  // a middle name missing or abbreviated, or the surname missing
	NameAlias                                      // another name of one is the full name of the other; only from Names
	NameSlip                                       // one word, not the given name, misspelt
	NameSlipGiven                                  // the given name misspelt
	NameDamaged                                    // several words misspelt, all near
	NameMark                                       // another mark in a word that is not the given name
	NameGivenMarkMissing                           // a mark missing in the given name, both being words of names
	NameGivenMark                                  // the given name with another mark, one of the two no usual name
	NameGivenEar                                   // the given name with a sound that a region confuses: Lan/Lang
	NameGivenNear                                  // another given name one letter apart
	NameGivenMissingName                           // as NameGivenMarkMissing, and both are given names of the lists: Hương/Hường
	NameGivenMarkName                              // as NameGivenMark, and both are given names of the lists: Hùng/Hưng
	NameGivenEarName                               // as NameGivenEar, and both are given names of the lists: Trâm/Châm
	NameGivenNearName                              // as NameGivenNear, and both are given names of the lists: Tâm/Tài
	NameMiddle                                     // another middle name
	NameSurname                                    // another surname, the rest equal
	NameInitials                                   // the surname abbreviated, and what else may be, the given name equal
	NameGivenInitial                               // the given name abbreviated
	NameGivenOther                                 // another given name, surname and middle name equal
	NameGivenOnly                                  // only the given name is equal
	NameSurnameOnly                                // only the surname is equal
	NameElse
	NameSwapped // the surname equal, the words after it in another order, and both end in a given name: Minh Anh/Anh Minh
	NameAlone   // one side is the given name alone: Tiến/Đặng Văn Tiến
)

// FullNameComparison describes the levels of FullName.
var FullNameComparison = matchers.Comparison{
	Name: "full_name", VI: "Họ và tên", EN: "Full name",
	Levels: []matchers.LevelInfo{
		{Name: "null", VI: "thiếu", EN: "missing"},
		{Name: "exact", VI: "giống hệt", EN: "as written", Rarity: true},
		{Name: "bare", VI: "giống, một bên không dấu", EN: "equal, one side without marks", Rarity: true},
		{Name: "lost_part", VI: "giống, một bên sót dấu", EN: "equal, a mark left out", Rarity: true},
		{Name: "variant", VI: "biến thể chính tả hoặc vùng miền", EN: "spelling or regional variant", Rarity: true},
		{Name: "reordered", VI: "cùng các chữ, khác thứ tự", EN: "same words, another order", Rarity: true},
		{Name: "shortened", VI: "thiếu hoặc viết tắt chữ đệm", EN: "a middle name missing or initialled", Rarity: true},
		{Name: "alias", VI: "tên gọi khác của một bên là họ tên của bên kia", EN: "another name of one is the full name of the other", Rarity: true},
		{Name: "slip", VI: "viết sai một chữ (không phải tên)", EN: "one word misspelt, not the given name", Rarity: true},
		{Name: "slip_given", VI: "tên viết sai", EN: "given name misspelt", Rarity: true},
		{Name: "damaged", VI: "nhiều chữ viết sai, đều gần giống", EN: "several words misspelt, all near", Rarity: true},
		{Name: "mark", VI: "khác dấu ở họ hoặc đệm", EN: "another mark outside the given name", Rarity: true},
		{Name: "given_mark_missing", VI: "tên thiếu dấu", EN: "a mark missing in the given name", Rarity: true},
		{Name: "given_mark", VI: "tên khác dấu", EN: "given name with another mark"},
		{Name: "given_ear", VI: "tên nghe gần giống (Lan/Lang)", EN: "given name that sounds alike (Lan/Lang)"},
		{Name: "given_near", VI: "tên khác một chữ cái", EN: "given name one letter apart"},
		{Name: "given_mark_missing_name", VI: "tên thiếu dấu, đều là tên thường gặp (Hương/Hường)", EN: "a mark missing in the given name, both usual names (Hương/Hường)", Rarity: true},
		{Name: "given_mark_name", VI: "tên khác dấu, đều là tên thường gặp (Hùng/Hưng)", EN: "given name with another mark, both usual names (Hùng/Hưng)"},
		{Name: "given_ear_name", VI: "tên nghe gần giống, đều là tên thường gặp", EN: "given name that sounds alike, both usual names"},
		{Name: "given_near_name", VI: "tên khác một chữ cái, đều là tên thường gặp (Tâm/Tài)", EN: "given name one letter apart, both usual names (Tâm/Tài)"},
		{Name: "middle", VI: "khác chữ đệm", EN: "another middle name"},
		{Name: "surname", VI: "chỉ khác họ", EN: "only the surname differs"},
		{Name: "initials", VI: "họ viết tắt, cùng tên", EN: "surname abbreviated, the given name equal", Rarity: true},
		{Name: "given_initial", VI: "tên viết tắt", EN: "given name abbreviated", Rarity: true},
		{Name: "given_other", VI: "cùng họ và đệm, khác tên", EN: "another given name, the rest equal"},
		{Name: "given_only", VI: "chỉ giống tên", EN: "only the given name is equal"},
		{Name: "surname_only", VI: "chỉ giống họ", EN: "only the surname is equal"},
		{Name: "else", VI: "khác", EN: "different"},
		{Name: "swapped", VI: "đảo chữ đệm và tên (Minh Anh/Anh Minh)", EN: "middle and given name exchanged (Minh Anh/Anh Minh)"},
		{Name: "alone", VI: "một bên chỉ có tên, cùng tên", EN: "one side is the given name alone", Rarity: true},
	},
	Order: [][]matchers.Level{
		{NameExact, NameBare, NameGivenMissingName, NameGivenMarkName, NameGivenOther, NameElse},
		{NameExact, NameLostPart, NameMark, NameMiddle, NameSurnameOnly, NameElse},
		{NameExact, NameVariant, NameGivenEar, NameGivenEarName, NameGivenOther},
		{NameExact, NameReordered, NameSwapped, NameElse},
		{NameExact, NameShortened, NameInitials, NameGivenInitial, NameElse}, {NameShortened, NameAlone, NameGivenOnly},
		{NameExact, NameSlip, NameDamaged, NameElse},
		{NameExact, NameSlipGiven, NameGivenNear, NameGivenNearName, NameGivenOther},
		{NameSlipGiven, NameDamaged},
		{NameBare, NameGivenMarkMissing, NameGivenMark, NameGivenMarkName},
		{NameGivenMarkMissing, NameGivenMissingName},
		{NameExact, NameSurname, NameGivenOnly, NameElse},
		{NameMiddle, NameGivenOnly},
		{matchers.Null, NameGivenOther, NameElse},
	},
}

// FullName compares two whole names.
func FullName(a, b *normalize.NameKey) matchers.Level {
	if a.N == 0 || b.N == 0 {
		return matchers.Null
	}
	if a.N != b.N {
		return otherLength(a, b)
	}
	base := (a.Base[0] ^ b.Base[0]) | (a.Base[1] ^ b.Base[1]) | (a.Base[2] ^ b.Base[2]) | (a.Base[3] ^ b.Base[3]) | (a.Base[4] ^ b.Base[4])
	marks := (a.Marks[0] ^ b.Marks[0]) | (a.Marks[1] ^ b.Marks[1]) | (a.Marks[2] ^ b.Marks[2]) | (a.Marks[3] ^ b.Marks[3]) | (a.Marks[4] ^ b.Marks[4])
	if base == 0 && marks&wordMarks == 0 {
		return NameExact
	}
	return sameLength(a, b)
}

// parts is how the parts of two names relate.
type parts struct {
	surname relation
	given   relation
	middle  uint16 // set of relations of the words between
	slips   uint8  // misspelt words outside the given name
	names   bool   // both given names are names of the lists; set where they are near
}

func (p *parts) addMiddle(r relation) {
	p.middle |= 1 << r
	if r == wordSlip {
		p.slips++
	}
}

// around is the set of relations of all words but the given name.
func (p *parts) around() uint16 { return p.middle | 1<<p.surname }

const (
	compatible  = 1<<wordEqual | 1<<wordLost | 1<<wordVariant | 1<<wordInitial
	differently = 1<<wordEar | 1<<wordNear | 1<<wordFar
)

func sameLength(a, b *normalize.NameKey) matchers.Level {
	n := int(a.N)
	bareA, bareB := a.Flags&normalize.NameBare != 0, b.Flags&normalize.NameBare != 0
	if (a.Flags|b.Flags)&(normalize.NameSurnameLast|normalize.NameOrderUnsure) != 0 {
		if k := clanLast(a, b); k != nil {
			return sameClanLast(a, b, k)
		}
	}
	var p parts
	given, surname := n-1, 0
	p.relateGiven(a.Word(given), b.Word(given), bareA, bareB)
	if n > 1 {
		p.surname = relate(a.Word(surname), b.Word(surname), bareA, bareB)
		if p.surname == wordSlip {
			p.slips++
		}
	}
	if p.given == wordFar || p.surname == wordFar {
		if sameWords(a, b) {
			if 1<<p.surname&compatible != 0 && isGiven(a.Word(given), bareA) && isGiven(b.Word(given), bareB) {
				return NameSwapped
			}
			return NameReordered
		}
		if p.given == wordFar && p.surname == wordFar {
			return NameElse
		}
	}
	for i := range n {
		if i != given && i != surname {
			p.addMiddle(relate(a.Word(i), b.Word(i), bareA, bareB))
		}
	}
	return p.level(bareA || bareB)
}

// level judges two names whose words stand against each other one by one.
func (p *parts) level(bare bool) matchers.Level {
	around := p.around()
	switch p.given {
	case wordEqual, wordLost, wordVariant, wordInitial, wordBare:
		return p.sameGiven(around, bare)
	case wordFar:
		switch {
		case around&differently == 0:
			return NameGivenOther
		case 1<<p.surname&differently == 0:
			return NameSurnameOnly
		}
		return NameElse
	}
	if around&differently != 0 {
		if 1<<p.surname&differently == 0 {
			return NameSurnameOnly
		}
		return NameElse
	}
	return p.nearGiven()
}

// relateGiven sets how two given names relate.
func (p *parts) relateGiven(a, b normalize.Word, bareA, bareB bool) {
	p.given = relate(a, b, bareA, bareB)
	switch p.given {
	case wordBare, wordMark, wordEar, wordNear:
		p.names = isGiven(a, bareA) && isGiven(b, bareB)
	}
}

// nearGiven judges names that differ only in near given names. Two names that
// both are in use are those of siblings more often than a slip.
func (p *parts) nearGiven() matchers.Level {
	switch p.given {
	case wordSlip:
		if p.slips > 0 {
			return NameDamaged
		}
		return NameSlipGiven
	case wordMark:
		return either(p.names, NameGivenMarkName, NameGivenMark)
	case wordEar:
		return either(p.names, NameGivenEarName, NameGivenEar)
	}
	return either(p.names, NameGivenNearName, NameGivenNear)
}

func either(yes bool, a, b matchers.Level) matchers.Level {
	if yes {
		return a
	}
	return b
}

// sameGiven judges names whose given names agree.
func (p *parts) sameGiven(around uint16, bare bool) matchers.Level {
	switch {
	case 1<<p.surname&differently != 0 && p.middle&differently != 0:
		return NameGivenOnly
	case 1<<p.surname&differently != 0:
		return NameSurname
	case p.middle&differently != 0:
		return NameMiddle
	case p.slips > 1:
		return NameDamaged
	case p.slips == 1:
		return NameSlip
	case p.given == wordBare:
		return either(p.names, NameGivenMissingName, NameGivenMarkMissing)
	case around&(1<<wordMark|1<<wordBare) != 0:
		return NameMark
	}
	all := around | 1<<p.given
	switch {
	case p.given == wordInitial:
		return NameGivenInitial
	case p.surname == wordInitial:
		return NameInitials
	case all&(1<<wordInitial) != 0:
		return NameShortened
	case all&(1<<wordVariant) != 0:
		return NameVariant
	case bare:
		return NameBare
	case all&(1<<wordLost) != 0:
		return NameLostPart
	}
	return NameExact
}

// sameWords reports whether two names of one length are the same words in
// another order, lost marks allowed.
func sameWords(a, b *normalize.NameKey) bool {
	var sumA, sumB uint64
	for i := range a.Base {
		sumA += a.Base[i]
		sumB += b.Base[i]
	}
	if sumA != sumB || a.N < 2 {
		return false
	}
	taken := 0
	for i := range int(a.N) {
		found := false
		for j := range int(b.N) {
			if taken>>j&1 == 0 && normalize.LostMarks(a.Word(i), b.Word(j)) {
				taken, found = taken|1<<j, true
				break
			}
		}
		if !found {
			return false
		}
	}
	return true
}
