package general

import (
	"fmt"
	"strings"

	"github.com/dusach/dusach/normalize"
)

// A Layout says how a date is written: YYYY, YY, MM, M, DD, D stand for its
// parts, MON for the English name of a month or its first three letters, and
// any other sign for itself. M and D take one or two digits.
type Layout struct {
	text  string
	parts []string
}

// ParseLayout reads a layout. It must have a year; without a month or a day the
// dates are partial.
func ParseLayout(text string) (Layout, error) {
	l := Layout{text: text}
	seen := map[byte]bool{}
	for rest := text; rest != ""; {
		part := rest[:1]
		for _, p := range []string{"YYYY", "YY", "MON", "MM", "M", "DD", "D"} {
			if strings.HasPrefix(rest, p) {
				part = p
				if seen[p[0]] {
					return l, fmt.Errorf("the layout %q names a part twice", text)
				}
				seen[p[0]] = true
				break
			}
		}
		l.parts = append(l.parts, part)
		rest = rest[len(part):]
	}
	if !seen['Y'] || seen['D'] && !seen['M'] {
		return l, fmt.Errorf("the layout %q has no year, or a day without a month: write it like YYYY-MM-DD, DD/MM/YYYY, D MON YYYY or YYYY", text)
	}
	return l, nil
}

// String returns the layout as it was written.
func (l Layout) String() string { return l.text }

// ISOLayouts are taken where a field gives none.
var ISOLayouts = mustLayouts("YYYY-MM-DD", "YYYYMMDD", "YYYY-MM", "YYYY")

func mustLayouts(list ...string) (out []Layout) {
	for _, text := range list {
		l, err := ParseLayout(text)
		if err != nil {
			panic("BUG: " + err.Error())
		}
		out = append(out, l)
	}
	return out
}

// ParseDay reads a date in the first layout that fits; a time of day after it is
// left out. A date that no calendar has, as a slip of the pen makes it, is still
// returned, for it is evidence: ask Valid before publishing it.
func ParseDay(src []byte, layouts []Layout) (normalize.Date, bool) {
	for i := range layouts {
		if d, ok := layouts[i].parse(src); ok {
			return d, true
		}
	}
	return 0, false
}

func (l *Layout) parse(src []byte) (normalize.Date, bool) {
	var y, m, d int
	for _, p := range l.parts {
		var ok bool
		switch p {
		case "YYYY":
			y, src, ok = takeDigits(src, 4, 4)
		case "YY":
			if y, src, ok = takeDigits(src, 2, 2); y < 30 {
				y += 100
			}
			y += 1900
		case "MM":
			m, src, ok = takeDigits(src, 2, 2)
		case "M":
			m, src, ok = takeDigits(src, 1, 2)
		case "MON":
			m, src, ok = takeMonth(src)
		case "DD":
			d, src, ok = takeDigits(src, 2, 2)
		case "D":
			d, src, ok = takeDigits(src, 1, 2)
		default:
			if ok = len(src) > 0 && src[0] == p[0]; ok {
				src = src[1:]
			}
		}
		if !ok {
			return 0, false
		}
	}
	if len(src) > 0 && src[0] != ' ' && src[0] != 'T' {
		return 0, false
	}
	if y == 0 || m > 15 || d > 31 { // beyond what a Date holds
		return 0, false
	}
	return normalize.NewDate(y, m, d), true
}

func takeDigits(src []byte, least, most int) (n int, rest []byte, ok bool) {
	i := 0
	for i < most && i < len(src) && src[i] >= '0' && src[i] <= '9' {
		n = n*10 + int(src[i]-'0')
		i++
	}
	return n, src[i:], i >= least
}

var months = []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}

func takeMonth(src []byte) (n int, rest []byte, ok bool) {
	i := 0
	for i < len(src) && src[i]|0x20 >= 'a' && src[i]|0x20 <= 'z' {
		i++
	}
	name := strings.ToLower(string(src[:i]))
	if i < 3 {
		return 0, src, false
	}
	for m, full := range months {
		if strings.HasPrefix(full, name) || strings.HasPrefix(name, full[:3]) && i <= 4 {
			return m + 1, src[i:], true
		}
	}
	return 0, src, false
}
