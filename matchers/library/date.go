package library

import (
	"github.com/dusach/dusach/matchers"
	"github.com/dusach/dusach/matchers/similarity"
	"github.com/dusach/dusach/normalize"
)

// Levels of a birth date.
const (
	DateSame        matchers.Level = iota + 1 // the same day
	DateSameDefault                           // the same 1 January, which offices write for "year only"
	DateCompatible                            // the same as far as both are known
	DateDefault                               // same year; one side says 1 January
	DateSwapped                               // day and month swapped
	DateDigit                                 // one digit of day or month off
	DateYearDigit                             // same day and month, last digit of the year off
	DateDecade                                // same day and month, another decade
	DateLunar                                 // 15 to 60 days apart: the lunar date for the solar one
	DateTwoDigits                             // two digits off in all
	DateSameYear                              // same year, another day and month
	DateYearNear                              // years one apart, nothing else known
	DateDayMonth                              // same day and month, another year, under 15 apart
	DateElse                                  // otherwise, less than 15 years apart
	DateGeneration                            // 15 years or more apart
)

// BirthDateComparison describes the levels of BirthDate.
var BirthDateComparison = matchers.Comparison{
	Name: "birth_date", VI: "Ngày sinh", EN: "Birth date", Twins: true,
	Levels: []matchers.LevelInfo{
		{Name: "null", VI: "thiếu", EN: "missing"},
		{Name: "same", VI: "cùng ngày", EN: "same day"},
		{Name: "same_default", VI: "cùng ghi 01/01", EN: "both 1 January of one year"},
		{Name: "compatible", VI: "cùng năm, một bên thiếu ngày hoặc tháng", EN: "agree as far as known"},
		{Name: "default", VI: "cùng năm, một bên ghi 01/01", EN: "same year, one side says 1 January"},
		{Name: "swapped", VI: "đảo ngày và tháng", EN: "day and month swapped"},
		{Name: "digit", VI: "sai một chữ số ở ngày hoặc tháng", EN: "one digit of day or month off"},
		{Name: "year_digit", VI: "sai chữ số cuối của năm", EN: "last digit of the year off"},
		{Name: "decade", VI: "sai chữ số hàng chục của năm", EN: "decade off"},
		{Name: "lunar", VI: "lệch 15–60 ngày (âm lịch)", EN: "15–60 days apart (lunar date)"},
		{Name: "two_digits", VI: "sai hai chữ số", EN: "two digits off"},
		{Name: "same_year", VI: "cùng năm, khác ngày tháng", EN: "same year, another day and month"},
		{Name: "year_near", VI: "năm lệch 1, không rõ ngày tháng", EN: "years one apart, no more known"},
		{Name: "day_month", VI: "cùng ngày tháng, khác năm", EN: "same day and month, another year"},
		{Name: "else", VI: "khác, cách dưới 15 năm", EN: "different, under 15 years apart"},
		{Name: "generation", VI: "cách từ 15 năm", EN: "15 years or more apart"},
	},
	Order: [][]matchers.Level{
		{DateSame, DateSameDefault, DateDefault, DateSameYear}, {DateSame, DateCompatible, DateSameYear, DateElse, DateGeneration},
		{DateSame, DateSwapped, DateTwoDigits, DateElse}, {DateSame, DateDigit, DateTwoDigits}, {DateSame, DateYearDigit, DateDayMonth, DateElse},
		{DateSame, DateDecade, DateDayMonth}, {DateSame, DateLunar, DateElse}, {DateCompatible, DateYearNear, DateElse}, {matchers.Null, DateElse},
	},
}

// BirthDate compares two birth dates, partial ones included.
func BirthDate(a, b normalize.Date) matchers.Level {
	if a == 0 || b == 0 {
		return matchers.Null
	}
	if a == b && a.Full() {
		if newYear(a) {
			return DateSameDefault
		}
		return DateSame
	}
	if !a.Full() || !b.Full() {
		return partialDate(a, b)
	}
	const dayMonth = 1<<9 - 1
	switch {
	case a.Year() == b.Year():
		return sameYear(a, b)
	case newYear(a) && newYear(b): // two years, for all that is known
		return partialDate(a, b)
	case a&dayMonth == b&dayMonth:
		return otherYear(a.Year(), b.Year())
	}
	return otherDate(a, b)
}

func newYear(d normalize.Date) bool { return d.Month() == 1 && d.Day() == 1 }

func partialDate(a, b normalize.Date) matchers.Level {
	gap := abs(a.Year() - b.Year())
	switch {
	case gap == 0:
		if ma, mb := a.Month(), b.Month(); ma != 0 && mb != 0 && ma != mb {
			return DateSameYear
		}
		return DateCompatible
	case gap == 1:
		return DateYearNear
	case gap >= 15:
		return DateGeneration
	}
	return DateElse
}

func sameYear(a, b normalize.Date) matchers.Level {
	ma, mb, da, db := a.Month(), b.Month(), a.Day(), b.Day()
	switch digits := digitsOff(ma, mb) + digitsOff(da, db); {
	case ma == db && mb == da:
		return DateSwapped
	case newYear(a) || newYear(b):
		return DateDefault
	case digits == 1:
		return DateDigit
	case lunar(a, b):
		return DateLunar
	case digits == 2:
		return DateTwoDigits
	}
	return DateSameYear
}

func otherYear(ya, yb int) matchers.Level {
	switch gap := abs(ya - yb); {
	case ya/10 == yb/10, gap == 1:
		return DateYearDigit
	case ya%10 == yb%10 && digitsOff(ya%100, yb%100) == 1 && (gap < 100 || gap%100 == 0):
		return DateDecade
	case ya/100 == yb/100 && ya%100/10 == yb%10 && ya%10 == yb%100/10:
		return DateDecade // the last two digits swapped
	}
	if abs(ya-yb) >= 15 {
		return DateGeneration
	}
	return DateDayMonth
}

func otherDate(a, b normalize.Date) matchers.Level {
	ya, yb := a.Year(), b.Year()
	gap := abs(ya - yb)
	if gap == 1 && lunar(a, b) {
		return DateLunar
	}
	off := digitsOff(a.Month(), b.Month()) + digitsOff(a.Day(), b.Day()) + digitsOff(ya%100, yb%100) + digitsOff(ya/100, yb/100)
	switch {
	case off == 2:
		return DateTwoDigits
	case gap == 1 && (newYear(a) || newYear(b)):
		return DateYearNear
	case gap >= 15:
		return DateGeneration
	}
	return DateElse
}

// lunar reports whether two dates lie as far apart as a lunar date and the solar
// date of the same day can, a few days' error allowed.
func lunar(a, b normalize.Date) bool {
	days := abs(similarity.Days(a.Year(), a.Month(), a.Day(), b.Year(), b.Month(), b.Day()))
	return days >= 15 && days <= 60
}

// digitsOff counts the places in which two numbers below 100 differ.
func digitsOff(a, b int) int {
	n := 0
	if a%10 != b%10 {
		n++
	}
	if a/10 != b/10 {
		n++
	}
	return n
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
