package normalize

import (
	"strings"

	"github.com/dusach/dusach/normalize/tables"
)

// A Syllable numbers a legal Vietnamese syllable: onset in bits 11-15, rime in
// bits 3-10, tone in bits 0-2. Both styles of tone placement have one number;
// kỹ and kĩ have two (SameSyllable joins them). 0 is no syllable.
type Syllable uint16

// Tone returns 0 ngang 1 huyền 2 sắc 3 hỏi 4 ngã 5 nặng.
func (s Syllable) Tone() int { return int(s & 7) }

// A rime is what follows an onset as it is written: after gi the i that the
// two share belongs to the onset, after qu the u.
type rime struct {
	key      uint32 // letters as in Word: bases in 20 bits, shapes in 8
	id       uint8
	checked  bool // ends in c ch p t: takes only sắc and nặng
	old, new uint8
	onsets   uint32 // bit per onset that takes it
}

const (
	onsetNone = iota
	onsetB
	onsetC
	onsetCh
	onsetD
	onsetDd
	onsetG
	onsetGh
	onsetGi
	onsetH
	onsetK
	onsetKh
	onsetL
	onsetM
	onsetN
	onsetNg
	onsetNgh
	onsetNh
	onsetP
	onsetPh
	onsetQu
	onsetR
	onsetS
	onsetT
	onsetTh
	onsetTr
	onsetV
	onsetX
	numOnsets
)

