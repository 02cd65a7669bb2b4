package address

import "testing"

var full = []byte("Số 12/3A ngõ 45 Trần Phú, tổ 5, KP 3, P. Văn Quán, Q. Hà Đông, TP Hà Nội")

func BenchmarkParse(b *testing.B) {
	for _, c := range []struct{ name, text string }{
		{"full", string(full)},
		{"rural", "Thôn 4, xã Lộc Thanh, huyện Bảo Lâm, tỉnh Lâm Đồng"},
		{"bare", "31-33-35 Nguyễn Văn Cừ, Long Toàn, Bà Rịa, Bà Rịa - Vũng Tàu"},
		{"unmarked", "ap phu hoa, xa phu tuc, chau thanh, ben tre"},
		{"new", "12 Lê Lợi, Phường Bến Thành, Thành phố Hồ Chí Minh"},
		{"typo", "Thôn 4, xã Quỳnh Vắn, huyện Quỳnh Lưi, tỉnh Nghệ An"},
	} {
		b.Run(c.name, func(b *testing.B) {
			var p Parser
			var a Address
			raw := []byte(c.text)
			p.Parse(raw, &a)
			b.ReportAllocs()
			for b.Loop() {
				p.Parse(raw, &a)
			}
		})
	}
}

func BenchmarkBuildIndex(b *testing.B) {
	for b.Loop() {
		buildIndex()
	}
}
