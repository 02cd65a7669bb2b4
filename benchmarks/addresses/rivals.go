package main

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/dusach/dusach/normalize/units"
)

// rivals answers whether a commune is the only one that a text may mean.
type rivals struct {
	old map[string][]units.Old // by folded name
	new map[string][]units.New
}

func newRivals() *rivals {
	r := &rivals{old: map[string][]units.Old{}, new: map[string][]units.New{}}
	for o := units.Old(1); o <= units.MaxOld(); o++ {
		r.old[folded(o.Name())] = append(r.old[folded(o.Name())], o)
	}
	for n := units.New(1); n <= units.MaxNew(); n++ {
		r.new[folded(n.Name())] = append(r.new[folded(n.Name())], n)
	}
	return r
}

func folded(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		switch {
		case r == 'đ':
			b.WriteByte('d')
		case unicode.IsLetter(r), unicode.IsDigit(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

func sameTone(a, b string) bool {
	return norm.NFC.String(strings.ToLower(a)) == norm.NFC.String(strings.ToLower(b))
}

// alone: no other commune of the same name (and kind, when it is written) in
// the province, in either edition, unless it is a part of the same ground.
func (r *rivals) alone(o units.Old, province, marked, kind bool) bool {
	for _, q := range r.old[folded(o.Name())] {
		if q != o && q.Province() == o.Province() && (!marked || sameTone(q.Name(), o.Name())) && (!kind || q.Kind() == o.Kind()) {
			return false
		}
	}
	name := units.ProvinceName63(o.Province())
	for _, n := range r.new[folded(o.Name())] {
		if units.ProvinceName34(n.Province()) == name && (!marked || sameTone(n.Name(), o.Name())) && !units.Follows(o, n) {
			return false
		}
	}
	return true
}

// aloneInDistrictName: no namesake in another district of the same name.
func (r *rivals) aloneInDistrictName(o units.Old) bool {
	d := units.DistrictName(o.District())
	for _, q := range r.old[folded(o.Name())] {
		if q != o && folded(units.DistrictName(q.District())) == folded(d) {
			return false
		}
	}
	// "Xã X, Y" may also mean a new commune X in a new province Y.
	for _, n := range r.new[folded(o.Name())] {
		if folded(units.ProvinceName34(n.Province())) == folded(d) {
			return false
		}
	}
	return true
}

func (r *rivals) unmarkedAlone(o units.Old, district, province, kind bool) bool {
	if !district {
		return r.alone(o, province, false, kind)
	}
	for _, q := range r.old[folded(o.Name())] {
		if q != o && folded(units.DistrictName(q.District())) == folded(units.DistrictName(o.District())) &&
			(!province || q.Province() == o.Province()) && (!kind || q.Kind() == o.Kind()) {
			return false
		}
	}
	return true
}

// newAlone: no namesake in the new province, and no old commune elsewhere in
// the province of that name.
func (r *rivals) newAlone(n units.New, unmarked bool) bool {
	for _, q := range r.new[folded(n.Name())] {
		if q != n && q.Province() == n.Province() && (unmarked || sameTone(q.Name(), n.Name())) {
			return false
		}
	}
	return true
}
