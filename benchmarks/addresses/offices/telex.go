package offices

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

var telexMarks = map[rune]string{0x300: "f", 0x301: "s", 0x309: "r", 0x303: "x", 0x323: "j"}

// telex returns the keys that type a word: the tone last.
func telex(word string) string {
	var b strings.Builder
	tone := ""
	var last rune
	for _, r := range norm.NFD.String(word) {
		switch {
		case telexMarks[r] != "":
			tone = telexMarks[r]
		case r == 0x302:
			b.WriteRune(last)
		case r == 0x306 || r == 0x31B:
			b.WriteByte('w')
		case r == 'đ':
			b.WriteString("dd")
		case r == 'Đ':
			b.WriteString("DD")
		default:
			b.WriteRune(r)
			last = r
		}
	}
	return b.String() + tone
}

// telexWord leaves one word of a text as it was typed.
func telexWord(m *Maker, s string) string {
	words := strings.Split(s, " ")
	for range 20 {
		i := m.IntN(len(words))
		if w := strings.TrimRight(words[i], ",.;"); w != "" && norm.NFD.String(w) != w {
			words[i] = telex(w) + words[i][len(w):]
			break
		}
	}
	return strings.Join(words, " ")
}

// telexAll leaves the whole text as it was typed.
func telexAll(_ *Maker, s string) string {
	words := strings.Split(s, " ")
	for i, w := range words {
		head := strings.TrimRight(w, ",.;)")
		words[i] = telex(head) + w[len(head):]
	}
	return strings.Join(words, " ")
}

// oddSpaces doubles spaces, drops those after commas, puts some before.
func oddSpaces(m *Maker, s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == ' ' && m.chance(.2):
			b.WriteString(pick(m, "  ", "\u00a0", "   "))
		case r == ',' && m.chance(.4):
			b.WriteString(" ,")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
