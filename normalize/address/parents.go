package address

import "github.com/dusach/dusach/normalize/units"

// parents holds, per commune, what the parser asks most, side by side.
type parents struct {
	old []oldFacts
	new []newFacts
	// the communes of each district and province
	ofDistrict [1000][]target
	of63       [100][]target
	of34       [100][]target
	districts  [100][]target // districts by province in the list of 63
	provinces  []target
}

// A target is one name among those that a misspelt one is compared with, and
// what rules most of them out.
type target struct {
	ref     uint32
	variant uint16
	n       uint8  // letters of its canonical form; 0 for what is never sought
	letters uint32 // see letterSet
}

type oldFacts struct {
	district, was    uint16
	province, became uint8
	formerly         uint8 // province before 2008, 0 for the same
}

type newFacts struct {
	districts []uint16
	old63     [4]uint8 // provinces that the predecessors lay in; 0 where fewer
	province  uint8
	later     units.Kind // from 2026-04-30
}

func (x *index) addParents() {
	b := &x.byParent
	b.old = make([]oldFacts, units.MaxOld()+1)
	for o := units.Old(1); o <= units.MaxOld(); o++ {
		v := o.Province()
		b.old[o] = oldFacts{district: o.District(), was: o.Was(), province: v, became: units.ProvinceNewOf(v), formerly: units.FormerProvince(o.District())}
	}
	b.new = make([]newFacts, units.MaxNew()+1)
	for n := units.New(1); n <= units.MaxNew(); n++ {
		f := &b.new[n]
		f.province, f.later = n.Province(), n.KindOn(units.KindsFrom)
		for _, o := range n.Predecessors() {
			f.add(b.old[o].district, b.old[o].province)
			if w := b.old[o].was; w != 0 {
				f.add(w, b.old[o].province)
			}
		}
	}
	for v := range x.variants {
		va := &x.variants[v]
		t := target{variant: uint16(v), letters: letterSet(x.canonOf(v))}
		if n := len(x.canonOf(v)); !va.number && va.n <= maxSymbols && n >= 3 {
			t.n = uint8(n)
		}
		for t.ref = va.refLo; t.ref < va.refLo+uint32(va.refN); t.ref++ {
			b.file(x.refs[t.ref], t)
		}
	}
}

func (f *newFacts) add(district uint16, province uint8) {
	for i, v := range f.old63 {
		if v == province {
			break
		}
		if v == 0 {
			f.old63[i] = province
			break
		}
	}
	for _, d := range f.districts {
		if d == district {
			return
		}
	}
	f.districts = append(f.districts, district)
}

func (b *parents) file(r ref, at target) {
	switch r.level {
	case units.Province63, units.Province34:
		if r.flags&refObsolete != 0 {
			at.n = 0
		}
		if r.flags&refWeak == 0 {
			b.provinces = append(b.provinces, at)
		}
	case units.District:
		v := units.DistrictProvince(r.id)
		b.districts[v] = append(b.districts[v], at)
	case units.CommuneOld:
		f := &b.old[r.id]
		d := f.district
		if r.district != 0 {
			d = r.district
		}
		b.ofDistrict[d] = append(b.ofDistrict[d], at)
		if f.was != 0 && f.was != d {
			b.ofDistrict[f.was] = append(b.ofDistrict[f.was], at)
		}
		b.of63[f.province] = append(b.of63[f.province], at)
	case units.CommuneNew:
		p := b.new[r.id].province
		b.of34[p] = append(b.of34[p], at)
	}
}
