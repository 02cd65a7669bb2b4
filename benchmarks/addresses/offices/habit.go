package offices

import (
	"github.com/dusach/dusach/normalize/units"
)

// A habit is a way of writing addresses.
type habit struct {
	name   string
	weight int
	write  func(*Maker, *draft)
}

var habits = [...]habit{
	{"words", 8, old(form{keys: words, sep: ", "})},
	{"small words", 6, old(form{keys: smallWords, sep: ", "})},
	{"dotted", 7, old(form{keys: dotted, sep: ", "})},
	{"glued", 5, old(form{keys: glued, sep: ", "})},
	{"short, dashes", 3, old(form{keys: glued, sep: " - "})},
	{"tight dashes", 2, old(form{keys: dotted, sep: "-"})},
	{"slashes", 2, old(form{keys: dotted, sep: "/"})},
	{"semicolons", 1, old(form{keys: words, sep: "; "})},
	{"no commas", 5, old(form{keys: smallWords, sep: " "})},
	{"short, no commas", 3, old(form{keys: glued, sep: " "})},
	{"names alone", 6, old(form{keys: none, sep: ", "})},
	{"names alone, dashes", 2, old(form{keys: none, sep: " - "})},
	{"names alone, no commas", 2, old(form{keys: none, sep: " ", noLocal: true})},
	{"keyword of the commune alone", 4, old(form{keys: communeWord, sep: ", "})},
	{"keyword of the district alone", 2, old(form{keys: districtWord, sep: ", "})},
	{"labels", 2, old(form{keys: labels, sep: "; "})},
	{"slashed labels", 2, old(form{keys: slashedLabels, sep: ", "})},
	{"English", 1, old(form{keys: english, sep: ", "})},
	{"no district", 5, old(form{keys: anyKeys, sep: ", ", noDistrict: true})},
	{"no province", 4, old(form{keys: anyKeys, sep: ", ", noProvince: true})},
	{"right to left", 4, old(form{keys: anyKeys, sep: ", ", reversed: true})},
	{"right to left, dashes", 1, old(form{keys: glued, sep: " - ", reversed: true})},
	{"short province", 6, old(form{keys: anyKeys, sep: ", ", province: shortProvince})},
	{"former province", 2, old(form{keys: words, sep: ", ", province: formerProvince})},
	{"old units, new province", 3, old(form{keys: anyKeys, sep: ", ", province: newProvince})},
	{"country at the end", 2, old(form{keys: words, sep: ", ", tail: ", Việt Nam"})},
	{"commune twice", 1, old(form{keys: words, sep: ", ", twice: true})},
	{"new", 10, fresh(form{keys: words, sep: ", "})},
	{"new, small words", 4, fresh(form{keys: smallWords, sep: ", "})},
	{"new, short", 5, fresh(form{keys: glued, sep: ", "})},
	{"new, dashes", 2, fresh(form{keys: dotted, sep: " - "})},
	{"new, no commas", 4, fresh(form{keys: smallWords, sep: " "})},
	{"new, keyword of the commune alone", 4, fresh(form{keys: communeWord, sep: ", "})},
	{"new, names alone", 4, fresh(form{keys: none, sep: ", "})},
	{"new, short province", 4, fresh(form{keys: anyKeys, sep: ", ", province: shortProvince})},
	{"new, old province", 3, fresh(form{keys: anyKeys, sep: ", ", province: oldProvince})},
	{"new, district kept", 3, fresh(form{keys: anyKeys, sep: ", ", district: true})},
	{"new, right to left", 2, fresh(form{keys: anyKeys, sep: ", ", reversed: true})},
	{"new, kinds of 2026", 1, fresh(form{keys: words, sep: ", ", later: true})},
	{"old (nay là new)", 4, remarked(false)},
	{"new (trước đây old)", 4, remarked(true)},
}

// A form says how the pieces of an address are put together.
type form struct {
	keys     keyStyle
	sep      string
	tail     string
	province func(*Maker, *draft) string // nil: its name in the edition of the address
	noLocal  bool
	noDistrict, noProvince,
	reversed, twice, district, later bool
}

// old writes communes of the old edition.
func old(f form) func(*Maker, *draft) {
	return func(m *Maker, d *draft) {
		for d.old == 0 || d.old.Code()[0] == 'D' {
			d.old = units.Old(1 + m.IntN(int(units.MaxOld())))
		}
		if f.province != nil {
			for f.province(m, d) == "" {
				d.old = units.Old(1 + m.IntN(int(units.MaxOld())))
				for d.old.Code()[0] == 'D' {
					d.old = units.Old(1 + m.IntN(int(units.MaxOld())))
				}
			}
		}
		m.lay(d, &f, m.oldLevels(d, &f))
	}
}

// fresh writes communes of the new edition.
func fresh(f form) func(*Maker, *draft) {
	return func(m *Maker, d *draft) {
		d.new = units.New(1 + m.IntN(int(units.MaxNew())))
		for f.later && d.new.Province() != 75 || f.province != nil && f.province(m, d) == "" {
			d.new = units.New(1 + m.IntN(int(units.MaxNew())))
		}
		m.lay(d, &f, m.newLevels(d, &f))
	}
}

// A level is one unit as it will be written.
type level struct {
	role role
	name string
	kind units.Kind
	rank int // 0 commune, 1 district, 2 province
}

func (m *Maker) oldLevels(d *draft, f *form) (list []level) {
	list = append(list, level{communeName, d.old.Name(), d.old.Kind(), 0})
	if !f.noDistrict {
		list = append(list, level{districtName, units.DistrictName(d.old.District()), units.DistrictKind(d.old.District()), 1})
	}
	if !f.noProvince {
		p := level{provinceName, units.ProvinceName63(d.old.Province()), provinceKind(d.old.Province()), 2}
		if f.province != nil {
			p.name, p.kind = f.province(m, d), units.NoKind
		}
		list = append(list, p)
	}
	return list
}

func (m *Maker) newLevels(d *draft, f *form) (list []level) {
	day := units.NewFrom
	if f.later {
		day = units.KindsFrom
	}
	list = append(list, level{communeName, d.new.Name(), d.new.KindOn(day), 0})
	if f.district {
		at := pick(m, d.new.Predecessors()...).District()
		list = append(list, level{districtName, units.DistrictName(at), units.DistrictKind(at), 1})
	}
	p := level{provinceName, units.ProvinceName34(d.new.Province()), units.ProvinceKindOn(d.new.Province(), day), 2}
	if f.province != nil {
		p.name, p.kind = f.province(m, d), units.NoKind
	}
	return append(list, p)
}

// shortProvince returns a short form of the province, "" when it has none.
func shortProvince(m *Maker, d *draft) string {
	code := d.old.Province()
	if d.old == 0 {
		code = of63(units.ProvinceName34(d.new.Province()))
	}
	if list := shortProvinces[code]; len(list) > 0 {
		return pick(m, list...)
	}
	return ""
}

func formerProvince(_ *Maker, d *draft) string { return formerProvinces[d.old.Province()] }

// newProvince returns the province of the other edition where its name is
// another.
func newProvince(_ *Maker, d *draft) string {
	name := units.ProvinceName34(units.ProvinceNewOf(d.old.Province()))
	if name == units.ProvinceName63(d.old.Province()) {
		return ""
	}
	return name
}

func oldProvince(_ *Maker, d *draft) string {
	name := units.ProvinceName63(d.new.Predecessors()[0].Province())
	if name == units.ProvinceName34(d.new.Province()) {
		return ""
	}
	return name
}
