package main

import (
	"math/rand/v2"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/dusach/dusach/normalize/units"
)

// A sample is one made address and what it means.
type sample struct {
	text       string
	old        units.Old
	new        units.New
	process    string
	resolvable bool
}

type maker struct {
	*rand.Rand
	rivals *rivals
}

func (m *maker) chance(p float64) bool { return m.Float64() < p }
func pick[T any](m *maker, of ...T) T  { return of[m.IntN(len(of))] }
func (m *maker) oldUnit() units.Old    { return units.Old(1 + m.IntN(int(units.MaxOld()))) }
func (m *maker) newUnit() units.New    { return units.New(1 + m.IntN(int(units.MaxNew()))) }
func isNumber(s string) bool           { return s != "" && s[0] >= '0' && s[0] <= '9' && len(s) <= 2 }
func provinceKind(code uint8) units.Kind {
	switch code {
	case 1, 31, 46, 48, 79, 92:
		return units.ThanhPho
	}
	return units.Tinh
}

// parts of an address before they are joined; an empty one is left out.
type parts struct {
	rest                        []string
	commune, district, province string
	kinds                       [3]units.Kind
}

// style says how keywords are written in one address.
type style struct {
	keyword   int // 0 words, 1 "P. X", 2 "P.X", 3 none above the commune, 4 none, 5 "P X"
	separator string
	upper     int // 0 as is, 1 lower, 2 upper
}

func (m *maker) style() style {
	s := style{keyword: pick(m, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 5), separator: ", "}
	switch m.IntN(20) {
	case 0, 1:
		s.separator = ","
	case 2:
		s.separator = " - "
	case 3:
		s.separator = "; "
	case 4:
		s.separator = "\n"
	case 5:
		s.separator = " , "
	case 6:
		s.separator = "-"
	case 7:
		s.separator = "/"
	case 8, 9:
		if s.keyword < 3 {
			s.separator = " "
		}
	case 10:
		s.separator = ". "
	}
	s.upper = pick(m, 0, 0, 0, 0, 1, 2)
	return s
}

var short = map[units.Kind][]string{
	units.Tinh: {"T"}, units.ThanhPho: {"TP", "Tp"}, units.Quan: {"Q"}, units.Huyen: {"H"}, units.ThiXa: {"TX", "Tx"},
	units.Phuong: {"P", "F"}, units.Xa: {"X"}, units.ThiTran: {"TT"}, units.DacKhu: {"ĐK"},
}

func (m *maker) unit(kind units.Kind, name string, s style, level int) string {
	if isNumber(name) && s.keyword >= 3 {
		s.keyword = pick(m, 0, 2)
	}
	switch s.keyword {
	case 0:
		return kind.String() + " " + name
	case 1:
		return pick(m, short[kind]...) + ". " + name
	case 2:
		if isNumber(name) && m.chance(.5) {
			return pick(m, short[kind]...) + name
		}
		return pick(m, short[kind]...) + "." + name
	case 3:
		if level == 0 {
			return pick(m, kind.String(), short[kind][0]+".") + " " + name
		}
		return name
	case 5:
		return pick(m, short[kind]...) + " " + name
	}
	return name
}

func (m *maker) join(p *parts, s style, reversed bool) string {
	list := append([]string{}, p.rest...)
	list = append(list, m.unit(p.kinds[0], p.commune, s, 0))
	if p.district != "" {
		list = append(list, m.unit(p.kinds[1], p.district, s, 1))
	}
	if p.province != "" {
		list = append(list, m.unit(p.kinds[2], p.province, s, 2))
	}
	if reversed {
		for i, j := 0, len(list)-1; i < j; i, j = i+1, j-1 {
			list[i], list[j] = list[j], list[i]
		}
	}
	text := strings.Join(list, s.separator)
	switch s.upper {
	case 1:
		text = strings.ToLower(text)
	case 2:
		text = strings.ToUpper(text)
	}
	return text
}

// unmark drops marks and tones, with probability p per letter.
func (m *maker) unmark(s string, p float64) string {
	var b strings.Builder
	for _, r := range norm.NFC.String(s) {
		if m.Float64() >= p {
			b.WriteRune(r)
			continue
		}
		switch r {
		case 'đ':
			b.WriteByte('d')
		case 'Đ':
			b.WriteByte('D')
		default:
			for _, q := range norm.NFD.String(string(r)) {
				if !unicode.Is(unicode.Mn, q) {
					b.WriteRune(q)
				}
			}
		}
	}
	return b.String()
}

// slip makes one typing error in a name: never in a number.
func (m *maker) slip(s string) string {
	r := []rune(s)
	if len(r) < 4 {
		return s
	}
	for range 20 {
		i := 1 + m.IntN(len(r)-2)
		if !unicode.IsLetter(r[i]) || !unicode.IsLetter(r[i+1]) {
			continue
		}
		switch m.IntN(4) {
		case 0:
			return string(r[:i]) + string(r[i+1:])
		case 1:
			return string(r[:i]) + string(r[i]) + string(r[i:])
		case 2:
			if r[i] != r[i+1] {
				return string(r[:i]) + string(r[i+1]) + string(r[i]) + string(r[i+2:])
			}
		default:
			near := map[rune]string{'a': "sq", 'n': "mb", 'h': "gj", 'i': "uo", 'o': "pi", 't': "ry", 'g': "fh", 'u': "yi", 'c': "xv", 'm': "n", 'l': "k", 'p': "o"}
			if k := near[unicode.ToLower(r[i])]; k != "" {
				r[i] = rune(k[m.IntN(len(k))])
				return string(r)
			}
		}
	}
	return s
}
