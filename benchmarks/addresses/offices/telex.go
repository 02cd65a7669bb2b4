package offices

import (
	"strings"
	"unicode"

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
	list := splitWords(s)
	for range 20 {
		i := m.IntN(len(list))
		if t := telex(list[i]); t != list[i] {
			list[i] = t
			break
		}
	}
	return strings.Join(list, "")
}

// telexAll leaves the whole text as it was typed.
func telexAll(_ *Maker, s string) string {
	list := splitWords(s)
	for i := range list {
		list[i] = telex(list[i])
	}
	return strings.Join(list, "")
}

// splitWords cuts a text into words and what stands between them.
func splitWords(s string) (list []string) {
	from, was := 0, false
	for i, r := range s {
		if is := unicode.IsLetter(r); i > 0 && is != was {
			list = append(list, s[from:i])
			from, was = i, is
		} else if i == 0 {
			was = is
		}
	}
	return append(list, s[from:])
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
