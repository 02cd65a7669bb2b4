package normalize

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"github.com/dusach/dusach/normalize/reason"
)

// DateKind says what a date is the date of.
type DateKind uint8

// Birth dates get the DOB codes; the others have one code for a date that
// cannot be read.
const (
	Birth DateKind = iota
	Event
	Collected
)

// DateOptions says how to read a date.
type DateOptions struct {
	NotAfter   Date // the form's date of collection or the epoch's; 0 = no check
	Kind       DateKind
	MonthFirst bool // the source declares month/day/year
}

// Without NotAfter two-digit years up to lastShortYear are of this century and
// ages are counted to referenceYear.
const (
	referenceYear = 2026
	lastShortYear = 29
	firstYear     = 1800
	lastYear      = 2100
	oldest        = 120
	firstSerial   = 3000 // 1908-03-18: a lesser number of four digits is no day of a spreadsheet but a slip in a year
)

// ParseDate reads a date as offices write it: day first unless the source says
// otherwise, with / . - spaces or words between the parts, year first, a
// spreadsheet's serial number, eight or six digits without separators, a time
// of day after it. A day or month of 0, ?, x or nothing is unknown, a lone year
// is a date. A date that does not exist is 0 with its code, and so is a birth in a
// year after NotAfter's: a slip of which nobody can say what it stands for. (A day
// later in the same year stays, with the code: as often the other date is wrong.)
func ParseDate(raw []byte, opt DateOptions) (Date, reason.Set) {
	d, ok := plainDate(raw)
	var codes reason.Set
	if !ok || opt.MonthFirst {
		var p dateParts
		p.read(raw)
		d, codes = p.date(opt)
	}
	switch {
	case d == 0:
		return 0, codes
	case opt.unborn(d.Year()):
		return 0, reason.Of(reason.DOBFuture)
	}
	return d, codes.Union(checkDate(d, opt))
}

// unborn reports whether a year is too late for a birth.
func (o DateOptions) unborn(year int) bool {
	return o.Kind == Birth && o.NotAfter != 0 && year > o.NotAfter.Year()
}

// WrittenYear returns the year that a cell names even if the rest of it is no
// date (29/02/1900), 0 if it names none or one in which nobody was born yet.
func WrittenYear(raw []byte, opt DateOptions) int {
	if d, _ := ParseDate(raw, opt); d != 0 {
		return d.Year()
	}
	var p dateParts
	p.read(raw)
	for i := range p.n {
		year := int(p.part[i].value)
		if p.part[i].digits == 4 && year >= firstYear && year <= lastYear && !opt.unborn(year) {
			return year
		}
	}
	return 0
}

// plainDate reads dd/mm/yyyy and yyyy-mm-dd, which nearly all dates are.
func plainDate(s []byte) (Date, bool) {
	if len(s) != 10 {
		return 0, false
	}
	num := func(at, n int) int {
		v := 0
		for _, c := range s[at : at+n] {
			if c < '0' || c > '9' {
				return -1
			}
			v = v*10 + int(c-'0')
		}
		return v
	}
	var y, m, d int
	switch {
	case s[2] == '/' && s[5] == '/':
		d, m, y = num(0, 2), num(3, 2), num(6, 4)
	case s[4] == '-' && s[7] == '-':
		y, m, d = num(0, 4), num(5, 2), num(8, 2)
	default:
		return 0, false
	}
	if y < firstYear || y > lastYear || m < 1 || m > 12 || d < 1 || d > daysIn(y, m) {
		return 0, false
	}
	return NewDate(y, m, d), true
}

// checkDate gives the codes of a date that exists.
func checkDate(d Date, opt DateOptions) (codes reason.Set) {
	future := opt.NotAfter != 0 && startOf(d) > opt.NotAfter
	switch {
	case opt.Kind == Event && future:
		codes.Add(reason.EventDateInvalid)
	case opt.Kind != Birth:
	default:
		now := opt.NotAfter
		if now == 0 {
			now = NewDate(referenceYear, 1, 1)
		}
		if future {
			codes.Add(reason.DOBFuture)
		}
		if d.Year()+oldest < now.Year() {
			codes.Add(reason.DOBTooOld)
		}
		if d.Day() == 0 {
			codes.Add(reason.DOBPartial)
		}
		if d.Day() == 1 && d.Month() == 1 {
			codes.Add(reason.DOBDefault0101)
		}
	}
	return codes
}

// startOf returns the first day that a partial date may mean.
func startOf(d Date) Date { return NewDate(d.Year(), max(d.Month(), 1), max(d.Day(), 1)) }

