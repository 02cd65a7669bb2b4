package report

import (
	"sync"

	"github.com/dusach/dusach/normalize/units"
)

// A gazetteer finds a commune by its code as a number, without a string.
type gazetteer struct {
	unit   [noCommune]units.New
	former [noCommune]uint8 // province, in the list of 34, of a commune to 2025-06-30
}

// nation returns the gazetteer of the edition of 34 provinces.
var nation = sync.OnceValue(func() *gazetteer {
	g := new(gazetteer)
	for n := units.New(1); n <= units.MaxNew(); n++ {
		g.unit[number([]byte(n.Code()))] = n
	}
	for o := units.Old(1); o <= units.MaxOld(); o++ {
		g.former[number([]byte(o.Code()))] = units.ProvinceNewOf(o.Province())
	}
	g.unit[0], g.former[0] = 0, 0
	return g
})

// province returns the province of a commune, 0 if there is no such commune.
func (g *gazetteer) province(commune uint32) uint8 {
	if n := g.unit[commune]; n != 0 {
		return n.Province()
	}
	return 0
}

func (g *gazetteer) provinceOfKey(key uint32) uint8 {
	if key >= noCommune {
		return uint8(key - noCommune)
	}
	return g.province(key)
}

// communeName returns the name with what the commune calls itself on a day:
// "Phường Ba Đình".
func (g *gazetteer) communeName(commune uint32, d day) string {
	n := g.unit[commune]
	return n.KindOn(d.decimal()).String() + " " + n.Name()
}
