package units

import (
	"iter"
	"strings"
)

// Level is the rank of an Entry and its edition.
type Level uint8

// The levels, from province to commune.
const (
	Province63 Level = iota
	Province34
	District
	CommuneOld
	CommuneNew
)

// An Entry is one name under which a unit may be written.
type Entry struct {
	Name     string
	Kind     Kind
	Level    Level
	ID       uint16 // province or district code, Old or New
	District uint16 // of an Old that ceased before 2025: the district it lay in
	Obsolete bool   // the name was gone before 2025-06-30
	Alias    bool   // not the official name
	Recut    bool   // a district whose communes cannot be told
}

// Entries yields every name of every unit: the official ones, the aliases and
// those of units gone before 2025, whose ID is then that of the successor.
func Entries() iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		t := load()
		_ = t.provinceEntries(yield) && t.districtEntries(yield) && t.communeEntries(yield)
	}
}

func (t *tables) provinceEntries(yield func(Entry) bool) bool {
	for c := range t.p63 {
		p := &t.p63[c]
		if p.name == "" {
			continue
		}
		e := Entry{Name: p.name, Kind: p.kind, Level: Province63, ID: uint16(c)}
		if !yield(e) {
			return false
		}
		e.Alias = true
		for a := range split(p.aliases) {
			if e.Name = a; !yield(e) {
				return false
			}
		}
	}
	for c := range t.p34 {
		if p := &t.p34[c]; p.name != "" && !yield(Entry{Name: p.name, Kind: p.kindLater, Level: Province34, ID: uint16(c)}) {
			return false
		}
	}
	for _, w := range t.formerP {
		for _, c := range w.codes {
			if !yield(Entry{Name: w.name, Level: Province63, ID: uint16(c), Obsolete: true}) {
				return false
			}
		}
	}
	return true
}

func (t *tables) districtEntries(yield func(Entry) bool) bool {
	for c := range t.districts {
		if d := &t.districts[c]; d.name != "" && !t.ceased(uint16(c)) &&
			!yield(Entry{Name: d.name, Kind: d.kind, Level: District, ID: uint16(c)}) {
			return false
		}
	}
	for i := range t.formerD {
		w := &t.formerD[i]
		e := Entry{Name: w.name, Kind: w.kind, Level: District, Obsolete: true, Recut: w.recut}
		for _, c := range w.codes {
			if e.ID = c; !yield(e) {
				return false
			}
		}
		if e.ID = w.was; e.ID != 0 && !yield(e) {
			return false
		}
	}
	return true
}

func (t *tables) ceased(code uint16) bool {
	for i := range t.formerD {
		if t.formerD[i].was == code {
			return true
		}
	}
	return false
}

func (t *tables) communeEntries(yield func(Entry) bool) bool {
	for o := 1; o < len(t.old); o++ {
		u := &t.old[o]
		e := Entry{Name: u.name, Kind: t.links[o].kind, Level: CommuneOld, ID: uint16(o)}
		if !yield(e) {
			return false
		}
		e.Alias = true
		for a := range split(u.aliases) {
			if e.Name = a; !yield(e) {
				return false
			}
		}
	}
	for i := range t.gone {
		g := &t.gone[i]
		if g.became != 0 && !yield(Entry{Name: g.name, Kind: g.kind, Level: CommuneOld, ID: uint16(g.became), District: g.district, Obsolete: true}) {
			return false
		}
	}
	for n := 1; n < len(t.new); n++ {
		u := &t.new[n]
		if !yield(Entry{Name: u.name, Kind: u.kind, Level: CommuneNew, ID: uint16(n)}) {
			return false
		}
	}
	return true
}

func split(s string) iter.Seq[string] {
	if s == "" {
		return func(func(string) bool) {}
	}
	return strings.SplitSeq(s, "|")
}
