package offices

import (
	"fmt"

	"github.com/dusach/dusach/normalize/units"
)

var (
	streets = []string{"Nguyễn Huệ", "Trần Hưng Đạo", "Lê Hồng Phong", "Ngô Quyền", "Phạm Văn Đồng", "Hà Huy Tập", "Tôn Đức Thắng", "Đinh Tiên Hoàng", "Lạc Long Quân", "Xô Viết Nghệ Tĩnh", "Nguyễn Thị Minh Khai", "Bà Triệu", "Lý Tự Trọng", "Nguyễn Đình Chiểu", "3/2", "Trường Chinh", "Âu Cơ", "Phan Đình Phùng"}
	hamlets = []string{"Đông Tiến", "Nam Sơn", "Bàu Sen", "Cây Da", "Suối Đá", "Nà Lốc", "Pác Bó", "Lũng Vài", "Tân Lập", "An Hòa", "Phước Thành", "Hòa Hiệp", "Trà Kha", "Đung B", "Tân Lập A", "Thạnh Mỹ", "Chợ", "Đình", "Đồi", "Giữa", "Ngoài", "Vĩnh Thạnh", "Xuân Lộc", "Bình An 2", "Cầu Ván", "Rạch Gốc", "Kênh Xáng", "Lò Gạch"}
)

// local makes what stands before the commune; joined by the separator.
func (m *Maker) local(k units.Kind, sep string) []piece {
	if m.chance(.15) {
		return nil
	}
	var list []string
	if k == units.Xa || k == units.DacKhu || k == units.ThiTran && m.chance(.5) {
		list = m.rural()
	} else {
		list = m.urban()
	}
	var out []piece
	for _, l := range list {
		out = append(out, piece{local, l}, piece{separator, sep})
	}
	return out
}

func (m *Maker) rural() []string {
	n := fmt.Sprint(1 + m.IntN(14))
	hamlet := pick(m, "Thôn", "Xóm", "Ấp", "Bản", "Buôn", "Sóc", "Làng", "Khu", "Khóm")
	place := hamlet + " " + pick(m, hamlets...)
	switch m.IntN(8) {
	case 0:
		return []string{hamlet + " " + n}
	case 1:
		return []string{pick(m, "Tổ ", "Đội ", "Tổ DP ") + n, place}
	case 2:
		return []string{pick(m, "xóm ", "tổ ", "đội ") + n + " " + "thôn " + pick(m, hamlets...)}
	case 3:
		return []string{pick(m, "Số nhà ", "SN ", "Số ") + fmt.Sprint(1+m.IntN(400)), place}
	case 4:
		return []string{hamlet + " " + pick(m, "số ", "0", "") + n}
	case 5:
		return []string{fmt.Sprintf("%d/%d", 1+m.IntN(300), 1+m.IntN(20)), place}
	}
	return []string{place}
}

func (m *Maker) urban() []string {
	st, no, n := pick(m, streets...), fmt.Sprint(1+m.IntN(600)), fmt.Sprint(1+m.IntN(20))
	group := pick(m, "Tổ dân phố số ", "TDP ", "TDP số ", "KP.", "khu phố ", "Tổ ", "Khối ", "KV ") + n
	switch m.IntN(10) {
	case 0:
		return []string{no + "/" + n + pick(m, "", "A", "B") + " " + st}
	case 1:
		return []string{"Số " + no, "ngõ " + n, pick(m, "đường ", "phố ") + st}
	case 2:
		return []string{"SN " + no + " ngách " + n + "/24 " + st, group}
	case 3:
		return []string{"K" + no + "/" + n + " " + st}
	case 4:
		return []string{"Hẻm " + n + " đường " + st, group}
	case 5:
		return []string{"Căn hộ " + no + " chung cư " + pick(m, "Hoàng Anh", "Sky Garden", "HH2"), st}
	case 6:
		return []string{group}
	case 7:
		return []string{no + " " + st, group}
	case 8:
		return []string{"Đường số " + n, group}
	}
	return []string{no + pick(m, "", " đường", " Đ.") + " " + st}
}
