package record_test

import (
	"testing"

	"github.com/dusach/dusach/normalize/address"
	"github.com/dusach/dusach/normalize/units"
	"github.com/dusach/dusach/pipeline/record"
)

// roundTrip packs a key among other bytes and reads it back.
func roundTrip(t *testing.T, k address.Key, short bool) {
	t.Helper()
	row := make([]byte, 2+15+2)
	for i := range row {
		row[i] = 0xa5
	}
	record.PutPlace(row, 2, short, &k)
	var got address.Key
	record.Place(row, 2, short, &got)
	if short {
		k.District, k.Number, k.Street, k.Hamlet, k.Flags = 0, 0, 0, 0, 0
	}
	if got != k {
		t.Fatalf("short %v: %+v came back as %+v", short, k, got)
	}
	after := 2 + 15
	if short {
		after = 2 + 4
	}
	if row[1] != 0xa5 || row[after] != 0xa5 {
		t.Fatal("a place wrote beside its bytes")
	}
}

func TestEveryUnitFitsAPlace(t *testing.T) {
	both := func(k address.Key) {
		roundTrip(t, k, false)
		roundTrip(t, k, true)
	}
	for o := units.Old(1); o <= units.MaxOld(); o++ {
		k := address.Key{Old: o, District: o.District(), ProvinceOld: o.Province(), ProvinceNew: units.ProvinceNewOf(o.Province())}
		both(k)
		k.New, k.Flags, k.Number, k.Street, k.Hamlet = units.NewOf(o)[0], address.KeySplit|address.KeyLoose|address.KeyFuzzy, ^uint32(0), ^uint32(0), 1<<24-1
		both(k)
	}
	for n := units.New(1); n <= units.MaxNew(); n++ {
		both(address.Key{New: n, ProvinceNew: n.Province()})
		both(address.Key{New: n, ProvinceNew: n.Province(), ProvinceOld: 96, District: 973})
	}
	for p := range uint8(100) {
		both(address.Key{ProvinceNew: p})
		both(address.Key{ProvinceNew: p, ProvinceOld: p, District: 999})
	}
}

func TestKeysOfTextsFitAPlace(t *testing.T) {
	var p address.Parser
	var a address.Address
	for _, text := range []string{
		"", "Hà Nội", "Thôn 2, xã Đông Xuân, huyện Sóc Sơn, Hà Nội", "xã Đông Xuân", "huyện Sóc Sơn", "Quận 1",
		"12 Lê Lợi, phường Bến Nghé, quận 1, TP Hồ Chí Minh", "phường Sài Gòn, TP Hồ Chí Minh", "đặc khu Côn Đảo",
		"huyện Côn Đảo, Bà Rịa - Vũng Tàu", "xã Không Đâu, huyện Không Có, tỉnh Đồng Nai", "Hải Dương", "Phường 1, Hải Phòng",
		"xã Đông Xuân, huyện Sóc Sơn, tỉnh Cà Mau",
	} {
		p.Parse([]byte(text), &a)
		a.Key.Hamlet &= 1<<24 - 1 // of its hash a record keeps 24 bits
		roundTrip(t, a.Key, false)
		roundTrip(t, a.Key, true)
	}
}

func TestAFormTakes96Bytes(t *testing.T) {
	if w := record.NewPacking(record.FormSchema).Width; w != 96 {
		t.Errorf("a packed form has %d bytes, ARCHITECTURE.md says 96", w)
	}
}
