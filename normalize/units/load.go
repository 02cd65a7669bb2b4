package units

import (
	_ "embed" // the tables
	"strings"
	"sync"
	"sync/atomic"
)

//go:embed tables/provinces.tsv
var provincesTSV string

//go:embed tables/districts.tsv
var districtsTSV string

//go:embed tables/communes_old.tsv
var communesOldTSV string

//go:embed tables/communes_new.tsv
var communesNewTSV string

type oldUnit struct {
	code, name string
	aliases    string
}

// oldLinks is what is asked of an old unit again and again, kept small and
// apart from its names.
type oldLinks struct {
	district, was uint16
	from, to      uint16 // in toNew
	kind          Kind
	province      uint8
}

type newUnit struct {
	code, name      string
	from, to        uint16
	kind, kindLater Kind
	province        uint8
}

type district struct {
	name     string
	kind     Kind
	province uint8
	formerly uint8 // province that it lay in before 2008, 0 for the same
}

type province struct {
	name            string
	aliases         string
	kind, kindLater Kind
	became          uint8
}

// gone is a commune that had ceased by 2025.
type gone struct {
	name     string
	kind     Kind
	district uint16
	became   Old // 0 unknown
}

type formerDistrict struct {
	name  string
	kind  Kind
	codes []uint16 // what became of it
	was   uint16   // its own code, 0 when the code lives on
	recut bool     // its communes were cut anew: none can be told
}

type formerProvince struct {
	name  string
	codes []uint8
}

type tables struct {
	p63, p34  [100]province
	districts [1000]district
	old       []oldUnit
	links     []oldLinks // of old
	new       []newUnit
	toNew     []New
	toOld     []Old
	oldOf     map[string]Old
	newOf     map[string]New
	gone      []gone
	formerD   []formerDistrict
	formerP   []formerProvince
}

func (t *tables) district(code uint16) *district {
	if code >= uint16(len(t.districts)) {
		code = 0
	}
	return &t.districts[code]
}

// loaded is what read returned, once it has: nearly every call finds it there.
var loaded atomic.Pointer[tables]

func load() *tables {
	if t := loaded.Load(); t != nil {
		return t
	}
	return read()
}

var read = sync.OnceValue(func() *tables {
	t := &tables{
		old: make([]oldUnit, 1, 10100), links: make([]oldLinks, 1, 10100), new: make([]newUnit, 1, 3400), toNew: make([]New, 0, 10700),
		oldOf: make(map[string]Old, 10100), newOf: make(map[string]New, 3400),
	}
	t.readProvinces()
	t.readDistricts()
	t.readNew()
	t.readOld()
	t.invert()
	loaded.Store(t)
	return t
})

func lines(s string) func(func([6]string) bool) {
	return func(yield func([6]string) bool) {
		for s != "" {
			var line string
			line, s, _ = strings.Cut(s, "\n")
			var f [6]string
			for i := 0; i < len(f) && line != ""; i++ {
				f[i], line, _ = strings.Cut(line, "\t")
			}
			if !yield(f) {
				return
			}
		}
	}
}

func kindOf(s string) Kind {
	if s == "" {
		return NoKind
	}
	return Kind(1 + strings.IndexByte("tcqhxPXTD", s[0]))
}

// number reads a code; the tables hold only digits where it is called.
func number(s string) (n uint16) {
	for i := range len(s) {
		n = n*10 + uint16(s[i]-'0')
	}
	return n
}

func (t *tables) readProvinces() {
	for f := range lines(provincesTSV) {
		switch code := f[1]; f[0] {
		case "old":
			t.p63[number(code)] = province{name: f[3], aliases: f[5], kind: kindOf(f[2]), became: uint8(number(f[4]))}
		case "new":
			p := province{name: f[3], kind: kindOf(f[2]), kindLater: kindOf(f[2])}
			if f[4] != "" {
				p.kindLater = kindOf(f[4])
			}
			t.p34[number(code)] = p
		case "was":
			w := formerProvince{name: f[1]}
			for _, c := range strings.Split(f[2], ";") {
				w.codes = append(w.codes, uint8(number(c)))
			}
			t.formerP = append(t.formerP, w)
		}
	}
}

func (t *tables) readDistricts() {
	for f := range lines(districtsTSV) {
		if f[0] == "moved" {
			t.districts[number(f[1])].formerly = uint8(number(f[2]))
			continue
		}
		if f[0] != "was" && f[0] != "cut" {
			t.districts[number(f[0])] = district{name: f[3], kind: kindOf(f[2]), province: uint8(number(f[1]))}
			continue
		}
		w := formerDistrict{name: f[1], kind: kindOf(f[2]), recut: f[0] == "cut", was: number(f[4])}
		for _, c := range strings.Fields(f[3]) {
			w.codes = append(w.codes, number(c))
		}
		if w.was != 0 {
			t.districts[w.was] = district{name: w.name, kind: w.kind, province: t.districts[w.codes[0]].province}
		}
		t.formerD = append(t.formerD, w)
	}
}

func (t *tables) readNew() {
	var prov uint8
	for f := range lines(communesNewTSV) {
		if f[0][0] == '@' {
			prov = uint8(number(f[0][1:]))
			continue
		}
		u := newUnit{code: f[0], name: f[2], kind: kindOf(f[1]), kindLater: kindOf(f[1]), province: prov}
		if f[3] != "" {
			u.kindLater = kindOf(f[3])
		}
		t.newOf[u.code] = New(len(t.new))
		t.new = append(t.new, u)
	}
}

func (t *tables) readOld() {
	var d uint16
	var became []string
	for f := range lines(communesOldTSV) {
		switch {
		case f[0][0] == '@':
			d = number(f[0][1:])
		case f[0] == "was":
			t.gone = append(t.gone, gone{name: f[2], kind: kindOf(f[1]), district: d})
			became = append(became, f[3])
		default:
			u := oldUnit{code: f[0], name: f[2], aliases: f[4]}
			k := oldLinks{kind: kindOf(f[1]), district: d, was: number(f[5]), from: uint16(len(t.toNew)), province: t.districts[d].province}
			for c := range strings.FieldsSeq(f[3]) {
				t.toNew = append(t.toNew, t.newOf[c])
			}
			k.to = uint16(len(t.toNew))
			t.oldOf[u.code] = Old(len(t.old))
			t.old, t.links = append(t.old, u), append(t.links, k)
		}
	}
	for i, c := range became {
		t.gone[i].became = t.oldOf[c]
	}
}

// invert fills the way from new to old.
func (t *tables) invert() {
	count := make([]uint16, len(t.new)+1)
	for _, n := range t.toNew {
		count[n]++
	}
	at := uint16(0)
	for n := range t.new {
		t.new[n].from, t.new[n].to = at, at
		at += count[n]
	}
	t.toOld = make([]Old, len(t.toNew))
	for o := range t.old {
		for _, n := range t.toNew[t.links[o].from:t.links[o].to] {
			t.toOld[t.new[n].to] = Old(o)
			t.new[n].to++
		}
	}
}
