package normalize

import "testing"

func BenchmarkNameKinds(b *testing.B) {
	for _, s := range []string{"Nguyeenx Vawn Dduwcs", "TRAN THI HONG", "Nguyễn Văn Nam (chết)", "NguyễnVăn Nam", "Nguyẽn Vãn Hùnq", "Trần Jennifer Mai", "Y Bhăm Niê", "Nguye\u0302\u0303n Va\u0306n Nam"} {
		b.Run(s, func(b *testing.B) {
			var n Name
			for range b.N {
				n.Parse([]byte(s), nil)
			}
		})
	}
}

func BenchmarkDetector(b *testing.B) {
	for name, fields := range map[string][]string{
		"unicode": {"Nguyễn Văn Đức", "Trần Thị Hồng", "Số 12 ngõ 45 Trần Phú, phường Văn Quán, quận Hà Đông, TP Hà Nội", "Kinh", "Việt Nam", "Nam", "01/02/1985"},
		"tcvn3":   {"NguyÔn V¨n §øc", "TrÇn ThÞ Hång", "X· T©n Thµnh, HuyÖn Cai LËy"},
	} {
		b.Run(name, func(b *testing.B) {
			var d Detector
			for range b.N {
				d.Reset()
				for _, f := range fields {
					d.Add([]byte(f), false)
				}
				d.Decide()
			}
		})
	}
}

func BenchmarkDate(b *testing.B) {
	for _, s := range []string{"01/02/1985", "1/2/1985", "Ngày 1 tháng 2 năm 1985"} {
		b.Run(s, func(b *testing.B) {
			for range b.N {
				ParseDate([]byte(s), DateOptions{NotAfter: NewDate(2022, 1, 1)})
			}
		})
	}
}

func BenchmarkID(b *testing.B) {
	for range b.N {
		ParseID([]byte("001090012345"), IDContext{Birth: NewDate(1990, 5, 1), Gender: Male})
	}
}

func BenchmarkPhone(b *testing.B) {
	for range b.N {
		ParsePhone([]byte("0912345678"))
	}
}

func BenchmarkEthnicity(b *testing.B) {
	for range b.N {
		ParseEthnicity([]byte("Tày"))
	}
}
