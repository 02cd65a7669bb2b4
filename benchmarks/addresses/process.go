package main

import (
	"fmt"
	"strings"

	"github.com/dusach/dusach/normalize/units"
)

var streets = []string{"Trần Phú", "Lê Lợi", "Nguyễn Trãi", "Hùng Vương", "Điện Biên Phủ", "Hai Bà Trưng", "Lý Thường Kiệt", "Quang Trung", "Cách Mạng Tháng 8", "30/4", "Võ Thị Sáu", "Hoàng Hoa Thám", "Phan Chu Trinh", "Xa lộ Hà Nội", "Tân Hòa", "Hòa Bình"}
var hamlets = []string{"Phú Hòa", "Tân Thành", "Đông", "Trung Tâm", "Tân Bình", "Nà Pài", "Hòa Bình", "Bình Minh", "Thượng", "Mỹ Lợi", "Tân Phú", "Vĩnh Hòa", "Long Thành", "3", "5", "12", "7A"}

// local makes what stands left of the units.
func (m *maker) local(urban bool) []string {
	var out []string
	if m.chance(.2) {
		return nil
	}
	if urban {
		no := fmt.Sprint(1 + m.IntN(400))
		if m.chance(.3) {
			no += fmt.Sprintf("/%d", 1+m.IntN(60))
		}
		if m.chance(.1) {
			no += pick(m, "A", "B", "Bis")
		}
		st := pick(m, streets...)
		switch m.IntN(5) {
		case 0:
			out = append(out, "Số "+no+" đường "+st)
		case 1:
			out = append(out, "Số nhà "+no, "đường "+st)
		case 2:
			out = append(out, "Số "+no+" ngõ "+fmt.Sprint(1+m.IntN(99))+" "+st)
		default:
			out = append(out, no+" "+st)
		}
		if m.chance(.5) {
			out = append(out, pick(m, "Tổ ", "tổ dân phố ", "TDP ")+fmt.Sprint(1+m.IntN(40)))
		}
		if m.chance(.3) {
			out = append(out, pick(m, "Khu phố ", "KP", "KP ", "kp.")+fmt.Sprint(1+m.IntN(12)))
		}
		return out
	}
	if m.chance(.3) {
		out = append(out, pick(m, "Tổ ", "Đội ")+fmt.Sprint(1+m.IntN(20)))
	}
	return append(out, pick(m, "Thôn ", "Ấp ", "Xóm ", "Bản ", "Làng ", "Khóm ", "Buôn ")+pick(m, hamlets...))
}

// sample makes one address.
func (m *maker) sample() sample {
	if m.chance(.4) {
		return m.newSample()
	}
	return m.oldSample()
}

func (m *maker) oldSample() sample {
	o := m.oldUnit()
	for o.Code()[0] == 'D' {
		o = m.oldUnit()
	}
	p := parts{
		commune: o.Name(), district: units.DistrictName(o.District()), province: units.ProvinceName63(o.Province()),
		kinds: [3]units.Kind{o.Kind(), units.DistrictKind(o.District()), provinceKind(o.Province())},
		rest:  m.local(o.Kind() != units.Xa),
	}
	s := m.style()
	out := sample{old: o, process: "plain", resolvable: true}
	switch m.IntN(12) {
	case 0, 1:
		out.process = "no district"
		p.district = ""
		if s.keyword == 4 {
			s.keyword = 3
		}
		out.resolvable = m.rivals.alone(o, true, true, s.keyword < 4)
	case 2:
		out.process = "no province"
		p.province = ""
		out.resolvable = m.rivals.aloneInDistrictName(o)
	case 3, 4:
		out.process = m.misspell(&p)
	case 5:
		out.process = "new province name"
		p.province = units.ProvinceName34(units.ProvinceNewOf(o.Province()))
	case 6:
		out.process = "nay là"
		n := units.NewOf(o)[0]
		out.text = m.join(&p, s, false) + fmt.Sprintf(" (nay là %s %s, %s)", strings.ToLower(n.KindOn(units.NewFrom).String()), n.Name(), units.ProvinceName34(n.Province()))
		return out
	case 7:
		out.process = "reversed"
		if s.keyword >= 3 {
			s.keyword = 0
		}
		if s.separator == " " {
			s.separator = ", "
		}
		out.text = m.join(&p, s, true)
		return out
	case 8:
		out.process = "zero padded, Roman"
		if isNumber(p.commune) {
			p.commune = pick(m, "0"+p.commune, p.commune)
		}
	}
	return m.finish(out, &p, s, o)
}

// finish joins the parts and drops marks from some addresses.
func (m *maker) finish(out sample, p *parts, s style, o units.Old) sample {
	out.text = m.join(p, s, false)
	switch m.IntN(8) {
	case 0, 1:
		out.process += ", unmarked"
		out.text = m.unmark(out.text, 1)
		if o != 0 && out.resolvable {
			out.resolvable = m.rivals.unmarkedAlone(o, p.district != "", p.province != "", s.keyword < 4)
		} else if out.resolvable {
			out.resolvable = m.rivals.newAlone(out.new, true)
		}
	case 2:
		out.process += ", some marks lost"
		out.text = m.unmark(out.text, .15)
	}
	return out
}

// misspell makes one slip in one of the levels.
func (m *maker) misspell(p *parts) string {
	switch m.IntN(3) {
	case 0:
		if isNumber(p.commune) {
			return "plain"
		}
		p.commune = m.slip(p.commune)
		return "slip in commune"
	case 1:
		if isNumber(p.district) || p.district == "" {
			return "plain"
		}
		p.district = m.slip(p.district)
		return "slip in district"
	}
	p.province = m.slip(p.province)
	return "slip in province"
}

func (m *maker) newSample() sample {
	n := m.newUnit()
	kind := n.KindOn(units.NewFrom)
	p := parts{
		commune: n.Name(), province: units.ProvinceName34(n.Province()),
		kinds: [3]units.Kind{kind, 0, provinceKind(n.Province())},
		rest:  m.local(kind == units.Phuong),
	}
	s := m.style()
	if s.keyword == 4 {
		s.keyword = 3
	}
	out := sample{new: n, process: "new", resolvable: m.rivals.newAlone(n, false)}
	switch m.IntN(8) {
	case 0:
		out.process = "new, slip in commune"
		p.commune = m.slip(p.commune)
	case 1:
		out.process = "new, trước đây"
		o := n.Predecessors()[0]
		out.text = m.join(&p, s, false) + fmt.Sprintf(" (trước đây: %s %s, %s, %s)", o.Kind(), o.Name(), units.DistrictName(o.District()), units.ProvinceName63(o.Province()))
		return out
	}
	return m.finish(out, &p, s, 0)
}
