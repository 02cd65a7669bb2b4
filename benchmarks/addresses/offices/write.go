package offices

import (
	"slices"
	"strings"

	"github.com/dusach/dusach/normalize/units"
)

// A keyStyle is how keywords are written.
type keyStyle uint8

const (
	words keyStyle = iota
	smallWords
	dotted // "X. Tân Hội"
	glued  // "X.Tân Hội", "P5", "TX.Sơn Tây"
	none
	communeWord
	districtWord
	labels        // "Xã: Tân Hội"
	slashedLabels // "Xã/phường: Tân Hội"
	english
	anyKeys // one of the first four, or of the commune alone
)

var letters = map[units.Kind][]string{
	units.Tinh: {"T"}, units.ThanhPho: {"TP", "Tp", "T.P"}, units.Quan: {"Q"}, units.Huyen: {"H"}, units.ThiXa: {"TX", "Tx"},
	units.Phuong: {"P", "F", "P"}, units.Xa: {"X"}, units.ThiTran: {"TT", "Tt", "T.T"}, units.DacKhu: {"ĐK", "Đặc khu"},
}

var inEnglish = map[units.Kind]string{
	units.Tinh: "Province", units.ThanhPho: "City", units.Quan: "District", units.Huyen: "District", units.ThiXa: "Town",
	units.Phuong: "Ward", units.Xa: "Commune", units.ThiTran: "Town", units.DacKhu: "Special Zone",
}

var slashed = [...]string{"Xã/phường: ", "Huyện/quận: ", "Tỉnh/TP: "}

func numeric(name string) bool { return name[0] >= '0' && name[0] <= '9' }

// unit writes one level: keyword and name.
func (m *Maker) unit(l level, k keyStyle) (out []piece, said kinds) {
	word := l.kind.String()
	switch {
	case l.kind == units.NoKind:
		return []piece{{l.role, l.name}}, 0
	case k == none && numeric(l.name), k == communeWord && numeric(l.name), k == districtWord && l.rank == 0 && numeric(l.name):
		k = words
	case k == none, k == communeWord && l.rank > 0, k == districtWord && l.rank != 1:
		return []piece{{l.role, l.name}}, 0
	}
	said = kindSet(l.kind)
	switch k {
	case smallWords:
		word = strings.ToLower(word) + " "
	case dotted:
		word = pick(m, letters[l.kind]...) + ". "
	case glued:
		word = pick(m, letters[l.kind]...)
		if !numeric(l.name) || m.chance(.5) {
			word += "."
		}
		if word == "Đặc khu." {
			word = "ĐK "
		}
	case labels:
		word += ": "
	case slashedLabels:
		return []piece{{keyword, slashed[l.rank]}, {l.role, l.name}}, 0
	case english:
		if numeric(l.name) {
			return []piece{{keyword, inEnglish[l.kind] + " "}, {l.role, l.name}}, said
		}
		return []piece{{l.role, l.name}, {keyword, " " + inEnglish[l.kind]}}, 0
	default:
		word += " "
	}
	return []piece{{keyword, word}, {l.role, l.name}}, said
}

// lay puts the pieces of an address down and notes what they say.
func (m *Maker) lay(d *draft, f *form, levels []level) {
	k := f.keys
	if k == anyKeys {
		k = pick(m, words, smallWords, dotted, glued, communeWord)
	}
	if f.twice {
		levels = append(levels[:1:1], levels...)
	}
	var parts [][]piece
	for _, l := range levels {
		p, said := m.unit(l, k)
		parts = append(parts, p)
		switch l.rank {
		case 0:
			d.says.commune.kinds, d.says.commune.name = said, l.name
		case 1:
			d.says.district.kinds, d.says.district.name = said, l.name
		default:
			d.says.old, d.says.new = meanings(l.name)
		}
	}
	if !f.noLocal {
		kind := d.old.Kind()
		if d.old == 0 {
			kind = d.new.KindOn(units.NewFrom)
		}
		d.pieces = m.local(kind, f.sep)
	}
	if f.reversed {
		slices.Reverse(parts)
		if n := len(d.pieces); n > 0 {
			parts, d.pieces = append(parts, d.pieces[:n-1:n-1]), nil
		}
	}
	for i, p := range parts {
		if i > 0 {
			d.pieces = append(d.pieces, piece{separator, f.sep})
		}
		d.pieces = append(d.pieces, p...)
	}
	if f.tail != "" {
		d.pieces = append(d.pieces, piece{remark, f.tail})
	}
}

// remarked writes both editions, the other one in a remark.
func remarked(newFirst bool) func(*Maker, *draft) {
	return func(m *Maker, d *draft) {
		for d.old == 0 || d.old.Code()[0] == 'D' {
			d.old = units.Old(1 + m.IntN(int(units.MaxOld())))
		}
		d.new = pick(m, units.NewOf(d.old)...)
		f := form{keys: pick(m, words, smallWords, dotted, communeWord), sep: ", ", district: m.chance(.1)}
		was, now := m.oldLevels(d, &f), m.newLevels(d, &form{})
		var side []piece
		if newFirst {
			m.lay(d, &f, now)
			for i, l := range was {
				if i > 0 {
					side = append(side, piece{separator, ", "})
				}
				p, _ := m.unit(l, f.keys)
				side = append(side, p...)
			}
			d.around(side, pick(m, [2]string{" (trước đây là ", ")"}, [2]string{" (", " cũ)"}, [2]string{" (cũ: ", ")"}, [2]string{", trước đây thuộc ", ""}, [2]string{" (địa chỉ cũ: ", ")"}, [2]string{" (tên cũ: ", ")"}))
		} else {
			m.lay(d, &f, was)
			p, _ := m.unit(now[0], f.keys)
			side = append(p, piece{separator, ", "}, piece{remark, now[1].name})
			if m.chance(.3) {
				side = p
			}
			d.around(side, pick(m, [2]string{" (nay là ", ")"}, [2]string{" nay là ", ""}, [2]string{", nay thuộc ", ""}, [2]string{" (nay: ", ")"}, [2]string{" (mới: ", ")"}, [2]string{" (hiện nay là ", ")"}))
		}
		d.both = true
	}
}

// around adds a side between the words of a remark; its names are remarks to
// noise and judge.
func (d *draft) around(side []piece, with [2]string) {
	d.pieces = append(d.pieces, piece{remark, with[0]})
	for _, p := range side {
		d.pieces = append(d.pieces, piece{remark, p.text})
	}
	d.pieces = append(d.pieces, piece{remark, with[1]})
}
