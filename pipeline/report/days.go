package report

import "time"

// A day is a date packed so that dates compare as numbers: year<<9 | month<<5
// | day.
type day uint32

const noDay day = 0

// How much of a date is known.
type precision uint8

const (
	noDate precision = iota
	yearOnly
	yearMonth
	wholeDate
)

// parseISO reads "1985", "1985-02" or "1985-02-01"; an unknown month or day
// reads as the first.
func parseISO(iso []byte) (day, precision) {
	if len(iso) != 4 && len(iso) != 7 && len(iso) != 10 {
		return noDay, noDate
	}
	y, m, d := digits(iso[:4]), 1, 1
	p := yearOnly
	if len(iso) >= 7 {
		m, p = digits(iso[5:7]), yearMonth
	}
	if len(iso) == 10 {
		d, p = digits(iso[8:10]), wholeDate
	}
	if y <= 0 || m < 1 || m > 12 || d < 1 || d > 31 {
		return noDay, noDate
	}
	return day(y<<9 | m<<5 | d), p
}

// digits reads a decimal number, -1 if it is none.
func digits(s []byte) int {
	n := 0
	for _, c := range s {
		if c < '0' || c > '9' {
			return -1
		}
		n = 10*n + int(c-'0')
	}
	return n
}

func (d day) year() int { return int(d >> 9) }

// yearsBefore returns the same day n years earlier.
func (d day) yearsBefore(n int) day { return d - day(n)<<9 }

// over reports whether somebody born on the ISO date birth, partial allowed, is
// surely more than n years old on d.
func (d day) over(n int, birth []byte) bool {
	b, p := parseISO(birth)
	switch p {
	case noDate:
		return false
	case yearOnly:
		b |= 12<<5 | 31
	case yearMonth:
		b |= 31
	}
	return b < d.yearsBefore(n)
}

// days returns the number of the day in the proleptic Gregorian calendar, by
// counting years from March so that a leap day comes last.
func (d day) days() int64 {
	y, m := int64(d>>9), int64(d>>5&15)
	if m <= 2 {
		y, m = y-1, m+12
	}
	return 365*y + y/4 - y/100 + y/400 + (153*(m-3)+2)/5 + int64(d&31)
}

// decimal returns the date as the number yyyymmdd.
func (d day) decimal() int { return d.year()*10_000 + int(d>>5&15)*100 + int(d&31) }

func (d day) String() string {
	return time.Date(d.year(), time.Month(d>>5&15), int(d&31), 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

// maxDays caps an age: a hundred years. Older ones count as that old.
const maxDays = 36_525

// A dayPage counts citizens by the age of their record, pageDays days a page. Ages
// cluster around the campaigns that collected them, so a place needs few pages.
const pageDays = 64

type dayPage [pageDays]uint32

// dayCounts is a histogram by days: page number of the tally plus one, 0 none.
type dayCounts []uint32

// countDay counts one citizen of p whose record is n days old.
func (t *Tally) countDay(p *place, n int) {
	n = min(max(n, 0), maxDays)
	t.pageOf(p, n/pageDays)[n%pageDays]++
}

// pageOf returns page k of p.
func (t *Tally) pageOf(p *place, k int) *dayPage {
	for len(p.days) <= k {
		p.days = append(p.days, 0)
	}
	if p.days[k] == 0 {
		t.pages = append(t.pages, dayPage{})
		p.days[k] = uint32(len(t.pages))
	}
	return &t.pages[p.days[k]-1]
}

// A histogram counts citizens by days, for the sum of several places.
type histogram struct {
	counts [maxDays + pageDays]uint64
	total  uint64
}

func (h *histogram) add(t *Tally, p *place) {
	for k, number := range p.days {
		if number == 0 {
			continue
		}
		for i, n := range t.pages[number-1] {
			h.counts[k*pageDays+i] += uint64(n)
			h.total += uint64(n)
		}
	}
}

// quantile returns the least number of days that at least percent of the
// citizens do not exceed (nearest rank), nil if there is none.
func (h *histogram) quantile(percent uint64) *int {
	if h.total == 0 {
		return nil
	}
	rank := (h.total*percent + 99) / 100
	seen := uint64(0)
	for d, n := range h.counts {
		if seen += n; seen >= rank {
			return &d
		}
	}
	panic("BUG: a rank beyond the total of the histogram")
}
