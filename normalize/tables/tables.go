package tables

import (
	_ "embed"
	"iter"
	"strings"
)

// The tables, as text: see NOTICE for where each comes from.
var (
	//go:embed onsets.txt
	Onsets string // onset
	//go:embed rimes.txt
	Rimes string // rime, checked, tone place old, new, onsets that alone take it, legal after qu
	//go:embed syllables.txt
	Syllables string // syllable, count in person names, in place names
	//go:embed surnames.txt
	Surnames string // surname, shares in percent of two samples, regional variant
	//go:embed given.txt
	Given string // name, counts in lists of boys and girls, word lists M/F/MF, shares in percent
	//go:embed middle.txt
	Middle string // name, counts in lists of boys and girls, word lists M/F/MF
	//go:embed minority.txt
	Minority string // ethnic group, first word, gender it tells, clan names
	//go:embed legacy.txt
	Legacy string // letter, then bytes in hex: VNI, TCVN3, VISCII, VPS, CP1258
	//go:embed ethnic.txt
	Ethnic string // code, name, other names
	//go:embed religions.txt
	Religions string // code, name, other names
	//go:embed values.txt
	Values string // field, canonical value, code, forms
	//go:embed provinces.txt
	Provinces string // code of the 63-province edition, name
	//go:embed countries.txt
	Countries string // country code in personal numbers, ISO code
	//go:embed cmnd.txt
	CMND string // prefix or range of prefixes, issuing provinces
)

// Rows yields the cells of each line of a table, always n of them. The slice
// is used again for the next line.
func Rows(table string, n int) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		cells := make([]string, n)
		for line := range strings.Lines(table) {
			rest := strings.TrimSuffix(line, "\n")
			for i := range cells {
				cells[i], rest, _ = strings.Cut(rest, "\t")
			}
			if !yield(cells) {
				return
			}
		}
	}
}
