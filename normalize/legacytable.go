package normalize

import (
	"encoding/hex"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dusach/dusach/normalize/tables"
)

// byteTable maps bytes to runes, 0 for a byte that stands for itself.
type byteTable [256]rune

// vniLeads lists the bytes of VNI that a mark byte may follow.
const vniLeads = "aeouyAEOUY\xF4\xF6\xD4\xD6"

// legacyTables holds what is known of the legacy encodings: one rune a byte
// for each, and for VNI the rune of each letter with each mark byte.
type legacyTables struct {
	single [numEncodings]byteTable
	lead   [256]uint8 // 1 + index of a VNI lead
	pair   [len(vniLeads)]byteTable
	mark   byteTable // CP1258: combining marks
}

var legacy = buildLegacy()

func buildLegacy() (t legacyTables) {
	for i := range len(vniLeads) {
		t.lead[vniLeads[i]] = uint8(i + 1)
	}
	for c := range tables.Rows(tables.Legacy, 6) {
		r, _ := utf8.DecodeRuneInString(c[0])
		t.addVNI(r, legacyBytes(c[1]))
		t.addSingle(TCVN3, r, legacyBytes(c[2]))
		t.addSingle(VISCII, r, legacyBytes(c[3]))
		t.addSingle(VPS, r, legacyBytes(c[4]))
		if b := legacyBytes(c[5]); len(b) == 1 {
			t.addSingle(CP1258, r, b)
		}
	}
	t.single[TCVN3H] = t.single[TCVN3]
	for b, r := range map[byte]rune{0xCC: 0x300, 0xEC: 0x301, 0xD2: 0x309, 0xDE: 0x303, 0xF2: 0x323} {
		t.mark[b] = r
		t.single[CP1258][b] = r
	}
	return t
}

func legacyBytes(text string) []byte {
	b, err := hex.DecodeString(strings.ReplaceAll(text, " ", ""))
	if err != nil {
		panic("BUG: legacy.txt: " + err.Error())
	}
	return b
}

// addSingle maps a byte to a letter; of a capital and a small letter on one
// byte (TCVN3) the small one, which comes first, stays.
func (t *legacyTables) addSingle(e Encoding, r rune, b []byte) {
	if t.single[e][b[0]] == 0 || unicode.IsLower(r) {
		t.single[e][b[0]] = r
	}
}

// addVNI maps a letter and its mark byte in either case: capitals are often
// typed with the mark of the small letter.
func (t *legacyTables) addVNI(r rune, b []byte) {
	if len(b) == 1 {
		t.single[VNI][b[0]] = r
		return
	}
	row := &t.pair[t.lead[b[0]]-1]
	row[b[1]] = r
	if other := b[1] ^ 0x20; row[other] == 0 {
		row[other] = r
	}
}

// cp1252 gives the runes of the bytes 0x80…0x9F as Windows shows them; 0 where
// Windows has none.
var cp1252 = [32]rune{0x20AC, 0, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0, 0x17D, 0,
	0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0, 0x17E, 0x178}

// byteOf returns the byte that a rune of the Latin-1 or CP1252 view stands
// for; ok is false for a rune that no byte shows.
func byteOf(r rune) (b byte, ok bool) {
	if r < 0x100 {
		return byte(r), r >= 0
	}
	for i, c := range cp1252 {
		if c == r {
			return byte(0x80 + i), true
		}
	}
	return 0, false
}

// runeOf is what the view shows for a byte.
func runeOf(b byte) rune {
	if b >= 0x80 && b < 0xA0 && cp1252[b-0x80] != 0 {
		return cp1252[b-0x80]
	}
	return rune(b)
}