var onsetText = [numOnsets]string{"", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n",
	"ng", "ngh", "nh", "p", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x"}

const rimeSlots = 1024

// rimeTable finds a rime by its letters: open addressing, key 0 = free.
var rimeTable = func() (t [rimeSlots]rime) {
	id := uint8(0)
	put := func(text string, checked bool, old, new uint8, onsets uint32) {
		key := rimeKeyOf(text)
		slot := rimeSlot(key)
		for t[slot].key != 0 && t[slot].key != key {
			slot = (slot + 1) % rimeSlots
		}
		if t[slot].key == 0 {
			id++
			t[slot] = rime{key: key, id: id, checked: checked, old: old, new: new}
		}
		t[slot].onsets |= onsets
	}
	for c := range tables.Rows(tables.Rimes, 6) {
		text, checked := c[0], c[1] == "1"
		old, new := c[2][0]-'0', c[3][0]-'0'
		put(text, checked, old, new, onsetsBefore(text, c[4], c[5] == "1"))
		if after, cut := strings.CutPrefix(text, "i"); cut && after != "" && strings.HasPrefix(after, "ê") {
			put(after, checked, old-1, new-1, 1<<onsetGi)
		}
	}
	return t
}()

// bareTable is rimeTable without shape marks: what the rimes look like in a
// text whose marks are lost. Only key and onsets are filled.
var bareTable = func() (t [rimeSlots]bareRime) {
	for _, r := range rimeTable {
		if r.key == 0 {
			continue
		}
		key := r.key & (1<<20 - 1)
		slot := rimeSlot(key)
		for t[slot].key != 0 && t[slot].key != key {
			slot = (slot + 1) % rimeSlots
		}
		t[slot].key = key
		t[slot].onsets |= r.onsets
	}
	return t
}()

type bareRime struct{ key, onsets uint32 }

// bareLegal reports whether some legal syllable has these letters once all
// marks are dropped.
func bareLegal(base uint64) bool {
	if base>>60 > 7 {
		return false
	}
	onset, n, ok := onsetAt(base, 0)
	rest := base & (1<<60 - 1) >> (5 * n)
	if !ok || rest == 0 || rest>>20 != 0 {
		return false
	}
	want := uint32(1) << onset
	if onset == onsetD {
		want |= 1 << onsetDd
	}
	for slot := rimeSlot(uint32(rest)); ; slot = (slot + 1) % rimeSlots {
		switch bareTable[slot].key {
		case uint32(rest):
			return bareTable[slot].onsets&want != 0
		case 0:
			return false
		}
	}
}

// onsetsBefore returns the onsets that may stand before a rime by the rules of
// the orthography.
func onsetsBefore(text, only string, afterQu bool) (set uint32) {
	front := strings.HasPrefix(text, "e") || strings.HasPrefix(text, "ê") || strings.HasPrefix(text, "i")
	for o, onset := range onsetText {
		ok := true
		switch {
		case onset == "qu":
			ok = afterQu
		case only != "":
			name := onset
			if name == "" {
				name = "empty"
			}
			ok = only != "qu" && strings.Contains(" "+only+" ", " "+name+" ")
		case onset == "":
			ok = !strings.HasPrefix(text, "iê")
		case onset == "c" || onset == "ng":
			ok = !front
		case onset == "g":
			ok = !front || text == "i" || strings.HasPrefix(text, "i") && !strings.HasPrefix(text, "iê") && oneVowel(text)
		case onset == "k" || onset == "gh" || onset == "ngh":
			ok = front
		case onset == "gi":
			ok = !strings.HasPrefix(text, "i") && !medial(text)
		}
		if ok {
			set |= 1 << o
		}
	}
	return set
}

// oneVowel reports whether a rime in i has no second vowel: gin, gich, but not
// gia, which is gi with the rime a.
func oneVowel(text string) bool {
	return text == "i" || !strings.ContainsAny(text[1:2], "aeouy")
}

// medial reports whether a rime begins with the glide of hoa and huy, which
// no word in gi has.
func medial(text string) bool {
	for _, glide := range []string{"oa", "oă", "oe", "uâ", "uê", "uơ", "uy"} {
		if strings.HasPrefix(text, glide) {
			return true
		}
	}
	return false
}

func rimeKeyOf(text string) (key uint32) {
	i := 0
	for _, r := range text {
		l := letterOf(r)
		key |= uint32(l.base())<<(5*i) | l.shape()<<(20+2*i)
		i++
	}
	return key
}

func rimeSlot(key uint32) uint32 { return key * 0x9E3779B1 >> 22 }

// onsetAt returns the onset at the head of the letters and its length; ok is
// false if a letter there begins no Vietnamese onset.
func onsetAt(base uint64, marks uint32) (onset, n uint8, ok bool) {
	c1, c2 := base>>5&31, base>>10&31
	switch base & 31 {
	case 'b' - '`':
		onset, n = onsetB, 1
	case 'c' - '`':
		onset, n = onsetC, 1
		if c1 == 'h'-'`' {
			onset, n = onsetCh, 2
		}
	case 'd' - '`':
		if marks&3 == shapeStroke {
			return onsetDd, 1, true
		}
		onset, n = onsetD, 1
	case 'g' - '`':
		onset, n = onsetG, 1
		if c1 == 'h'-'`' {
			onset, n = onsetGh, 2
		} else if c1 == 'i'-'`' && vowelBases>>c2&1 != 0 {
			onset, n = onsetGi, 2
		}
	case 'h' - '`':
		onset, n = onsetH, 1
	case 'k' - '`':
		onset, n = onsetK, 1
		if c1 == 'h'-'`' {
			onset, n = onsetKh, 2
		}
	case 'l' - '`':
		onset, n = onsetL, 1
	case 'm' - '`':
		onset, n = onsetM, 1
	case 'n' - '`':
		onset, n = onsetN, 1
		if c1 == 'h'-'`' {
			onset, n = onsetNh, 2
		} else if c1 == 'g'-'`' {
			onset, n = onsetNg, 2
			if c2 == 'h'-'`' {
				onset, n = onsetNgh, 3
			}
		}
	case 'p' - '`':
		onset, n = onsetP, 1
		if c1 == 'h'-'`' {
			onset, n = onsetPh, 2
		}
	case 'q' - '`':
		return onsetQu, 2, c1 == 'u'-'`' && marks&0xF == 0
	case 'r' - '`':
		onset, n = onsetR, 1
	case 's' - '`':
		onset, n = onsetS, 1
	case 't' - '`':
		onset, n = onsetT, 1
		if c1 == 'h'-'`' {
			onset, n = onsetTh, 2
		} else if c1 == 'r'-'`' {
			onset, n = onsetTr, 2
		}
	case 'v' - '`':
		onset, n = onsetV, 1
	case 'x' - '`':
		onset, n = onsetX, 1
	case 'a' - '`', 'e' - '`', 'i' - '`', 'o' - '`', 'u' - '`', 'y' - '`':
		return onsetNone, 0, true
	default:
		return 0, 0, false
	}
	return onset, n, marks&(1<<(2*n)-1) == 0
}

// spell finds the rime of a word: its onset, where the rime begins, the rime.
// The rime is nil if the letters, tone apart, are no Vietnamese syllable.
func spell(base uint64, marks uint32) (onset, n uint8, r *rime) {
	if base>>60 > 7 {
		return 0, 0, nil
	}
	onset, n, ok := onsetAt(base, marks)
	if !ok {
		return 0, 0, nil
	}
	rest := base & (1<<60 - 1) >> (5 * n)
	if rest == 0 || rest>>20 != 0 {
		return 0, 0, nil
	}
	key := uint32(rest) | (marks&0xFFFFFF>>(2*n))<<20
	for slot := rimeSlot(key); ; slot = (slot + 1) % rimeSlots {
		switch r = &rimeTable[slot]; r.key {
		case key:
			if r.onsets>>onset&1 == 0 {
				return 0, 0, nil
			}
			return onset, n, r
		case 0:
			return 0, 0, nil
		}
	}
}

// syllableOf numbers the syllable that the letters and the tone make, 0 if
// they make none.
func syllableOf(base uint64, marks uint32) Syllable {
	onset, _, r := spell(base, marks)
	if r == nil {
		return 0
	}
	tone := marks >> toneShift & 7
	if r.checked && tone != 2 && tone != 5 {
		return 0
	}
	return Syllable(onset)<<11 | Syllable(r.id)<<3 | Syllable(tone)
}