// dateParts are the numbers of a date cell.
type dateParts struct {
	part  [6]datePart
	n     int
	words dateWords
	utc   bool // midnight in Vietnam, told as 17:00 of the day before in Greenwich
}

type datePart struct {
	value  uint32
	digits uint8
	sep    byte // the character before it
	month  bool // written as a word, or after "tháng"
}

// dateWords says which words stand in a date cell.
type dateWords uint8

const (
	wordLunar   dateWords = 1 << iota // âm lịch
	wordUnknown                       // không rõ
	wordForeign                       // anything else
	wordTooMany                       // more numbers than a date has
	wordBlank                         // a part left open: ?, x, __
	wordAside                         // within brackets after the date
	wordCycle                         // of a year's name: Giáp Tý
)

func (p *dateParts) add(v uint32, digits uint8, sep byte, month bool) {
	if p.n == len(p.part) {
		p.words |= wordTooMany
		return
	}
	p.part[p.n] = datePart{v, digits, sep, month}
	p.n++
}

// read takes a cell apart.
func (p *dateParts) read(raw []byte) {
	if len(raw) > 120 {
		p.words |= wordForeign
		return
	}
	var clean [400]byte
	s := raw
	if !IsClean(raw) {
		s = appendSimple(clean[:0], raw)
	}
	if IsVoid(s) {
		p.words |= wordUnknown
		return
	}
	whole := s
	s = cutTime(s)
	p.utc = localMidnight(whole[len(s):])
	if p.readWords(s) {
		return
	}
	sep, slashes := byte(0), 1 // a slash at the head leaves a part open
	for i := 0; i < len(s); {
		c := s[i]
		if end := numberEnd(s, i); end > i {
			v, digits := numberOf(s[i:end])
			p.add(v, digits, sep, p.afterMonth(s[:i]))
			i, sep, slashes = end, 0, 0
			continue
		}
		if n := wordLen(s[i:]); n > 0 {
			aside := p.words & wordAside
			if p.word(s[i:i+n], s[:i]) {
				slashes = 0
			}
			if aside != 0 {
				p.words &^= wordForeign // a remark in brackets
			}
			i += n
			continue
		}
		switch c {
		case '(':
			if p.n > 0 && p.words&wordForeign == 0 {
				p.words |= wordAside
			}
		case ')':
			p.words &^= wordAside
		case '/':
			if slashes > 0 {
				p.add(0, 0, '/', false)
				p.words |= wordBlank
			}
			slashes++
		case '?', '_':
			if c != sep {
				p.add(0, 0, c, false)
				slashes = 0
			}
			p.words |= wordBlank
		}
		if c != ' ' || sep == 0 {
			sep = c
		}
		r, k := utf8.DecodeRune(s[i:])
		if k > 1 && unicode.IsDigit(r) {
			p.words |= wordForeign
		}
		i += k
	}
}

// readWords reads a cell of which the parts are written as words, or of which
// the words between them show what they are; it reports whether it is one.
func (p *dateParts) readWords(s []byte) bool {
	letters := 0
	for _, c := range s {
		if asciiLetters[c&0x7F] != 0 {
			letters++
		}
	}
	if letters < 3 {
		return false
	}
	y, m, d, lunar, ok := wordedDate(s)
	if !ok {
		return false
	}
	p.part[0], p.part[1], p.part[2], p.n = d, m, y, 3
	p.part[0].month = false
	if lunar {
		p.words |= wordLunar
	}
	return true
}

// cutTime drops a time of day: from the number before a colon between digits,
// or from the T after a digit.
func cutTime(s []byte) []byte {
	for i := 1; i+1 < len(s); i++ {
		if s[i] == 'T' && digit(s[i-1]) && digit(s[i+1]) {
			return s[:i]
		}
		if s[i] == ':' && digit(s[i-1]) && digit(s[i+1]) {
			for i--; i > 0 && digit(s[i-1]); i-- {
			}
			return s[:i]
		}
	}
	return s
}

