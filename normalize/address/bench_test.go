package address

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/dusach/dusach/normalize/internal/pace"
	"github.com/dusach/dusach/normalize/units"
)

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
			from := pace.Spent()
			for b.Loop() {
				p.Parse(raw, &a)
			}
			pace.Report(b, from)
		})
	}
}

// BenchmarkParseEach reads a full address in each commune of the old edition, in an
// order without sense: no memory of what came before helps with more than the words
// that all addresses have.
func BenchmarkParseEach(b *testing.B) {
	streets := []string{"Trần Phú", "Lê Lợi", "Nguyễn Trãi", "Hùng Vương", "Điện Biên Phủ", "Lý Thường Kiệt", "Quang Trung", "Võ Thị Sáu"}
	rnd := rand.New(rand.NewPCG(3, 11))
	var texts [][]byte
	for _, i := range rnd.Perm(int(units.MaxOld())) {
		o := units.Old(i + 1)
		texts = append(texts, fmt.Appendf(nil, "Số %d/%d ngõ %d %s, tổ %d, %s %s, %s %s, %s", 1+rnd.IntN(200), 1+rnd.IntN(90), 1+rnd.IntN(300), streets[rnd.IntN(len(streets))],
			1+rnd.IntN(30), o.Kind(), o.Name(), units.DistrictKind(o.District()), units.DistrictName(o.District()), units.ProvinceName63(o.Province())))
	}
	var p Parser
	var a Address
	for _, text := range texts {
		p.Parse(text, &a)
	}
	b.ReportAllocs()
	i, from := 0, pace.Spent()
	for b.Loop() {
		p.Parse(texts[i], &a)
		if i++; i == len(texts) {
			i = 0
		}
	}
	pace.Report(b, from)
}

func BenchmarkBuildIndex(b *testing.B) {
	for b.Loop() {
		buildIndex()
	}
}
