package address

import (
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/dusach/dusach/normalize/units"
)

// collect tokenizes every name as the parser would.
func (x *index) collect() []named {
	all := make([]named, 0, 16000)
	var s scratch
	add := func(name string, r ref) {
		s.tokenize([]byte(name), 0)
		if s.n == 0 {
			return
		}
		n := named{ref: r, words: uint8(s.n)}
		x.bloomAdd(&s)
		var breaks uint64
		let, mark := s.let[:s.used], s.mark[:s.used]
		if last := &s.tok[s.n-1]; s.n > 1 && last.roman != 0 {
			let = appendNumber(s.let[:last.lo:last.lo], last.roman)
			mark = append(s.mark[:last.lo:last.lo], make([]byte, len(let)-int(last.lo))...)
		}
		for i := range s.n {
			breaks |= 1 << (s.tok[i].lo & 63)
		}
		n.let, n.mark, n.breaks = string(let), string(mark), breaks
		all = append(all, n)
	}
	for e := range units.Entries() {
		r := ref{id: e.ID, district: e.District, level: e.Level, kind: e.Kind}
		if e.Obsolete {
			r.flags |= refObsolete
		}
		if e.Alias {
			r.flags |= refAlias
		}
		if e.Alias && e.Level == units.Province63 && len(e.Name) <= 4 && e.Name == strings.ToUpper(e.Name) {
			r.flags |= refWeak
		}
		if e.Level < units.District && e.Kind == units.ThanhPho {
			r.flags |= refCity
		}
		if e.Recut {
			r.flags |= refRecut
		}
		if e.Level == units.CommuneOld && e.Kind >= units.Quan && e.Kind <= units.ThiXa {
			r.flags |= refIsland
		}
		add(e.Name, r)
		if e.Level == units.District && !e.Obsolete {
			r.flags |= refAlias
			for other := range spokenNames(e.Name) {
				add(other, r)
			}
			r.flags |= refInitials
			if short := initials(e.Name); len(short) > 1 {
				add(short, r)
			}
		}
		if e.Level == units.Province63 && e.Alias && shared(uint8(e.ID)) {
			add(e.Name, asNew(r))
		}
		if rest, ok := strings.CutPrefix(e.Name, "Nông trường "); ok {
			r.flags |= refAlias
			add("Nông trường "+rest, r)
			add("NT "+rest, r)
			add("N.T "+rest, r)
			add(rest, r)
		}
		if e.Level == units.Province63 && !e.Alias && !e.Obsolete {
			r.flags |= refAlias | refWeak
			for short := range shorthands(e.Name) {
				r.flags |= refInitials
				add(short, r)
				if shared(uint8(e.ID)) {
					add(short, asNew(r))
				}
			}
		}
	}
	return all
}

// shared reports whether the name of a province of the list of 63 is that of
// the one it became, too.
func shared(code63 uint8) bool {
	return units.ProvinceName63(code63) == units.ProvinceName34(units.ProvinceNewOf(code63))
}

func asNew(r ref) ref {
	r.level, r.id = units.Province34, uint16(units.ProvinceNewOf(uint8(r.id)))
	return r
}

// shorthands yields how clerks shorten the name of a province: "QN" and
// "Q Nam" for Quảng Nam.
func shorthands(name string) iter.Seq[string] {
	return func(yield func(string) bool) {
		short := initials(name)
		words := strings.Fields(strings.ReplaceAll(name, "-", " "))
		if short != "" && yield(short) && len(words) == 2 {
			r, _ := utf8.DecodeRuneInString(words[0])
			yield(string(r) + " " + words[1])
		}
	}
}

// initials returns the first letters of a name of several words, "" for one word and for
// names with a number.
func initials(name string) string {
	words := strings.Fields(strings.ReplaceAll(name, "-", " "))
	if len(words) < 2 {
		return ""
	}
	var b strings.Builder
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		if r >= '0' && r <= '9' {
			return ""
		}
		b.WriteRune(r)
	}
	return b.String()
}

// spokenNames yields what else a district is called: the first half of a double name (Phan Rang),
// and an older spelling that is further from the official one than a slip.
func spokenNames(name string) iter.Seq[string] {
	return func(yield func(string) bool) {
		if half, _, ok := strings.Cut(name, " - "); ok && !yield(half) {
			return
		}
		if name == "Buôn Ma Thuột" {
			yield("Ban Mê Thuột")
		}
	}
}

func appendNumber(b []byte, v uint8) []byte {
	if v >= 10 {
		b = append(b, '0'+v/10)
	}
	return append(b, '0'+v%10)
}

func (x *index) bloomAdd(s *scratch) {
	h := uint64(0)
	for i := range s.n {
		h = s.tok[i].after(h)
		x.note(slot(h), 1)
	}
}
