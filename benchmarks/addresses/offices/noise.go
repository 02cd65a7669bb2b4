package offices

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A noise spoils the pieces of a text, or the whole of it afterwards.
type noise struct {
	name       string
	weight     int
	reversible bool // what is written can be had back exactly
	pieces     func(m *Maker, list []piece)
	after      func(m *Maker, text string) string
}

var noises = [...]noise{
	{name: "none", weight: 34},
	{name: "lower case", weight: 5, pieces: each(strings.ToLower)},
	{name: "upper case", weight: 8, pieces: each(strings.ToUpper)},
	{name: "no marks", weight: 12, pieces: each(bare)},
	{name: "no marks, upper case", weight: 5, pieces: each(func(s string) string { return strings.ToUpper(bare(s)) })},
	{name: "marks lost in some words", weight: 6, pieces: loseWords},
	{name: "marks lost in some letters", weight: 5, pieces: loseLetters},
	{name: "marks lost in names", weight: 3, pieces: loseNames},
	{name: "typing slip", weight: 8, pieces: slip},
	{name: "misread by a machine", weight: 4, pieces: misread},
	{name: "wrong tone", weight: 3, pieces: wrongTone},
	{name: "Telex, one word", weight: 3, reversible: true, after: telexWord},
	{name: "Telex, all", weight: 2, reversible: true, after: telexAll},
	{name: "decomposed", weight: 2, after: func(_ *Maker, s string) string { return norm.NFD.String(s) }},
	{name: "odd spaces", weight: 3, reversible: true, after: oddSpaces},
	{name: "spaces lost after dots and commas", weight: 3, after: func(_ *Maker, s string) string {
		return strings.NewReplacer(", ", ",", ". ", ".", "; ", ";").Replace(s)
	}},
}

// spoil does one noise to a draft.
func (m *Maker) spoil(d *draft, h *habit) *noise {
	total := 0
	for _, n := range noises {
		total += n.weight
	}
	at := m.IntN(total)
	n := &noises[0]
	for i := range noises {
		if n = &noises[i]; at < n.weight {
			break
		}
		at -= n.weight
	}
	if n.pieces != nil {
		n.pieces(m, d.pieces)
	}
	return n
}

func each(f func(string) string) func(*Maker, []piece) {
	return func(_ *Maker, list []piece) {
		for i := range list {
			list[i].text = f(list[i].text)
		}
	}
}

func bare(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		switch {
		case r == 'đ':
			b.WriteByte('d')
		case r == 'Đ':
			b.WriteByte('D')
		case !unicode.Is(unicode.Mn, r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

func loseWords(m *Maker, list []piece) {
	for i := range list {
		words := strings.Split(list[i].text, " ")
		for j := range words {
			if m.chance(.35) {
				words[j] = bare(words[j])
			}
		}
		list[i].text = strings.Join(words, " ")
	}
}

func loseLetters(m *Maker, list []piece) {
	for i := range list {
		var b strings.Builder
		for _, r := range norm.NFC.String(list[i].text) {
			if m.chance(.2) {
				b.WriteString(bare(string(r)))
			} else {
				b.WriteRune(r)
			}
		}
		list[i].text = b.String()
	}
}

// loseNames writes keywords properly and names bare.
func loseNames(_ *Maker, list []piece) {
	for i := range list {
		if r := list[i].role; r == communeName || r == districtName || r == provinceName {
			list[i].text = bare(list[i].text)
		}
	}
}

// one picks a name that can bear a slip, nil when there is none.
func (m *Maker) one(list []piece) *piece {
	var can []*piece
	for i := range list {
		if p := &list[i]; p.role >= communeName && p.role <= provinceName && len([]rune(p.text)) > 4 {
			can = append(can, p)
		}
	}
	if len(can) == 0 {
		return nil
	}
	return pick(m, can...)
}

// slip drops, doubles, swaps or replaces one letter of a name.
func slip(m *Maker, list []piece) {
	p := m.one(list)
	if p == nil {
		return
	}
	r := []rune(norm.NFC.String(p.text))
	for range 30 {
		i := m.IntN(len(r) - 1)
		if !unicode.IsLetter(r[i]) || !unicode.IsLetter(r[i+1]) {
			continue
		}
		switch m.IntN(4) {
		case 0:
			p.text = string(r[:i]) + string(r[i+1:])
		case 1:
			p.text = string(r[:i+1]) + string(r[i:])
		case 2:
			if r[i] == r[i+1] {
				continue
			}
			r[i], r[i+1] = r[i+1], r[i]
			p.text = string(r)
		default:
			r[i] = rune("aeiounthgcmlbdk"[m.IntN(15)])
			p.text = string(r)
		}
		return
	}
}

// misread takes one or two letters for others that look like them.
func misread(m *Maker, list []piece) {
	alike := strings.NewReplacer
	for range 1 + m.IntN(2) {
		p := m.one(list)
		if p == nil {
			return
		}
		kind := pick(m, alike("m", "rn"), alike("n", "ri"), alike("l", "1"), alike("i", "l"), alike("o", "0"), alike("đ", "d"), alike("h", "b"), alike("ơ", "o"), alike("ư", "u"), alike("ă", "â"), alike("ũ", "ủ"), alike("c", "e"), alike("u", "ii"))
		words := strings.Split(p.text, " ")
		w := m.IntN(len(words))
		words[w] = kind.Replace(words[w])
		p.text = strings.Join(words, " ")
	}
}

// wrongTone writes hỏi for ngã, another common slip of the ear.
func wrongTone(m *Maker, list []piece) {
	if p := m.one(list); p != nil {
		d := norm.NFD.String(p.text)
		d = strings.NewReplacer("\u0309", "\u0303", "\u0303", "\u0309").Replace(d)
		p.text = norm.NFC.String(d)
	}
}
