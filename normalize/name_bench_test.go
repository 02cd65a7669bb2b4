package normalize

import "testing"

var benchNames = [][]byte{
	[]byte("NGUYỄN VĂN ĐỨC"), []byte("Nguyễn Thị Hồng Nhung"), []byte("Trần Thuý Hằng"),
	[]byte("Lê Hoàng Nam"), []byte("PHẠM QUỐC KỲ"), []byte("Vũ Minh Anh"), []byte("Đặng Thị Ngọc Ánh"),
}

func BenchmarkNameParse(b *testing.B) {
	var n Name
	kinh := []byte("Kinh")
	b.ReportAllocs()
	for i := range b.N {
		n.Parse(benchNames[i%len(benchNames)], kinh)
	}
}

func BenchmarkNameParseHard(b *testing.B) {
	var n Name
	hard := [][]byte{[]byte("Nguyeenx Vawn Dduwcs"), []byte("TRAN THI HONG"), []byte("Nguyễn Văn Nam (chết)"), []byte("NguyễnVăn Nam"),
		[]byte("Nguyẽn Vãn Hùnq"), []byte("Trần Jennifer Mai"), []byte("Y Bhăm Niê")}
	b.ReportAllocs()
	for i := range b.N {
		n.Parse(hard[i%len(hard)], nil)
	}
}

func BenchmarkFold(b *testing.B) {
	text := []byte("Nguyễn Văn Đức")
	dst := make([]byte, 0, 64)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for range b.N {
		dst = AppendFold(dst[:0], text)
	}
}

func BenchmarkClean(b *testing.B) {
	text := []byte("Nguyễn Văn Đức")
	dst := make([]byte, 0, 64)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for range b.N {
		dst = AppendClean(dst[:0], text)
	}
}
