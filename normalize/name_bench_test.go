package normalize

import (
	"math/rand/v2"
	"testing"

	"github.com/dusach/dusach/normalize/internal/pace"
	"github.com/dusach/dusach/normalize/tables"
)

var benchNames = [][]byte{
	[]byte("NGUYỄN VĂN ĐỨC"), []byte("Nguyễn Thị Hồng Nhung"), []byte("Trần Thuý Hằng"),
	[]byte("Lê Hoàng Nam"), []byte("PHẠM QUỐC KỲ"), []byte("Vũ Minh Anh"), []byte("Đặng Thị Ngọc Ánh"),
}

func BenchmarkNameParse(b *testing.B) {
	var n Name
	kinh := []byte("Kinh")
	b.ReportAllocs()
	i, from := 0, pace.Spent()
	for b.Loop() {
		n.Parse(benchNames[i%len(benchNames)], kinh)
		i++
	}
	pace.Report(b, from)
}

// BenchmarkNameParseEach reads 20,000 names of which each is another, drawn from all
// surnames, middle and given names of the tables alike: rare words are as frequent here
// as common ones, so a memory of words helps less than it does with real people.
func BenchmarkNameParseEach(b *testing.B) {
	words := func(table string) (list []string) {
		for row := range tables.Rows(table, 4) {
			list = append(list, row[0])
		}
		return list
	}
	surnames, middles, givens := words(tables.Surnames), words(tables.Middle), words(tables.Given)
	rnd := rand.New(rand.NewPCG(3, 11))
	draw := func(list []string) string { return list[rnd.IntN(len(list))] }
	names := make([][]byte, 20_000)
	for i := range names {
		names[i] = []byte(draw(surnames) + " " + draw(middles) + " " + draw(givens))
	}
	var n Name
	kinh := []byte("Kinh")
	b.ReportAllocs()
	i, from := 0, pace.Spent()
	for b.Loop() {
		n.Parse(names[i], kinh)
		if i++; i == len(names) {
			i = 0
		}
	}
	pace.Report(b, from)
}

func BenchmarkNameParseHard(b *testing.B) {
	var n Name
	hard := [][]byte{[]byte("Nguyeenx Vawn Dduwcs"), []byte("TRAN THI HONG"), []byte("Nguyễn Văn Nam (chết)"), []byte("NguyễnVăn Nam"),
		[]byte("Nguyẽn Vãn Hùnq"), []byte("Trần Jennifer Mai"), []byte("Y Bhăm Niê")}
	b.ReportAllocs()
	i, from := 0, pace.Spent()
	for b.Loop() {
		n.Parse(hard[i%len(hard)], nil)
		i++
	}
	pace.Report(b, from)
}

func BenchmarkFold(b *testing.B) {
	text := []byte("Nguyễn Văn Đức")
	dst := make([]byte, 0, 64)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	from := pace.Spent()
	for b.Loop() {
		dst = AppendFold(dst[:0], text)
	}
	pace.Report(b, from)
}

func BenchmarkClean(b *testing.B) {
	text := []byte("Nguyễn Văn Đức")
	dst := make([]byte, 0, 64)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	from := pace.Spent()
	for b.Loop() {
		dst = AppendClean(dst[:0], text)
	}
	pace.Report(b, from)
}

// BenchmarkReference does work that no change of this package touches: what the figures
// beside it mean depends on how fast the machine is at that moment.
func BenchmarkReference(b *testing.B) {
	x, from := uint64(1), pace.Spent()
	for b.Loop() {
		for range 1000 {
			x = x*0x9E3779B97F4A7C15 ^ x>>29
		}
	}
	pace.Report(b, from)
	if x == 0 {
		b.Fatal("never")
	}
}
