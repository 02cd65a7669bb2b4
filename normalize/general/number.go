package general

import (
	"math"
	"strconv"
)

// ParseNumber reads a number among other signs: "$1,299.00", "1.299,00 €",
// "12 kg", "-3.5". Of points and commas the last is the decimal sign, but a
// single comma before exactly three digits parts thousands. A text without
// digits, or with two numbers, is none.
func ParseNumber(src []byte) (v float64, ok bool) {
	var room [32]byte
	digits, last, marks := room[:0], -1, 0
	end := false // of the number
	for _, c := range src {
		switch {
		case c >= '0' && c <= '9':
			if end || len(digits) == cap(digits) {
				return 0, false
			}
			digits = append(digits, c)
		case c == '.' || c == ',':
			if len(digits) > 0 && !end {
				last, marks = len(digits), marks+1
				if c == ',' {
					marks += 16 // commas count in the upper half
				}
			}
		case c == '-' && len(digits) == 0:
			digits = append(digits, c)
		case c == ' ' || c == '\'' || c == 0xC2 || c == 0xA0: // a space that does not break is C2 A0
		default:
			end = len(digits) > 0 && digits[len(digits)-1] != '-'
		}
	}
	if len(digits) == 0 || digits[len(digits)-1] == '-' {
		return 0, false
	}
	if last > 0 && (marks&15 == 1 && !thousands(marks, len(digits)-last) || mixed(marks)) {
		digits = append(digits, 0)
		copy(digits[last+1:], digits[last:])
		digits[last] = '.'
	}
	v, err := strconv.ParseFloat(string(digits), 64)
	return v, err == nil && !math.IsInf(v, 0)
}

// thousands reports whether the only mark is a comma before three digits.
func thousands(marks, after int) bool { return marks == 17 && after == 3 }

// mixed reports whether there are both points and commas.
func mixed(marks int) bool { return marks>>4 > 0 && marks>>4 < marks&15 }

// AppendNumber appends a number in its shortest exact form.
func AppendNumber(dst []byte, v float64) []byte { return strconv.AppendFloat(dst, v, 'f', -1, 64) }
