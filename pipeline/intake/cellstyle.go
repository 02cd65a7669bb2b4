package intake

import (
	"math"
	"strconv"
	"strings"

	"github.com/dusach/dusach/normalize"
	"github.com/xuri/excelize/v2"
)

// A cellStyle is what the style of a cell says of its value.
type cellStyle struct {
	date     string             // layout of a date, "" for a plain number
	zeros    int                // digits to which a number is filled up
	encoding normalize.Encoding // of the font
}

// styles are the cell styles of a workbook by number.
type styles struct {
	book  *excelize.File
	known map[int]cellStyle
	from  bool // days are counted from 1904
}

func newStyles(book *excelize.File) *styles {
	s := &styles{book: book, known: map[int]cellStyle{}}
	if props, err := book.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		s.from = *props.Date1904
	}
	return s
}

func (s *styles) at(n int) cellStyle {
	if c, ok := s.known[n]; ok {
		return c
	}
	var c cellStyle
	if style, err := s.book.GetStyle(n); err == nil {
		format := ""
		if style.CustomNumFmt != nil {
			format = *style.CustomNumFmt
		}
		c.date = dateLayout(style.NumFmt, format)
		if format != "" && strings.Trim(format, "0") == "" {
			c.zeros = len(format)
		}
		if style.Font != nil {
			c.encoding = fontEncoding(style.Font.Family)
		}
	}
	if len(s.known) < 1<<16 {
		s.known[n] = c
	}
	return c
}

// fontEncoding returns the encoding that a font declares: .VnTime and its kin
// show TCVN3, .VnTimeH the same in capitals, VNI-Times and its kin VNI.
func fontEncoding(family string) normalize.Encoding {
	f := strings.ToLower(strings.TrimSpace(family))
	switch {
	case strings.HasPrefix(f, ".vn") && strings.HasSuffix(f, "h"):
		return normalize.TCVN3H
	case strings.HasPrefix(f, ".vn"):
		return normalize.TCVN3
	case strings.HasPrefix(f, "vni-"), strings.HasPrefix(f, "vni "):
		return normalize.VNI
	}
	return normalize.UTF8
}

// dateLayout returns how a date of a number format is written: with as much as
// the format shows, day first. Formats that show no date have none.
func dateLayout(id int, custom string) string {
	if custom == "" {
		switch {
		case id == 17:
			return "01/2006"
		case id >= 14 && id <= 16, id == 22, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id >= 57 && id <= 58:
			return "02/01/2006"
		}
		return ""
	}
	day, month, year, clock := shows(custom)
	switch {
	case day && (month || year):
		return "02/01/2006"
	case year && month && !clock:
		return "01/2006"
	case year && !clock:
		return "2006"
	}
	return ""
}

// shows reports which parts of a moment a number format has, literal text and
// brackets apart.
func shows(format string) (day, month, year, clock bool) {
	quoted, bracket := false, false
	for i := 0; i < len(format); i++ {
		switch c := format[i] | 0x20; {
		case format[i] == '"':
			quoted = !quoted
		case quoted:
		case format[i] == '\\' || format[i] == '_' || format[i] == '*':
			i++
		case format[i] == '[':
			bracket = true
		case format[i] == ']':
			bracket = false
		case bracket:
		case format[i] == ';': // what follows is for negative numbers and text
			return day, month, year, clock
		case c == 'd':
			day = true
		case c == 'm':
			month = true
		case c == 'y':
			year = true
		case c == 'h' || c == 's':
			clock = true
		}
	}
	return day, month, year, clock
}

// numberText writes a number as people see it: dates as dates, no exponent.
func (s *styles) numberText(v string, c cellStyle) string {
	n, err := strconv.ParseFloat(v, 64)
	if err != nil {
		return v
	}
	if c.date != "" && n >= 1 && n < 2958466 { // to the end of the year 9999
		if t, err := excelize.ExcelDateToTime(n, s.from); err == nil {
			return t.Format(c.date)
		}
	}
	if math.Trunc(n) != n || math.Abs(n) >= 1e15 {
		return v
	}
	text := strconv.FormatFloat(n, 'f', -1, 64)
	if strings.ContainsAny(v, "eE") && strings.HasSuffix(text, "0000") {
		return v // digits were lost before the file was written
	}
	if n >= 0 && len(text) < c.zeros {
		text = strings.Repeat("0", c.zeros-len(text)) + text
	}
	return text
}
