package report

import (
	"strconv"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"github.com/dusach/dusach/pipeline/record"
)

// A printer writes numbers in the way of a language.
type printer struct {
	p       *message.Printer
	decimal string
	none    string // stands where there is no number
	w       *words
}

func newPrinter(lang string) printer {
	if lang == "en" {
		return printer{message.NewPrinter(language.English), ".", "–", &english}
	}
	return printer{message.NewPrinter(language.Vietnamese), ",", "–", &vietnamese}
}

// count writes 1.234.567 or 1,234,567.
func (p printer) count(n uint64) string { return p.p.Sprintf("%d", n) }

// compact writes a round number in few letters: 10 nghìn, 10K.
func (p printer) compact(n uint64) string {
	switch {
	case n >= 1e9:
		return p.count(n/1e9) + p.w.Billion
	case n >= 1e6:
		return p.count(n/1e6) + p.w.Million
	case n >= 1e4:
		return p.count(n/1e3) + p.w.Thousand
	}
	return p.count(n)
}

// percent writes a share to one decimal. It is rounded to nearest, but 100 %
// means all of them and 0 % none: one wrong form in a million does not
// disappear.
func (p printer) percent(s record.Share) string {
	switch {
	case s.Of == 0:
		return p.none
	case s.Count == 0:
		return "0%"
	case s.Count >= s.Of:
		return "100%"
	}
	n := permille(s)
	switch n {
	case 0:
		return "<0" + p.decimal + "1%"
	case 1000:
		return ">99" + p.decimal + "9%"
	}
	return strconv.Itoa(n/10) + p.decimal + strconv.Itoa(n%10) + "%"
}

// permille returns a share in thousandths, rounded; 0 where there is no whole.
func permille(s record.Share) int {
	v, ok := s.Value()
	if !ok {
		return 0
	}
	return int(v*1000 + 0.5)
}

// fraction writes a number with the given decimals.
func (p printer) fraction(v float64, decimals int) string {
	return strings.Replace(strconv.FormatFloat(v, 'f', decimals, 64), ".", p.decimal, 1)
}

// bits writes a weight to two decimals at most.
func (p printer) bits(v float64) string {
	text := strings.TrimRight(strconv.FormatFloat(v, 'f', 2, 64), "0")
	text = strings.TrimSuffix(text, ".")
	return strings.NewReplacer(".", p.decimal, "-", "−").Replace(text)
}

// days writes a number of days, which may be unknown.
func (p printer) days(d *int) string {
	if d == nil {
		return p.none
	}
	return p.count(uint64(*d))
}

// date writes an ISO date as the language does.
func (p printer) date(iso string) string {
	d, precision := parseISO([]byte(iso))
	if precision != wholeDate {
		return p.none
	}
	if p.decimal == "." {
		return iso
	}
	return iso[8:] + "/" + iso[5:7] + "/" + strconv.Itoa(d.year())
}
