package normalize

import "github.com/dusach/dusach/normalize/reason"

// date makes a date of the parts.
func (p *dateParts) date(opt DateOptions) (Date, reason.Set) {
	p.joinYear()
	if p.words&wordCycle != 0 && p.n == 0 {
		p.words |= wordForeign // the name of a year comes again after sixty
	}
	d, swapped, ok := p.shape(opt)
	if ok && d != 0 && !d.Valid() {
		ok = false
		if p.words&wordLunar != 0 && d.Day() <= 30 && d.Month() <= 12 {
			d, ok = NewDate(d.Year(), 0, 0), true // a 30th of the second month exists there
		}
	}
	switch {
	case p.words&(wordForeign|wordTooMany) != 0 || !ok && p.numbers() > 0:
		return 0, invalidDate(opt)
	case !ok || d == 0:
		if opt.Kind == Birth {
			return 0, reason.Of(reason.DOBMissing)
		}
		return 0, reason.Set{}
	}
	if p.utc {
		d = nextDay(d)
	}
	var codes reason.Set
	if swapped && opt.Kind == Birth {
		codes.Add(reason.DOBDaymonthSwap)
	}
	if p.words&wordLunar != 0 && opt.Kind == Birth {
		codes.Add(reason.DOBLunar)
	}
	return d, codes
}

// nextDay returns the day after a whole date.
func nextDay(d Date) Date {
	y, m, day := d.Year(), d.Month(), d.Day()
	switch {
	case day == 0:
		return d
	case day < daysIn(y, m):
		return NewDate(y, m, day+1)
	case m < 12:
		return NewDate(y, m+1, 1)
	}
	return NewDate(y+1, 1, 1)
}

func invalidDate(opt DateOptions) reason.Set {
	switch opt.Kind {
	case Event:
		return reason.Of(reason.EventDateInvalid)
	case Collected:
		return reason.Of(reason.CollectedInvalid)
	}
	return reason.Of(reason.DOBInvalid)
}

// numbers counts the parts that say something.
func (p *dateParts) numbers() (n int) {
	for _, q := range p.part[:p.n] {
		if q.value != 0 {
			n++
		}
	}
	return n
}

// joinYear puts a year together that was written as two pairs, 01/02/19 85, and
// drops the empty part of a doubled slash, 01//02/1985.
func (p *dateParts) joinYear() {
	n := p.n
	for i := 1; n == 4 && i < 3; i++ {
		if p.part[i].digits == 0 && p.part[i].sep == '/' {
			copy(p.part[i:], p.part[i+1:n])
			n, p.n = 3, 3
		}
	}
	if n == 4 && p.part[2].digits == 2 && p.part[3].digits == 2 && p.part[3].sep == ' ' && (p.part[2].value == 19 || p.part[2].value == 20) {
		p.part[2].value = p.part[2].value*100 + p.part[3].value
		p.part[2].digits, p.n = 4, 3
	}
}

// shape reads the parts by their number. ok is false if they make no date.
func (p *dateParts) shape(opt DateOptions) (d Date, swapped, ok bool) {
	a, b, c := &p.part[0], &p.part[1], &p.part[2]
	switch p.n {
	case 1:
		return single(a, opt)
	case 2:
		if a.digits == 5 && a.value > 366 && (b.sep == '.' || b.sep == ',') {
			return single(a, opt) // a serial number with its time of day
		}
		d, ok = twoParts(a, b, opt)
		return d, false, ok
	case 3:
		if a.digits == 4 {
			return threeParts(a, c, b, opt)
		}
		if (opt.MonthFirst || a.month) && !b.month {
			return threeParts(c, b, a, opt)
		}
		return threeParts(c, a, b, opt)
	}
	return 0, false, p.n == 0
}

// threeParts reads year, day and month. A month past 12 changes places with
// the day.
func threeParts(y, day, month *datePart, opt DateOptions) (d Date, swapped, ok bool) {
	dd, mm := day.value, month.value
	if mm > 12 && mm <= 31 && dd <= 12 && dd > 0 && !month.month {
		dd, mm, swapped = mm, dd, true
	}
	if dd > 31 || mm > 12 {
		return 0, false, false
	}
	if mm == 0 {
		dd = 0
	}
	year := yearOf(y, mm, dd, opt)
	if year == 0 {
		return 0, false, y.value == 0 && dd == 0 && mm == 0
	}
	return NewDate(year, int(mm), int(dd)), swapped && !opt.MonthFirst, true
}

// yearOf returns the year that a part means, 0 if it means none. A year of two
// digits is the last one that does not lie after NotAfter.
func yearOf(y *datePart, month, day uint32, opt DateOptions) int {
	switch {
	case y.digits == 4 && y.value >= firstYear && y.value <= lastYear:
		return int(y.value)
	case y.digits != 2:
		return 0
	}
	year := 2000 + int(y.value)
	if opt.NotAfter == 0 && y.value > lastShortYear ||
		opt.NotAfter != 0 && NewDate(year, max(int(month), 1), max(int(day), 1)) > opt.NotAfter {
		year -= 100
	}
	return year
}

// twoParts reads month and year in either order; a blank or zero month leaves
// the year.
func twoParts(a, b *datePart, opt DateOptions) (Date, bool) {
	month, year := a, b
	if a.digits == 4 {
		month, year = b, a
	}
	if year.digits != 4 && !(year.digits == 2 && year.value > 31) {
		return 0, year.value == 0 && month.value == 0
	}
	if month.value > 12 || month.digits > 2 {
		return 0, false
	}
	y := yearOf(year, month.value, 0, opt)
	return NewDate(y, int(month.value), 0), y != 0
}

// single reads a date of one number: a year, a serial number of a spreadsheet,
// or day, month and year without separators.
func single(a *datePart, opt DateOptions) (d Date, swapped, ok bool) {
	v := a.value
	try := func(day, month, year uint32, digits uint8) bool {
		y := datePart{value: year, digits: digits}
		if month == 0 || month > 12 || day == 0 {
			return false
		}
		if n := yearOf(&y, month, day, opt); n != 0 {
			d = NewDate(n, int(month), int(day))
		}
		return d != 0 && d.Valid()
	}
	switch a.digits {
	case 0:
		return 0, false, true
	case 1:
		return 0, false, v == 0
	case 2:
		if v == 0 {
			return 0, false, true
		}
		return NewDate(yearOf(a, 0, 0, opt), 0, 0), false, true
	case 4:
		if v >= firstYear && v <= lastYear {
			return NewDate(int(v), 0, 0), false, true
		}
		if v >= firstSerial { // of somebody born before 1927
			return dateOfNumber(int(v)), false, true
		}
	case 5:
		if v >= 10000 && v < 55000 {
			return dateOfNumber(int(v)), false, true
		}
	case 6:
		if try(v/10000, v/100%100, v%100, 2) {
			return d, false, true
		}
		if m, y := v/10000, v%10000; m >= 1 && m <= 12 && y >= 1900 && y <= lastYear {
			return NewDate(int(y), int(m), 0), false, true
		}
		if y, m := v/100, v%100; m >= 1 && m <= 12 && y >= 1900 && y <= lastYear {
			return NewDate(int(y), int(m), 0), false, true
		}
	case 7, 8:
		if try(v/1000000, v/10000%100, v%10000, 4) || a.digits == 8 && try(v%100, v/100%100, v/10000, 4) {
			return d, false, true
		}
		if a.digits == 8 && v%10000 >= firstYear && v%10000 <= lastYear && v/10000 == 0 {
			return NewDate(int(v%10000), 0, 0), false, true // 00001985
		}
	}
	return 0, false, v == 0
}