// localMidnight reports whether a time of day is the one that programs write for a day
// without a time in Vietnam, seven hours early: 1985-01-31T17:00:00.000Z is the first of
// February.
func localMidnight(s []byte) bool {
	s, ok := bytes.CutPrefix(s, []byte("T17:00:00"))
	if !ok {
		return false
	}
	s = bytes.TrimRight(s, " ")
	return len(s) > 0 && s[len(s)-1] == 'Z' && len(bytes.Trim(s[:len(s)-1], ".0")) == 0
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// misread returns the digit that a letter may be misread from, -1 for none.
func misread(c byte) int {
	switch c {
	case 'l', 'I', '|', 'i':
		return 1
	case 'O', 'o', 'Q', 'D':
		return 0
	case 'S', 's':
		return 5
	case 'B':
		return 8
	case 'Z', 'z':
		return 2
	case 'A':
		return 4
	case 'b', 'G':
		return 6
	case 'g', 'q':
		return 9
	}
	return -1
}

// numberEnd returns where the number at s[i] ends, i if there is none: digits,
// among them letters that look like digits where a digit or a separator of
// dates stands on both sides.
func numberEnd(s []byte, i int) int {
	end, letters := i, 0
	for end < len(s) {
		if digit(s[end]) {
			end++
			continue
		}
		if misread(s[end]) < 0 {
			break
		}
		letters++
		end++
	}
	if letters == 0 {
		return end
	}
	left := i == 0 || s[i-1] == '/' || s[i-1] == '.' || s[i-1] == '-'
	right := end == len(s) || s[end] == '/' || s[end] == '.' || s[end] == '-'
	if left && right && (end-i > letters || letters == 1 && len(s) > 4 || letters == 2 && allMisreadDate(s)) {
		return end
	}
	for end = i; end < len(s) && digit(s[end]); end++ {
	}
	return end
}

// allMisreadDate reports whether a cell is three parts of digits and letters
// misread for them, with a year that is mostly digits: Ol/Ol/l985.
func allMisreadDate(s []byte) bool {
	parts, digits := 1, 0
	for _, c := range s {
		switch {
		case c == '/' || c == '.' || c == '-':
			parts++
		case digit(c):
			digits++
		case misread(c) < 0:
			return false
		}
	}
	return parts == 3 && digits >= 3
}

func numberOf(s []byte) (v uint32, digits uint8) {
	for _, c := range s {
		d := int(c) - '0'
		if !digit(c) {
			d = misread(c)
		}
		if digits < 9 {
			v = v*10 + uint32(d)
		}
		digits++
	}
	return v, digits
}

// afterMonth reports whether the word before is tháng or an abbreviation.
func (p *dateParts) afterMonth(before []byte) bool {
	end := len(before)
	for end > 0 && (before[end-1] == ' ' || before[end-1] == '.') {
		end--
	}
	from := end
	for from > 0 && before[from-1] != ' ' && !digit(before[from-1]) && before[from-1] != '/' {
		from--
	}
	var buf [24]byte
	if end-from > 8 {
		return false
	}
	switch string(AppendFold(buf[:0], before[from:end])) {
	case "thang", "thg", "th", "t":
		return true
	}
	return false
}

// word takes in a word of a date cell; true if it stands for a part.
func (p *dateParts) word(s, before []byte) bool {
	var buf [64]byte
	if len(s) > 40 {
		p.words |= wordForeign
		return false
	}
	f := AppendFold(buf[:0], s)
	switch string(f) {
	case "ngay", "thang", "nam", "sinh", "ng", "th", "thg", "t", "ns", "sn", "n", "khoang", "chung", "mung", "mong", "duong", "dl", "lich", "ngaysinh",
		"dau", "giua", "cuoi":
		return false
	case "am", "al":
		p.words |= wordLunar
		return false
	case "khong", "ko", "k", "ro", "chua", "nho", "biet", "co", "kr", "null", "none", "na", "nan", "trong", "kxd", "ktt":
		p.words |= wordUnknown
		return false
	case "a":
		if p.words&wordUnknown != 0 { // n/a
			return false
		}
		p.words |= wordForeign
		return false
	case "tuoi":
		if p.n == 1 && p.part[0].digits < 4 { // an age
			p.words |= wordForeign
		} else {
			p.words |= wordCycle
		}
		return false
	case "giap", "at", "binh", "dinh", "mau", "ky", "canh", "tan", "nham", "quy", "ti", "ty", "suu", "dan", "mao", "meo", "thin", "ngo",
		"mui", "than", "tuat", "hoi":
		p.words |= wordCycle
		return false
	case "x", "xx", "xxx", "xxxx":
		p.words |= wordBlank
		p.add(0, 0, 'x', false)
		return true
	}
	if m := monthWord(f); m > 0 {
		p.add(uint32(m), 2, 0, true)
		return true
	}
	p.words |= wordForeign
	return false
}

// monthWord reads an English month, whole or its first three letters, and the
// two Vietnamese months that have names.
func monthWord(f []byte) int {
	switch string(f) {
	case "gieng":
		return 1
	case "chap":
		return 12
	}
	months := [...]string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}
	for i, m := range months {
		if len(f) >= 3 && len(f) <= len(m) && string(f) == m[:len(f)] && (len(f) == 3 || len(f) == len(m) || string(f) == "sept") {
			return i + 1
		}
	}
	return 0
}
