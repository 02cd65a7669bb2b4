package normalize

import "testing"

func TestNoAllocation(t *testing.T) {
	dst := make([]byte, 0, 256)
	var n Name
	var d Detector
	ede, nfd := []byte("Ê-đê"), []byte("Nguye\u0302\u0303n Va\u0306n  Hoa\u0300")
	names := [][]byte{[]byte("NGUYỄN VĂN ĐỨC"), []byte("Trần Thuý Hằng"), []byte("H’ Bia Mlô"), []byte("Nguyeenx Vawn Dduwcs"),
		[]byte("Trần Thị Bé (chủ hộ)"), []byte("TRAN THI HONG"), []byte("Nguyễn Jennifer Mai"), []byte("Lê Văn Tám (bí danh: Hoàng)"), nfd}
	legacyName, legacyPlace := []byte("NguyÔn V¨n §øc"), []byte("X· T©n Thµnh, HuyÖn Cai LËy")
	dates := [][]byte{[]byte("01/02/1985"), []byte("Ngày 1 tháng 2 năm 1985"), []byte("/ /1985"), []byte("31048")}
	ids := [][]byte{[]byte("001090012345"), []byte("0790900I2345"), []byte("271450123"), []byte("HS4797912345678")}
	runs := map[string]func(){
		"fold":    func() { dst = AppendFold(dst[:0], names[0]) },
		"clean":   func() { dst = AppendClean(dst[:0], nfd) },
		"tone":    func() { dst = AppendTonePlaced(dst[:0], names[1]) },
		"untyped": func() { dst, _ = AppendUntyped(dst[:0], names[3]) },
		"decoded": func() { dst = AppendDecoded(dst[:0], legacyName, TCVN3) },
		"names": func() {
			for _, name := range names {
				n.Parse(name, ede)
			}
		},
		"dates": func() {
			for _, date := range dates {
				ParseDate(date, DateOptions{})
			}
		},
		"ids": func() {
			for _, id := range ids {
				ParseID(id, IDContext{})
			}
		},
		"detector": func() {
			d.Reset()
			d.Add(legacyName, true)
			d.Add(legacyPlace, false)
			d.Decide()
		},
		"values": func() {
			ParseEthnicity(ede)
			ParseReligion(names[0])
			ParseRelation(names[2])
			ParseGender(names[1])
			ParsePhone(ids[0])
		},
	}
	for name, run := range runs {
		run()
		if allocs := testing.AllocsPerRun(100, run); allocs != 0 {
			t.Errorf("%s allocates %v times", name, allocs)
		}
	}
}
