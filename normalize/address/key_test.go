package address

import (
	"testing"

	"pgregory.net/rapid"
)

func keyOf(t testing.TB, text string) Key {
	t.Helper()
	var p Parser
	var a Address
	p.Parse([]byte(text), &a)
	if a.New == 0 {
		t.Fatalf("%q names no commune: %v", text, a.Codes.AppendStrings(nil))
	}
	return a.Key
}

// Spellings of one house give one key.
func TestOneHouseOneKey(t *testing.T) {
	for _, same := range [][]string{
		{
			"Số 12/3A ngõ 45 Trần Phú, tổ 5, P. Văn Quán, Q. Hà Đông, TP Hà Nội",
			"so 12/3a ngo 45 tran phu, to dan pho 5, phuong van quan, ha dong, ha noi",
			"12/3A, NGÕ 45 TRẦN PHÚ, TDP SỐ 05, PHƯỜNG VĂN QUÁN, QUẬN HÀ ĐÔNG, HÀ NỘI",
			"SN 12/3a ngõ 45 đường Trần Phú - Tổ 5 - P.Văn Quán - Q.Hà Đông - HN",
		},
		{"Thôn 3, xã Quỳnh Văn, Quỳnh Lưu, Nghệ An", "thon 03 xa quynh van huyen quynh luu tinh nghe an", "Thôn III, X.Quỳnh Văn, H.Quỳnh Lưu, Nghệ An", "thôn số 3, xã Quỳnh Văn, huyện Quỳnh Lưu, NA"},
		{"KP 3, P. Bửu Long, Biên Hòa, Đồng Nai", "Khu phố 3, Phường Bửu Long, TP Biên Hoà, Đ.Nai", "Kp.3 F.Bửu Long TP.Biên Hòa Tỉnh Đồng Nai"},
		{"K12/4 Núi Thành, P.Hòa Cường Bắc, Q.Hải Châu, Đà Nẵng", "Kiệt 12/4 đường Núi Thành, phường Hoà Cường Bắc, Hải Châu, ĐN"},
		{"Ấp Mỹ Lợi, xã Phú Túc, Châu Thành, Bến Tre", "A. Mĩ Lợi, xã Phú Túc, huyện Châu Thành, tỉnh Bến Tre"},
	} {
		want := keyOf(t, same[0])
		want.Flags = 0
		for _, text := range same[1:] {
			got := keyOf(t, text)
			got.Flags = 0
			if got != want {
				t.Errorf("%q: %+v\n%q: %+v", same[0], want, text, got)
			}
		}
	}
}

func TestConsistent(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want Level
	}{
		{"12 Lê Lợi, P. Bến Nghé, Quận 1, TP.HCM", "Số 12 đường Lê Lợi, phường Bến Nghé, Q1, Sài Gòn", SameHouse},
		{"12 Lê Lợi, P. Bến Nghé, Quận 1, TP.HCM", "12 Lê Lợi, Phường Sài Gòn, TP HCM", SameHouse},
		{"12 Lê Lợi, P. Bến Nghé, Quận 1, TP.HCM", "14 Lê Lợi, phường Bến Nghé, Q1, Sài Gòn", SameStreet},
		{"12 Lê Lợi, P. Bến Nghé, Quận 1, TP.HCM", "12 Nguyễn Huệ, phường Bến Nghé, Q1, Sài Gòn", SameCommune},
		{"P. Bến Nghé, Quận 1, TP.HCM", "Phường Sài Gòn, TP.HCM", UnderReform},
		{"P. Cống Vị, Q. Ba Đình, Hà Nội", "Phường Giảng Võ, Hà Nội", UnderReform},
		{"P. Bến Nghé, Quận 1, TP.HCM", "P. Tân Định, Quận 1, TP.HCM", SameDistrict},
		{"P. Bến Nghé, Quận 1, TP.HCM", "P. 5, Quận 3, TP.HCM", SameProvince},
		{"P. Bến Nghé, Quận 1, TP.HCM", "Phường Dĩ An, TP.HCM", SameProvince},
		{"P. Bến Nghé, Quận 1, TP.HCM", "P. Dĩ An, TP Dĩ An, Bình Dương", Different},
		{"P. Bến Nghé, Quận 1, TP.HCM", "Phường Hoàn Kiếm, Hà Nội", Different},
		{"Tổ 4, xã Bình Minh, huyện Trảng Bom, Đồng Nai", "Tổ 4, xã Bình Minh, tỉnh Đồng Nai", SameStreet},
	} {
		a, b := keyOf(t, c.a), keyOf(t, c.b)
		if got := Consistent(&a, &b); got != c.want {
			t.Errorf("%q, %q: %v, want %v (%+v, %+v)", c.a, c.b, got, c.want, a, b)
		}
	}
	var empty Key
	k := keyOf(t, "P. Bến Nghé, Quận 1, TP.HCM")
	if Consistent(&empty, &k) != Null || Consistent(&k, &empty) != Null {
		t.Error("an empty key must compare as Null")
	}
}

func TestConsistentIsSymmetric(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var p Parser
		var a, b Address
		p.Parse([]byte(texts().Draw(t, "a")), &a)
		p.Parse([]byte(texts().Draw(t, "b")), &b)
		if Consistent(&a.Key, &b.Key) != Consistent(&b.Key, &a.Key) {
			t.Fatalf("%+v, %+v", a.Key, b.Key)
		}
	})
}

func TestProvinceOf63(t *testing.T) {
	for text, want := range map[string]uint8{
		"Hà Nội": 1, "tp ho chi minh": 79, "HCM": 79, "Hà Tây": 1, "UBND xã Tân Hội, huyện Cai Lậy, tỉnh Tiền Giang": 82,
		"Thừa Thiên Huế": 46, "Kontum": 62, "Đắc Lắc": 66, "": 0, "không rõ": 0, "Phường Dĩ An, TP Hồ Chí Minh": 74, "Phú Thọ": 25,
	} {
		if got := ProvinceOf63([]byte(text)); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}
