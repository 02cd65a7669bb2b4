package offices

import (
	"strings"

	"github.com/dusach/dusach/normalize/units"
)

// Short and other names of provinces by code in the list of 63, as offices
// write them. A form that several provinces share may mean any of them.
var shortProvinces = map[uint8][]string{
	1: {"HN", "TP.HN", "Tp Hà Nội", "Thủ đô Hà Nội"}, 79: {"HCM", "TPHCM", "TP.HCM", "TP HCM", "Tp.Hồ Chí Minh", "SG", "Sài Gòn", "HCMC"},
	31: {"HP", "TP.HP", "H.Phòng"}, 48: {"ĐN", "Đ.Nẵng", "TP.ĐN"}, 92: {"CT", "TP.CT", "C.Thơ"},
	46: {"TT-Huế", "TT Huế", "TTH", "T.T.Huế", "Thừa Thiên-Huế", "Thừa Thiên Huế", "Huế"},
	77: {"BR-VT", "BRVT", "BR - VT", "Bà Rịa-Vũng Tàu", "Bà Rịa Vũng Tàu"}, 75: {"Đ.Nai", "ĐN"}, 74: {"B.Dương", "BD"},
	66: {"Đăk Lăk", "Dak Lak", "Daklak", "Đắc Lắc"}, 67: {"Đăk Nông", "Đắc Nông"}, 62: {"Kontum", "KonTum"},
	22: {"QN", "Q.Ninh"}, 49: {"QN", "Q.Nam"}, 51: {"QN", "Q.Ngãi"}, 52: {"BĐ", "B.Định"}, 70: {"BP", "B.Phước"}, 80: {"LA", "L.An"},
	82: {"TG", "T.Giang"}, 87: {"ĐT", "Đ.Tháp"}, 89: {"AG", "A.Giang"}, 91: {"KG", "K.Giang"}, 94: {"ST", "S.Trăng"}, 96: {"CM"},
	38: {"TH", "T.Hóa"}, 40: {"NA", "N.An"}, 42: {"HT"}, 45: {"QT", "Q.Trị"}, 44: {"QB", "Q.Bình"}, 56: {"KH", "K.Hòa"}, 68: {"LĐ", "L.Đồng"},
	30: {"HD", "H.Dương"}, 33: {"HY", "H.Yên"}, 34: {"TB", "T.Bình"}, 36: {"NĐ", "N.Định"}, 37: {"NB", "N.Bình"}, 72: {"TN", "T.Ninh"}, 19: {"TN", "T.Nguyên"},
}

// Provinces that were, each with those of the list of 63 on its ground.
var formerProvinces = map[uint8]string{
	70: "Sông Bé", 74: "Sông Bé", 95: "Minh Hải", 96: "Minh Hải", 24: "Hà Bắc", 27: "Hà Bắc", 25: "Vĩnh Phú", 26: "Vĩnh Phú",
	30: "Hải Hưng", 33: "Hải Hưng", 36: "Nam Hà", 35: "Nam Hà", 37: "Hà Nam Ninh", 40: "Nghệ Tĩnh", 42: "Nghệ Tĩnh",
	44: "Bình Trị Thiên", 45: "Bình Trị Thiên", 58: "Thuận Hải", 60: "Thuận Hải", 84: "Cửu Long", 86: "Cửu Long",
}

func provinceKind(code uint8) units.Kind {
	switch code {
	case 1, 31, 46, 48, 79, 92:
		return units.ThanhPho
	}
	return units.Tinh
}

// meanings returns the provinces of both lists that a written name may mean.
func meanings(text string) (old, new []uint8) {
	key := spell(text).letters()
	for c := range uint8(100) {
		if n := units.ProvinceName63(c); n != "" && (spell(n).letters() == key || listed(shortProvinces[c], key) || spell(formerProvinces[c]).letters() == key) {
			old = append(old, c)
		}
		if n := units.ProvinceName34(c); n != "" && (spell(n).letters() == key || listed(shortProvinces[of63(n)], key)) {
			new = append(new, c)
		}
	}
	return old, new
}

func listed(forms []string, key string) bool {
	for _, f := range forms {
		if spell(f).letters() == key || strings.TrimPrefix(spell(f).letters(), "tp") == key {
			return true
		}
	}
	return false
}

// of63 returns the code in the list of 63 of a province by its name: the codes
// of the list of 34 are those of other provinces at times.
func of63(name string) uint8 {
	for c := range uint8(100) {
		if units.ProvinceName63(c) == name {
			return c
		}
	}
	return 0
}
