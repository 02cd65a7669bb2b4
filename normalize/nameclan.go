package normalize

import (
	"slices"
	"strings"
	"unicode"

	"github.com/dusach/dusach/normalize/tables"
)

// Codes of the peoples whose names are ordered or marked in their own way.
const (
	ethnicKinh      = 1
	ethnicKhmer     = 5
	ethnicHmong     = 8
	ethnicGiarai    = 10
	ethnicEde       = 12
	ethnicBana      = 13
	ethnicXodang    = 14
	ethnicCoho      = 16
	ethnicCham      = 17
	ethnicMnong     = 20
	ethnicXtieng    = 22
	ethnicCotu      = 26
	ethnicGieTrieng = 27
	ethnicMa        = 28
	ethnicTaoi      = 31
	ethnicChuru     = 36
)

// A clan is a family name that is no Vietnamese syllable, or of several words.
type clan struct {
	words   [4]Word
	n       uint8
	peoples uint64 // bit per ethnic code, 0 for a Kinh compound
}

// compoundSurnames are the family names of several words among the Kinh and
// Hoa.
var compoundSurnames = []string{"Âu Dương", "Tư Mã", "Tôn Thất", "Tôn Nữ", "Công Tằng Tôn Nữ", "Công Huyền Tôn Nữ",
	"Công Tôn Nữ", "Huyền Tôn Nữ", "Huyền Tằng Tôn Nữ", "Gia Cát", "Thượng Quan", "Hoàng Phủ", "Tây Môn", "Tư Đồ"}

// clans is sorted by the letters of the first word, longer names first.
var clans = buildClans()

func buildClans() (list []clan) {
	for _, text := range compoundSurnames {
		list = addClan(list, text, 0)
	}
	for c := range tables.Rows(tables.Minority, 4) {
		code, _ := ParseEthnicity([]byte(c[0]))
		for name := range strings.SplitSeq(clanList(c[3]), ",") {
			if name = strings.TrimSpace(name); isClanName(name) {
				list = addClan(list, name, 1<<code)
			}
		}
		if first := c[1]; c[2] == "U" && isClanName(first) {
			list = addClan(list, first, 1<<code)
		}
	}
	slices.SortStableFunc(list, func(a, b clan) int {
		if c := compareBase(a.words[0], b.words[0]); c != 0 {
			return c
		}
		return int(b.n) - int(a.n)
	})
	return list
}

const clanSlots = 1 << 12

// clanHeads finds the first clan by the letters of its first word: open addressing,
// 1 + its index, 0 = free.
var clanHeads = func() (t [clanSlots]uint16) {
	for i, c := range clans {
		if i > 0 && clans[i-1].words[0].Base == c.words[0].Base {
			continue
		}
		h := clanHash(c.words[0].Base)
		for t[h] != 0 {
			h = (h + 1) % clanSlots
		}
		t[h] = uint16(i + 1)
	}
	return t
}()

func clanHash(base uint64) uint64 { return base * 0x9E3779B97F4A7C15 >> 52 }

func compareBase(a, b Word) int {
	switch {
	case a.Base < b.Base:
		return -1
	case a.Base > b.Base:
		return 1
	}
	return 0
}

func addClan(list []clan, text string, people uint64) []clan {
	c := clan{peoples: people}
	for word := range strings.FieldsSeq(text) {
		c.words[c.n] = ParseWord([]byte(word))
		c.n++
	}
	for i := range list {
		if list[i].words == c.words && list[i].peoples != 0 && people != 0 {
			list[i].peoples |= people
			return list
		}
	}
	return append(list, c)
}

// clanList takes the names out of a note such as "clan after the given name:
// Niê, Mlô" or "Đinh (Bình Định, Gia Lai); elsewhere no family name".
func clanList(note string) string {
	if _, after, ok := strings.Cut(note, ":"); ok {
		note = after
	}
	note, _, _ = strings.Cut(note, "(")
	note, _, _ = strings.Cut(note, ";")
	note = strings.TrimPrefix(note, "also ")
	return note
}

// isClanName reports whether every word of text begins with a capital and
// there are no more than two.
func isClanName(text string) bool {
	words := strings.Fields(text)
	for _, w := range words {
		if r := []rune(w)[0]; !unicode.IsUpper(r) || strings.ContainsAny(w, "'’") && len(w) < 4 {
			return false
		}
	}
	return len(words) > 0 && len(words) <= 2 && text != "A" && text != "Y"
}

// clanAt returns the longest clan name at the head of words; nil if there is
// none. Words without marks match marked ones.
func clanAt(words []nameWord) *clan {
	h := clanHash(words[0].w.Base)
	for clanHeads[h] != 0 && clans[clanHeads[h]-1].words[0].Base != words[0].w.Base {
		h = (h + 1) % clanSlots
	}
	if clanHeads[h] == 0 {
		return nil
	}
	for i := int(clanHeads[h]) - 1; i < len(clans) && clans[i].words[0].Base == words[0].w.Base; i++ {
		c := &clans[i]
		if int(c.n) <= len(words) && c.matches(words) {
			return c
		}
	}
	return nil
}

func (c *clan) matches(words []nameWord) bool {
	for i := range int(c.n) {
		const all = WordShapes | WordTone
		a, b := c.words[i], words[i].w
		if a.Base != b.Base || (a.Marks^b.Marks)&all != 0 && !b.Bare() {
			return false
		}
	}
	return true
}

// isClanWord reports whether a word is the whole name of a clan, with its marks.
func isClanWord(w Word) bool {
	c := clanAt([]nameWord{{w: w}})
	return c != nil && (c.words[0].Marks^w.Marks)&(WordShapes|WordTone) == 0
}

// of reports whether the clan is one of the people with this code; code 0,
// unknown, may be any.
func (c *clan) of(ethnic uint8) bool { return ethnic == 0 || c.peoples>>ethnic&1 != 0 }
