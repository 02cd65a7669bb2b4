package normalize

import "strconv"

// A Date is a calendar date with its precision: year<<9 | month<<5 | day.
// 0 is no date; month or day 0 is unknown. Dates compare as numbers, a partial
// one before all full ones that it may stand for.
type Date uint32

// NewDate packs a date. It does not check that the date exists.
func NewDate(year, month, day int) Date { return Date(year<<9 | month<<5 | day) }

// Year returns the year, 0 for no date.
func (d Date) Year() int { return int(d >> 9) }

// Month returns 1…12, 0 if unknown.
func (d Date) Month() int { return int(d >> 5 & 15) }

// Day returns 1…31, 0 if unknown.
func (d Date) Day() int { return int(d & 31) }

// Full reports whether year, month and day are known.
func (d Date) Full() bool { return d.Year() != 0 && d.Month() != 0 && d.Day() != 0 }

// Valid reports whether the date, as far as it is known, exists.
func (d Date) Valid() bool {
	y, m, day := d.Year(), d.Month(), d.Day()
	return y >= 1 && y <= 9999 && m <= 12 && (m != 0 || day == 0) && (day == 0 || day <= daysIn(y, m))
}

// AppendISO appends "1985-02-01", "1985-02", "1985", or nothing for no date.
func (d Date) AppendISO(dst []byte) []byte {
	if d == 0 {
		return dst
	}
	y := d.Year()
	dst = append(dst, byte('0'+y/1000%10), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10))
	if d.Month() != 0 {
		dst = append(dst, '-', byte('0'+d.Month()/10), byte('0'+d.Month()%10))
		if d.Day() != 0 {
			dst = append(dst, '-', byte('0'+d.Day()/10), byte('0'+d.Day()%10))
		}
	}
	return dst
}

// String returns the ISO form.
func (d Date) String() string {
	var buf [10]byte
	return string(d.AppendISO(buf[:0]))
}

// AppendISO appends d in ISO form to dst: see Date.AppendISO.
func AppendISO(dst []byte, d Date) []byte { return d.AppendISO(dst) }

// ParseISO reads "1985-02-01", "1985-02" or "1985"; ok is false for any other
// text and for a date that does not exist.
func ParseISO(s string) (d Date, ok bool) {
	part := func(from, to int) int {
		n, err := strconv.ParseUint(s[from:to], 10, 16)
		if err != nil {
			return -1
		}
		return int(n)
	}
	var y, m, day int
	switch {
	case len(s) == 4:
		y = part(0, 4)
	case len(s) == 7 && s[4] == '-':
		y, m = part(0, 4), part(5, 7)
	case len(s) == 10 && s[4] == '-' && s[7] == '-':
		y, m, day = part(0, 4), part(5, 7), part(8, 10)
	default:
		return 0, false
	}
	if y < 1 || m < 0 || day < 0 || m > 12 || day > 31 || len(s) > 4 && m == 0 || len(s) > 7 && day == 0 {
		return 0, false
	}
	d = NewDate(y, m, day)
	return d, d.Valid()
}

func leap(y int) bool { return y%4 == 0 && (y%100 != 0 || y%400 == 0) }

func daysIn(y, m int) int {
	switch m {
	case 2:
		if leap(y) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// dayNumber counts the days since 1899-12-30, a spreadsheet's day 0.
func (d Date) dayNumber() int {
	y, m := d.Year(), d.Month()
	if m <= 2 {
		y, m = y-1, m+12
	}
	return 365*y + y/4 - y/100 + y/400 + (153*(m-3)+2)/5 + d.Day() - 1 - 693899
}

// dateOfNumber is the inverse of dayNumber.
func dateOfNumber(n int) Date {
	n += 693899
	era := n / 146097
	doe := n % 146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	day, month, year := doy-(153*mp+2)/5+1, mp+3, yoe+era*400
	if month > 12 {
		month, year = month-12, year+1
	}
	return NewDate(year, month, day)
}

// Days returns the number of days from d to e, both full.
func (d Date) Days(e Date) int { return e.dayNumber() - d.dayNumber() }
